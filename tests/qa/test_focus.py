"""Which words of a question ask, and which are told beside it."""

import pytest

from corpus.language import Analyzer
from corpus.model import Language
from qa.assistant import Assistant
from qa.focus import leading, told_aside
from qa.lexicon import load_lexicon
from qa.steering import steer


@pytest.mark.parametrize(
    ("text", "language", "asking"),
    [
        ("I read about it and got curious, so who leads it?", "en", "so who leads it"),
        ("Jag undrar till vilken adress man skriver", "sv", "till vilken adress man skriver"),
        ("Teen opinnäytettä. Kuka rahoittaa hanketta?", "fi", "Kuka rahoittaa hanketta"),
        ("Who funds it? I need it for a report.", "en", "Who funds it"),
        ("Där står hur pengarna används. Vad kostar det?", "sv", "Vad kostar det"),
        (
            "Tarvitsen tiedon pian. Saisinko yhteyshenkilön nimen?",
            "fi",
            "Saisinko yhteyshenkilön nimen",
        ),
        (
            "I know who runs it. Could I get the address?",
            "en",
            "know who runs it Could I get the address",
        ),
        ("Asukasillat lukumäärä", "fi", "Asukasillat lukumäärä"),
        (
            "Phones are hard, so could you give me the address?",
            "en",
            "so could you give me the address",
        ),
        ("Puhelin on hankala, joten voisitko antaa osoitteen?", "fi", "voisitko antaa osoitteen"),
        ("The funder, could you tell me the name?", "en", "The funder could you tell me the name"),
        ("the funders that are on the page", "en", "the funders that are on the page"),
        ("", "en", ""),
    ],
)
def test_the_clause_that_asks(
    text: str, language: Language, asking: str, analyzer: Analyzer
) -> None:
    """A clause asks from its question word on; a mark outdoes a word, and nothing is all."""
    tokens = analyzer.tokens(text)
    lexicon = load_lexicon(language)
    aside = told_aside(text, tokens, steer(tokens, lexicon), lexicon)
    said = [text[t.start : t.end] for p, t in enumerate(tokens) if p not in aside]
    assert " ".join(said) == asking


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Jag förbereder en motion och behöver veta vem som finansierar Itä-Savo.", "funder"),
        ("I saw an attachment in the paper, so who is the contact for Itä-Savo?", "contact_name"),
        ("Vill mejla den som ansvarar i Itä-Savo. Vilken är adressen?", "contact_email"),
        ("I know who runs Itä-Savo. Could I get the contact's e-mail?", "contact_email"),
        ("Contact person of the Itä-Savo project for people who care for others", "contact_name"),
        ("E-mail address of the Itä-Savo project for families who need help", "contact_email"),
        ("I read how many people Itä-Savo reached. What is the contact's e-mail?", "contact_email"),
        ("Contact person of the Itä-Savo project which restores old streams", "contact_name"),
        ("Itä-Savo rahoitus kuka antaa", "funder"),
        ("project Itä-Savo money who gives", "funder"),
    ],
)
def test_what_is_told_aside_asks_for_nothing(samples: Assistant, text: str, field: str) -> None:
    """The asking clause decides, unless it hardly tells anything or is part of a name."""
    question, _ = samples.read(text)
    assert question.asked is not None
    assert question.asked.name == field
    assert question.is_field_question


def test_what_is_told_aside_still_names(samples: Assistant) -> None:
    """A document named in the background is asked about, and no more is made of it."""
    question, _ = samples.read("My aunt lives in Itä-Savo and wonders who pays for the work there.")
    assert question.one_document
    assert "aunt" not in question.rest
    assert "wonders" not in question.rest


def test_what_runs_into_a_clause_is_told_from_what_stops_before_it(analyzer: Analyzer) -> None:
    """No stop stands between a noun and the clause that describes it."""
    for text, said in (
        ("I thank you, people who care", "people"),
        ("It is late, so who cares", ""),
    ):
        tokens = analyzer.tokens(text)
        aside = frozenset(range([t.surface for t in tokens].index("who")))
        aside -= {p for p, t in enumerate(tokens) if t.surface == "so"}
        found = leading(text, tokens, aside)
        assert " ".join(tokens[p].surface for p in sorted(found)) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Luin Itä-Savon sivun. Kuka on Keski-Suomen yhteyshenkilö?", "Mikael Palola"),
        (
            "I wrote to Tarja Miettinen, so what is the e-mail of the contact in Itä-Savo?",
            "pia.karttunen@sosteri.fi",
        ),
        ("Asun Itä-Savossa ja mietin, kuka on yhteyshenkilö?", "Pia Karttunen"),
    ],
)
def test_the_place_in_the_clause_outdoes_what_is_told_aside(
    samples: Assistant, text: str, found: str
) -> None:
    """What the asking clause names is meant alone; where it names none, the background counts."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert answer.text == found
