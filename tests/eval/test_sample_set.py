"""The shipped question sets fit the documents they ask about."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"
SETS = ROOT / "eval" / "sets"
SLICES = {
    "exact_name",
    "inflected_name",
    "field",
    "passage",
    "list",
    "time",
    "followup",
    "typo",
    "cross_language",
    "ambiguous",
    "unanswerable_offtopic",
    "unanswerable_near_miss",
    "unanswerable_gibberish",
}


def rows(name: str) -> list[dict[str, Any]]:
    """Read the lines of the set `name`."""
    return [json.loads(line) for line in (SETS / name).read_text(encoding="utf-8").splitlines()]


def texts(name: str) -> dict[str, str]:
    """Read the documents that the set `name` asks about, by file name."""
    folders = [SAMPLES] if name == "sample.jsonl" else [SAMPLES, SETS / "hostile"]
    return {
        path.name: path.read_text(encoding="utf-8")
        for folder in folders
        for path in folder.glob("*.txt")
    }


def asked_of(row: dict[str, Any]) -> list[str]:
    """List the documents that a right answer comes from."""
    return [row["doc"]] if row["doc"] else row.get("docs", [])


@pytest.mark.parametrize("name", ["sample.jsonl", "hostile.jsonl"])
def test_every_gold_text_stands_word_for_word_in_a_document_it_is_asked_of(name: str) -> None:
    """No question asks for words that its documents do not have, nor of a document without any."""
    documents = texts(name)
    for row in rows(name):
        places = [documents[document] for document in asked_of(row)]
        for gold in row["gold"]:
            assert any(gold in place for place in places), (row["id"], gold)
        for place in places:
            assert any(gold in place for gold in row["gold"]), row["id"]


@pytest.mark.parametrize("name", ["sample.jsonl", "hostile.jsonl"])
def test_a_question_is_answerable_exactly_when_it_has_gold_texts(name: str) -> None:
    """`not_found` questions name no document and no text; all others name both."""
    for row in rows(name):
        refused = row.get("status") == "not_found"
        assert bool(row["gold"]) is not refused, row["id"]
        assert bool(asked_of(row)) is not refused, row["id"]
        assert row["type"].startswith("unanswerable") <= refused, row["id"]
        assert (row["type"] == "ambiguous") is (row.get("status") == "ambiguous"), row["id"]
        assert (row["type"] == "followup") is bool(row["history"]), row["id"]


def test_the_sample_set_covers_every_slice_in_three_languages() -> None:
    """At least 200 questions, each slice in each language, no language under three tenths."""
    questions = rows("sample.jsonl")
    assert len(questions) >= 200
    per_slice = Counter((row["type"], row["lang"]) for row in questions)
    assert {kind for kind, _ in per_slice} == SLICES
    assert all(per_slice[kind, lang] >= 3 for kind in SLICES for lang in ("fi", "sv", "en"))
    languages = Counter(row["lang"] for row in questions)
    assert min(languages.values()) >= 0.3 * len(questions)


def test_no_question_is_asked_twice() -> None:
    """Ids are unique over both sets, and so is every question with its history in its set."""
    both = [rows("sample.jsonl"), rows("hostile.jsonl")]
    ids = [row["id"] for questions in both for row in questions]
    assert len(ids) == len(set(ids))
    for questions in both:
        asked = [(row["question"].casefold(), str(row["history"])) for row in questions]
        assert len(asked) == len(set(asked))
