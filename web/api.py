"""The API: `POST /ask` to the letter of the contract, the documents, the status.

Knows HTTP and JSON. Does not know how answers are found. Errors are problem details.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from fastapi.responses import JSONResponse

from corpus.errors import KysyError
from qa.model import Turn
from web.bodies import (
    AnswerBody,
    AskBody,
    DocumentBody,
    DocumentInfoBody,
    ProblemBody,
    StatusBody,
    answer_body,
    document_body,
    info_body,
    status_body,
)
from web.problems import JSON_TYPE, from_kysy
from web.site import Site, site_of

PROBLEM: dict[int | str, dict[str, Any]] = {
    status: {
        "content": {JSON_TYPE: {"schema": ProblemBody.model_json_schema()}},
        "description": why,
    }
    for status, why in {
        400: "The body is not valid JSON",
        404: "There is no such document",
        413: "The body is too large",
        422: "A field is wrong; the detail names it",
        429: "Too many questions; see Retry-After",
        503: "The index cannot be read",
    }.items()
}
router = APIRouter()


def _check(site: Site, body: AskBody) -> None:
    site.check_question(body.question)
    for place, turn in enumerate(body.history or ()):
        site.check_question(turn.question, f"history.{place}.question")


def _known_documents(site: Site, body: AskBody) -> list[str] | None:
    if body.documents is None:
        return None
    known = {info.document_id for info in site.assistant.documents()}
    for document_id in body.documents:
        if document_id not in known:
            raise from_kysy(KysyError("there is no such document", where=document_id), 422)
    return body.documents


@router.post("/ask", response_model=AnswerBody, responses=PROBLEM, tags=["ask"])
def ask(request: Request, body: Annotated[AskBody, Body()]) -> JSONResponse:
    """Answer a question with the passages that say so, or say that the documents do not."""
    site = site_of(request)
    site.admit(request)
    _check(site, body)
    assistant = site.assistant
    try:
        answer = assistant.ask(
            body.question,
            history=tuple(Turn(turn.question, turn.answer or "") for turn in body.history or ()),
            documents=_known_documents(site, body),
            language=body.language,
            top_k=body.top_k or site.settings.top_k,
            explain=body.explain,
        )
    except KysyError as error:
        raise from_kysy(error) from error
    site.metrics.answered(answer)
    left_out = None if body.explain else {"explanation"}
    return JSONResponse(answer_body(answer).model_dump(mode="json", exclude=left_out))


@router.get("/api/documents", tags=["documents"])
def documents(request: Request) -> list[DocumentInfoBody]:
    """List every document."""
    return [info_body(info) for info in site_of(request).assistant.documents()]


@router.get("/api/documents/{document_id:path}", responses={404: PROBLEM[404]}, tags=["documents"])
def document(request: Request, document_id: str) -> DocumentBody:
    """Return one document: its text, sections and fields with their spans."""
    try:
        return document_body(site_of(request).assistant.document(document_id))
    except KysyError as error:
        raise from_kysy(error, 404) from error


@router.get("/api/status", tags=["documents"])
def status(request: Request) -> StatusBody:
    """Say what is indexed, when, and with which encoder."""
    return status_body(site_of(request).assistant.status())
