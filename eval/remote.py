"""Asking a running server over `POST /ask`, ours or another with the same contract.

Knows the request and the answer as JSON. Does not know grading. A key that the answer does not
have gets an honest default, so that an implementation with less can be measured beside ours.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import httpx
from pydantic import BaseModel, ValidationError

from corpus.errors import KysyError
from corpus.model import Language
from eval.systems import Identity, library_versions
from qa.model import Answer, Citation, Finding, Kind, RankedPassage, Row, Status, Turn


class _CitationBody(BaseModel):
    document_id: str
    title: str = ""
    source: str = ""
    url: str | None = None
    section: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    modified: date | None = None
    sha256: str = ""

    def value(self) -> Citation:
        return Citation(**dict(self))


class _PassageBody(BaseModel):
    rank: int
    score: float = 0.0
    text: str
    highlights: tuple[tuple[int, int], ...] = ()
    citation: _CitationBody
    language: Language = "fi"

    def value(self) -> RankedPassage:
        return RankedPassage(
            self.rank,
            self.score,
            self.text,
            self.highlights,
            self.citation.value(),
            self.language,
        )


class _RowBody(BaseModel):
    document_id: str = ""
    title: str = ""
    value: str = ""
    citation: _CitationBody

    def row(self) -> Row:
        return Row(self.document_id, self.title, self.value, self.citation.value())


class _FindingBody(BaseModel):
    text: str
    kind: Kind = "passage"
    field: str | None = None
    confidence: float = 1.0
    citations: tuple[int, ...] = ()
    rows: tuple[_RowBody, ...] = ()

    def value(self) -> Finding:
        return Finding(
            text=self.text,
            kind=self.kind,
            confidence=self.confidence,
            citations=self.citations,
            field=self.field,
            rows=tuple(row.row() for row in self.rows),
        )


class _IndexBody(BaseModel):
    snapshot: str = ""
    encoder: str = ""


class _AnswerBody(BaseModel):
    question: str = ""
    interpreted_question: str = ""
    language: Language = "fi"
    status: Status
    answer: _FindingBody | None = None
    passages: tuple[_PassageBody, ...] = ()
    index: _IndexBody = _IndexBody()
    took_ms: float = 0.0

    def value(self) -> Answer:
        return Answer(
            question=self.question,
            interpreted_question=self.interpreted_question,
            language=self.language,
            status=self.status,
            answer=self.answer.value() if self.answer else None,
            passages=tuple(passage.value() for passage in self.passages),
            snapshot=self.index.snapshot,
            encoder=self.index.encoder,
            took_ms=self.took_ms,
        )


class HttpSystem:
    """A server; its identity is what its answers say of their index."""

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        self._client = httpx.Client(base_url=self.url, timeout=timeout)
        self._index = ("", "")

    def ask(self, question: str, history: Sequence[Turn], depth: int) -> Answer:
        """Return the server's answer; KysyError when it gives none."""
        turns = [{"question": turn.question, "answer": turn.answer} for turn in history]
        body = {"question": question, "history": turns, "top_k": depth}
        answer = self._read(self._post(body))
        self._index = (answer.snapshot, answer.encoder)
        return answer

    def _post(self, body: dict[str, Any]) -> httpx.Response:
        try:
            response = self._client.post("/ask", json=body)
        except httpx.HTTPError as error:
            raise KysyError(f"no answer ({error})", where=self.url, fix="is it running?") from error
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise KysyError(
                "the server's rate limit was reached",
                where=self.url,
                fix="start it with an empty KYSY_RATE_LIMIT to measure it",
            )
        if response.is_error:
            raise KysyError(f"answered {response.status_code} to /ask", where=self.url)
        return response

    def _read(self, response: httpx.Response) -> Answer:
        try:
            return _AnswerBody.model_validate_json(response.content).value()
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"])
            raise KysyError(
                f'/ask answers something else: "{key}": {first["msg"]}', where=self.url
            ) from error

    def identity(self) -> Identity:
        """Return the server's address with the snapshot and encoder of its last answer."""
        snapshot, encoder = self._index
        return Identity(
            name=self.url, snapshot=snapshot, encoder=encoder, versions=library_versions()
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
