"""Fitting the confidence: weights, sign, threshold and the risk-coverage curve."""

from collections.abc import Sequence

import numpy as np
import pytest

from eval.fit_confidence import (
    AGAINST,
    NAMES,
    SCALED,
    SEEN,
    Sample,
    calibration,
    cross_validated,
    curve,
    fit,
    probabilities,
    table,
    threshold,
)


def _samples(count: int, telling: str = "rest", source: str = "samples") -> list[Sample]:
    """Half of the passages answer, and one signal is higher where they do."""
    random = np.random.default_rng(3)
    samples = []
    for number in range(count):
        right = number % 2 == 0
        values = random.random(len(NAMES)).astype(np.float32)
        values[NAMES.index(telling)] = random.normal(0.7 if right else 0.3, 0.1)
        kind = "asked" if right else "near miss"
        samples.append(Sample(source, kind, "fi", f"q{number}", values, right))
    return samples


def _weights(samples: Sequence[Sample], without: frozenset[str] = frozenset()) -> dict[str, float]:
    return dict(zip(NAMES, fit(samples, without=without)[0].tolist(), strict=True))


def test_the_signal_that_tells_gets_the_weight() -> None:
    """Where one signal separates right from wrong, no other weighs as much for an answer."""
    weights = _weights(_samples(300))
    assert weights["rest"] == max(weights.values())


@pytest.mark.parametrize("name", sorted(AGAINST))
def test_what_speaks_against_an_answer_never_speaks_for_it(name: str) -> None:
    """Not even where it happens to be high on the right passages."""
    assert _weights(_samples(200, name))[name] <= AGAINST[name]


@pytest.mark.parametrize("left_out", [SEEN, SCALED])
def test_a_signal_left_out_has_no_weight(left_out: frozenset[str]) -> None:
    """The default for other encoders counts none of the similarities."""
    weights = _weights(_samples(200), left_out)
    assert not any(weights[name] for name in left_out)


def test_probabilities_are_calibrated_on_unseen_questions() -> None:
    """Of passages given about 0.8, about eight in ten answer."""
    samples = _samples(2000)
    found = cross_validated(samples, frozenset())
    right = np.array([s.right for s in samples])
    for low, high in ((0.0, 0.3), (0.7, 1.0)):
        at = (found >= low) & (found < high)
        assert right[at].mean() == pytest.approx(found[at].mean(), abs=0.1)


@pytest.mark.parametrize("allowed", [0.02, 0.1])
def test_the_threshold_refuses_no_more_than_is_allowed(allowed: float) -> None:
    """It is the highest that keeps false refusals below the share, and refuses what it can."""
    samples = _samples(1200)
    found = cross_validated(samples, frozenset())
    cut = threshold(samples, found, allowed)
    asked = np.array([s.kind == "asked" for s in samples])
    assert (found[asked] < cut).mean() <= allowed
    assert (found[asked] < cut + 2e-4).mean() > allowed
    assert (found[~asked] < cut).mean() > 0.75


@pytest.mark.parametrize("refused", range(1, 30))
def test_a_share_that_comes_out_even_is_used_up(refused: int) -> None:
    """Of a hundred questions seven in a hundred are seven, whatever a sum of shares rounds to."""
    sample = Sample("pages", "asked", "fi", "q", np.zeros(len(NAMES), np.float32), right=True)
    found = np.arange(100, dtype=np.float32) / 100
    cut = threshold([sample] * 100, found, refused / 100)
    assert (found < cut).sum() == refused


def test_the_curve_goes_from_answering_all_to_answering_little() -> None:
    """As the threshold rises, coverage falls and refusals of wrong passages rise."""
    samples = _samples(400)
    rows = curve(samples, probabilities(samples, *fit(samples)))
    coverage = [row["coverage"] for row in rows]
    refused = [row["refused"] for row in rows]
    assert coverage == sorted(coverage, reverse=True)
    assert refused == sorted(refused)
    assert coverage[0] == 1.0
    assert refused[-1] == pytest.approx(1.0, abs=0.05)


def test_a_calibration_is_written_as_it_is_read() -> None:
    """Weights are of known signals, and the table names each source and kind."""
    samples = _samples(100)
    made = calibration(samples, SEEN)
    assert set(made["weights"]) <= set(NAMES) - SEEN
    assert 0 < made["threshold"] < 1
    shown = table(samples, cross_validated(samples, SEEN), made["threshold"])
    assert "near miss" in shown
