"""Two things asked at once: "who funds it, and when does it end".

Knows where one question may end and the next begin, and how two answers stand together. Does not
know how a question is read or answered.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from embeddings.snapshot import Snapshot
from qa.citing import Citer
from qa.lexicon import load_lexicon
from qa.model import Finding, Related, Turn
from qa.outcome import Lead, Outcome
from qa.question import Question

MOST_CUTS = 3  # each cut is two questions to read
Read = Callable[[str, Sequence[Turn]], Question]
Tell = Callable[[Question], Outcome | None]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the fields of one document, `ordinal`, tell of a half of a question."""

    finding: Finding
    leads: tuple[Lead, ...]
    ordinal: int


def with_the_others(
    question: Question,
    outcome: Outcome,
    history: Sequence[Turn],
    read: Read,
    tell: Tell,
    snapshot: Snapshot,
) -> Outcome:
    """Return an outcome with what else is asked in the same breath beside it.

    That is what fields of the outcome's document tell where the question is cut at an "and" and
    both halves ask for a field; an outcome that is no field's value stays alone.
    """
    own = _told(outcome, snapshot)
    if own is None:
        return outcome
    others: dict[str | None, _Told] = {own.finding.field: own}
    for first, second in islice(_halves(question), MOST_CUTS):
        asked = _read(first, second, history, read)
        halves = [_half(each, own.finding.field, tell, snapshot) for each in asked]
        told = [each for each in halves if each is not None and each.ordinal == own.ordinal]
        if len(told) == len(halves):
            for each in told:
                others.setdefault(each.finding.field, each)
    (_, *found) = others.values()
    return _beside(outcome, found, snapshot) if found else outcome


def _halves(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the text before and after each "and" that stands between other words.

    An "and" in a name or in what is told aside joins no questions.
    """
    words = load_lexicon(question.language).conjunctions
    ands = {p for p, token in enumerate(question.tokens) if token.surface in words}
    inside = ands - question.naming.words - question.aside - {0, len(question.tokens) - 1}
    for place in sorted(p for p in inside if p - 1 not in ands):
        start = question.tokens[place].start
        yield question.text[:start], question.text[start:]


def _read(
    first: str, second: str, history: Sequence[Turn], read: Read
) -> tuple[Question, Question]:
    """Read both halves; the one that names no document is a follow-up of the other."""
    before = read(first, history)
    if before.naming.documents:
        return before, read(second, (*history, Turn(first)))
    return read(first, (*history, Turn(second))), read(second, history)


def _half(question: Question, own: str | None, tell: Tell, snapshot: Snapshot) -> _Told | None:
    """Return what the fields tell of a half; a field other than `own` must be named by its words.

    What a clause means by itself may be what it means as a part of the whole, which was answered.
    """
    asked = question.asked
    if asked is None or not question.one_document:
        return None
    if asked.by_meaning and asked.name != own:
        return None
    outcome = tell(question)
    return _told(outcome, snapshot) if outcome else None


def _told(outcome: Outcome, snapshot: Snapshot) -> _Told | None:
    if outcome.finding is None or outcome.finding.kind != "field":
        return None
    ordinal = int(snapshot.passage_document[outcome.leads[0].row])
    return _Told(outcome.finding, outcome.leads, ordinal)


def _beside(outcome: Outcome, others: Sequence[_Told], snapshot: Snapshot) -> Outcome:
    """Return an outcome with other answers first among what stands beside it."""
    assert outcome.finding is not None
    spans: dict[int, tuple[tuple[int, int], ...]] = {}
    for lead in (*outcome.leads, *(lead for each in others for lead in each.leads)):
        spans[lead.row] = (*spans.get(lead.row, ()), *lead.highlights)
    asked = (one for each in others for one in _as_related(each, snapshot))
    more = (one for each in others for one in each.finding.related)
    related: dict[tuple[str, str], Related] = {}
    for one in (*asked, *outcome.finding.related, *more):
        related.setdefault((one.field, one.value), one)
    related.pop((outcome.finding.field or "", outcome.finding.text), None)
    finding = replace(
        outcome.finding,
        citations=tuple(range(1, len(spans) + 1)),
        related=tuple(related.values()),
    )
    leads = tuple(Lead(row, tuple(dict.fromkeys(found))) for row, found in spans.items())
    return replace(outcome, finding=finding, leads=leads)


def _as_related(told: _Told, snapshot: Snapshot) -> Iterator[Related]:
    """Yield each value of an answer as what stands beside another, cited at its very words."""
    citer, finding = Citer(snapshot), told.finding
    for lead in told.leads:
        (passage,) = citer.passages([lead.row])
        for start, end in lead.highlights:
            place = passage.start + start, passage.start + end
            citation = citer.citation(told.ordinal, passage.heading_path, *place)
            value = passage.text[start:end]
            yield Related(finding.field or "", finding.label or "", value, citation)
