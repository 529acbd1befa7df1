"""Readers' verdicts become questions: `kysy eval from-feedback`.

Reads the server's SQLite file (table `feedback`: verdict right | wrong_source | wrong_answer, the
question, its history, what was answered and from where, and the reader's note). A "right" is
judged by what was answered, where its document says it in one place; a "wrong" whose note stands
word for word in one document is judged by the note. What is left needs a person, and is handed
back apart. Does not know the web page.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import KysyError
from eval.wording import plain

FILE_NAME = "feedback.sqlite3"
_COLUMNS = ("id", "verdict", "note", "language", "question", "history", "answer", "document_id")
_QUERY = f"SELECT {', '.join(_COLUMNS)} FROM feedback ORDER BY id"


@dataclass(frozen=True, slots=True)
class Harvest:
    """Rows of our own form: `judged` are ready, `open` lack what a right answer is."""

    judged: tuple[Mapping[str, Any], ...]
    open: tuple[Mapping[str, Any], ...]


def read_feedback(path: Path) -> tuple[dict[str, Any], ...]:
    """Return the verdicts in `path`, oldest first, as column -> value."""
    if not path.is_file():
        raise KysyError(
            "no feedback was kept here", where=str(path), fix="serve with KYSY_FEEDBACK=true"
        )
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute(_QUERY).fetchall()
    except sqlite3.Error as error:
        raise KysyError(f"is no feedback file ({error})", where=str(path)) from error
    return tuple(dict(zip(_COLUMNS, row, strict=True)) for row in rows)


def harvest(verdicts: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> Harvest:
    """Return questions from verdicts; of several on one question the newest counts.

    `texts` are the documents (id -> text) that notes are looked up in.
    """
    newest = {(one["question"], one["history"]): one for one in verdicts}
    normal = {name: plain(text) for name, text in texts.items()}
    rows = [_row(one, normal) for one in newest.values()]
    return Harvest(
        judged=tuple(row for row in rows if _is_judged(row)),
        open=tuple(row for row in rows if not _is_judged(row)),
    )


def _row(verdict: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": f"feedback-{verdict['id']}",
        "lang": verdict["language"],
        "type": "feedback",
        "question": verdict["question"],
        "doc": None,
        "gold": [],
        "history": _turns(verdict["history"]),
    }
    return {**row, **_judgement(verdict, texts)}


def _judgement(verdict: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return what is right, as far as the verdict tells; "note" marks that it does not."""
    if verdict["verdict"] == "right":
        if not verdict["document_id"] or not verdict["answer"]:
            return {"status": "not_found"}
        if plain(verdict["answer"]) in texts.get(verdict["document_id"], ""):
            return {"doc": verdict["document_id"], "gold": [verdict["answer"]]}
        return {"answer": verdict["answer"], "verdict": "right"}
    note = plain(verdict["note"])
    places = [name for name, text in texts.items() if note and note in text]
    if len(places) == 1:
        return {"doc": places[0], "gold": [note]}
    return {"note": verdict["note"], "verdict": verdict["verdict"]}


def _is_judged(row: Mapping[str, Any]) -> bool:
    return "verdict" not in row


def _turns(history: str) -> list[dict[str, str]]:
    try:
        questions = json.loads(history or "[]")
    except json.JSONDecodeError as error:
        raise KysyError("a history is not JSON", where=FILE_NAME) from error
    return [{"question": str(question)} for question in questions]


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as JSON Lines."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    try:
        path.write_text("".join(lines), "utf-8")
    except OSError as error:
        raise KysyError(f"cannot be written ({error.strerror})", where=str(path)) from error
