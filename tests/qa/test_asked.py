"""Which field a question asks for."""

import pytest

from corpus.language import Analyzer
from corpus.profiles import FieldSpec, FieldType
from embeddings.encoder import Encoder
from qa.aliases import spec_texts
from qa.asked import FieldFinder
from qa.assistant import Assistant


@pytest.fixture(scope="module")
def finder(catalogue: dict[str, FieldSpec], analyzer: Analyzer, encoder: Encoder) -> FieldFinder:
    """Give a finder over the shipped fields."""
    return FieldFinder(tuple(catalogue.values()), analyzer, encoder)


def any_type(kind: FieldType) -> bool:
    """Allow every type of field."""
    return bool(kind)


def name_of(finder: FieldFinder, analyzer: Analyzer, text: str) -> str | None:
    """Return the field that a text asks for, by words."""
    found = finder.find(analyzer.tokens(text), frozenset())
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("yhteyshenkilö", "contact_name"),
        ("yhteyshenkilön", "contact_name"),
        ("kontaktperson", "contact_name"),
        ("the contact person", "contact_name"),
        ("rahoittajan nimi", "funder"),
        ("finansiären", "funder"),
        ("the funder", "funder"),
        ("sähköpostiosoite", "contact_email"),
        ("e-postadress", "contact_email"),
        ("aihealueet", "themes"),
        ("puhelinnumero", "phone"),
        ("budget", "budget"),
    ],
)
def test_names_and_aliases_are_met_through_inflection(
    finder: FieldFinder, analyzer: Analyzer, text: str, name: str
) -> None:
    """Each field goes by its names and aliases in three languages, in any form."""
    assert name_of(finder, analyzer, text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("conact", "contact_name"), ("rahottaja", "funder"), ("yhteyshenkillö", "contact_name")],
)
def test_typos_meet_the_alias(
    finder: FieldFinder, analyzer: Analyzer, text: str, name: str
) -> None:
    """A word that no dictionary knows is read as the alias that it nearly is."""
    assert name_of(finder, analyzer, text) == name


def test_the_shipped_aliases_ask_for_their_own_field(
    finder: FieldFinder, catalogue: dict[str, FieldSpec], analyzer: Analyzer
) -> None:
    """What people read as a field's name asks for that field, or for none by words alone."""
    names = {(s.name, texts[0]) for s in catalogue.values() for texts in s.names.values()}
    names -= {("created", "Created")}  # "created by" asks for the author with the same word
    names -= {("person", "Henkilö"), ("person", "Person")}  # first of all the contact person
    wrong = [(n, t, f) for n, t in names if (f := name_of(finder, analyzer, t)) not in {n, None}]
    assert not wrong


@pytest.mark.parametrize(
    "text", ["the contact's e-mail", "yhteyshenkilön sähköposti", "kontaktpersonens e-post"]
)
def test_what_a_person_has_outdoes_the_person(
    finder: FieldFinder, analyzer: Analyzer, text: str
) -> None:
    """Who asks for "the contact's e-mail" wants the e-mail."""
    assert name_of(finder, analyzer, text) == "contact_email"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("yhteyssähköposti", "contact_email"),
        ("meiliosoite", "contact_email"),
        ("postiosoite", "address"),
    ],
)
def test_a_compound_is_settled_by_its_meaning(
    finder: FieldFinder, analyzer: Analyzer, text: str, field: str
) -> None:
    """Where the parts of one word say different fields, the whole word decides."""
    assert name_of(finder, analyzer, text) == field


@pytest.mark.parametrize(
    "text",
    [
        "Where does the contact work in Itä-Savo?",
        "Var jobbar kontaktpersonen i Itä-Savo?",
        "Missä Itä-Savon yhteyshenkilö on töissä?",
    ],
)
def test_a_role_with_more_said_means_what_is_said_of_it(samples: Assistant, text: str) -> None:
    """The contact is named, but the organisation is asked for; "where" may mean a field too."""
    asked = samples.read(text)[0].asked
    assert asked is not None
    assert asked.name == "contact_organisation"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Over what period is Itä-Savo carried out?", "period"),
        ("Vad heter kontaktpersonen i Itä-Savo?", "contact_name"),
        ("What is the name of the contact person in Itä-Savo?", "contact_name"),
        ("Who handles enquiries about the project in Itä-Savo?", "contact_name"),
    ],
)
def test_question_words_keep_aliases_apart(samples: Assistant, text: str, field: str) -> None:
    """Where, who and what is called say what the same other words do not."""
    asked = samples.read(text)[0].asked
    assert asked is not None
    assert asked.name == field


