"""What a question asks for, where titles and background have words of fields too."""

import pytest

from corpus.language import Analyzer
from corpus.profiles import field_catalogue, load_profiles
from embeddings.encoder import Encoder
from qa.asked import FieldFinder
from qa.assistant import Assistant
from qa.strangers import names_stranger


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Who acts as contact person for the adapted work exchange in Itä-Savo?", "contact_name"),
        ("Vem är kontaktperson för den anpassade arbetsbörsen i Itä-Savo?", "contact_name"),
        ("Which organisation is the contact of Itä-Savo from?", "contact_organisation"),
    ],
)
def test_a_title_in_another_language_asks_for_no_field(
    samples: Assistant, text: str, field: str
) -> None:
    """The "work" of a title before the place is not where the contact works."""
    question, _ = samples.read(text)
    assert question.asked is not None
    assert question.asked.name == field


def test_a_verb_that_asks_is_no_place(samples: Assistant) -> None:
    """The Swedish "ingår" has the form of no case of Ingå, and is no place that is missing."""
    for text in ("Vad ingår i projektet?", "Vilka kommuner ingår i Östra Nyland?"):
        question, _ = samples.read(text)
        assert not question.naming.unknown
    assert samples.read("Vem är kontaktperson i Ingå?")[0].naming.unknown


def test_a_list_told_aside_asks_for_none(samples: Assistant) -> None:
    """Who updates a list of contacts asks for one; who wants all listed says so as well."""
    one, _ = samples.read("I update a list of contacts: who is the contact for Itä-Savo?")
    every, _ = samples.read("List all projects and tell who is their contact")
    assert not one.wants_many
    assert every.wants_many


def test_a_clause_that_asks_by_itself_needs_no_background(samples: Assistant) -> None:
    """An interest in money is no question who pays, where the price is asked for."""
    text = "Veronmaksajana minua kiinnostaa rahan käyttö. Mitä Itä-Savon hanke maksaa kaikkiaan?"
    question, _ = samples.read(text)
    assert question.asked is not None
    assert question.asked.name == "budget"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I need the mail address of the guy who runs the Central Finland reform", "contact_email"),
        ("Give me the email for the person who leads Itä-Savo", "contact_email"),
        ("I need the e-mail of the one who is the contact in Itä-Savo", "contact_email"),
        ("I have the email and who is the contact in Itä-Savo", "contact_name"),
        ("I lost the email address, who is the contact in Itä-Savo?", "contact_name"),
    ],
)
def test_an_address_of_one_who_is_asked_for_what_runs_on(
    samples: Assistant, text: str, name: str
) -> None:
    """A "who" that runs on from an address tells whose it is; after "and" it asks."""
    question, _ = samples.read(text)
    assert question.asked is not None
    assert question.asked.name == name


def test_words_that_ask_choose_no_title(analyzer: Analyzer, encoder: Encoder) -> None:
    """What fields are asked for in names no document; other words may."""
    finder = FieldFinder(tuple(field_catalogue(load_profiles())), analyzer, encoder)
    assert finder.asks({"running"})
    assert not finder.asks({"stream", "restoration"})


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("Mikä on Liisa Virtasen sähköposti?", True),
        ("What is the e-mail of Liisa Virtanen?", True),
        ("Mikä on Pia Karttusen sähköposti?", False),
        ("Mikä on yhteyshenkilön sähköposti?", False),
        ("Hej. Vilken e-postadress har kontaktpersonen?", False),
        ("Who is the contact of the Finnish projects?", False),
        ("MIKÄ ON YHTEYSHENKILÖN SÄHKÖPOSTI HANKKEESSA JOSSA ON LAPSIA", False),
    ],
)
def test_a_name_that_no_document_has_is_noticed(
    samples: Assistant, text: str, strange: bool
) -> None:
    """Two capitals inside a sentence name somebody: where nobody is called so, none is chosen."""
    question, _ = samples.read(text)
    assert names_stranger(question) is strange
    assert not strange or samples.ask(text).status == "not_found"


def test_who_leads_the_work_means_a_person(samples: Assistant) -> None:
    """The "work" that somebody leads is not where the contact works."""
    leads, _ = samples.read("Who leads the work in Keski-Suomi?")
    works, _ = samples.read("Who does the contact of Keski-Suomi work for?")
    assert leads.asked is not None
    assert leads.asked.name == "contact_name"
    assert works.asked is not None
    assert works.asked.name == "contact_organisation"


@pytest.mark.parametrize(
    "text",
    [
        "The previous contact for Etelä-Savo, could you give me the name?",
        "Who is the contact for Etelä-Savo? I mean the previous one.",
        "Ennen nykyistä kuka hoiti Etelä-Savon yhteyshenkilön tehtävää?",
        "Who was the contact for Etelä-Savo before the present one?",
    ],
)
def test_a_time_told_beside_the_clause_counts_where_the_clause_has_none(
    samples: Assistant, text: str
) -> None:
    """The one before is asked for, wherever in the question that is said."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert answer.text.startswith("Antti Mäkelä")


@pytest.mark.parametrize(
    "text",
    [
        "Who replaced Antti Mäkelä in Etelä-Savo and is the contact now?",
        "There was a change in Etelä-Savo. Who is the contact at the moment?",
        "Vem är företrädare för Etelä-Savo just nu?",
    ],
)
def test_the_time_of_the_clause_outdoes_the_one_told_beside_it(
    samples: Assistant, text: str
) -> None:
    """Whoever came before is told, and the one of today asked for."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert answer.text.startswith("Mari Teittinen")


@pytest.mark.parametrize(
    "text",
    ["Minkä takia Itä-Uudenmaan hanke on perustettu?", "Why was the Itä-Savo project created?"],
)
def test_why_asks_for_no_date(samples: Assistant, text: str) -> None:
    """The day something was founded on is no reason for it."""
    question, _ = samples.read(text)
    assert question.asked is None or question.asked.name == "purpose"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("I want to e-mail the one behind Itä-Savo. What is the address?", "contact_email"),
        ("The e-mail for Itä-Savo, could you give me it right away?", "contact_email"),
        ("I need the one heading Itä-Savo. What is her name?", "contact_name"),
    ],
)
def test_what_a_person_is_reached_by_is_hers(samples: Assistant, text: str, field: str) -> None:
    """An address after "e-mail" is an e-mail's, and her name no project's."""
    question, _ = samples.read(text)
    assert question.asked is not None
    assert question.asked.name == field
