"""Comparing two results: paired, resampled, and honest about chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from corpus.errors import KysyError
from eval.compare import bootstrap_interval, compare, most_changed, pairs, randomisation_p
from tests.eval.answers import results_with


def test_wins_ties_and_losses_are_counted_by_question() -> None:
    """One better, one worse, one the same."""
    both = pairs(results_with([2, 1, 1]), results_with([1, 2, 1]))
    hit = next(one for one in compare(both) if one.measure == "hit@1")
    assert (hit.wins, hit.ties, hit.losses, hit.difference) == (1, 1, 1, 0.0)
    assert hit.p == 1.0


def test_more_refusals_of_the_answerable_are_losses() -> None:
    """Where less is better, a higher figure is a loss."""
    both = pairs(results_with([1] * 8), results_with([1] * 8, refused=frozenset({0, 1})))
    refusals = next(one for one in compare(both) if one.measure == "false_refusal_rate")
    assert (refusals.wins, refusals.losses) == (0, 2)
    assert refusals.gain < 0


def test_the_same_result_twice_is_no_difference() -> None:
    """A result against itself: every interval is zero and p is 1."""
    result = results_with([1, 2, None, 3])
    for one in compare(pairs(result, result)):
        assert (one.difference, one.low, one.high, one.p) == (0, 0, 0, 1)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.25, 1.0]), min_size=4, max_size=12))
def test_the_randomisation_test_agrees_with_the_exact_one(values: list[float]) -> None:
    """Sampled signs come close to scipy's enumeration of all of them."""
    differences = np.array(values)
    exact = stats.permutation_test(
        (differences,),
        np.mean,
        permutation_type="samples",
        n_resamples=10_000,
    ).pvalue
    assert randomisation_p(differences, seed=3) == pytest.approx(exact, abs=0.03)


def test_the_bootstrap_interval_agrees_with_resampling_one_by_one() -> None:
    """Drawing counts of distinct values is the same law as drawing values."""
    differences = np.array([1.0] * 20 + [0.0] * 70 + [-1.0] * 10)
    plain = stats.bootstrap((differences,), np.mean, method="percentile", rng=1)
    low, high = bootstrap_interval(differences, seed=1)
    assert low == pytest.approx(plain.confidence_interval.low, abs=0.02)
    assert high == pytest.approx(plain.confidence_interval.high, abs=0.02)


def test_a_seed_gives_the_same_comparison_again() -> None:
    """Resampling is reproducible."""
    both = pairs(results_with([1, 2, 3, 1, None] * 6), results_with([2, 1, 3, 1, 1] * 6))
    assert compare(both, seed=5) == compare(both, seed=5)


def test_the_most_changed_come_first_and_losses_before_gains() -> None:
    """What got worst is read first; what did not change is not shown."""
    both = pairs(results_with([1, None, 1, 3]), results_with([None, 1, 1, 2]))
    assert [second.id for _, second in most_changed(both, 10)] == ["q0", "q1", "q3"]
    assert len(most_changed(both, 1)) == 1


def test_results_without_a_common_question_cannot_be_compared() -> None:
    """Two different sets are an error, not an empty table."""
    first = results_with([1])
    other = first.model_copy(
        update={"questions": (first.questions[0].model_copy(update={"id": "else"}),)}
    )
    with pytest.raises(KysyError, match="share no question"):
        pairs(first, other)
