"""The bodies of the API: what `/ask` takes and gives, to the letter, and the document listings.

Knows JSON shapes. Does not know how answers are found. Keys are only ever added.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from corpus.model import Document, Language
from qa.model import Answer, DocumentInfo, IndexStatus, RankedPassage

MAX_HISTORY = 50


def _sound(text: str) -> str:
    """Refuse what cannot be written as UTF-8: half of a surrogate pair from a JSON escape."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds half of a surrogate pair, which is no character") from error
    return text


def _asked(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


Text = Annotated[str, AfterValidator(_sound)]
Question = Annotated[Text, AfterValidator(_asked)]


class TurnBody(BaseModel):
    """An earlier question with its answer's text."""

    question: Text
    answer: Text | None = ""


class AskBody(BaseModel):
    """A question; everything else may be left out."""

    question: Question
    top_k: Annotated[int, Field(ge=1, le=50)] | None = None
    language: Language | None = None
    history: Annotated[list[TurnBody], Field(max_length=MAX_HISTORY)] | None = None
    documents: list[Text] | None = None
    explain: bool = False


class FromValues(BaseModel):
    """Read from the frozen values of `qa.model` by attribute."""

    model_config = ConfigDict(from_attributes=True)


class CitationBody(FromValues):
    """Where a text stands; `[start, end)` in code points of the document's text (NFC)."""

    document_id: str
    title: str
    source: str
    url: str | None
    section: tuple[str, ...]
    start: int
    end: int
    modified: date | None
    sha256: str


class PassageBody(FromValues):
    """A source passage, word for word."""

    rank: int
    score: float
    text: str
    highlights: tuple[tuple[int, int], ...]
    citation: CitationBody
    language: Language
    also_in: tuple[str, ...]


class RowBody(FromValues):
    """One line of a list answer."""

    document_id: str
    title: str
    value: str
    citation: CitationBody


class RelatedBody(FromValues):
    """A field that belongs beside the answer."""

    field: str
    label: str
    value: str
    citation: CitationBody


class FindingBody(FromValues):
    """The short answer."""

    text: str
    kind: Literal["field", "passage", "list"]
    field: str | None
    confidence: float
    citations: tuple[int, ...]
    label: str | None
    language: Language
    rows: tuple[RowBody, ...]
    related: tuple[RelatedBody, ...]


class CandidateBody(FromValues):
    """One reading of an ambiguous question."""

    document_id: str
    title: str
    question: str


class SubjectBody(FromValues):
    """A document the question was understood to be about."""

    document_id: str
    title: str


class IndexBody(BaseModel):
    """Which snapshot and encoder answered."""

    snapshot: str
    encoder: str


class AnswerBody(BaseModel):
    """The answer of `POST /ask`."""

    question: str
    interpreted_question: str
    language: Language
    status: Literal["answered", "ambiguous", "not_found"]
    answer: FindingBody | None
    passages: tuple[PassageBody, ...]
    index: IndexBody
    took_ms: float
    candidates: tuple[CandidateBody, ...]
    subjects: tuple[SubjectBody, ...]
    explanation: dict[str, Any] | None = None


class DocumentInfoBody(FromValues):
    """A document in a list."""

    document_id: str
    title: str
    source: str
    language: Language
    modified: date | None
    profile: str | None
    passages: int


class SectionBody(FromValues):
    """A run of text under one heading."""

    heading_path: tuple[str, ...]
    start: int
    end: int


class FieldBody(FromValues):
    """A typed value with its span; validity is inclusive on both sides."""

    name: str
    label: str
    value: str
    start: int
    end: int
    heading_path: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None


class DocumentBody(FromValues):
    """One document, whole."""

    document_id: str
    title: str
    source: str
    url: str | None
    language: Language
    modified: date | None
    created: date | None
    profile: str | None
    sha256: str
    text: str
    sections: tuple[SectionBody, ...]
    fields: tuple[FieldBody, ...]


class StatusBody(FromValues):
    """What is indexed."""

    snapshot: str
    encoder: str
    built: str
    documents: int
    passages: int
    fields: int
    vectors: str


class ProblemBody(BaseModel):
    """An error as RFC 9457 writes it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def passage_body(passage: RankedPassage) -> PassageBody:
    """Return a passage as the API gives it, its score rounded to what it means."""
    body = PassageBody.model_validate(passage)
    return body.model_copy(update={"score": round(passage.score, 6)})


def answer_body(answer: Answer) -> AnswerBody:
    """Return an answer as the API gives it."""
    return AnswerBody(
        question=answer.question,
        interpreted_question=answer.interpreted_question,
        language=answer.language,
        status=answer.status,
        answer=FindingBody.model_validate(answer.answer) if answer.answer else None,
        passages=tuple(map(passage_body, answer.passages)),
        index=IndexBody(snapshot=answer.snapshot, encoder=answer.encoder),
        took_ms=round(answer.took_ms, 2),
        candidates=tuple(map(CandidateBody.model_validate, answer.candidates)),
        subjects=tuple(map(SubjectBody.model_validate, answer.subjects)),
        explanation=answer.explanation,
    )


def document_body(document: Document) -> DocumentBody:
    """Return a whole document as the API gives it."""
    return DocumentBody.model_validate(document)


def info_body(info: DocumentInfo) -> DocumentInfoBody:
    """Return a line of the document list as the API gives it."""
    return DocumentInfoBody.model_validate(info)


def status_body(status: IndexStatus) -> StatusBody:
    """Return the index's status as the API gives it."""
    return StatusBody.model_validate(status)