def test_a_role_alone_is_the_person(samples: Assistant) -> None:
    """Nothing more is said than names and the role: the person is asked for."""
    asked = samples.read("Itä-Savon yhteyshenkilö")[0].asked
    assert asked is not None
    assert asked.name == "contact_name"


@pytest.mark.parametrize("text", ["Where does the trial start?", "Hur mår invånarna?"])
def test_other_question_words_mean_a_field_only_when_it_is_near(
    samples: Assistant, text: str
) -> None:
    """What is merely about the project is no field."""
    assert samples.read(text)[0].asked is None


def test_her_email_is_the_printed_one_where_no_person_is_known(
    finder: FieldFinder, analyzer: Analyzer
) -> None:
    """No page prints a label "her e-mail": the e-mails that pages print stand in for it."""
    asked = finder.find(analyzer.tokens("mikä on hänen sähköpostinsa"), frozenset())
    assert asked is not None
    assert (asked.name, "contact_email" in asked.others) == ("person_email", True)


def test_question_word_restricts_types(finder: FieldFinder, analyzer: Analyzer) -> None:
    """A field of a type that the question word cannot mean is not asked for."""
    tokens = analyzer.tokens("rahoittaja")
    assert finder.find(tokens, frozenset(), lambda kind: kind == "date") is None


def test_words_of_a_name_ask_for_nothing(finder: FieldFinder, analyzer: Analyzer) -> None:
    """A word that is taken by a place or title is not read as a field as well."""
    assert finder.find(analyzer.tokens("rahoittaja"), frozenset({0})) is None


@pytest.mark.parametrize(
    "text",
    [
        "whom should I call about Itä-Savo?",
        "vem kan jag kontakta i Itä-Savo?",
        "keneen otan yhteyttä Itä-Savossa?",
        "kuka vastaa Itä-Savon hankkeesta?",
    ],
)
def test_the_contact_is_asked_for_in_many_ways(samples: Assistant, text: str) -> None:
    """Ways of asking that share no word with the field's name ask for it all the same."""
    asked = samples.read(text)[0].asked
    assert asked is not None
    assert asked.name == "contact_name"


@pytest.mark.parametrize("text", ["zxcv qwer", "the weather in Paris", "mitä kello on"])
def test_what_is_no_field_asks_for_none(samples: Assistant, text: str) -> None:
    """Nothing is near enough to senseless or foreign words."""
    assert samples.read(text)[0].asked is None


def test_every_way_to_name_a_field_is_given_once(catalogue: dict[str, FieldSpec]) -> None:
    """A field's texts hold its labels, names and aliases, none twice."""
    for spec in catalogue.values():
        texts = spec_texts(spec)
        assert len(set(texts)) == len(texts)
        assert {t for names in spec.names.values() for t in names} <= set(texts)


@pytest.mark.parametrize("text", ["utvärderare", "kännykkänumero"])
def test_a_compound_is_read_whole_before_its_parts(
    finder: FieldFinder, analyzer: Analyzer, text: str
) -> None:
    """What a part says ("area", "number") gives way to what the whole word means."""
    expected = {"utvärderare": None, "kännykkänumero": "phone"}[text]
    assert name_of(finder, analyzer, text) == expected


def test_a_field_is_confirmed_by_the_meaning_of_the_whole(
    finder: FieldFinder, analyzer: Analyzer
) -> None:
    """All words of "who can answer my questions about it" say the contact; of others, some."""
    tokens = analyzer.tokens("the contact person")
    asked = finder.find(tokens, frozenset())
    assert asked is not None
    every = frozenset(range(9))
    confirmed = finder.as_a_whole(asked, "who is the contact person", every, any_type)
    assert confirmed is not None
    assert confirmed.words == every
    assert (
        finder.as_a_whole(asked, "the contact person's budget for trips", every, any_type) == asked
    )


