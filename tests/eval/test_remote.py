"""Measuring a server over HTTP, ours or another with the same contract."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from corpus.errors import KysyError
from eval.remote import HttpSystem
from eval.runner import run_set
from eval.sets import read_set
from qa.model import Turn

ANSWER = {
    "question": "q",
    "interpreted_question": "q",
    "language": "fi",
    "status": "answered",
    "answer": {
        "text": "Maija Testaaja",
        "kind": "field",
        "field": "contact_name",
        "confidence": 0.97,
        "citations": [1],
    },
    "passages": [
        {
            "rank": 1,
            "score": 0.9,
            "text": "Maija Testaaja",
            "highlights": [[0, 14]],
            "citation": {
                "document_id": "a/kaisla.txt",
                "title": "Kaisla",
                "source": "kaisla.txt",
                "url": None,
                "section": ["Perustiedot"],
                "start": 29,
                "end": 43,
                "modified": "2020-12-11",
                "sha256": "0",
            },
        }
    ],
    "index": {"snapshot": "s-9", "encoder": "e-9"},
    "took_ms": 3.1,
    "something_new": True,
}


@contextmanager
def serving(status: int, body: bytes) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Serve one fixed answer on a free port; yield the address and what was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version: ClassVar[str] = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            asked.append({"path": self.path, **json.loads(self.rfile.read(length))})
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *parts: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_server_is_asked_as_its_users_ask_it() -> None:
    """Question, history and depth go out; the answer of the contract comes back whole."""
    with serving(200, json.dumps(ANSWER).encode()) as (url, asked):
        system = HttpSystem(url + "/")
        given = system.ask("Kuka?", [Turn("Mikä?", "Se")], 7)
        system.close()
    assert asked == [
        {
            "path": "/ask",
            "question": "Kuka?",
            "history": [{"question": "Mikä?", "answer": "Se"}],
            "top_k": 7,
        }
    ]
    assert given.answer is not None
    assert given.answer.text == "Maija Testaaja"
    assert given.passages[0].citation.start == 29
    assert system.identity().snapshot == "s-9"


def test_a_set_runs_against_a_server(question_file: Path) -> None:
    """The same set and the same figures, over HTTP."""
    with serving(200, json.dumps(ANSWER).encode()) as (url, _):
        system = HttpSystem(url)
        run = run_set(read_set(question_file), system, depth=5)
        system.close()
    correct = {one.outcome.question.question_id: one.outcome.correct for one in run.scored}
    assert correct == {"q1": True, "q2": False, "q3": False, "q4": None, "q5": True}


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (429, b"{}", "KYSY_RATE_LIMIT"),
        (500, b"{}", "500"),
        (200, b"<html>", "something else"),
        (200, b'{"status": "maybe"}', '"status"'),
    ],
)
def test_what_is_no_answer_is_an_error_that_names_the_server(
    status: int, body: bytes, said: str
) -> None:
    """A limit, a failure or another kind of service: one line, with the address."""
    with serving(status, body) as (url, _):
        system = HttpSystem(url)
        with pytest.raises(KysyError) as caught:
            system.ask("Kuka?", (), 5)
        system.close()
    assert url in str(caught.value)
    assert said in str(caught.value)


def test_a_server_that_is_not_there_is_named() -> None:
    """Nothing listening is said with what to check."""
    system = HttpSystem("http://127.0.0.1:9")
    with pytest.raises(KysyError, match=r"127\.0\.0\.1:9.*running"):
        system.ask("Kuka?", (), 5)
    system.close()
