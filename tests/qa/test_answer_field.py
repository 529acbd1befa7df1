"""Answers that are a field's value."""

import pytest

from corpus.profiles import FieldSpec
from qa.answer_field import field_label
from qa.assistant import Assistant
from tests.qa.conftest import found_in


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kuka rahoittaa Itä-Savon hanketta?", "Sosiaali- ja terveysministeriö (STM)"),
        ("När skapades sidan om Östra Nyland?", "17.09.2020"),
        ("When was the Itä-Savo page last modified?", "11.12.2020"),
        ("Kuka on Etelä-Savon sivun tekijä?", "Antti Mäkelä"),
        ("Mikä on Keski-Suomen yhteyshenkilön organisaatio?", "Jyväskylän kaupunki"),
        ("contact's e-mail in North Savo", "tarja.miettinen@pohjois-savo.fi"),
    ],
)
def test_a_value_is_given_word_for_word(samples: Assistant, text: str, value: str) -> None:
    """The answer is what the page says under the label asked for, and cites it."""
    answer = samples.ask(text)
    assert answer.answer is not None
    assert (answer.answer.kind, answer.answer.text) == ("field", value)
    assert found_in(answer) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Who is the contact for South Savo?", "Mari Teittinen 1.1.2023 alkaen"),
        ("Kuka oli Etelä-Savon yhteyshenkilö vuonna 2022?", "Antti Mäkelä (31.12.2022)"),
        ("Vem var kontaktperson i Södra Savolax före 2023?", "Antti Mäkelä (31.12.2022)"),
    ],
)
def test_validity_in_time_decides(samples: Assistant, text: str, value: str) -> None:
    """Of two contacts the one who was it at the time asked about is the answer."""
    answer = samples.ask(text)
    assert answer.answer is not None
    assert answer.answer.text == value
    assert found_in(answer) == [value]


def test_what_belongs_to_a_contact_stands_beside(samples: Assistant) -> None:
    """Organisation and e-mail come with the name, each with its own citation."""
    finding = samples.ask("kuka on Itä-Savon yhteyshenkilö").answer
    assert finding is not None
    text = samples.document("ita-savo.txt").text
    beside = {r.field: r for r in finding.related}
    assert set(beside) == {"contact_organisation", "contact_email"}
    for related in beside.values():
        assert text[related.citation.start : related.citation.end] == related.value


@pytest.mark.parametrize(
    "text", ["Patrik Hujasen sähköposti", "what is the email of Patrik Hujanen"]
)
def test_an_e_mail_is_that_of_the_person_named(samples: Assistant, text: str) -> None:
    """A person who is not the contact has an address of his own, and nobody else beside it."""
    finding = samples.ask(text).answer
    assert finding is not None
    assert finding.text == "patrik.hujanen@etelasavonha.fi"
    assert not any("Teittinen" in r.value or "Mäkelä" in r.value for r in finding.related)


@pytest.mark.parametrize(
    "text",
    [
        "Kenen sähköposti on pia.karttunen@sosteri.fi?",
        "Whose e-mail is pia.karttunen@sosteri.fi?",
        "Vems adress är pia.karttunen@sosteri.fi?",
    ],
)
def test_an_address_leads_to_its_owner(samples: Assistant, text: str) -> None:
    """Whoever has an e-mail address gets the person whose name it spells."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert (answer.field, answer.text) == ("contact_name", "Pia Karttunen")


def test_an_address_that_no_page_has_is_not_found(samples: Assistant) -> None:
    """Not even where other addresses of the same house stand on a page."""
    assert samples.ask("Kenen sähköposti on maija.meikalainen@sosteri.fi?").status == "not_found"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Kuka rahoittaa hanketta, jonka yhteyshenkilö on pia.karttunen@sosteri.fi?", "funder"),
        ("Kuka on Itä-Savon yhteyshenkilö? t. minna.virta@kunta.fi", "contact_name"),
    ],
)
def test_an_address_may_stand_beside_what_is_asked(
    samples: Assistant, text: str, field: str
) -> None:
    """It names its page, or is where the answer shall go."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert answer.field == field


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("kuka on yhteyshenkilö?", 5),
        ("Vem är kontaktperson?", 5),
        ("Kuka on Savon hankkeen yhteyshenkilö?", 3),
    ],
)
def test_several_documents_are_candidates(samples: Assistant, text: str, documents: int) -> None:
    """A question that fits several documents asks back; choosing one of them answers it."""
    answer = samples.ask(text)
    assert (answer.status, answer.answer) == ("ambiguous", None)
    assert len({c.document_id for c in answer.candidates}) == documents
    for candidate in answer.candidates:
        chosen = samples.ask(candidate.question)
        assert chosen.answer is not None
        assert chosen.answer.field == "contact_name", candidate
        assert found_in(chosen)
        assert chosen.passages[0].citation.document_id == candidate.document_id


def test_a_programme_of_two_documents_is_ambiguous(pages: Assistant) -> None:
    """Two documents with the programme's word are two candidates, the place chooses."""
    answer = pages.ask("kuka rahoittaa perhekeskuksen?")
    assert [c.document_id for c in answer.candidates] == [
        "family/kainuu.md",
        "family/satakunta.md",
    ]
    chosen = pages.ask("kuka rahoittaa Kainuun perhekeskuksen?")
    assert chosen.passages[0].citation.document_id == "family/kainuu.md"


