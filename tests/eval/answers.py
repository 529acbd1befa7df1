"""Answers and results made by hand, for tests of grading and figures."""

from typing import Any

from eval.grading import Outcome, grade
from eval.results import Result, SetRun, summarise
from eval.scores import score
from eval.sets import Question
from eval.systems import Identity
from qa.model import Answer, Citation, Finding, RankedPassage, Row, Status


def question(name: str = "q", **more: Any) -> Question:
    """Return a question of our own form, answerable unless said otherwise."""
    given: dict[str, Any] = {"lang": "fi", "type": "field", "expected": "answered", **more}
    return Question(question_id=name, question=f"{name}?", **given)


def cited(document: str, start: int, end: int) -> Citation:
    """Return a citation of a span."""
    return Citation(document, document, document, None, (), start, end, None, "0" * 64)


def passage(
    rank: int,
    document: str,
    text: str,
    start: int = 0,
    marks: tuple[tuple[int, int], ...] = (),
) -> RankedPassage:
    """Return a passage that stands at `start` of its document."""
    where = cited(document, start, start + len(text))
    return RankedPassage(rank, 1.0 / rank, text, marks, where, "fi")


def answer(
    passages: tuple[RankedPassage, ...] = (),
    text: str | None = None,
    status: Status = "answered",
    confidence: float = 0.9,
    rows: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """Return an answer whose short text cites the first passage."""
    named = tuple(Row(name, name, value, cited(name, 0, 1)) for name, value in rows)
    finding = None
    if text is not None:
        kind = "list" if rows else "field"
        finding = Finding(text, kind, confidence, (1,) if passages else (), rows=named)
    return Answer("q?", "q?", "fi", status, finding, passages, "snap", "enc", 1.0)


def outcome(asked: Question, given: Answer, depth: int = 10) -> Outcome:
    """Return the graded outcome."""
    return grade(asked, given, depth)


def result_of(outcomes: list[Outcome], name: str = "made.jsonl", **identity: Any) -> Result:
    """Return the result of outcomes as if a system had been run."""
    times = {one.question.question_id: 1.5 for one in outcomes}
    run = SetRun(name, "0" * 64, score(outcomes), times)
    return summarise([run], Identity(**{"name": "made", **identity}), seed=0, depth=10)


def results_with(
    ranks: list[int | None], langs: tuple[Any, ...] = ("fi",), refused: frozenset[int] = frozenset()
) -> Result:
    """Return a result whose questions found their passage at these ranks (None: not at all).

    The short answer is right where the rank is 1; the questions in `refused` are refused.
    """
    outcomes = []
    for number, rank in enumerate(ranks):
        asked = question(f"q{number}", doc="d", gold=("oikea",), lang=langs[number % len(langs)])
        shown = tuple(
            passage(place, "d", "oikea" if place == rank else "väärä", place * 10)
            for place in range(1, 6)
        )
        given = answer(shown, "oikea" if rank == 1 else "väärä", confidence=1 / (number + 2))
        if number in refused:
            given = answer(shown, None, "not_found")
        outcomes.append(outcome(asked, given))
    return result_of(outcomes)
