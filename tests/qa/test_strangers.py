"""Names that the document asked about does not know."""

from types import SimpleNamespace

import pytest

from corpus.language import Analyzer
from embeddings.encoder import Encoder, TokenEncoder
from qa.assistant import Assistant
from qa.rerank import rank
from qa.retrieve import RankingOptions, retrieve
from qa.strangers import is_stranger_to, strangers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mitä Kela tekee Itä-Uudenmaan hankkeessa?", ["Kela"]),
        ("What is Anna Virtanen's title in the Etelä-Savo programme?", ["Anna Virtanen's"]),
        ("Who has handled Etelä-Savo contacts since January 2023?", []),
        ("Who Handles Contacts In South Savo", []),
        ("KUKA VASTAA KELASTA ITÄ-SAVOSSA", []),
        ("Hej! Vem ansvarar i Borgå?", []),
        ("Mikä on THL rooli Keski-Suomessa?", ["THL"]),
        ("Saako Keski-Suomi EU-rahaa vai IT-tukea EU:lta?", []),
        ("What is Ms Lehto's e-mail in Keski-Suomi?", ["Lehto's"]),
        ("Can you answer in English who leads Keski-Suomi?", []),
        ("Milloin Keski-Suomen hanke päättyy Jouluna?", []),
    ],
)
def test_a_name_is_a_capital_inside_a_sentence(
    samples: Assistant, text: str, names: list[str]
) -> None:
    """Places, times, titles, languages, headlines and two letters name no stranger."""
    question, _ = samples.read(text)
    found = [[question.tokens[place] for place in run] for run in strangers(question)]
    assert [question.text[run[0].start : run[-1].end] for run in found] == names


@pytest.mark.parametrize(
    "text",
    [
        "Mitä Kela tekee Itä-Uudenmaan rakenneuudistuksessa?",
        "What does Sari Lindroos do in the Etelä-Savo sustainable growth project?",
        "Vilken e-postadress har Karin Lindström i Borgå?",
        "Kuka on Mehiläisen yhteyshenkilö Itä-Savon hankkeessa?",
        "Mikä on Keski-Suomen sote-uudistuksen YouTube-kanava?",
    ],
)
def test_whom_the_page_does_not_know_it_tells_nothing_of(samples: Assistant, text: str) -> None:
    """Neither a field's value nor a passage answers for a name that the page has nothing like."""
    assert samples.ask(text).status == "not_found"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mikä on Keski-Suomen sote-uudistuksen Twitter-tili?", "@sotekeskisuomi"),
        ("What is the Twitter account of the Keski-Suomi reform?", "@sotekeskisuomi"),
        ("Who leads Pillar 4 investments 3 and 4 in Etelä-Savo?", "Patosalmi"),
    ],
)
def test_a_name_that_the_page_says_in_another_form_is_none(
    samples: Assistant, text: str, told: str
) -> None:
    """A part of a compound, and a word in another language, are what the page has."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert told in answer.text


def test_an_encoder_without_words_takes_nobody_for_a_stranger(
    samples: Assistant, encoder: Encoder, analyzer: Analyzer
) -> None:
    """Where no likeness of words is known, "Pillar" may be what the page calls "Pilari"."""
    question, snapshot = samples.read("Mitä Kela tekee Itä-Uudenmaan hankkeessa?")
    options = RankingOptions()
    pool = retrieve(question, snapshot, encoder, options)
    ranking = rank(question, pool, snapshot, encoder, analyzer, options)
    plain = SimpleNamespace(encode_queries=encoder.encode_queries)
    assert not isinstance(plain, TokenEncoder)
    (ordinal,) = question.naming.documents
    assert is_stranger_to(question, ordinal, ranking, snapshot, encoder)
    assert not is_stranger_to(question, ordinal, ranking, snapshot, plain)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("What is Liisa's e-mail address in Etelä-Savo?", None),
        ("Mikä on Liisan sähköpostiosoite Etelä-Savossa?", None),
        ("Vad är Liisas e-postadress i Södra Savolax?", None),
        ("What is Mari's e-mail address in Etelä-Savo?", "mari.teittinen@etelasavonha.fi"),
        ("Mikä on Essoten sähköposti?", "mari.teittinen@etelasavonha.fi"),
        ("What is the Project's email in Itä-Savo?", "pia.karttunen@sosteri.fi"),
    ],
)
def test_an_address_of_a_name_that_no_page_has_is_nobody_s(
    samples: Assistant, text: str, address: str | None
) -> None:
    """Who asks for Liisa's address does not get the contact's; first names and firms are known."""
    answer = samples.ask(text).answer
    assert (answer.text if answer else None) == address