@pytest.mark.parametrize(
    "text",
    [
        "Mikä on Itä-Savon yhteyshenkilön puhelinnumero?",
        "Vad är telefonnumret till Östra Nyland?",
        "Who is the contact for Lapland?",
        "Kuka on Lapin hankkeen yhteyshenkilö?",
        "Mikä on Itä-Savon hankkeen budjetti?",
    ],
)
def test_what_no_page_gives_is_not_found(samples: Assistant, text: str) -> None:
    """A number, a region and a budget that are nowhere are not answered by something near."""
    assert samples.ask(text).status == "not_found"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Who funds the Aura river restoration?", "Baltic Sea Fund"),
        ("Who is the contact for the Aura river?", "Matti Salmi 1.1.2023 alkaen"),
        ("Who was the contact of the Aura river in 2022?", "Liisa Aalto (31.12.2022)"),
        ("Vem finansierar Biblioteket på hjul?", "Kulturfonden"),
        ("E-postadress till Biblioteket på hjul", "karl.berg@example.org"),
        ("Kuka rahoittaa Vaasan kotihoidon digiloikkaa?", "Kuntarahasto"),
        ("Kuka rahoittaa Turun kotihoidon digiloikkaa?", "Sitra"),
    ],
)
def test_tables_and_definition_lists_are_fields(pages: Assistant, text: str, value: str) -> None:
    """Without a profile, two-column tables and definition lists are asked the same way."""
    answer = pages.ask(text)
    assert answer.answer is not None
    assert (answer.answer.kind, answer.answer.text) == ("field", value)
    assert found_in(answer) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kuka on Turun digiloikan yhteyshenkilö?", "Sari Harju"),
        ("Vem är kontaktperson för Biblioteket på hjul?", "Karl Berg"),
    ],
)
def test_a_person_in_a_table_is_cited(pages: Assistant, text: str, value: str) -> None:
    """The value is the name alone, without the label beside it, and a passage holds it."""
    answer = pages.ask(text)
    assert answer.answer is not None
    assert answer.answer.text == value
    assert found_in(answer) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Who is Jani Naukkarinen?", "Jani Naukkarinen"),
        ("Kuka on Pia Karttunen?", "Pia Karttunen"),
        ("Vem är Patrik Hujanen?", "Patrik Hujanen"),
        ("Kuka on Etelä-Savon hankejohtaja?", "Mari Teittinen"),
    ],
)
def test_a_person_is_found_with_role_and_address(samples: Assistant, text: str, value: str) -> None:
    """A person named in a field or in running text is told, and nobody else."""
    answer = samples.ask(text)
    assert answer.answer is not None
    assert all(value in said for said in answer.answer.text.split("; "))
    assert any(r.field.endswith("email") for r in answer.answer.related)
    assert found_in(answer)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Montako vuotta Itä-Savon hanke kestää?", "kaksi vuotta"),
        ("How many years does Itä-Savo run?", "kaksi vuotta"),
        ("How many years does the South Savo programme run?", "2022–2025"),
    ],
)
def test_a_count_of_years_is_told_or_the_period(samples: Assistant, text: str, told: str) -> None:
    """A page that counts its years says so; of another, from when until when is what it tells."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert told in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Mistä Tapani Patosalmi vastaa Etelä-Savossa?",
        "Kuka Tapani Patosalmi on ja miten hänet tavoittaa?",
    ],
)
def test_a_person_beside_the_label_is_not_its_value(samples: Assistant, text: str) -> None:
    """Of somebody who is not the contact nothing is told by who is."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert answer.field == "person"
    assert "Patosalmi" in answer.text
    assert "Teittinen" not in answer.text


@pytest.mark.parametrize(
    "text",
    ["Missä osoitteessa Itä-Uudenmaan hanketoimisto sijaitsee?", "street address of Keski-Suomi"],
)
def test_an_address_is_no_running_text(samples: Assistant, text: str) -> None:
    """Where no page prints one, no sentence about a place stands in for it."""
    assert samples.ask(text).status == "not_found"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Milloin Mari Teittinen aloitti?", "1.1.2023 alkaen"),
        ("När började Mari Teittinen?", "1.1.2023 alkaen"),
        ("When does Tarja Miettinen's project end?", "2020-2021"),
        ("When was Pia Karttunen born?", None),
        ("Minä vuonna Pia Karttunen on syntynyt?", None),
    ],
)
def test_a_time_of_a_person_is_hers(samples: Assistant, text: str, told: str | None) -> None:
    """The project's dates are no person's, unless it is her project that is asked about."""
    answer = samples.ask(text).answer
    assert (told in answer.text) if told and answer else (answer is None and told is None)


def test_an_address_to_mail_is_no_street(samples: Assistant) -> None:
    """Where no page prints a street, what the words say beside "address" is meant."""
    answer = samples.ask("I'd send Itä-Savo a request by e-mail, to which address?").answer
    assert answer is not None
    assert answer.text == "pia.karttunen@sosteri.fi"


def test_a_field_is_called_by_its_name_in_each_language(catalogue: dict[str, FieldSpec]) -> None:
    """People read a field's usual name in their own language."""
    spec = catalogue["contact_email"]
    labels = {field_label(spec, language) for language in ("fi", "sv", "en")}
    assert len(labels) == 3
