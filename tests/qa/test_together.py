"""Two things asked in one breath are both told, each with its citation."""

import pytest

from qa.assistant import Assistant
from qa.model import Answer


def told(answer: Answer) -> dict[str, str]:
    """Return every field that an answer tells, with its value."""
    assert answer.answer is not None
    own = {answer.answer.field or "": answer.answer.text}
    return own | {related.field: related.value for related in answer.answer.related}


@pytest.mark.parametrize(
    "text",
    [
        "Kuka rahoittaa Itä-Savon hanketta ja kuka on yhteyshenkilö?",
        "Who is the contact for Itä-Savo and who funds it?",
        "Vem är kontaktperson i Östra Savolax och vem finansierar projektet?",
        "Who are the contact and the funder of Itä-Savo?",
        "Itä-Savon yhteyshenkilö sekä rahoittaja",
    ],
)
def test_both_halves_are_answered(samples: Assistant, text: str) -> None:
    """In three languages, with the project named in either half, cited at the very words."""
    answer = samples.ask(text)
    alone = samples.ask("Itä-Savon yhteyshenkilö"), samples.ask("Itä-Savon rahoittaja")
    wanted = {each.answer.field: each.answer.text for each in alone if each.answer}
    assert len(wanted) == 2
    assert wanted.items() <= told(answer).items()
    assert answer.answer is not None
    cited = [p for p in answer.passages if p.rank in answer.answer.citations]
    assert [any(value in p.text for p in cited) for value in wanted.values()] == [True, True]
    for related in answer.answer.related:
        page = samples.document(related.citation.document_id).text
        assert page[related.citation.start : related.citation.end] == related.value


def test_what_stands_beside_is_told_once(samples: Assistant) -> None:
    """The e-mail that is asked for with the contact comes first, and no second time."""
    answer = samples.ask("Kuka on Itä-Savon yhteyshenkilö ja mikä on hänen sähköpostinsa?").answer
    assert answer is not None
    assert answer.field == "contact_name"
    assert [related.field for related in answer.related].count("contact_email") == 1
    assert answer.related[0].field == "contact_email"


@pytest.mark.parametrize(
    "text",
    [
        "Kuka on Itä-Savon yhteyshenkilö?",
        "Who is the contact for Itä-Savo and what is the weather like?",
        "Kuka on yhteyshenkilö ja kuka rahoittaa?",
    ],
)
def test_one_question_is_no_two(samples: Assistant, text: str) -> None:
    """A half that no field of the page answers adds nothing, nor does one without a page."""
    answer = samples.ask(text)
    assert answer.answer is None or "funder" not in told(answer)


def test_two_pages_are_a_table(samples: Assistant) -> None:
    """An "and" between two projects joins no questions."""
    answer = samples.ask("Kuka on Itä-Savon ja Pohjois-Savon yhteyshenkilö?").answer
    assert answer is not None
    assert answer.kind == "list"
    assert len(answer.rows) == 2
