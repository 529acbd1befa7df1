"""The gate over the shipped set with the real engine: today's Kysy passes, a worse one does not."""

from pathlib import Path

import pytest

from eval.ablate import STEPS, ranking_options
from eval.gate import check, parse_floor
from eval.local import index_folder
from eval.results import Result, read_result
from eval.running import Plan, run_plan
from qa.settings import Settings

ROOT = Path(__file__).parents[2]
SET = ROOT / "eval" / "sets" / "sample.jsonl"
BASELINE = ROOT / "eval" / "sets" / "sample.baseline.json"
FLOORS = ("hit@1=0.88", "answer_accuracy=0.80", "refusal_recall=0.85", "false_refusal_rate=0.08")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Index the sample documents."""
    made = Settings(data=tmp_path_factory.mktemp("samples"))
    index_folder(ROOT / "corpus" / "samples", made)
    return made


@pytest.fixture(scope="module")
def now(settings: Settings) -> Result:
    """Run the shipped set as Kysy is."""
    return run_plan(Plan((SET,), settings))[0]


def test_kysy_as_it_is_passes_the_gate(now: Result) -> None:
    """No figure is below its floor or has dropped beyond chance since the shipped baseline."""
    floors = dict(parse_floor(text) for text in FLOORS)
    failed = [one for one in check(read_result(BASELINE), now, floors) if not one.passed]
    assert failed == []


def test_a_deliberately_worse_setting_is_caught(settings: Settings, now: Result) -> None:
    """Without late interaction, fields and words the gate closes."""
    options = ranking_options(STEPS["dense only"])
    worse = run_plan(Plan((SET,), settings, options=options))[0]
    failed = {one.measure for one in check(now, worse, {}) if not one.passed}
    assert {"hit@1", "MRR@10", "answer_accuracy", "refusal_recall"} <= failed


def test_the_shipped_baseline_is_of_the_shipped_set() -> None:
    """The baseline judges the questions that are there, and carries no text of an answer."""
    baseline = read_result(BASELINE)
    lines = SET.read_text("utf-8").splitlines()
    assert len(baseline.questions) == len(lines)
    assert not any(one.shown or one.answer for one in baseline.questions)
