"""The command `kysy`: what it prints, and its exit codes."""

import json
import shutil
from pathlib import Path

from tests.qa.command import Run, process
from tests.qa.pages import PAGES

ASK = ("ask", "who is the contact for Itä-Savo")


def test_an_answer_is_printed_with_its_source(sample_data: Path) -> None:
    """The answer, what belongs to it and where it stands are printed; nothing goes to stderr."""
    result = process(*ASK, "--data", sample_data)
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout.startswith("Pia Karttunen [1]")
    assert "pia.karttunen@sosteri.fi" in result.stdout
    assert "ita-savo.txt:" in result.stdout


def test_json_is_the_contract(sample_data: Path) -> None:
    """With `--json` stdout is one object, the same as the API gives; KYSY_DATA says where."""
    result = process(*ASK, "--json", "--top-k", "2", KYSY_DATA=str(sample_data))
    body = json.loads(result.stdout)
    assert result.code == 0
    assert body["answer"]["text"] == "Pia Karttunen"
    assert len(body["passages"]) == 2
    assert body["passages"][0]["citation"]["document_id"] == "ita-savo.txt"


def test_exit_code_1_says_that_the_documents_do_not(kysy: Run, sample_data: Path) -> None:
    """A refusal is printed with the nearest passages, and scripts see it."""
    result = kysy("ask", "what is the capital of France", "--data", sample_data)
    assert (result.code, result.stderr) == (1, "")
    assert "[1]" in result.stdout


def test_tables_candidates_and_explanations_are_printed(kysy: Run, sample_data: Path) -> None:
    """Lists show every row; a question that fits several asks back; `--explain` explains."""
    listed = kysy("ask", "ketkä ovat kaikkien hankkeiden yhteyshenkilöt", "--data", sample_data)
    assert all(name in listed.stdout for name in ("Pia Karttunen", "Tarja Miettinen"))
    asked = kysy("ask", "kuka on yhteyshenkilö?", "--explain", "--data", sample_data)
    assert asked.stdout.count("kysy ask ") == 5
    assert '"understood"' in asked.stdout


def test_passages_are_printed_as_they_are(kysy: Run, tmp_path: Path) -> None:
    """A paragraph is one line, however long; what would steer the terminal is left out."""
    line = "Hankkeen viitasammakot lasketaan keväällä. " * 6
    page = tmp_path / "pages" / "sammakot.md"
    page.parent.mkdir()
    page.write_text(
        f"# Viitasammakot\n\n{line.strip()} \x1b[2J\x9b1m\u202eLoppu.\n", encoding="utf-8"
    )
    kysy("index", page.parent, "--data", tmp_path / "data")
    result = kysy("ask", "milloin viitasammakot lasketaan", "--data", tmp_path / "data")
    assert line.strip() in result.stdout
    assert not {"\x1b", "\x9b", "\u202e"} & set(result.stdout)


def test_documents_are_added_and_removed(kysy: Run, data: Path, tmp_path: Path) -> None:
    """Added documents answer, removed ones no longer do, and `status` lists what there is."""
    page = tmp_path / "river.md"
    page.write_text(PAGES["river.md"], encoding="utf-8")
    assert kysy("add", page, "--data", data).code == 0
    question = ("ask", "Who funds the Aura river restoration?", "--data", data)
    assert "Baltic Sea Fund" in kysy(*question).stdout
    assert kysy("remove", "river.md", "--data", data).code == 0
    assert kysy(*question).code == 1
    listed = json.loads(kysy("status", "--json", "--data", data).stdout)["list"]
    assert "river.md" not in {entry["id"] for entry in listed}


def test_an_unknown_document_is_not_removed(kysy: Run, data: Path) -> None:
    """Removing what is not there changes nothing and names it."""
    before = (data / "current").read_text()
    assert kysy("remove", "missing.md", "--data", data).refused("missing.md")
    assert (data / "current").read_text() == before


def test_bad_files_are_named_and_the_others_indexed(tmp_path: Path) -> None:
    """An empty file, a broken PDF, a zip named .docx and a too large text: each is named."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "good.md").write_text(PAGES["river.md"], encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    shutil.make_archive(str(folder / "archive"), "zip", folder, "empty.txt")
    (folder / "archive.zip").rename(folder / "archive.docx")
    (folder / "large.txt").write_text("sana " * 2000)
    arguments = ("index", folder, "--data", tmp_path / "data")
    result = process(*arguments, KYSY_MAX_FILE_BYTES="5000")
    assert result.code == 0
    assert "1 documents" in result.stdout
    for name in ("empty.txt", "broken.pdf", "archive.docx", "large.txt"):
        assert sum(name in line for line in result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_nothing_readable_is_refused_and_the_old_snapshot_serves(
    kysy: Run, data: Path, tmp_path: Path
) -> None:
    """A folder without one good file changes nothing: the published snapshot still answers."""
    (tmp_path / "empty.txt").write_bytes(b"")
    result = kysy("index", tmp_path / "empty.txt", "--data", data)
    assert result.code == 2
    assert "empty.txt" in result.stderr
    assert "Traceback" not in result.stderr
    assert kysy(*ASK, "--data", data).code == 0
