"""What several evaluation tests start from: a set on disk and an assistant that knows its pages."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.systems import LocalSystem
from qa.settings import Settings
from tests.eval.pages import FakeAssistant


def row(name: str, question: str, **more: Any) -> dict[str, Any]:
    """Return a question row of our own form."""
    return {
        "id": name,
        "lang": "fi",
        "type": "field",
        "question": question,
        "doc": None,
        "gold": [],
        "history": [],
        **more,
    }


ROWS = [
    row("q1", "Kaislan yhteyshenkilö?", doc="kaisla.txt", gold=["Maija Testaaja"]),
    row("q2", "Ruovon rahoittaja?", doc="ruovo.txt", gold=["Toinen  säätiö"]),
    row("q3", "Ruovon yhteyshenkilö?", doc="ruovo.txt", gold=["Olli Kokeilija"], lang="sv"),
    row("q4", "Pannukakkuohje", type="unanswerable"),
    row(
        "q5",
        "Entä yhteyshenkilö?",
        type="followup",
        doc="kaisla.txt",
        gold=["Maija Testaaja"],
        history=[{"question": "Kuka on Kaislan rahoittaja?", "answer": "Koesäätiö"}],
    ),
]


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write a question set and return its path."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows), "utf-8")
    return path


@pytest.fixture
def question_file(tmp_path: Path) -> Path:
    """Write a set of five questions over the fake assistant's pages."""
    return write_rows(tmp_path / "small.jsonl", ROWS)


@pytest.fixture
def assistant() -> FakeAssistant:
    """Make an assistant over two pages."""
    return FakeAssistant()


@pytest.fixture
def system(assistant: FakeAssistant) -> LocalSystem:
    """Wrap the assistant as a measured system."""
    return LocalSystem(assistant, Settings())
