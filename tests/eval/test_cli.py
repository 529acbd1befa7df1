"""The command `kysy eval run` as a user meets it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from eval import running
from eval.cli import app
from eval.systems import LocalSystem
from qa.settings import Settings
from tests.eval.conftest import row, write_rows
from tests.eval.pages import FakeAssistant


@pytest.fixture(autouse=True)
def _fake_engine(monkeypatch: pytest.MonkeyPatch, system: LocalSystem) -> None:
    def open_fake(settings: Settings, *, variant: str = "kysy", options: Any = None) -> LocalSystem:
        return replace(system, settings=settings, variant=variant)

    monkeypatch.setattr(running, "open_local", open_fake)


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


def _result(question_file: Path, out: Path) -> Path:
    done = CliRunner().invoke(app, ["run", str(question_file), "--out", str(out)])
    assert done.exit_code == 0, done.output
    return out / "result.json"


def test_score_reads_anyones_run(question_file: Path, tmp_path: Path) -> None:
    """The TREC files of a run score to the same hit rate by `kysy eval score`."""
    _result(question_file, tmp_path / "out")
    files = [str(tmp_path / "out" / name) for name in ("small.run", "small.qrels")]
    done = CliRunner().invoke(app, ["score", *files, "--json"])
    assert json.loads(done.stdout)["measures"]["hit@1"] == 1.0
    done = CliRunner().invoke(app, ["score", *files, "--measure", "P@1"])
    assert "P@1" in done.stdout


def test_compare_shows_measures_and_what_changed(
    question_file: Path, tmp_path: Path, assistant: FakeAssistant
) -> None:
    """Two results: a row for each measure, and the changed question side by side."""
    before = _result(question_file, tmp_path / "a")
    assistant.deaf_to = frozenset({"Kaislan yhteyshenkilö?"})
    _result(question_file, tmp_path / "b")
    done = CliRunner().invoke(app, ["compare", str(before), str(tmp_path / "b")])
    assert done.exit_code == 0, done.output
    assert "0/3/1" in done.stdout
    assert "q1 Kaislan yhteyshenkilö?" in done.stdout
    assert "Maija Testaaja (rank 1)" in done.stdout
    rows = json.loads(
        CliRunner().invoke(app, ["compare", str(before), str(before), "--json"]).stdout
    )
    assert {row["difference"] for row in rows} == {0.0}


def test_gate_passes_fails_and_is_renewed(
    question_file: Path, tmp_path: Path, assistant: FakeAssistant
) -> None:
    """Exit 0 on the same again, 1 below a floor, and a new baseline only when told so."""
    baseline = str(tmp_path / "baseline.json")
    gate = ["gate", str(question_file), "--baseline", baseline]
    assert CliRunner().invoke(app, gate).exit_code == 2
    assert CliRunner().invoke(app, [*gate, "--update"]).exit_code == 0
    kept = Path(baseline).read_bytes()
    assert b"Testaaja" not in kept
    assert CliRunner().invoke(app, gate).exit_code == 0
    assistant.blind = frozenset({"a/ruovo.txt"})
    done = CliRunner().invoke(app, [*gate, "--floor", "hit@1=0.9"])
    assert done.exit_code == 1
    assert "below the floor 0.9" in done.stdout
    assert Path(baseline).read_bytes() == kept


def test_report_writes_one_file(question_file: Path, tmp_path: Path) -> None:
    """A page is written where it was asked for, with the baseline when one is named."""
    result = str(_result(question_file, tmp_path / "a"))
    out = tmp_path / "r.html"
    done = CliRunner().invoke(app, ["report", result, "--out", str(out), "--baseline", result])
    assert done.exit_code == 0, done.output
    assert "Against the baseline" in out.read_text("utf-8")


def test_topics_and_judgements_run_over_the_indexed_documents(tmp_path: Path) -> None:
    """TREC topics need their judgements, and are scored by document."""
    (tmp_path / "t.tsv").write_text("1\tKaislan rahoittaja\n", "utf-8")
    (tmp_path / "q.txt").write_text("1 0 a/kaisla.txt 1\n", "utf-8")
    topics = ["run", "--topics", str(tmp_path / "t.tsv")]
    assert CliRunner().invoke(app, topics).exit_code == 2
    done = CliRunner().invoke(app, [*topics, "--qrels", str(tmp_path / "q.txt"), "--json"])
    assert json.loads(done.stdout)["measures"]["total"]["all"]["hit@1"] == 1.0


def test_a_folder_that_cannot_be_written_is_named(question_file: Path, tmp_path: Path) -> None:
    """A file in the place of the output folder is one line, not a traceback."""
    done = CliRunner().invoke(app, ["run", str(question_file), "--out", str(question_file)])
    assert done.exit_code == 2
    assert "small.jsonl" in done.stderr


def test_running_nothing_is_wrong_use() -> None:
    """No set is an error that says what to name."""
    done = CliRunner().invoke(app, ["run"])
    assert done.exit_code == 2
    assert "BEIR" in done.stderr


def test_lookalikes_are_written_with_their_questions(tmp_path: Path) -> None:
    """Pages and questions land in the named folder."""
    done = CliRunner().invoke(app, ["lookalikes", str(tmp_path / "look"), "--count", "40"])
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "look" / "pages").iterdir())) == 40
    assert (tmp_path / "look" / "questions.jsonl").exists()


def test_ablate_prints_a_row_for_each_step(question_file: Path, tmp_path: Path) -> None:
    """The table of legs and stages, each row's result kept where asked."""
    arguments = ["ablate", str(question_file), "--out", str(tmp_path / "steps")]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert "+ calibrated refusal" in done.stdout
    assert len(list((tmp_path / "steps").iterdir())) == 6
