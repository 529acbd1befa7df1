"""The application: routes, headers, errors and the assistant's life, put together.

Knows every part of the site by name. Does not know how answers are found or which server runs it.
"""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import Scope

from corpus.errors import KysyError
from qa.assistant import Assistant
from qa.settings import Settings
from web import api, feedback_form, operations, pages, problems
from web.feedback import FeedbackFile
from web.holder import Holder
from web.links import Links
from web.metrics import Measured, Metrics
from web.rate import RateLimit
from web.rendering import STATIC, environment, page
from web.security import BodyLimit, SecurityHeaders
from web.site import Site, site_of
from web.wording import load_wordings

logger = logging.getLogger(__name__)
PROGRAMS = ("/ask", "/api/", "/healthz", "/readyz", "/metrics", "/static/", "/openapi.json")


class Assets(StaticFiles):
    """The script and the stylesheet; their addresses carry their hash, so they are kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file that browsers may keep for a year."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def make_site(settings: Settings, assistant_factory: Callable[[], Assistant]) -> Site:
    """Return the shared parts; the assistant is opened when the application starts."""
    return Site(
        settings=settings,
        holder=Holder(assistant_factory),
        links=Links(settings.public_url),
        metrics=Metrics(),
        rate=RateLimit(settings.rate_limit),
        wordings=load_wordings(),
        templates=environment(),
        feedback=FeedbackFile(settings.data) if settings.feedback else None,
    )


def _shown(request: Request, error: Exception) -> Response:
    """Return an error as a page to who reads pages, as problem details to everyone else."""
    problem = problems.from_anything(error)
    wants_html = "text/html" in request.headers.get("accept", "")
    if not wants_html or request.url.path.startswith(PROGRAMS):
        return problems.response(problem)
    question = request.query_params.get("q", "")[: site_of(request).settings.max_question_chars]
    shown = page(
        request,
        "error.html",
        problem.status_code,
        code=problem.status_code,
        detail=problem.detail,
        question=question,
        earlier=() if problem.status_code == 422 else request.query_params.getlist("h"),
        seconds=(problem.headers or {}).get("retry-after", ""),
    )
    shown.headers.update(problem.headers or {})
    return shown


async def _on_error(request: Request, error: Exception) -> Response:
    return _shown(request, error)


def create_app(settings: Settings, assistant_factory: Callable[[], Assistant]) -> FastAPI:
    """Return the application; `assistant_factory` may raise KysyError, which stops the start."""
    site = make_site(settings, assistant_factory)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        site.holder.open()
        yield

    app = FastAPI(
        title="Kysy",
        summary="Ask project documents; get the passage that answers, with its citation.",
        version=operations.package_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.site = site
    for part in (api, pages, feedback_form, operations):
        app.include_router(part.router)
    app.mount("/static", Assets(directory=STATIC), name="static")
    for kind in (RequestValidationError, HTTPException, KysyError, Exception):
        app.add_exception_handler(kind, _on_error)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Measured, metrics=site.metrics)
    return app
