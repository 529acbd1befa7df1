"""The gate: a worse setting is caught, noise is not."""

import numpy as np
import pytest

from corpus.errors import KysyError
from eval.gate import check, holm, parse_floor
from tests.eval.answers import results_with

RANKS: list[int | None] = [1] * 40 + [2] * 6 + [None] * 4
FI_SV = ("fi", "fi", "fi", "sv")


def test_a_worse_setting_is_caught() -> None:
    """A fifth of the right passages pushed down fails hit rate and answers."""
    worse = results_with([2] * 10 + RANKS[10:])
    failed = {one.measure for one in check(results_with(RANKS), worse, {}) if not one.passed}
    assert {"hit@1", "MRR@10", "answer_accuracy"} <= failed


def test_too_many_refusals_are_caught() -> None:
    """Refusing answerable questions is a drop although the passages stay the same."""
    shy = results_with(RANKS, refused=frozenset(range(12)))
    failed = {one.measure for one in check(results_with(RANKS), shy, {}) if not one.passed}
    assert "false_refusal_rate" in failed
    assert "MRR@10" not in failed


def test_a_drop_in_one_language_alone_is_caught() -> None:
    """Losing Swedish while Finnish stays is seen in the language's own row."""
    base = results_with([1] * 200, langs=FI_SV)
    ranks: list[int | None] = [2 if n % 4 == 3 and n < 60 else 1 for n in range(200)]
    failed = {
        (one.slice, one.measure)
        for one in check(base, results_with(ranks, FI_SV), {})
        if not one.passed
    }
    assert ("sv", "hit@1") in failed


def test_the_same_again_passes() -> None:
    """A result passes its own gate."""
    result = results_with(RANKS, langs=FI_SV)
    assert all(one.passed for one in check(result, result, {}))


def test_noise_passes() -> None:
    """Questions that trade places at random fail the gate at most about as often as promised."""
    generator = np.random.default_rng(7)
    base = results_with(RANKS)
    failed = 0
    for _ in range(40):
        swapped = list(RANKS)
        for place in generator.choice(len(RANKS), 8, replace=False):
            swapped[place] = int(generator.choice([1, 1, 1, 1, 2]))
        failed += not all(one.passed for one in check(base, results_with(swapped), {}))
    assert failed <= 4


def test_better_passes() -> None:
    """Improving never fails."""
    better = results_with([1] * len(RANKS))
    assert all(one.passed for one in check(results_with(RANKS), better, {}))


def test_floors_hold_whatever_the_baseline_says() -> None:
    """A figure below its floor fails even where the baseline was as low."""
    result = results_with(RANKS)
    checks = check(result, result, {"hit@1": 0.95, "false_refusal_rate": 0.1})
    floors = {one.measure: one for one in checks if one.measure.endswith("floor")}
    assert not floors["hit@1 floor"].passed
    assert floors["false_refusal_rate floor"].passed


def test_a_floor_for_what_the_set_does_not_measure_fails() -> None:
    """A bound that nothing is held against must not pass unseen."""
    result = results_with([1, 1])
    assert not check(result, result, {"refusal_recall": 0.5})[0].passed


@pytest.mark.parametrize("text", ["hit@1", "hit@1=high", "accuracy=0.9"])
def test_a_floor_is_a_measure_and_a_number(text: str) -> None:
    """Anything else is refused by name."""
    with pytest.raises(KysyError):
        parse_floor(text)
    assert parse_floor("hit@1=0.9") == ("hit@1", 0.9)


def test_holm_rejects_step_by_step() -> None:
    """The textbook example: the smallest against a quarter of the level, then a third."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == (True, False, False, True)
    assert holm([]) == ()
