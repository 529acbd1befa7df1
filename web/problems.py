"""Errors as readers and programs see them: one line, by name, never a traceback.

Knows RFC 9457 (`application/problem+json`) and how validation errors read. Does not know pages:
who wants HTML gets it from `web.pages`.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from corpus.errors import KysyError

JSON_TYPE = "application/problem+json"


class Problem(HTTPException):
    """An error with an HTTP status; `detail` is the one line that is shown."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail, headers)


def response(error: HTTPException) -> JSONResponse:
    """Return the problem details of an error."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(error.status_code).phrase,
        "status": error.status_code,
        "detail": error.detail,
    }
    return JSONResponse(body, error.status_code, dict(error.headers or {}), JSON_TYPE)


def _line(error: Mapping[str, Any]) -> str:
    place = [str(part) for part in error["loc"] if part not in {"body", "query", "path"}]
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{'.'.join(place) or 'the body'}: {message}"


def from_validation(error: RequestValidationError) -> Problem:
    """Return what is wrong with a request, naming the field: 400 for no JSON, else 422."""
    errors: Sequence[Mapping[str, Any]] = error.errors()
    if any(one["type"] == "json_invalid" for one in errors):
        return Problem(400, "the body is not valid JSON")
    if errors[0]["type"] in {"model_attributes_type", "dict_type"}:
        return Problem(422, "the body must be a JSON object, sent as application/json")
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Problem(422, f"{_line(errors[0])}{more}")


def from_kysy(error: KysyError, status: int = 422) -> Problem:
    """Return an error of the assistant as a problem."""
    return Problem(status, str(error))


def from_anything(error: Exception) -> HTTPException:
    """Return the problem that any error is shown as; the unexpected says nothing of its inside."""
    if isinstance(error, RequestValidationError):
        return from_validation(error)
    if isinstance(error, HTTPException):
        unread = error.status_code == 400 and not isinstance(error, Problem)
        return Problem(400, "the body is not valid JSON in UTF-8") if unread else error
    if isinstance(error, KysyError):
        return from_kysy(error, 503)
    return Problem(500, "something went wrong on the server; the error is in its log")