@pytest.mark.parametrize(
    ("said", "text", "meant"),
    [
        ("municipality", "pilot municipality", None),
        ("organisation", "which organisation finances the project", "funder"),
    ],
)
def test_the_meaning_of_the_whole_outdoes_a_word(
    finder: FieldFinder, analyzer: Analyzer, said: str, text: str, meant: str | None
) -> None:
    """A word that names a field names none, or another, where the whole clearly says so."""
    tokens = analyzer.tokens(said)
    asked = finder.find(tokens, frozenset())
    assert asked is not None
    assert asked.name != meant
    confirmed = finder.as_a_whole(asked, text, frozenset(range(4)), any_type)
    assert (confirmed and confirmed.name) == meant


def test_a_word_cut_short_is_read_whole(finder: FieldFinder, analyzer: Analyzer) -> None:
    """An abbreviation that no dictionary has is the one field's whose aliases begin so."""
    assert name_of(finder, analyzer, "mejladr") == "contact_email"
    assert name_of(finder, analyzer, "mej") is None
    assert name_of(finder, analyzer, "proje") is None


@pytest.mark.parametrize(
    ("said", "party"),
    [
        ("contact person", "contact_organisation"),
        ("author", "author"),
        ("funder", "funder"),
    ],
)
def test_which_body_means_the_organisation(
    finder: FieldFinder, analyzer: Analyzer, said: str, party: str
) -> None:
    """Of a person, "which body" means the organisation beside the person; else what it says."""
    asked = finder.find(analyzer.tokens(said), frozenset())
    assert asked is not None
    assert finder.party(asked).name == party


def test_one_who_asks_by_who_means_no_address(samples: Assistant) -> None:
    """What the question word cannot mean is no rival for the meaning of the whole."""
    question, _ = samples.read("Kenelle Pohjois-Savon hankkeen tiedustelut osoitetaan?")
    assert question.asked is not None
    assert question.asked.name == "contact_name"


def test_who_does_it_is_no_field_of_what_is_done(samples: Assistant) -> None:
    """The words "who evaluates" ask for one told in the text; a target group is a field."""
    question, _ = samples.read("Who's evaluating Itä-Savo?")
    assert question.asked is None
    question, _ = samples.read("Who is the target group of Itä-Savo?")
    assert question.asked is not None
    assert question.asked.name == "target_group"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Kukas pyörittää Itä-Savon hanketta?", "contact_name"),
        ("Mikä taho pyörittää Itä-Savon hanketta?", "contact_organisation"),
        ("Itä-Savo vastuuihminen nimi", "contact_name"),
        ("Itä-Savon hankkeen nimi", "name"),
        ("Kenen palveluksessa Itä-Savon yhteyshenkilö on?", "contact_organisation"),
    ],
)
def test_who_is_a_person_before_a_party(samples: Assistant, text: str, field: str) -> None:
    """A "who" means the person, a party the organisation, and a name a person's if it is said."""
    question, _ = samples.read(text)
    assert question.asked is not None
    assert question.asked.name == field


def test_a_clear_meaning_outdoes_a_word_that_says_it_all(samples: Assistant) -> None:
    """One verb of another field does not outweigh the years that are asked for."""
    question, _ = samples.read("Minkä vuosien välillä Itä-Savon hanketta tehdään?")
    assert question.asked is not None
    assert question.asked.name == "period"


def test_all_that_is_said_may_confirm_the_field(finder: FieldFinder, analyzer: Analyzer) -> None:
    """Words that mean the field named are said of it; a name of something else is not."""
    text = "which years were agreed on for it, its running time"
    tokens = analyzer.tokens(text)
    period = finder.find(tokens, frozenset())
    assert period is not None
    left = frozenset(range(len(tokens)))
    assert finder.confirmed(period, text, left, any_type).words == period.words | left
    other = "how many boats were painted blue at that time"
    assert finder.confirmed(period, other, left, any_type) == period
    name = finder.find(analyzer.tokens("the name"), frozenset())
    assert name is not None
    assert finder.confirmed(name, "what is the project called", left, any_type) == name


def test_when_means_a_time_rather_than_a_text(finder: FieldFinder, analyzer: Analyzer) -> None:
    """A "when" turns a text named on the way into the time that is meant; a person stays."""
    text = "in what year did the work on the background begin and end"
    background = finder.find(analyzer.tokens("background"), frozenset())
    assert background is not None
    assert finder.pointed(background, text, "when").name == "period"
    contact = finder.find(analyzer.tokens("contact person"), frozenset())
    assert contact is not None
    assert finder.pointed(contact, "when did the contact leave", "when") == contact
