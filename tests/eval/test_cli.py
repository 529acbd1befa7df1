"""The command `kysy eval run` as a user meets it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from eval import running
from eval.cli import app
from eval.systems import LocalSystem
from tests.eval.conftest import row, write_rows


@pytest.fixture(autouse=True)
def _fake_engine(monkeypatch: pytest.MonkeyPatch, system: LocalSystem) -> None:
    monkeypatch.setattr(running, "open_local", lambda settings, **options: system)


def test_run_prints_total_language_and_type_and_exits_zero(question_file: Path) -> None:
    """One table has the slices that the set has, and the command succeeds."""
    done = CliRunner().invoke(app, ["run", str(question_file)])
    assert done.exit_code == 0, done.output
    for name in ("all", "fi", "sv", "followup", "unanswerable", "hit@1", "MRR@10"):
        assert name in done.stdout


def test_run_writes_result_and_trec_files(question_file: Path, tmp_path: Path) -> None:
    """`--out` leaves the JSON result and a TREC run with its judgements."""
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["run", str(question_file), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in out.iterdir()) == [
        "result.json",
        "small.qrels",
        "small.run",
    ]


def test_run_as_json_gives_the_figures(question_file: Path) -> None:
    """`--json` prints the figures for machines and nothing else on stdout."""
    done = CliRunner().invoke(app, ["run", str(question_file), "--json"])
    assert json.loads(done.stdout)["measures"]["total"]["all"]["questions"] == 5


def test_wrong_use_exits_two_with_one_line(tmp_path: Path) -> None:
    """A set that is not there is one line on stderr and exit code 2, not a traceback."""
    done = CliRunner().invoke(app, ["run", str(tmp_path / "none.jsonl")])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
    assert "none.jsonl" in done.stderr


def test_gold_text_that_is_in_no_document_is_named_by_line(tmp_path: Path) -> None:
    """A set that does not fit the indexed documents is refused before anything is scored."""
    rows = [row("q1", "Mikä?", doc="kaisla.txt", gold=["Olli Kokeilija"])]
    path = write_rows(tmp_path / "wrong.jsonl", rows)
    done = CliRunner().invoke(app, ["run", str(path)])
    assert done.exit_code == 2
    assert "wrong.jsonl:1" in done.stderr
    assert "Olli Kokeilija" in done.stderr
