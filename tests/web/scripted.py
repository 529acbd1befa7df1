"""An assistant that says what a test tells it to, over real documents.

For answers that a test needs exactly so (an ambiguity, hostile text, a failure); everything else
is tested over the real assistant.
"""

from collections.abc import Callable, Sequence
from datetime import date

from corpus.errors import KysyError
from corpus.model import Document, Field, Language, Section
from qa.model import (
    Answer,
    Candidate,
    Citation,
    DocumentInfo,
    Finding,
    IndexStatus,
    RankedPassage,
    Related,
    Row,
    Status,
    Subject,
    Turn,
)

Reply = Callable[[str, Sequence[Turn]], Answer]


def made_document(
    document_id: str, title: str, parts: Sequence[tuple[str, str, str]], **more: object
) -> Document:
    """Return a document of (field name, heading, body) parts; an empty name is no field."""
    text, sections, fields = "", [], []
    for name, heading, body in parts:
        text += f"{heading}\n"
        start = len(text)
        text += f"{body}\n\n"
        path = ("Perustiedot", heading)
        sections.append(Section(path, start, start + len(body)))
        if name:
            fields.append(Field(name, heading, body, start, start + len(body), path))
    values: dict[str, object] = {
        "document_id": document_id,
        "title": title,
        "source": document_id.rsplit("/")[-1],
        "text": text,
        "language": "fi",
        "sha256": "0" * 64,
        "sections": tuple(sections),
        "fields": tuple(fields),
        "modified": date(2020, 12, 11),
    }
    return Document(**(values | more))  # type: ignore[arg-type]


def citation(document: Document, field: Field) -> Citation:
    """Return the citation of a field."""
    return Citation(
        document.document_id,
        document.title,
        document.source,
        document.url,
        field.heading_path,
        field.start,
        field.end,
        document.modified,
        document.sha256,
    )


def passage(rank: int, document: Document, field: Field, marked: bool = True) -> RankedPassage:
    """Return a field's line as a ranked passage, marked whole or not at all."""
    text = document.text[field.start : field.end]
    marks = ((0, len(text)),) if marked else ()
    return RankedPassage(
        rank, 1 / rank, text, marks, citation(document, field), document.language, ()
    )


def field_of(document: Document, name: str) -> Field:
    """Return a document's first field of this name."""
    return next(field for field in document.fields if field.name == name)


class ScriptedAssistant:
    """Answers by the first of its rules whose word occurs in the question; else not found."""

    def __init__(
        self, documents: Sequence[Document], rules: dict[str, Reply] | None = None
    ) -> None:
        self.by_id = {document.document_id: document for document in documents}
        self.rules = rules or {}
        self.asked: list[tuple[str, tuple[Turn, ...], object]] = []
        self.refreshed = 0

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        documents: Sequence[str] | None = None,
        language: Language | None = None,
        top_k: int = 5,
        explain: bool = False,
    ) -> Answer:
        self.asked.append((question, tuple(history), documents))
        for word, reply in self.rules.items():
            if word in question:
                return reply(question, history)
        document = next(iter(self.by_id.values()))
        near = [
            passage(rank, document, field, marked=False)
            for rank, field in enumerate(document.fields[:top_k], 1)
        ]
        return self.answer(question, "not_found", None, near)

    def answer(
        self,
        question: str,
        status: Status,
        finding: Finding | None,
        passages: Sequence[RankedPassage],
        *,
        candidates: Sequence[Candidate] = (),
        subjects: Sequence[Subject] = (),
        meant: str = "",
    ) -> Answer:
        return Answer(
            question=question,
            interpreted_question=meant or question,
            language="fi",
            status=status,
            answer=finding,
            passages=tuple(passages),
            snapshot="test",
            encoder="test",
            took_ms=1.0,
            candidates=tuple(candidates),
            subjects=tuple(subjects),
        )

    def field_answer(
        self, question: str, document_id: str, name: str, beside: Sequence[str] = ()
    ) -> Answer:
        """Answer with one field of one document."""
        document = self.by_id[document_id]
        field = field_of(document, name)
        related = [
            Related(one.name, one.label, one.value, citation(document, one))
            for one in (field_of(document, other) for other in beside)
        ]
        others = [one for one in document.fields if one is not field][:2]
        finding = Finding(
            document.text[field.start : field.end],
            "field",
            0.97,
            (1,),
            field=name,
            label=field.label,
            related=tuple(related),
        )
        passages = [passage(1, document, field)]
        passages += [
            passage(rank, document, other, marked=False) for rank, other in enumerate(others, 2)
        ]
        return self.answer(
            question,
            "answered",
            finding,
            passages,
            subjects=[Subject(document_id, document.title)],
            meant=f"{question} ({document.title})",
        )

    def list_answer(self, question: str, name: str) -> Answer:
        """Answer with one field of every document."""
        rows, passages = [], []
        for document in self.by_id.values():
            for field in (one for one in document.fields if one.name == name):
                at = citation(document, field)
                rows.append(Row(document.document_id, document.title, field.value, at))
                passages.append(passage(len(rows), document, field))
        finding = Finding(
            "; ".join(row.value for row in rows),
            "list",
            0.97,
            tuple(range(1, len(rows) + 1)),
            field=name,
            rows=tuple(rows),
        )
        return self.answer(question, "answered", finding, passages)

    def which(self, question: str, name: str) -> Answer:
        """Ask back which document is meant."""
        candidates = [
            Candidate(one.document_id, one.title, f"{question.rstrip('?')}: {one.title}")
            for one in self.by_id.values()
        ]
        passages = [
            passage(rank, one, field_of(one, name), marked=False)
            for rank, one in enumerate(self.by_id.values(), 1)
        ]
        return self.answer(question, "ambiguous", None, passages, candidates=candidates)

    def document(self, document_id: str) -> Document:
        if document_id not in self.by_id:
            raise KysyError("there is no such document", where=document_id)
        return self.by_id[document_id]

    def documents(self) -> tuple[DocumentInfo, ...]:
        return tuple(
            DocumentInfo(
                one.document_id,
                one.title,
                one.source,
                one.language,
                one.modified,
                one.profile,
                len(one.sections),
            )
            for one in self.by_id.values()
        )

    def field_values(self, names: Sequence[str]) -> tuple[tuple[str, Field], ...]:
        return tuple(
            (one.document_id, field)
            for one in self.by_id.values()
            for field in one.fields
            if field.name in names
        )

    def sample_questions(self, language: Language) -> tuple[str, ...]:
        return tuple(f"yhteyshenkilö {one.title}?" for one in self.by_id.values())[:6]

    def status(self) -> IndexStatus:
        return IndexStatus("test", "test", "2026-11-21T22:30:00Z", len(self.by_id), 9, 9, "exact")

    def field_label(self, name: str, language: Language) -> str:
        labels = {"contact_name": {"fi": "Yhteyshenkilö", "sv": "Kontaktperson", "en": "Contact"}}
        return labels.get(name, {}).get(language, name)

    def refresh(self) -> bool:
        self.refreshed += 1
        return False
