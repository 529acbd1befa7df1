"""What an answer is made of: the values behind the `/ask` contract.

Knows the shape of answers. Does not know how they are found or shown.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from corpus.model import Language

Status = Literal["answered", "ambiguous", "not_found"]
Kind = Literal["field", "passage", "list"]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation with the answer's text."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a text stands: `[start, end)` in code points of the document's text (NFC)."""

    document_id: str
    title: str
    source: str
    url: str | None
    section: tuple[str, ...]
    start: int
    end: int
    modified: date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A source passage, word for word; `highlights` are `[start, end)` inside `text`.

    `score` is higher-is-better and only comparable within one answer; `also_in` names other
    documents that carry nearly the same text.
    """

    rank: int
    score: float
    text: str
    highlights: tuple[tuple[int, int], ...]
    citation: Citation
    language: Language
    also_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list answer: a document, its value, and the value's citation."""

    document_id: str
    title: str
    value: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Related:
    """A field that belongs beside the answer: the contact's e-mail, what else was asked."""

    field: str
    label: str
    value: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Finding:
    """The short answer. `citations` are ranks of the passages that carry it, best first.

    Those of what else was asked in the same breath, which is `related`, come after them.
    `text` is word for word from the documents (several values are joined by "; ", in lists as
    "title: value"); `label` is the field's label as printed; `confidence` is a calibrated
    probability in [0, 1]; `rows` holds a list answer, complete; `language` is that of the quoted
    text.
    """

    text: str
    kind: Kind
    confidence: float
    citations: tuple[int, ...]
    field: str | None = None
    label: str | None = None
    language: Language = "fi"
    rows: tuple[Row, ...] = ()
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of an ambiguous question: ask `question` to choose it."""

    document_id: str
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A document the question was understood to be about."""

    document_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything there is to say to one question; `passages` are always the ranked sources."""

    question: str
    interpreted_question: str
    language: Language
    status: Status
    answer: Finding | None
    passages: tuple[RankedPassage, ...]
    snapshot: str
    encoder: str
    took_ms: float
    candidates: tuple[Candidate, ...] = ()
    subjects: tuple[Subject, ...] = ()
    explanation: dict[str, Any] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document in a list: what a reader chooses by."""

    document_id: str
    title: str
    source: str
    language: Language
    modified: date | None
    profile: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is indexed: counts, when it was built (ISO 8601, UTC) and with which encoder."""

    snapshot: str
    encoder: str
    built: str
    documents: int
    passages: int
    fields: int
    vectors: str
