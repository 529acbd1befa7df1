"""Grading one answer: the right passage, the short answer, the refusal.

Knows what a question expects and what an answer holds. Does not know means, slices or files.

A passage is right when its document is the expected one (where the question names one) and its
text contains one of the gold texts, both in NFC with white space evened out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eval.sets import Question, same_document
from eval.wording import comparable, plain, says
from qa.model import Answer, Citation, RankedPassage, Status


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as the reader got it, kept to see what came instead."""

    document: str
    start: int
    end: int
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    `items` are the ids of what was ranked, best first, and `targets` the right ones (an id that
    is not among `items` was not found). The measures are None where they make no sense for the
    question; `confidence` is 0 where there was no answer.
    """

    question: Question
    status: Status
    items: tuple[str, ...]
    targets: tuple[tuple[str, int], ...]
    shown: tuple[Shown, ...]
    text: str
    confidence: float
    correct: bool | None
    exact: bool | None
    span_f1: float | None
    list_f1: float | None

    @property
    def rank(self) -> int | None:
        """Rank of the first right item, from 1."""
        right = {item for item, grade in self.targets if grade > 0}
        return next((n for n, item in enumerate(self.items, 1) if item in right), None)

    @property
    def refused(self) -> bool:
        """Whether the system said that the documents do not answer."""
        return self.status == "not_found"


def grade(question: Question, answer: Answer, depth: int) -> Outcome:
    """Return what became of `question`, looking at the first `depth` passages."""
    passages = answer.passages[:depth]
    judged = bool(question.judgements)
    listed = bool(question.docs) and question.answerable
    answerable = question.answerable and not judged
    return Outcome(
        question=question,
        status=answer.status,
        items=_items(passages, judged),
        targets=question.judgements if judged else _targets(question, passages),
        shown=tuple(_shown(question, passage) for passage in passages[:3]),
        text=answer.answer.text if answer.answer else "",
        confidence=answer.answer.confidence if answer.answer else 0.0,
        correct=_correct(question, answer) if answerable else None,
        exact=_exact(question, answer) if answerable and _one_value(question) else None,
        span_f1=_span_f1(question, answer) if answerable and not listed else None,
        list_f1=_list_f1(question, answer) if listed else None,
    )


def is_right(question: Question, passage: RankedPassage) -> bool:
    """Return whether `passage` answers `question`."""
    if question.judgements:
        right = {document for document, grade_ in question.judgements if grade_ > 0}
        return passage.citation.document_id in right
    if not _from_expected(question, passage.citation):
        return False
    if question.gold:
        text = plain(passage.text)
        return any(plain(gold) in text for gold in question.gold)
    return _touches_span(question, passage) if question.spans else bool(question.docs)


def _touches_span(question: Question, passage: RankedPassage) -> bool:
    cited = passage.citation
    return any(
        same_document(span.document, cited.document_id, cited.source)
        and cited.start < span.end
        and span.start < cited.end
        for span in question.spans
    )


def _from_expected(question: Question, citation: Citation) -> bool:
    names = (citation.document_id, citation.source)
    if question.doc:
        return same_document(question.doc, *names)
    return not question.docs or any(same_document(doc, *names) for doc in question.docs)


def _item(citation: Citation) -> str:
    return f"{citation.document_id}@{citation.start}-{citation.end}"


def _items(passages: Sequence[RankedPassage], by_document: bool) -> tuple[str, ...]:
    """Return what is ranked: passages, or for a judged collection their documents, once each."""
    cited = [passage.citation for passage in passages]
    names = [one.document_id if by_document else _item(one) for one in cited]
    return tuple(dict.fromkeys(names))


def _targets(question: Question, passages: Sequence[RankedPassage]) -> tuple[tuple[str, int], ...]:
    """Return the items that are right, one for each thing to find.

    The first right passage of each expected document counts (the same answer a second time adds
    nothing); one that is missing stands there by a name that no item has.
    """
    if not question.answerable:
        return ()
    found = [passage.citation for passage in passages if is_right(question, passage)]
    targets = []
    for wanted in question.docs or (question.doc,):
        first = next(
            (
                _item(one)
                for one in found
                if wanted is None or same_document(wanted, one.document_id, one.source)
            ),
            f"missing:{wanted or question.question_id}",
        )
        targets.append((first, 1))
    return tuple(targets)


def _shown(question: Question, passage: RankedPassage) -> Shown:
    cited = passage.citation
    text = plain(passage.text)
    short = text if len(text) <= 240 else f"{text[:239]}…"
    return Shown(cited.document_id, cited.start, cited.end, short, is_right(question, passage))


def _one_value(question: Question) -> bool:
    """Return whether the question asks for one value, as fields do."""
    return question.answer is not None or question.type == "field"


def _exact(question: Question, answer: Answer) -> bool:
    """Return whether the answer is the expected value and nothing else."""
    if answer.status != "answered" or answer.answer is None:
        return False
    expected = [question.answer] if question.answer else list(question.gold)
    given = comparable(answer.answer.text)
    return given in map(comparable, expected) and _cites_expected(question, answer)


def _correct(question: Question, answer: Answer) -> bool:
    """Return whether the short answer says what is expected, from the expected document."""
    if answer.status != "answered" or answer.answer is None:
        return False
    if question.docs:
        return _list_f1(question, answer) == 1.0
    if not _cites_expected(question, answer):
        return False
    given = comparable(answer.answer.text)
    if question.answer is not None:
        return says(given, comparable(question.answer), part=False)
    return any(says(given, comparable(gold), part=True) for gold in question.gold)


def _cites_expected(question: Question, answer: Answer) -> bool:
    if answer.answer is None:
        return False
    if question.doc is None:
        return True
    ranks = set(answer.answer.citations)
    cited = [passage.citation for passage in answer.passages if passage.rank in ranks]
    cited += [row.citation for row in answer.answer.rows]
    return any(_from_expected(question, citation) for citation in cited)


def _list_f1(question: Question, answer: Answer) -> float:
    """Return the F1 of the documents in a list answer against the expected ones."""
    if answer.status != "answered" or answer.answer is None:
        return 0.0
    rows = answer.answer.rows
    if rows:
        named = [(row.citation.document_id, row.citation.source) for row in rows]
    else:
        ranks = set(answer.answer.citations)
        named = [
            (passage.citation.document_id, passage.citation.source)
            for passage in answer.passages
            if passage.rank in ranks
        ]
    given = set(named)
    right = sum(any(same_document(doc, *names) for names in given) for doc in question.docs)
    return 2 * right / (len(given) + len(question.docs)) if given else 0.0


def _span_f1(question: Question, answer: Answer) -> float:
    """Return the best character F1 of the first citation's highlights against a gold span."""
    if answer.status != "answered" or answer.answer is None:
        return 0.0
    ranks = answer.answer.citations[:1]
    return max(
        (_passage_f1(question, passage) for passage in answer.passages if passage.rank in ranks),
        default=0.0,
    )


def _passage_f1(question: Question, passage: RankedPassage) -> float:
    cited = passage.citation
    if not _from_expected(question, cited):
        return 0.0
    marks = passage.highlights or ((0, cited.end - cited.start),)
    marked = {place for start, end in marks for place in range(start, end)}
    golds = _gold_spans(question, passage)
    return max((_overlap_f1(marked, set(range(*gold))) for gold in golds), default=0.0)


def _gold_spans(question: Question, passage: RankedPassage) -> list[tuple[int, int]]:
    """Return the gold spans in the passage's own offsets: as given, or where a gold text stands."""
    cited = passage.citation
    if question.spans:
        return [
            (span.start - cited.start, span.end - cited.start)
            for span in question.spans
            if same_document(span.document, cited.document_id, cited.source)
        ]
    patterns = [r"\s+".join(map(re.escape, plain(gold).split())) for gold in question.gold]
    return [match.span() for one in patterns for match in re.finditer(one, passage.text)]


def _overlap_f1(marked: set[int], gold: set[int]) -> float:
    shared = len(marked & gold)
    return 2 * shared / (len(marked) + len(gold)) if shared else 0.0
