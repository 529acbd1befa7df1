"""Verdicts are kept only where the operator wants them, and say nothing of who wrote."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.web.conftest import Start

FORM = {
    "verdict": "wrong_source",
    "question": "kuka?",
    "interpreted_question": "kuka?",
    "language": "fi",
    "answer": "Pia Karttunen",
    "document_id": "savo/ita.txt",
    "start": "3",
    "end": "9",
    "snapshot": "test",
    "note": " väärä hanke ",
    "back": "h=ensin%3F&q=kuka%3F",
}


def rows(data: Path) -> list[tuple[object, ...]]:
    """Return everything in the feedback file."""
    with closing(sqlite3.connect(data / "feedback.sqlite3")) as connection:
        return connection.execute(
            'SELECT verdict, note, question, history, document_id, "start", "end" FROM feedback'
        ).fetchall()


def test_a_verdict_is_kept_with_its_question_and_place(start: Start, tmp_path: Path) -> None:
    """The row holds what evaluation needs, and the page leads back to the conversation."""
    page = start(feedback=True).post("/feedback", data=FORM)
    assert page.status_code == 200
    assert 'href="/?h=ensin%3F&amp;q=kuka%3F"' in page.text
    assert rows(tmp_path) == [
        ("wrong_source", "väärä hanke", "kuka?", '["ensin?"]', "savo/ita.txt", 3, 9)
    ]


def test_what_was_asked_before_the_subject_was_removed_is_no_history(
    start: Start, tmp_path: Path
) -> None:
    """The history kept is what the judged question could refer to."""
    form = FORM | {"back": "h=vanha%3F&h=&h=uusi%3F&q=kuka%3F"}
    assert start(feedback=True).post("/feedback", data=form).status_code == 200
    assert rows(tmp_path)[0][3] == '["uusi?"]'


def test_a_verdict_without_a_passage_is_kept_too(start: Start, tmp_path: Path) -> None:
    """Where nothing was found there is no place to name."""
    short = {key: FORM[key] for key in ("verdict", "question", "language", "snapshot")}
    assert start(feedback=True).post("/feedback", data=short).status_code == 200
    assert rows(tmp_path)[0][4:] == (None, None, None)


def test_without_the_setting_nothing_is_kept_or_offered(start: Start, tmp_path: Path) -> None:
    """No form, no route, no file."""
    client = start()
    assert client.post("/feedback", data=FORM).status_code == 404
    assert "/feedback" not in client.get("/?q=yhteyshenkilö").text
    assert not (tmp_path / "feedback.sqlite3").exists()
    assert "/feedback" in start(feedback=True).get("/?q=yhteyshenkilö").text


def test_bad_feedback_is_refused(start: Start, tmp_path: Path) -> None:
    """Unknown verdicts, endless notes and other sites' forms leave no row."""
    client = start(feedback=True)
    assert client.post("/feedback", data=FORM | {"verdict": "meh"}).status_code == 422
    assert client.post("/feedback", data=FORM | {"note": "a" * 5000}).status_code == 422
    other = client.post("/feedback", data=FORM, headers={"sec-fetch-site": "cross-site"})
    assert other.status_code == 403
    assert not (tmp_path / "feedback.sqlite3").exists()


def test_a_file_that_cannot_be_written_is_said_by_name(start: Start, tmp_path: Path) -> None:
    """The reader gets one line, not a traceback."""
    (tmp_path / "feedback.sqlite3").write_text("no database")
    answer = start(feedback=True).post("/feedback", data=FORM)
    assert answer.status_code == 503
    assert "feedback.sqlite3" in answer.json()["detail"]
