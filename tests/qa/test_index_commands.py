"""The index commands on real files: what they print, and how they fail."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from corpus.errors import KysyError
from qa import index_commands
from tests.embeddings.pages import page, write_pages


def run(*arguments: str | Path) -> Result:
    """Run one index command as the command line does; a KysyError comes through."""
    app = typer.Typer()
    for name in ("index", "add", "remove", "status"):
        app.command(name)(getattr(index_commands, f"{name}_command"))
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(result.exception, KysyError):
        raise result.exception
    return result


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Write three pages."""
    return write_pages(tmp_path / "pages", range(3))


def test_whole_life_of_an_index(pages: Path, tmp_path: Path) -> None:
    """Index, status, add, remove: each reports what there is now."""
    data = tmp_path / "data"
    assert "3 documents, 15 passages (15 embedded, 0 unchanged)" in (
        run("index", pages, "--data", data).stdout
    )
    assert "alempi/sivu000.md  Hanke 0" in run("status", "--data", data, "--verify").stdout
    (pages / "sivu009.md").write_text(page(9), encoding="utf-8")
    assert "4 documents" in run("add", pages / "sivu009.md", "--data", data).stdout
    assert "3 documents" in run("remove", "alempi/sivu000.md", "--data", data).stdout
    listed = json.loads(run("status", "--data", data, "--json").stdout)["list"]
    assert [entry["id"] for entry in listed] == ["sivu001.md", "sivu002.md", "sivu009.md"]


def test_json_report_is_for_machines(pages: Path, tmp_path: Path) -> None:
    """Standard output is one JSON object, with the files that were left out."""
    (pages / "broken.pdf").write_bytes(b"%PDF")
    result = run("index", pages, "--data", tmp_path / "data", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["documents"], report["passages"]) == (3, 15)
    assert [Path(skipped["source"]).name for skipped in report["skipped"]] == ["broken.pdf"]


def test_skipped_files_are_named_on_stderr(pages: Path, tmp_path: Path) -> None:
    """The outcome stays alone on standard output."""
    (pages / "empty.txt").write_text("")
    result = run("index", pages, "--data", tmp_path / "data")
    assert "empty.txt" in result.stderr
    assert result.stdout.count("\n") == 1


def test_data_directory_comes_from_the_environment(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--data` wins over KYSY_DATA."""
    monkeypatch.setenv("KYSY_DATA", str(tmp_path / "environment"))
    run("index", pages)
    run("index", pages, "--data", tmp_path / "option")
    assert (tmp_path / "environment" / "current").exists()
    assert (tmp_path / "option" / "current").exists()


@pytest.mark.parametrize("command", ["status", "add"])
def test_nothing_indexed_says_what_to_do(pages: Path, tmp_path: Path, command: str) -> None:
    """The first command of a new user is `index`."""
    arguments = [pages] if command == "add" else []
    with pytest.raises(KysyError, match=r"run `kysy index PATH\.\.\.` first"):
        run(command, *arguments, "--data", tmp_path / "data")
