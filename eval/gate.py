"""The gate: whether a result may stand beside the baseline.

Fails on a figure below its floor, and on a drop that is beyond chance: the whole bootstrap
interval is on the worse side and the randomisation test, corrected for the number of figures
looked at, says so too. Does not know how results are made or printed.

Correction: Holm 1979, "A simple sequentially rejective multiple test procedure".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import KysyError
from corpus.model import LANGUAGES
from eval.compare import Comparison, Pair, compare, pairs
from eval.results import Result
from eval.scores import LOWER_IS_BETTER, MEASURES

GATED = (
    "hit@1",
    "MRR@10",
    "answer_accuracy",
    "list_f1",
    "refusal_recall",
    "false_refusal_rate",
    "ambiguity",
)
"""Measures that must not drop, in total and in each language."""

_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the gate looked at; `reason` is empty when it passed."""

    slice: str
    measure: str
    baseline: float | None
    now: float
    reason: str

    @property
    def passed(self) -> bool:
        """Whether this check is fine."""
        return not self.reason


def parse_floor(text: str) -> tuple[str, float]:
    """Return measure and bound of "hit@1=0.9" (a ceiling where less is better)."""
    name, _, number = text.partition("=")
    if name not in MEASURES:
        raise KysyError(f'"{name}" is no measure', fix=f"one of {', '.join(MEASURES)}")
    try:
        return name, float(number)
    except ValueError as error:
        raise KysyError(f'the floor "{text}" has no number', fix='write "hit@1=0.9"') from error


def check(
    baseline: Result, now: Result, floors: Mapping[str, float], *, seed: int = 0
) -> tuple[Check, ...]:
    """Return every check of `now` against `baseline` and the floors."""
    both = pairs(baseline, now)
    checks = [_floor(now, name, bound) for name, bound in floors.items()]
    checks += _family({"all": both}, seed)
    languages: dict[str, Sequence[Pair]] = {
        lang: [pair for pair in both if pair[1].lang == lang]
        for lang in LANGUAGES
        if any(pair[1].lang == lang for pair in both)
    }
    if len(languages) > 1:
        checks += _family(languages, seed)
    return tuple(checks)


def _floor(now: Result, name: str, bound: float) -> Check:
    value = now.total.get(name)
    if value is None:
        return Check("all", name, bound, 0.0, "no question of the set has it")
    below = value > bound if name in LOWER_IS_BETTER else value < bound
    side = "above the ceiling" if name in LOWER_IS_BETTER else "below the floor"
    return Check("all", f"{name} floor", bound, value, f"{side} {bound:g}" if below else "")


def _family(parts: Mapping[str, Sequence[Pair]], seed: int) -> list[Check]:
    """Check slices as one family of tests."""
    rows = [
        (part, one)
        for part, both in parts.items()
        for one in compare(both, seed=seed, measures=GATED)
    ]
    worse = holm([one.p for _, one in rows])
    return [_drop(part, one, real) for (part, one), real in zip(rows, worse, strict=True)]


def _drop(part: str, one: Comparison, real: bool) -> Check:
    reason = ""
    if real and one.surely_worse:
        reason = f"worse by {-one.gain:.3f}, beyond [{one.low:.3f}, {one.high:.3f}] (p {one.p:.4f})"
    return Check(part, one.measure, one.first, one.second, reason)


def holm(probabilities: Sequence[float]) -> tuple[bool, ...]:
    """Return which of the tests are significant at 0.05 over the whole family."""
    order = sorted(range(len(probabilities)), key=lambda place: probabilities[place])
    significant = [False] * len(probabilities)
    for step, place in enumerate(order):
        if probabilities[place] > _LEVEL / (len(order) - step):
            break
        significant[place] = True
    return tuple(significant)
