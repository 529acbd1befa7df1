"""Readers' verdicts on answers, in one SQLite file beside the snapshots.

Knows the table `feedback` and nothing of who wrote: no address, no cookie, no time finer than the
day. `kysy eval from-feedback` reads the file as it stands:

    feedback(id, day, verdict, note, language, question, interpreted_question, history,
             answer, document_id, start, end, snapshot)

`verdict` is right | wrong_source | wrong_answer, `day` is ISO 8601, `history` a JSON list of the
earlier questions, `[start, end)` the place of the first cited passage (null without one).
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from corpus.errors import KysyError

Verdict = Literal["right", "wrong_source", "wrong_answer"]
FILE_NAME = "feedback.sqlite3"
_CREATE = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong_source', 'wrong_answer')),
    note TEXT NOT NULL,
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    interpreted_question TEXT NOT NULL,
    history TEXT NOT NULL,
    answer TEXT NOT NULL,
    document_id TEXT,
    "start" INTEGER,
    "end" INTEGER,
    snapshot TEXT NOT NULL
)
"""
_INSERT = """
INSERT INTO feedback (day, verdict, note, language, question, interpreted_question, history,
                      answer, document_id, "start", "end", snapshot)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on one answer."""

    verdict: Verdict
    question: str
    language: str
    snapshot: str
    note: str = ""
    interpreted_question: str = ""
    history: Sequence[str] = ()
    answer: str = ""
    document_id: str | None = None
    start: int | None = None
    end: int | None = None


class FeedbackFile:
    """Appends verdicts; the file is made on the first one."""

    def __init__(self, data: Path) -> None:
        self.path = data / FILE_NAME

    def add(self, feedback: Feedback) -> None:
        """Write one verdict; KysyError when the file cannot be written."""
        row = (
            datetime.now(UTC).date().isoformat(),
            feedback.verdict,
            feedback.note,
            feedback.language,
            feedback.question,
            feedback.interpreted_question,
            json.dumps(list(feedback.history), ensure_ascii=False),
            feedback.answer,
            feedback.document_id,
            feedback.start,
            feedback.end,
            feedback.snapshot,
        )
        try:
            with closing(sqlite3.connect(self.path, timeout=5)) as connection, connection:
                connection.execute(_CREATE)
                connection.execute(_INSERT, row)
        except sqlite3.Error as error:
            raise KysyError(f"feedback was not kept ({error})", where=str(self.path)) from error
