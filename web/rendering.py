"""Templates into pages; the only module that imports Jinja2's loader.

Knows the template folder, escaping and what every page needs. Does not know routes. Everything
is escaped: documents and questions are text, never markup.
"""

import hashlib
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from corpus.model import LANGUAGES, Language
from web.links import safe_url
from web.site import Site, site_of
from web.wording import NAMES, Wording, day, known_language, moment, wished_language

HERE = Path(__file__).parent
STATIC = HERE / "static"
COOKIE = "kysy_language"
YEAR_SECONDS = 365 * 24 * 3600


def environment() -> Environment:
    """Return the templates: escaped always, an unknown name is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": day, "moment": moment, "safe_url": safe_url}
    made.globals["assets"] = {path.name: _version(path) for path in sorted(STATIC.iterdir())}
    made.globals["language_names"] = NAMES
    return made


def _version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def language_of(request: Request) -> Language:
    """Return the interface language: asked for, remembered, wished for by the browser, Finnish."""
    return (
        known_language(request.query_params.get("lang"))
        or known_language(request.cookies.get(COOKIE))
        or wished_language(request.headers.get("accept-language", ""))
    )


def wording_of(request: Request) -> Wording:
    """Return the texts that this reader gets."""
    return site_of(request).wordings[language_of(request)]


def _language_links(request: Request, site: Site) -> dict[Language, str]:
    kept = [
        pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != "lang"
    ]
    path = request.url.path if request.method == "GET" else "/"
    return {
        language: site.links.to(f"{path}?{urlencode([*kept, ('lang', language)])}")
        for language in LANGUAGES
    }


def page(request: Request, template: str, status_code: int = 200, **values: object) -> HTMLResponse:
    """Render a page in the reader's language; a language asked for is remembered in a cookie."""
    site = site_of(request)
    wording = wording_of(request)
    html = site.templates.get_template(template).render(
        t=wording,
        lang=wording.language,
        links=site.links,
        settings=site.settings,
        language_links=_language_links(request, site),
        **values,
    )
    response = HTMLResponse(html, status_code)
    response.headers["cache-control"] = "private, no-cache"
    response.headers["vary"] = "Accept-Language, Cookie"
    if known_language(request.query_params.get("lang")):
        response.set_cookie(
            COOKIE, wording.language, YEAR_SECONDS, path="/", httponly=True, samesite="lax"
        )
    return response
