"""The pages: conversation, documents, a document, accessibility; all of it without JavaScript.

Knows routes and what each page shows. Does not know how answers are found. `GET /turn` is the
last turn of a conversation alone, for the script that adds it in place.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from corpus.errors import KysyError
from qa.model import Answer, Turn
from web.catalogue import FIELDS, Wanted, choices, entries
from web.conversation import Conversation
from web.links import read_spans
from web.problems import Problem, from_kysy
from web.rendering import page, wording_of
from web.site import Site, site_of
from web.sources import Heading, Marks, blocks, headings, is_shown, neighbours
from web.turns import TurnView, turn_view

router = APIRouter(include_in_schema=False)
Texts = Annotated[list[str], Query()]
Place = Annotated[int | None, Query(ge=0)]


def _answers(site: Site, conversation: Conversation) -> list[Answer]:
    """Answer every question of a conversation, each with what it may refer to."""
    answers: list[Answer] = []
    for step in conversation.steps:
        earlier = [answers[place] for place in step.refers_to]
        history = tuple(
            Turn(one.question, one.answer.text if one.answer else "") for one in earlier
        )
        answers.append(site.ask(step.question, history))
    return answers


def _view(
    request: Request, answers: list[Answer], ordinal: int, conversation: Conversation, sort: str
) -> TurnView:
    site, wording = site_of(request), wording_of(request)
    assistant = site.assistant
    return turn_view(
        answers[ordinal],
        ordinal,
        conversation,
        label=lambda name: assistant.field_label(name, wording.language),
        links=site.links,
        wording=wording,
        sort=sort,
    )


def _conversation(request: Request, earlier: list[str], question: str) -> Conversation:
    site = site_of(request)
    for one in (*earlier, question):
        site.check_question(one)
    conversation = Conversation.of(earlier, question)
    if conversation.steps:
        site.admit(request)
    return conversation


@router.get("/")
def home(
    request: Request,
    h: Texts = [],  # noqa: B006 -- FastAPI copies defaults
    q: str = "",
    edit: str = "",
    sort: str = "",
) -> HTMLResponse:
    """Show the start page, or the conversation that the address carries."""
    site, wording = site_of(request), wording_of(request)
    conversation = _conversation(request, h, q)
    answers = _answers(site, conversation)
    last = len(answers) - 1
    turns = [
        _view(request, answers, place, conversation, sort if place == last else "")
        for place in range(len(answers))
    ]
    return page(
        request,
        "home.html",
        turns=turns,
        conversation=conversation,
        question=edit[: site.settings.max_question_chars],
        samples=() if turns else site.assistant.sample_questions(wording.language),
        status=site.assistant.status(),
    )


@router.get("/turn")
def turn(request: Request, q: str, h: Texts = []) -> HTMLResponse:  # noqa: B006 -- as above
    """Show the last turn of a conversation and what the next question carries."""
    conversation = _conversation(request, h, q)
    if not q.strip():
        raise Problem(422, "q: must not be empty")
    answers = _answers(site_of(request), conversation)
    view = _view(request, answers, len(answers) - 1, conversation, "")
    return page(request, "turn.html", turn=view, turns=[view], conversation=conversation)


@router.get("/documents")
def documents(request: Request, funder: str = "", year: str = "", theme: str = "") -> HTMLResponse:
    """Show the list of documents, filtered."""
    assistant = site_of(request).assistant
    listed = entries(assistant.documents(), assistant.field_values(FIELDS))
    wanted = Wanted(funder, year, theme)
    return page(
        request,
        "documents.html",
        entries=[entry for entry in listed if entry.fits(wanted)],
        total=len(listed),
        choices=choices(listed),
        wanted=wanted,
        status=assistant.status(),
    )


@router.get("/documents/{document_id:path}")
def document(
    request: Request,
    document_id: str,
    start: Place = None,
    end: Place = None,
    key: Texts = [],  # noqa: B006 -- as above
    hit: Texts = [],  # noqa: B006 -- as above
) -> HTMLResponse:
    """Show one document with its outline and fields, opened at the cited place."""
    site, wording = site_of(request), wording_of(request)
    try:
        shown = site.assistant.document(document_id)
    except KysyError as error:
        raise from_kysy(error, 404) from error
    length = len(shown.text)
    place = read_spans([f"{start}-{end}"], length)
    marks = Marks(place[0] if place else None, read_spans(key, length), read_spans(hit, length))
    before, after, at, count = neighbours(marks)
    hits = tuple({*marks.hits, *place})
    return page(
        request,
        "document.html",
        document=shown,
        blocks=list(blocks(shown, marks)),
        outline=[one for _, opening in headings(shown) for one in opening],
        is_heading=lambda block: isinstance(block, Heading),
        fields=[(site.assistant.field_label(f.name, wording.language), f) for f in shown.fields],
        marks=marks,
        lost=(start is not None or end is not None) and not place,
        apart=shown.text[slice(*place[0])] if place and not is_shown(shown, place[0]) else "",
        before=before and site.links.document(document_id, before, marks.keys, hits),
        after=after and site.links.document(document_id, after, marks.keys, hits),
        at=at,
        count=count,
    )


@router.get("/accessibility")
def accessibility(request: Request) -> HTMLResponse:
    """Show the accessibility statement."""
    return page(request, "accessibility.html")
