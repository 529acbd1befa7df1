"""Ablations: the same questions with legs and stages switched off, one row each.

Knows the steps and what each switches. Does not know what a leg does. From the dense
leg on the steps build up: each row has what the row before has and one thing more.
"""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.results import Result
from eval.running import Plan, run_plan
from qa.settings import Settings

_SWITCHES = ("dense", "lexical", "fields", "late", "calibrated")

STEPS: Mapping[str, frozenset[str]] = {
    "lexical only": frozenset({"lexical"}),
    "dense only": frozenset({"dense"}),
    "+ late interaction": frozenset({"dense", "late"}),
    "+ lexical": frozenset({"dense", "late", "lexical"}),
    "+ fields": frozenset({"dense", "late", "lexical", "fields"}),
    "+ calibrated refusal": frozenset(_SWITCHES),
}
"""Row -> what is switched on in it."""

COLUMNS = ("hit@1", "hit@3", "MRR@10", "nDCG@10", "answer_accuracy", "refusal_recall", "aurc")


@dataclass(frozen=True, slots=True)
class Variant:
    """A whole Kysy over another index, made with another encoder."""

    name: str
    settings: Settings


def ablate(plan: Plan, variants: Sequence[Variant] = ()) -> Iterator[Result]:
    """Yield a result for each step, then for each other encoder with everything on."""
    for name, switched_on in STEPS.items():
        options = ranking_options(switched_on)
        yield run_plan(replace(plan, options=options, variant=name))[0]
    for variant in variants:
        changed = replace(plan, settings=variant.settings, variant=variant.name)
        yield run_plan(changed)[0]


def ranking_options(switched_on: frozenset[str]) -> object:
    """Return the ranker's options with exactly these legs and stages on."""
    options = importlib.import_module("qa.retrieve").RankingOptions
    made: object = options(**{name: name in switched_on for name in _SWITCHES})
    return made
