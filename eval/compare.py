"""Two results of the same questions, paired: is the second better, and by how much.

Knows pairs of values, resampling and what changed most. Does not know systems or printing.

Randomisation test: Smucker, Allan and Carterette 2007, "A comparison of statistical significance
tests for information retrieval evaluation". Bootstrap: Efron and Tibshirani 1993, percentiles.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.errors import KysyError
from eval.results import QuestionResult, Result
from eval.scores import LOWER_IS_BETTER, MEASURES

RESAMPLES = 10_000
_CHUNK = 500
_UNPAIRED = {"refusal_precision", "aurc"}
PAIRED = tuple(name for name in MEASURES if name not in _UNPAIRED)
"""Measures that have a value for one question, so that two results can be paired."""

Pair = tuple[QuestionResult, QuestionResult]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure in both results over the `n` questions that have it in both.

    `difference` is second minus first, `[low, high]` its 95% bootstrap interval, `p` the
    two-sided probability of a difference this large if the two were the same. Wins are the
    second's, whichever way is better for the measure.
    """

    measure: str
    n: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    p: float
    wins: int
    ties: int
    losses: int

    @property
    def gain(self) -> float:
        """How much better the second is; negative when it is worse."""
        return -self.difference if self.measure in LOWER_IS_BETTER else self.difference

    @property
    def surely_worse(self) -> bool:
        """Whether the whole interval is on the worse side."""
        return self.low > 0 if self.measure in LOWER_IS_BETTER else self.high < 0


def pairs(first: Result, second: Result) -> tuple[Pair, ...]:
    """Return the questions that both results have, in the second's order."""
    known = {(one.set, one.id): one for one in first.questions}
    found = tuple(
        (known[(one.set, one.id)], one)
        for one in second.questions
        if (one.set, one.id) in known and known[(one.set, one.id)].question == one.question
    )
    if not found:
        raise KysyError("the two results share no question", fix="run both over the same set")
    return found


def compare(
    both: Sequence[Pair], *, seed: int = 0, measures: Iterable[str] = PAIRED
) -> tuple[Comparison, ...]:
    """Return a comparison for each measure that some question has in both results."""
    rows = []
    for measure in measures:
        values = [
            (one.values[measure], two.values[measure])
            for one, two in both
            if measure in one.values and measure in two.values
        ]
        if values:
            rows.append(_compared(measure, np.array(values, dtype=np.float64), seed))
    return tuple(rows)


def _compared(measure: str, values: NDArray[np.float64], seed: int) -> Comparison:
    """Compare the columns of `values` (n, 2)."""
    differences = values[:, 1] - values[:, 0]
    gains = -differences if measure in LOWER_IS_BETTER else differences
    low, high = bootstrap_interval(differences, seed)
    return Comparison(
        measure=measure,
        n=len(values),
        first=float(values[:, 0].mean()),
        second=float(values[:, 1].mean()),
        difference=float(differences.mean()),
        low=low,
        high=high,
        p=randomisation_p(differences, seed),
        wins=int((gains > 0).sum()),
        ties=int((gains == 0).sum()),
        losses=int((gains < 0).sum()),
    )


def bootstrap_interval(differences: NDArray[np.float64], seed: int) -> tuple[float, float]:
    """Return the 95% percentile interval of the mean of `differences` (n,).

    Resampling n values with replacement is drawing how often each distinct value comes, which is
    one multinomial draw: the same law, far less work.
    """
    values, counts = np.unique(differences, return_counts=True)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(len(differences), counts / len(differences), size=RESAMPLES)
    low, high = np.quantile(drawn @ values / len(differences), [0.025, 0.975])
    return float(low), float(high)


def randomisation_p(differences: NDArray[np.float64], seed: int) -> float:
    """Return the two-sided p of the mean of `differences` (n,) under random signs."""
    moved = differences[differences != 0]
    if not len(moved):
        return 1.0
    observed = abs(moved.sum()) - 1e-12
    generator = np.random.default_rng(seed)
    extreme = 0
    for start in range(0, RESAMPLES, _CHUNK):
        shape = (min(_CHUNK, RESAMPLES - start), len(moved))
        signs = generator.integers(0, 2, size=shape, dtype=np.int8) * 2 - 1
        extreme += int((np.abs(signs @ moved) >= observed).sum())
    return (extreme + 1) / (RESAMPLES + 1)


def most_changed(both: Sequence[Pair], count: int) -> tuple[Pair, ...]:
    """Return up to `count` pairs whose outcome changed most, the losses first among equals."""
    changed = [pair for pair in both if _change(pair) != 0]
    return tuple(sorted(changed, key=lambda pair: (-abs(_change(pair)), _change(pair)))[:count])


def _change(pair: Pair) -> float:
    first, second = (_worth(one) for one in pair)
    return second - first


def _worth(one: QuestionResult) -> float:
    """Return how good an outcome is: the passage's place, the answer, the status."""
    worth = sum(one.values.get(name, 0.0) for name in ("MRR@10", "answer_accuracy"))
    return worth + float(one.expected == one.status)
