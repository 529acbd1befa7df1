"""From outcomes to figures: per question, and in total for any slice of a set.

Knows which measures are means over which questions, and those that are not means (refusal
precision, area under the risk-coverage curve). Does not know files, systems or tables.

Risk and coverage: El-Yaniv and Wiener 2010, "On the foundations of noise-free selective
classification".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.grading import Outcome
from eval.measures import STANDARD, measure_run

LOWER_IS_BETTER = frozenset({"false_refusal_rate", "aurc"})
"""Measures of which less is better; of all others more is."""

OWN = (
    "answer_accuracy",
    "field_match",
    "span_f1",
    "list_f1",
    "refusal_precision",
    "refusal_recall",
    "false_refusal_rate",
    "ambiguity",
    "aurc",
)
MEASURES = (*STANDARD, *OWN)
"""Every figure in the order it is shown."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An outcome with the measures it has a value for (those that make sense for it)."""

    outcome: Outcome
    values: Mapping[str, float]


def score(outcomes: Sequence[Outcome]) -> tuple[Scored, ...]:
    """Return each outcome with its per-question measures."""
    named = {one.question.question_id: one for one in outcomes}
    qrels = {name: dict(one.targets) for name, one in named.items() if one.targets}
    run = {name: ranking(one.items) for name, one in named.items()}
    standard = measure_run(qrels, run)
    return tuple(
        Scored(
            one,
            {
                **{name: values[key] for name, values in standard.items() if key in values},
                **_own(one),
            },
        )
        for key, one in named.items()
    )


def ranking(items: Sequence[str]) -> dict[str, float]:
    """Return item -> score for items in order, best first."""
    return {item: float(len(items) - place) for place, item in enumerate(items)}


def _own(outcome: Outcome) -> dict[str, float]:
    asked = outcome.question
    judged = bool(asked.judgements)
    values = {
        "answer_accuracy": outcome.correct,
        "field_match": outcome.exact,
        "span_f1": outcome.span_f1,
        "list_f1": outcome.list_f1,
        "refusal_precision": asked.expected == "not_found" if outcome.refused else None,
        "refusal_recall": outcome.refused if asked.expected == "not_found" else None,
        "false_refusal_rate": outcome.refused if asked.answerable else None,
        "ambiguity": outcome.status == "ambiguous" if asked.expected == "ambiguous" else None,
    }
    if judged:
        values["refusal_precision"] = None
    return {name: float(value) for name, value in values.items() if value is not None}


def totals(scored: Sequence[Scored]) -> dict[str, float]:
    """Return measure -> figure over `scored`; a measure without a question is left out.

    Refusal precision is over the refused questions, so it is left out where nothing was refused.
    """
    figures: dict[str, float] = {}
    for name in MEASURES:
        values = [one.values[name] for one in scored if name in one.values]
        if values:
            figures[name] = sum(values) / len(values)
    curve = risk_coverage(scored)
    if curve:
        figures["aurc"] = sum(risk for _, risk in curve) / len(curve)
    return figures


def slices(
    scored: Iterable[Scored], key: Callable[[Outcome], str]
) -> dict[str, tuple[Scored, ...]]:
    """Return the outcomes by slice (a language, a type), slices in alphabetical order."""
    found: dict[str, list[Scored]] = {}
    for one in scored:
        found.setdefault(key(one.outcome), []).append(one)
    return {name: tuple(found[name]) for name in sorted(found)}


def risk_coverage(scored: Sequence[Scored]) -> tuple[tuple[float, float], ...]:
    """Return (coverage, risk) after each question, the most confident answers first.

    Risk is the share of wrong answers among those given so far; a question without an answer
    comes last and counts as wrong, as does any answer to a question that has none. Questions of
    the same confidence count with their mean, so their order does not matter. Empty for retrieval
    collections, whose answers are not judged, and where no question has an answer.
    """
    judged = [one.outcome for one in scored if not one.outcome.question.judgements]
    if not any(one.question.answerable for one in judged):
        return ()
    groups: dict[float, list[float]] = {}
    for one in judged:
        groups.setdefault(one.confidence, []).append(float(not _well_answered(one)))
    curve: list[tuple[float, float]] = []
    wrong, seen = 0.0, 0
    for confidence in sorted(groups, reverse=True):
        errors = groups[confidence]
        for _ in errors:
            seen += 1
            wrong += sum(errors) / len(errors)
            curve.append((seen / len(judged), wrong / seen))
    return tuple(curve)


def _well_answered(outcome: Outcome) -> bool:
    if outcome.question.expected == "ambiguous":
        return outcome.status == "ambiguous"
    return bool(outcome.correct)
