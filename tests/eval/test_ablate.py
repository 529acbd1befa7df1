"""Ablations: every step is asked the same questions with other switches."""

from pathlib import Path
from typing import Any

import pytest

from eval import running
from eval.ablate import STEPS, Variant, ablate, ranking_options
from eval.running import Plan
from eval.systems import LocalSystem
from qa.settings import Settings
from tests.eval.pages import FakeAssistant


def test_steps_build_up_to_the_whole() -> None:
    """The legs alone, then each row one thing more, and everything in the last."""
    *_, before, last = STEPS.values()
    assert last - before == {"calibrated"}
    assert ranking_options(last) == ranking_options(frozenset(STEPS["+ calibrated refusal"]))
    assert {len(on) for on in list(STEPS.values())[:2]} == {1}


def test_options_switch_exactly_what_is_named() -> None:
    """The ranker's own options carry the switches."""
    options: Any = ranking_options(frozenset({"dense", "late"}))
    assert (options.dense, options.lexical, options.fields) == (True, False, False)
    assert (options.late, options.calibrated) == (True, False)


def test_each_step_and_each_variant_is_a_result(
    question_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps open the engine with their options, variants with another data directory."""
    opened: list[tuple[str, Any, Path]] = []

    def open_fake(settings: Settings, *, variant: str, options: Any) -> LocalSystem:
        opened.append((variant, options, settings.data))
        return LocalSystem(FakeAssistant(), settings, variant)

    monkeypatch.setattr(running, "open_local", open_fake)
    other = Variant("other model", Settings(data=tmp_path / "other"))
    results = list(ablate(Plan((question_file,), Settings(data=tmp_path)), [other]))
    assert [one.system.name for one in results] == [*STEPS, "other model"]
    assert [options is None for _, options, _ in opened] == [False] * len(STEPS) + [True]
    assert opened[-1][2] == tmp_path / "other"
