"""A site over scripted answers, the same over the sample documents, and a real browser."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import corpus
from corpus.language import open_analyzer
from corpus.model import Document
from embeddings.build import build
from embeddings.encoder import open_encoder
from qa.compose import open_assistant
from qa.settings import Settings
from tests.web.scripted import ScriptedAssistant, made_document
from web.app import create_app
from web.screenshots import ARGUMENTS, CHROMIUM

PATIENCE_MS = 15_000  # a busy machine is no failure
SAMPLES = Path(corpus.__file__).parent / "samples"


@pytest.fixture
def documents() -> list[Document]:
    """Two documents of one family, small enough to know by heart."""
    return [
        made_document(
            "savo/ita.txt",
            "Itä-Savon hanke",
            [
                ("funder", "Rahoittaja", "Ministeriö"),
                ("period", "Toimiaika", "2020/2021"),
                ("contact_name", "Yhteyshenkilön nimi", "Pia Karttunen"),
                ("contact_email", "Sähköposti", "pia@example.fi"),
                ("themes", "Aihealueet", "Terveys"),
                ("", "Tausta", "Eka kappale.\n\nToinen kappale\njatkuu."),
            ],
        ),
        made_document(
            "uusimaa.txt",
            "Itä-Uudenmaan hanke",
            [
                ("funder", "Rahoittaja", "Unioni"),
                ("period", "Toimiaika", "2021/2023"),
                ("contact_name", "Yhteyshenkilön nimi", "Jaana Forslund"),
            ],
        ),
    ]


@pytest.fixture
def assistant(documents: list[Document]) -> ScriptedAssistant:
    """Answers `kaikki`, `kuka` and `yhteyshenkilö`; everything else is not found."""
    made = ScriptedAssistant(documents)
    made.rules = {
        "kaikki": lambda question, _: made.list_answer(question, "contact_name"),
        "kuka": lambda question, _: made.which(question, "contact_name"),
        "yhteyshenkilö": lambda question, _: made.field_answer(
            question, "savo/ita.txt", "contact_name", ("contact_email",)
        ),
    }
    return made


Start = Callable[..., TestClient]


@pytest.fixture
def start(assistant: ScriptedAssistant, tmp_path: Path) -> Iterator[Start]:
    """Start the site with some settings; it is stopped after the test."""
    opened: list[TestClient] = []

    def started(**settings: object) -> TestClient:
        values = {"data": tmp_path, "rate_limit": ""} | settings
        app = create_app(Settings(**values), lambda: assistant)  # type: ignore[arg-type]
        client = TestClient(app, raise_server_exceptions=False)
        client.__enter__()
        opened.append(client)
        return client

    yield started
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(start: Start) -> TestClient:
    """Start the site without a rate limit."""
    return start()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def serving_documents(folder: Path, data: Path) -> Iterator[str]:
    """Index a folder and serve it with the real assistant; yields the address."""
    settings = Settings(data=data, rate_limit="", feedback=True)
    encoder, analyzer = open_encoder(settings.encoder), open_analyzer()
    build([folder], data, encoder, analyzer, max_bytes=settings.max_file_bytes)
    with serving(create_app(settings, lambda: open_assistant(settings))) as address:
        yield address


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real thing over the sample documents; yields its address."""
    with serving_documents(SAMPLES, tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium; a missing one is a failure that says what to install."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: install the Debian package `chromium`")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open a tab of its own; after the test no script may have failed in any of them."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(**options: object) -> Page:
        values: dict[str, object] = {"locale": "fi-FI", "reduced_motion": "reduce"}
        context = browser.new_context(**(values | options))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("dialog", lambda dialog: errors.append(f"dialog: {dialog.message}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: Open) -> Page:
    """Open a tab on a wide screen, in Finnish."""
    return open_page(viewport={"width": 1280, "height": 900})
