"""Answers over several documents: complete, with a citation in each row."""

from datetime import date

import pytest

from qa.answer_list import period_of
from qa.assistant import Assistant
from qa.model import Answer

ALL = ["etela-savo", "ita-savo", "ita-uusimaa", "keski-suomi", "pohjois-savo"]
BUT_SOUTH = ALL[1:]


def rows_of(answer: Answer) -> list[str]:
    """Return the documents of the table's rows, without suffix."""
    assert answer.answer is not None, answer.question
    assert answer.answer.kind == "list"
    return [row.document_id.rpartition(".")[0] for row in answer.answer.rows]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("ketkä ovat kaikkien hankkeiden yhteyshenkilöt", ALL),
        ("who are the contacts of all projects?", ALL),
        ("vilka är alla projekts kontaktpersoner", ALL),
        ("mitkä hankkeet STM rahoittaa?", ALL),
        ("which projects are funded by STM", ALL),
        ("vilka projekt finansieras av STM", ALL),
        ("which projects run in 2021?", BUT_SOUTH),
        ("mitkä hankkeet olivat käynnissä vuonna 2021", BUT_SOUTH),
        ("vilka projekt pågick 2021", BUT_SOUTH),
        ("which projects run in 2024?", ["etela-savo"]),
        ("mitkä sivut on luotu vuonna 2022", ["etela-savo"]),
        ("which project was last modified?", ["etela-savo"]),
    ],
)
def test_tables_are_complete(samples: Assistant, text: str, documents: list[str]) -> None:
    """Every document that fits has a row and no other has, whatever the language."""
    assert rows_of(samples.ask(text)) == documents


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("montako hanketta STM rahoittaa?", ALL),
        ("how many projects are there?", ALL),
        ("hur många projekt pågick 2021?", BUT_SOUTH),
        ("kuinka monta eri hanketta alkoi vuonna 2020", BUT_SOUTH),
    ],
)
def test_how_many_projects_is_their_list(
    samples: Assistant, text: str, documents: list[str]
) -> None:
    """Whoever asks for the number sees what was counted."""
    assert rows_of(samples.ask(text)) == documents


def test_a_number_in_a_project_is_no_list_of_projects(samples: Assistant) -> None:
    """What a project that is named by its title counts stands in its text."""
    question, _ = samples.read("kuinka monta hanketta on kestävän kasvun ohjelmassa?")
    assert question.steering.asks_quantity
    assert not question.wants_many


@pytest.mark.parametrize(
    "text",
    [
        "Minkä hankkeen yhteyshenkilö Pia Karttunen on?",
        "which project does Pia Karttunen work for?",
        "Vilket projekt har Pia Karttunen hand om?",
        "missä hankkeessa Karttunen on mukana",
    ],
)
def test_the_project_of_a_person_is_named(samples: Assistant, text: str) -> None:
    """Who asks for the project gets its title, with the place where the person stands."""
    answer = samples.ask(text)
    assert rows_of(answer) == ["ita-savo"]
    assert answer.answer is not None
    assert answer.answer.text == "Itä-Savon rakenneuudistus: Pia Karttunen"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Which projects does Pia Karttunen not lead?", "not_found"),
        ("Which project budget is Pia Karttunen in charge of?", "not_found"),
        ("I forget which project, but what is the e-mail of Pia Karttunen?", "answered"),
    ],
)
def test_what_else_is_asked_of_a_person_is_no_project(
    samples: Assistant, text: str, status: str
) -> None:
    """What is not so, a budget and an address are no question of whose project it is."""
    answer = samples.ask(text)
    assert answer.status == status
    assert answer.answer is None or answer.answer.text == "pia.karttunen@sosteri.fi"


def test_a_table_is_not_cut_at_top_k(samples: Assistant) -> None:
    """Five rows are five rows, also for who asks for one passage."""
    assert rows_of(samples.ask("who are the contacts of all projects?", top_k=1)) == ALL


