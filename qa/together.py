"""Two things asked at once: "who funds it, and when does it end".

Knows where one question may end and the next begin, and how two answers stand together. Does not
know how a question is read or answered.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from embeddings.snapshot import Snapshot
from qa.citing import Citer
from qa.lexicon import load_lexicon
from qa.model import Finding, Related, Turn
from qa.outcome import Lead, Outcome
from qa.question import Question

Read = Callable[[str, Sequence[Turn]], Question]
Tell = Callable[[Question], Outcome | None]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the fields of one document tell of a half of a question."""

    finding: Finding
    leads: tuple[Lead, ...]
    ordinal: int


def with_the_other(
    question: Question,
    outcome: Outcome,
    history: Sequence[Turn],
    read: Read,
    tell: Tell,
    snapshot: Snapshot,
) -> Outcome:
    """Return an outcome with the answer to the question's other half beside it, if it has one.

    That is so where fields of one document answer both halves, and one of the two is the outcome.
    """
    if outcome.finding is None or outcome.finding.kind != "field":
        return outcome
    for first, second in _halves(question):
        found = [_told(half, tell, snapshot) for half in _read(first, second, history, read)]
        told = [each for each in found if each is not None]
        if len(told) == 2 and told[0].ordinal == told[1].ordinal:
            other = [each for each in told if each.finding.field != outcome.finding.field]
            if len(other) == 1:
                return _beside(outcome, other[0], snapshot)
    return outcome


def _halves(question: Question) -> Iterator[tuple[str, str]]:
    """Yield the text before and after each "and" of the asking clause that is in no name."""
    ands = load_lexicon(question.language).conjunctions
    taken = question.naming.words | question.aside
    for place, token in enumerate(question.tokens):
        if place > 0 and token.surface in ands and place not in taken:
            yield question.text[: token.start], question.text[token.start :]


def _read(
    first: str, second: str, history: Sequence[Turn], read: Read
) -> tuple[Question, Question]:
    """Read both halves; the one that names no document is a follow-up of the other."""
    before = read(first, history)
    if before.naming.documents:
        return before, read(second, (*history, Turn(first)))
    return read(first, (*history, Turn(second))), read(second, history)


def _told(question: Question, tell: Tell, snapshot: Snapshot) -> _Told | None:
    asked = question.asked
    if asked is None or asked.by_meaning or not question.one_document:
        return None
    outcome = tell(question)
    if outcome is None or outcome.finding is None or outcome.finding.kind != "field":
        return None
    ordinal = int(snapshot.passage_document[outcome.leads[0].row])
    return _Told(outcome.finding, outcome.leads, ordinal)


def _beside(outcome: Outcome, other: _Told, snapshot: Snapshot) -> Outcome:
    """Return an outcome with another answer first among what stands beside it."""
    assert outcome.finding is not None
    spans = {lead.row: lead for lead in (*other.leads, *outcome.leads)}
    rows = dict.fromkeys(lead.row for lead in (*outcome.leads, *other.leads))
    own = _as_related(other, snapshot)
    told = {outcome.finding.text, own.value}
    others = (*outcome.finding.related, *other.finding.related)
    finding = replace(
        outcome.finding,
        citations=tuple(range(1, len(rows) + 1)),
        related=(own, *dict.fromkeys(r for r in others if r.value not in told)),
    )
    return replace(outcome, finding=finding, leads=tuple(spans[row] for row in rows))


def _as_related(told: _Told, snapshot: Snapshot) -> Related:
    """Return an answer as what stands beside another, cited where its first words are."""
    lead, finding, citer = told.leads[0], told.finding, Citer(snapshot)
    passage = citer.passages([lead.row])[0]
    start, end = lead.highlights[0] if lead.highlights else (0, len(passage.text))
    place = passage.start + start, passage.start + end
    citation = citer.citation(told.ordinal, passage.heading_path, *place)
    return Related(finding.field or "", finding.label or "", finding.text, citation)
