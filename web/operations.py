"""What operators look at: `/healthz`, `/readyz`, `/metrics`.

Knows whether the site can answer. Does not know the text of any question.
"""

from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from web.metrics import CONTENT_TYPE
from web.site import site_of

router = APIRouter(include_in_schema=False)


def package_version() -> str:
    """Return the installed version of Kysy, or "unknown" when it runs from a bare checkout."""
    try:
        return version("kysy")
    except PackageNotFoundError:
        return "unknown"


@router.get("/healthz")
def healthz() -> JSONResponse:
    """Say that the process answers."""
    return JSONResponse({"status": "ok", "version": package_version()})


@router.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """Say whether questions can be answered: 200, or 503 while there is no index."""
    site = site_of(request)
    if not site.holder.ready:
        return JSONResponse({"status": "no index"}, 503)
    return JSONResponse({"status": "ready", "snapshot": site.holder.current().status().snapshot})


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Return the counters in the Prometheus text format."""
    site = site_of(request)
    status = site.holder.current().status() if site.holder.ready else None
    text = site.metrics.text(status)
    return Response(text, media_type=CONTENT_TYPE)