def test_every_row_cites_its_value(samples: Assistant) -> None:
    """A row's citation opens its own document at the very words of the value."""
    finding = samples.ask("ketkä ovat kaikkien hankkeiden yhteyshenkilöt").answer
    assert finding is not None
    for row in finding.rows:
        text = samples.document(row.document_id).text
        assert text[row.citation.start : row.citation.end] == row.value
        assert row.citation.document_id == row.document_id
    assert finding.rows[0].value == "Mari Teittinen 1.1.2023 alkaen"  # who is it today


def test_the_text_tells_nothing_twice(samples: Assistant) -> None:
    """Every value is in the sentence, and no part of it is said again."""
    finding = samples.ask("mitkä hankkeet STM rahoittaa?").answer
    assert finding is not None
    parts = finding.text.split("; ")
    assert len(set(parts)) == len(parts)
    assert all(any(row.value in part for part in parts) for row in finding.rows)


def test_passages_carry_the_first_rows(samples: Assistant) -> None:
    """The citations of the finding are ranks of passages that hold the values."""
    answer = samples.ask("ketkä ovat kaikkien hankkeiden yhteyshenkilöt")
    assert answer.answer is not None
    assert answer.answer.citations == (1, 2, 3, 4, 5)
    for row, passage in zip(answer.answer.rows, answer.passages, strict=False):
        assert row.value in passage.text


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("mitkä hankkeet Sitra rahoittaa", ["care/turku", "family/kainuu", "family/satakunta"]),
        ("which projects are funded by Kuntarahasto", ["care/vaasa"]),
        ("which projects ran in 2020", ["care/vaasa"]),
    ],
)
def test_a_value_constrains_the_rows(pages: Assistant, text: str, documents: list[str]) -> None:
    """Only the documents with the value or the year that was said are rows."""
    assert rows_of(pages.ask(text)) == documents


@pytest.mark.parametrize(
    "text", ["mitkä hankkeet saavat EU-rahoitusta", "vilka projekt får EU-finansiering"]
)
def test_the_other_half_of_a_compound_is_the_value(samples: Assistant, text: str) -> None:
    """The word "EU-rahoitus" asks for the funder, and says which one."""
    assert rows_of(samples.ask(text)) == ["etela-savo"]


def test_no_row_is_not_found(samples: Assistant) -> None:
    """A year in which nothing ran gives no table, not everything."""
    assert samples.ask("which projects run in 1999?").status == "not_found"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020/2021", date(2020, 1, 1), date(2021, 12, 31)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-06-05", date(2023, 6, 5), date(2023, 6, 5)),
        ("2023-12/2024-02-10", date(2023, 12, 1), date(2024, 2, 10)),
        ("no date", None, None),
    ],
)
def test_periods_have_first_and_last_days(
    value: str, first: date | None, last: date | None
) -> None:
    """A year ends on its last day, a month on its own, and words are no dates."""
    assert period_of(value) == (first, last)


@pytest.mark.parametrize(
    "text", ["mitkä hankkeet STM kustantaa?", "which projects are bankrolled by STM"]
)
def test_a_list_may_be_asked_for_by_meaning(samples: Assistant, text: str) -> None:
    """Beside a funder's name the verb may be one that no field is called by."""
    found = samples.ask(text)
    assert rows_of(found) == ALL
    assert found.answer is not None
    assert found.answer.field == "funder"


@pytest.mark.parametrize(
    "text", ["Which projects disagreed with STM about wolves?", "Which projects did STM invent?"]
)
def test_a_name_alone_makes_no_list(samples: Assistant, text: str) -> None:
    """What is asked of a funder that no field holds is not answered by what it funds."""
    found = samples.ask(text)
    assert found.answer is None or found.answer.field != "funder"


@pytest.mark.parametrize(
    "text",
    [
        "Which projects are not funded by the EU?",
        "Vilka projekt finansieras inte av EU?",
        "Mitkä hankkeet eivät saa EU-rahoitusta?",
    ],
)
def test_what_is_not_so_is_no_list_of_what_is(samples: Assistant, text: str) -> None:
    """Fields hold what is so; a list of the contrary would be false."""
    assert samples.ask(text).status == "not_found"
