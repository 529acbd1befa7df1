"""Question sets: what is read, and what is refused with file and line."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import KysyError
from eval.sets import check_gold, read_set, same_document
from qa.model import Turn
from tests.eval.conftest import row, write_rows


def test_a_row_of_the_published_form_is_read_whole(tmp_path: Path) -> None:
    """Every key of the contract arrives, with history as turns."""
    rows = [
        row("a", "Entä?", lang="sv", doc="x.txt", gold=["Y"], history=[{"question": "Kuka?"}]),
        row("b", "Mikä?", type="unanswerable"),
    ]
    read = read_set(write_rows(tmp_path / "s.jsonl", rows)).questions
    assert (read[0].lang, read[0].doc, read[0].gold) == ("sv", "x.txt", ("Y",))
    assert read[0].history == (Turn("Kuka?", ""),)
    assert [one.expected for one in read] == ["answered", "not_found"]


def test_blank_lines_and_unknown_keys_are_left_alone(tmp_path: Path) -> None:
    """A set may carry notes of its own and blank lines."""
    path = tmp_path / "s.jsonl"
    path.write_text("\n" + json.dumps(row("a", "Mikä?", note="mine")) + "\n\n", "utf-8")
    assert [one.line for one in read_set(path).questions] == [2]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "no JSON object"),
        (json.dumps({"id": "b", "lang": "fi", "type": "t", "gold": []}), '"question"'),
        (json.dumps(row("b", "Mikä?", lang="de")), '"lang"'),
        (json.dumps(row("b", "  ")), '"question"'),
        (json.dumps(row("b", "Mikä?", gold="Y")), '"gold"'),
        (json.dumps(row("b", "Mikä?", gold=[""])), "empty gold"),
        (json.dumps(row("b", "Mikä?", gold=["Y"], status="not_found")), "not_found"),
        (json.dumps(row("b", "Mikä?", status="answered")), "no gold"),
        (json.dumps(row("a", "Mikä?")), "line 1"),
    ],
)
def test_a_malformed_row_is_named_by_file_and_line(tmp_path: Path, bad: str, said: str) -> None:
    """Each fault is one line that says where it stands and what it is."""
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(row("a", "Kuka?")) + "\n" + bad + "\n", "utf-8")
    with pytest.raises(KysyError) as caught:
        read_set(path)
    assert "bad.jsonl:2" in str(caught.value)
    assert said in str(caught.value)


def test_an_empty_file_and_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """A file without a question, or in another encoding, is an error by name."""
    path = tmp_path / "e.jsonl"
    path.write_bytes(b"\n")
    with pytest.raises(KysyError, match="no question"):
        read_set(path)
    path.write_bytes(b'{"id": "\xe4"}')
    with pytest.raises(KysyError, match="UTF-8"):
        read_set(path)


def _checked(tmp_path: Path, **more: Any) -> tuple[str, ...]:
    path = write_rows(tmp_path / "g.jsonl", [row("a", "Mikä?", **more)])
    texts = {"sub/one.txt": "Ensimma\u0308inen\n  rivi", "two.txt": "Toinen rivi"}
    return check_gold(read_set(path), texts, path)


def test_gold_text_is_found_through_normal_form_and_white_space(tmp_path: Path) -> None:
    """Decomposed letters and line breaks in a document do not make a gold text wrong."""
    assert _checked(tmp_path, doc="one.txt", gold=["Ensimmäinen rivi"]) == ()
    assert _checked(tmp_path, gold=["Toinen rivi"]) == ()


def test_an_alternative_that_no_document_has_is_a_warning(tmp_path: Path) -> None:
    """Gold texts are alternatives: the question can be answered, but the line is named."""
    (said,) = _checked(tmp_path, gold=["Toinen rivi", "Kolmas rivi"])
    assert "g.jsonl:1" in said
    assert "Kolmas rivi" in said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"doc": "one.txt", "gold": ["Toinen rivi"]}, "Toinen rivi"),
        ({"gold": ["Kolmas rivi"]}, "Kolmas rivi"),
        ({"doc": "three.txt", "gold": ["rivi"]}, "three.txt"),
        ({"docs": ["two.txt", "four.txt"], "gold": ["rivi"]}, "four.txt"),
    ],
)
def test_gold_that_no_document_has_is_refused(
    tmp_path: Path, more: dict[str, Any], said: str
) -> None:
    """A set that asks for what is not indexed cannot be scored by mistake."""
    with pytest.raises(KysyError) as caught:
        _checked(tmp_path, **more)
    assert said in str(caught.value)
    assert "g.jsonl:1" in str(caught.value)


def test_a_document_is_meant_by_its_name_or_by_the_end_of_its_path() -> None:
    """`doc` may be the id or the file name, never a part of a name."""
    assert same_document("a.txt", "a.txt")
    assert same_document("a.txt", "folder/a.txt")
    assert not same_document("a.txt", "ba.txt")
