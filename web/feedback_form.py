"""The form under an answer: right, wrong source, wrong answer.

Knows the form's fields and bounds. Does not know the file's format. Without the operator's
setting there is no such route (404).
"""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from web.conversation import Conversation
from web.feedback import Feedback, Verdict
from web.problems import Problem
from web.rendering import page
from web.site import site_of

router = APIRouter(include_in_schema=False)
MAX_NOTE = 1000
MAX_TEXT = 5000


class FeedbackForm(BaseModel):
    """What the form sends; `back` is the query string of the conversation."""

    verdict: Verdict
    question: Annotated[str, Field(min_length=1, max_length=MAX_TEXT)]
    language: Annotated[str, Field(max_length=2)]
    snapshot: Annotated[str, Field(max_length=200)]
    note: Annotated[str, Field(max_length=MAX_NOTE)] = ""
    interpreted_question: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    answer: Annotated[str, Field(max_length=MAX_TEXT)] = ""
    document_id: Annotated[str, Field(max_length=1000)] = ""
    start: int | None = None
    end: int | None = None
    back: Annotated[str, Field(max_length=60_000)] = ""


def _earlier(form: FeedbackForm) -> tuple[str, ...]:
    """Return the questions that the judged one may refer to: those since the last break."""
    entries = parse_qs(form.back, keep_blank_values=True).get("h", [])
    steps = Conversation.of(entries, form.question).steps
    return tuple(steps[place].question for place in steps[-1].refers_to) if steps else ()


def _value(form: FeedbackForm) -> Feedback:
    return Feedback(
        verdict=form.verdict,
        question=form.question,
        language=form.language,
        snapshot=form.snapshot,
        note=form.note.strip(),
        interpreted_question=form.interpreted_question,
        history=_earlier(form),
        answer=form.answer,
        document_id=form.document_id or None,
        start=form.start,
        end=form.end,
    )


@router.post("/feedback")
def feedback(request: Request, form: Annotated[FeedbackForm, Form()]) -> HTMLResponse:
    """Keep a verdict and say thank you, with the way back to the conversation."""
    site = site_of(request)
    if site.feedback is None:
        raise Problem(404, "feedback is not kept here")
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Problem(403, "feedback is taken from this site's own pages only")
    site.admit(request)
    site.feedback.add(_value(form))
    return page(request, "thanks.html", back=site.links.ask(form.back))
