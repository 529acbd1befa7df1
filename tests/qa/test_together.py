"""Two things asked in one breath are both told, each with its citation."""

import pytest

from qa.assistant import Assistant
from qa.follow_up import Conversation
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
    """Of a contact and her e-mail one is the answer, and the other the first beside it."""
    answer = samples.ask("Kuka on Itä-Savon yhteyshenkilö ja mikä on hänen sähköpostinsa?").answer
    assert answer is not None
    fields = [answer.field, *(related.field for related in answer.related)]
    assert set(fields[:2]) == {"contact_name", "contact_email"}
    assert len(set(fields)) == len(fields)


@pytest.mark.parametrize(
    "text",
    [
        "Kuka on Itä-Savon yhteyshenkilö?",
        "Who is the contact for Itä-Savo and what is the weather like?",
    ],
)
def test_a_half_without_an_answer_adds_nothing(samples: Assistant, text: str) -> None:
    """Only what always stands beside a contact does."""
    assert set(told(samples.ask(text))) == {"contact_name", "contact_organisation", "contact_email"}


def test_without_a_page_two_questions_have_no_answer(samples: Assistant) -> None:
    """Neither half is answered before a project is named."""
    assert samples.ask("Kuka on yhteyshenkilö ja kuka rahoittaa?").answer is None


def test_three_things_are_told(samples: Assistant) -> None:
    """Every cut counts, and no value is told twice."""
    answer = samples.ask("yhteyshenkilö ja rahoittaja ja toimiaika Itä-Savossa")
    assert {"contact_name", "funder", "period"} <= set(told(answer))
    assert answer.answer is not None
    values = [(related.field, related.value) for related in answer.answer.related]
    assert len(set(values)) == len(values)


def test_each_of_several_values_is_cited_at_its_words(samples: Assistant) -> None:
    """Two funders are two lines, each a slice of the page."""
    answer = samples.ask("Who funds Etelä-Savo, and when does it end?")
    assert answer.answer is not None
    funders = [r for r in answer.answer.related if r.field == "funder"]
    assert [r.value for r in funders] == ["Muu EU-rahoitus", "Sosiaali- ja terveysministeriö (STM)"]
    for related in funders:
        page = samples.document(related.citation.document_id).text
        assert page[related.citation.start : related.citation.end] == related.value


def test_many_ands_are_not_all_tried(samples: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question of a thousand "and"s is read a few times, not two thousand."""
    read = Conversation.read
    reads = []

    def counted(self: Conversation, text: str, *more: object) -> object:
        reads.append(text)
        return read(self, text, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Conversation, "read", counted)
    samples.ask("Kuka on Itä-Savon yhteyshenkilö " + "ja " * 450 + "kuka rahoittaa?")
    assert len(reads) < 20


def test_two_pages_are_a_table(samples: Assistant) -> None:
    """An "and" between two projects joins no questions."""
    answer = samples.ask("Kuka on Itä-Savon ja Pohjois-Savon yhteyshenkilö?").answer
    assert answer is not None
    assert answer.kind == "list"
    assert len(answer.rows) == 2
