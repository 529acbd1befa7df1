"""Typed values: persons with validity, dates, periods, lists, addresses, and people in text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fields import field_name, find_fields
from corpus.model import Field, Section
from corpus.people import find_people
from corpus.profiles import FieldSpec, FieldType
from corpus.sections import Block


def values(kind: FieldType, text: str) -> list[Field]:
    """Read a text as the value of a field of some type."""
    spec = FieldSpec("f", kind, (), {}, {})
    block = Block(Section(("F",), 0, len(text)), "F", spec)
    return [field for field in find_fields(text, [block]) if field.name == "f"]


def people(text: str) -> list[tuple[str, str, str]]:
    """List name, role or address, and printed words of the people in a text."""
    found = find_people(text, Section((), 0, len(text)))
    return [(field.value, field.label, text[field.start : field.end]) for field in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pia Aalto", [("Pia Aalto", "Pia Aalto", None, None)]),
        (
            "Antti Salo (31.12.2022) Mari Teiri 1.1.2023 alkaen",
            [
                ("Antti Salo", "Antti Salo (31.12.2022)", None, date(2022, 12, 31)),
                ("Mari Teiri", "Mari Teiri 1.1.2023 alkaen", date(2023, 1, 1), None),
            ],
        ),
        (
            "Antti Salo 31.12.2022 asti, Mari Teiri (1.1.2023-)",
            [
                ("Antti Salo", "Antti Salo 31.12.2022 asti", None, date(2022, 12, 31)),
                ("Mari Teiri", "Mari Teiri (1.1.2023-)", date(2023, 1, 1), None),
            ],
        ),
        (
            "Antti Salo (-31.12.2022); Mari Teiri (vuodesta 2023)",
            [
                ("Antti Salo", "Antti Salo (-31.12.2022)", None, date(2022, 12, 31)),
                ("Mari Teiri", "Mari Teiri (vuodesta 2023)", date(2023, 1, 1), None),
            ],
        ),
        (
            "Ann-Sofie Berg fr.o.m. 1.2.2024 och Karl af Ek till 31.1.2024",
            [
                ("Ann-Sofie Berg", "Ann-Sofie Berg fr.o.m. 1.2.2024", date(2024, 2, 1), None),
                ("Karl af Ek", "Karl af Ek till 31.1.2024", None, date(2024, 1, 31)),
            ],
        ),
        (
            "Jane Doe (from 1 Jan 2023) and John O'Neil, until March 2024",
            [
                ("Jane Doe", "Jane Doe (from 1 Jan 2023)", date(2023, 1, 1), None),
                ("John O'Neil", "John O'Neil, until March 2024", None, date(2024, 3, 31)),
            ],
        ),
        (
            "1.1.2023 alkaen Mari Teiri",
            [("Mari Teiri", "1.1.2023 alkaen Mari Teiri", date(2023, 1, 1), None)],
        ),
        (
            "Mari Teiri (2020–2022)",
            [("Mari Teiri", "Mari Teiri (2020–2022)", date(2020, 1, 1), date(2022, 12, 31))],
        ),
        (
            "Mari Teiri\nPia Aalto ja Onni Ek",
            [(name, name, None, None) for name in ("Mari Teiri", "Pia Aalto", "Onni Ek")],
        ),
        (
            "Projektipäällikkö Mari Teiri, Kylän liitto",
            [("Mari Teiri", "Projektipäällikkö Mari Teiri", None, None)],
        ),
        ("Hankkeen toimisto", [("Hankkeen toimisto", "Hankkeen toimisto", None, None)]),
    ],
)
def test_persons_carry_their_validity(
    text: str, expected: list[tuple[str, str, date | None, date | None]]
) -> None:
    """Each person is one field; the span is the name with the words that say when."""
    found = values("person", text)
    assert [
        (field.value, text[field.start : field.end], field.valid_from, field.valid_to)
        for field in found
    ] == expected


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("Hanke toteutetaan vuosina 2020-2021", "2020/2021", "2020-2021"),
        ("Vuosien 2022–2025 aikana; haku syksyllä 2022.", "2022/2025", "2022–2025"),
        ("1.3.2021-31.12.2023", "2021-03-01/2023-12-31", "1.3.2021-31.12.2023"),
        ("1.3.–31.12.2021", "2021-03-01/2021-12-31", "1.3.–31.12.2021"),
        ("1 January 2020 to 30 June 2021", "2020-01-01/2021-06-30", None),
        ("maaliskuu 2021 – toukokuu 2022", "2021-03/2022-05", None),
        ("03/2021-05/2022", "2021-03/2022-05", None),
        ("1.3.2021 alkaen", "2021-03-01/..", None),
        ("31.12.2025 asti", "../2025-12-31", None),
        ("2021", "2021", None),
        ("2020-2021 ja 2023-2024", "2020-2021 ja 2023-2024", None),
        ("Toistaiseksi", "Toistaiseksi", None),
    ],
)
def test_a_period_is_its_only_range(text: str, value: str, printed: str | None) -> None:
    """One range is quoted alone and normalised; anything else is the whole section."""
    (field,) = values("period", text)
    assert field.value == value
    assert text[field.start : field.end] == (printed or text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17.09.2020", "2020-09-17"),
        ("9.7.2024", "2024-07-09"),
        ("Päivitetty 2024-06-12 klo 9", "2024-06-12"),
        ("den 3 mars 2021", "2021-03-03"),
        ("March 3rd, 2021", "2021-03-03"),
        ("3. maaliskuuta 2021", "2021-03-03"),
        ("31.2.2020", "31.2.2020"),
        ("eilen", "eilen"),
    ],
)
def test_dates_become_iso(text: str, value: str) -> None:
    """A date is normalised; a day that does not exist, or no day, is left as printed."""
    (field,) = values("date", text)
    assert field.value == value


def test_lists_are_one_field_a_line() -> None:
    """Funders stand on lines, with or without bullets."""
    text = "Kunta\n\n• Säätiö, Turku\n- STM"
    found = values("list", text)
    assert [field.value for field in found] == ["Kunta", "Säätiö, Turku", "STM"]
    assert [text[field.start : field.end] for field in found] == [field.value for field in found]


def test_every_address_is_a_field() -> None:
    """E-mail addresses are found among other words, and folded in the value only."""
    text = "Pia.Aalto@kunta.example, posti@liitto.fi."
    assert [(f.value, text[f.start : f.end]) for f in values("email", text)] == [
        ("pia.aalto@kunta.example", "Pia.Aalto@kunta.example"),
        ("posti@liitto.fi", "posti@liitto.fi"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("phone", "puh. +358 50 123 4567 (ark.)", "+358 50 123 4567"),
        ("url", "Katso https://example.org/a?b=1.", "https://example.org/a?b=1"),
        ("text", "Kaksi\n\nkappaletta", "Kaksi kappaletta"),
    ],
)
def test_other_types_keep_their_words(kind: FieldType, text: str, value: str) -> None:
    """Phones, addresses of the web and texts."""
    assert [field.value for field in values(kind, text)] == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pilari 4 Nuoret Hankepäällikkö Jani Nauha (jani.nauha@alue.fi)",
            [
                ("Jani Nauha", "Hankepäällikkö", "Hankepäällikkö Jani Nauha (jani.nauha@alue.fi)"),
                ("jani.nauha@alue.fi", "Hankepäällikkö", "jani.nauha@alue.fi"),
            ],
        ),
        (
            "Lisätietoja antaa Keski-Uusimaa Eeva von Essen, eeva.vonessen@alue.fi",
            [
                ("Eeva von Essen", "", "Eeva von Essen, eeva.vonessen@alue.fi"),
                ("eeva.vonessen@alue.fi", "", "eeva.vonessen@alue.fi"),
            ],
        ),
        (
            "Kontakta projektledare Anna Ek.",
            [("Anna Ek", "projektledare", "projektledare Anna Ek")],
        ),
        (
            "The map is kept by Jane Doe, senior project manager.",
            [("Jane Doe", "senior project manager", "Jane Doe, senior project manager")],
        ),
        ("Ask Head Jane Doe.", [("Jane Doe", "Head", "Head Jane Doe")]),
    ],
)
def test_people_in_text_have_a_role_or_an_address(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    """The person's words hold the role and the address."""
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Itä-Savon Sairaanhoitopiiri ja Savonlinnan Kaupunki sopivat.",
        "Matti Meikäläinen kertoi hankkeesta.",
        "Kirjoita osoitteeseen posti@liitto.fi.",
        "Tom Whitehead Smith",
        "Sote-johtajat Keski-Suomessa\nMatti Salo",
    ],
)
def test_capitals_alone_are_no_person(text: str) -> None:
    """Organisations, plain names and plain addresses are left alone."""
    assert people(text) == []


def test_an_unknown_pair_is_a_field_named_by_its_label() -> None:
    """A definition list may say anything."""
    text = "Suosikkipuu: Omenapuu"
    block = Block(Section(("Suosikkipuu",), 13, 21), "Suosikkipuu", None, is_pair=True)
    (field,) = find_fields(text, [block])
    assert (field.name, field.value, field.label) == ("suosikkipuu", "Omenapuu", "Suosikkipuu")
    assert field_name("Oma nimi (lyhyt):") == "oma_nimi_lyhyt"


@given(st.text(alphabet="AaÄä .,-–()/123450\nfjm@:", max_size=120))
def test_spans_stay_inside_whatever_the_text(text: str) -> None:
    """Every type reads every text without failing, and points inside it."""
    for kind in ("person", "period", "date", "email", "list", "phone", "url"):
        for field in values(kind, text):
            assert 0 <= field.start < field.end <= len(text) or not text.strip()
    for found in find_people(text, Section((), 0, len(text))):
        assert 0 <= found.start < found.end <= len(text)
