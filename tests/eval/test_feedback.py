"""Readers' feedback becomes a question set."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import KysyError
from eval.feedback import harvest, read_feedback, write_rows
from eval.sets import read_set
from web.feedback import FILE_NAME, Feedback, FeedbackFile

TEXTS = {"a.txt": "Yhteyshenkilö\nMaija Testaaja", "b.txt": "Rahoittaja\nSäätiö"}


def _told(tmp_path: Path, *given: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    file = FeedbackFile(tmp_path)
    for one in given:
        file.add(Feedback(**{"language": "fi", "snapshot": "s", **one}))
    return read_feedback(tmp_path / FILE_NAME)


def test_a_right_answer_becomes_a_question_judged_by_it(tmp_path: Path) -> None:
    """What was answered, from where, with the earlier questions, in our own form."""
    told = _told(
        tmp_path,
        {
            "verdict": "right",
            "question": "Entä Kaisla?",
            "history": ["Kuka?"],
            "answer": "Maija Testaaja",
            "document_id": "a.txt",
        },
    )
    path = tmp_path / "f.jsonl"
    write_rows(path, harvest(told, TEXTS).judged)
    asked = read_set(path).questions[0]
    assert (asked.doc, asked.gold) == ("a.txt", ("Maija Testaaja",))
    assert asked.history[0].question == "Kuka?"


def test_a_right_refusal_becomes_an_unanswerable_question(tmp_path: Path) -> None:
    """A reader who agrees that nothing answers has judged too."""
    told = _told(tmp_path, {"verdict": "right", "question": "Puhelin?"})
    path = tmp_path / "f.jsonl"
    write_rows(path, harvest(told, TEXTS).judged)
    assert read_set(path).questions[0].expected == "not_found"


def test_a_correction_that_stands_in_one_document_is_the_gold(tmp_path: Path) -> None:
    """The note of a wrong answer becomes a test when the documents have it word for word."""
    wrong = {"verdict": "wrong_answer", "answer": "Olli", "document_id": "b.txt"}
    told = _told(
        tmp_path,
        {**wrong, "question": "Kuka?", "note": " Maija  Testaaja"},
        {**wrong, "question": "Mikä?", "note": "ei näin"},
        {**wrong, "question": "Missä?"},
    )
    found = harvest(told, TEXTS)
    assert [(row["doc"], row["gold"]) for row in found.judged] == [("a.txt", ["Maija Testaaja"])]
    assert [row["question"] for row in found.open] == ["Mikä?", "Missä?"]


def test_a_right_answer_that_no_document_says_whole_is_left_to_a_person(tmp_path: Path) -> None:
    """A list, a value that has changed or a document that is gone breaks no set."""
    right = {"verdict": "right", "document_id": "a.txt"}
    told = _told(
        tmp_path,
        {**right, "question": "Ketkä?", "answer": "Maija Testaaja; Olli"},
        {**right, "question": "Kuka?", "answer": "Maija Testaaja", "document_id": "gone.txt"},
    )
    found = harvest(told, TEXTS)
    assert found.judged == ()
    assert [(row["question"], row["verdict"]) for row in found.open] == [
        ("Ketkä?", "right"),
        ("Kuka?", "right"),
    ]


def test_the_newest_verdict_on_a_question_counts(tmp_path: Path) -> None:
    """One question is one test, however often it was judged."""
    right = {"verdict": "right", "question": "Kuka?", "document_id": "a.txt"}
    told = _told(tmp_path, {**right, "answer": "Yhteyshenkilö"}, {**right, "answer": "Maija"})
    assert [row["gold"] for row in harvest(told, TEXTS).judged] == [["Maija"]]


def test_a_file_that_is_not_there_or_not_ours_is_refused(tmp_path: Path) -> None:
    """No feedback yet, or another database, is one clear line."""
    with pytest.raises(KysyError, match="KYSY_FEEDBACK"):
        read_feedback(tmp_path / "none.sqlite3")
    with closing(sqlite3.connect(tmp_path / "x.sqlite3")) as database:
        database.execute("CREATE TABLE other (id)")
    with pytest.raises(KysyError, match="no feedback file"):
        read_feedback(tmp_path / "x.sqlite3")
