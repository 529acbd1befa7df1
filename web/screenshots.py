"""Pictures of a running Kysy: `python -m web.screenshots --out DIR`; needs the `dev` extra.

Knows the states worth looking at and Debian's chromium. Does not know how answers are found: the
questions fit the sample documents and can be given for others. Only this module of the package
imports playwright.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlencode

import typer
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE: ViewportSize = {"width": 1360, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 720}


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where, in which language, theme and size, and whether a source is opened."""

    name: str
    question: str = ""
    language: str = "en"
    theme: Literal["light", "dark"] = "light"
    size: Literal["wide", "narrow"] = "wide"
    source: bool = False
    path: str = "/"


def shots(answer: str, table: str, nothing: str, which: str) -> tuple[Shot, ...]:
    """Return every picture, for four questions of four outcomes."""
    return (
        Shot("start"),
        Shot("start-narrow", language="fi", size="narrow"),
        Shot("answer", answer),
        Shot("answer-dark", answer, theme="dark"),
        Shot("answer-narrow", answer, language="fi", size="narrow"),
        Shot("source", answer, source=True),
        Shot("source-dark", answer, source=True, theme="dark"),
        Shot("source-narrow", answer, language="fi", source=True, size="narrow"),
        Shot("table", table),
        Shot("table-dark", table, theme="dark"),
        Shot("table-narrow", table, language="sv", size="narrow"),
        Shot("not-found", nothing),
        Shot("ambiguous", which, language="sv"),
        Shot("documents", path="/documents"),
        Shot("documents-narrow", language="fi", size="narrow", path="/documents"),
        Shot("accessibility", path="/accessibility"),
    )


@contextmanager
def browser() -> Iterator[Browser]:
    """Start chromium and close it again."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield made
        finally:
            made.close()


def open_source(page: Page) -> None:
    """Follow the first citation and wait for the marked place."""
    page.locator("a.citation").first.click()
    page.locator("#hit").wait_for()


def take(opened: Browser, url: str, shot: Shot, folder: Path) -> Path:
    """Take one picture; returns its file."""
    size = WIDE if shot.size == "wide" else NARROW
    context = opened.new_context(
        viewport=size, color_scheme=shot.theme, device_scale_factor=1.5, reduced_motion="reduce"
    )
    try:
        page = context.new_page()
        pairs = {"q": shot.question} if shot.question else {}
        page.goto(f"{url}{shot.path}?{urlencode(pairs | {'lang': shot.language})}")
        if shot.source:
            open_source(page)
        file = folder / f"{shot.name}.png"
        page.screenshot(path=file, full_page=shot.size == "narrow" and not shot.source)
        return file
    finally:
        context.close()


def main(
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")],
    url: Annotated[str, typer.Option(help="Address of a running Kysy.")] = "http://127.0.0.1:8000",
    answer: Annotated[
        str, typer.Option(help="A question with one answer.")
    ] = "who is the contact for Itä-Savo",
    table: Annotated[
        str, typer.Option(help="A question about all documents.")
    ] = "who are the contact persons of all projects",
    nothing: Annotated[
        str, typer.Option(help="A question that the documents do not answer.")
    ] = "what is the phone number of the contact in Itä-Savo",
    which: Annotated[
        str, typer.Option(help="A question that fits several documents.")
    ] = "vem är kontaktperson",
) -> None:
    """Take every picture."""
    out.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        for shot in shots(answer, table, nothing, which):
            typer.echo(take(opened, url.rstrip("/"), shot, out))


if __name__ == "__main__":
    typer.run(main)
