"""One self-contained HTML file that shows a result: tables, charts and every failed question.

Knows what is shown. Does not know how it was measured. The page asks nothing of the network: its
styles and drawings are inside it, and every text goes through the template's escaping.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval import charts
from eval.compare import Comparison, compare, pairs
from eval.results import QuestionResult, Result
from eval.scores import MEASURES
from eval.tables import MEANING, SHORT, figure

_BARS = ("hit@1", "MRR@10", "answer_accuracy", "refusal_recall")
_MOST_FAILURES = 500


@dataclass(frozen=True, slots=True)
class SliceBar:
    """One slice's figure as a share of the full width."""

    slice: str
    questions: int
    percent: float
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong, with why in a few words."""

    reason: str
    question: QuestionResult


def render_report(result: Result, baseline: Result | None = None, *, seed: int = 0) -> str:
    """Return the report as HTML; with `baseline`, also how it compares."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["figure"] = figure
    environment.filters["short"] = lambda name: SHORT.get(name, name)
    failed = failures(result)
    return environment.get_template("report.html").render(
        result=result,
        measures=_measures(result),
        meaning=MEANING,
        bars=slice_bars(result),
        ranks=_ranks(result),
        rank_bars=charts.histogram(*_ranks(result)),
        curve=charts.curve(result.risk_coverage) if result.risk_coverage else None,
        latency_bars=charts.histogram(*_latency(result)),
        failures=failed[:_MOST_FAILURES],
        failed=len(failed),
        comparisons=_comparisons(result, baseline, seed),
        width=charts.WIDTH,
        height=charts.HEIGHT,
    )


def _measures(result: Result) -> list[str]:
    shown = [figures for parts in result.measures.values() for figures in parts.values()]
    return [name for name in MEASURES if any(name in figures for figures in shown)]


def slice_bars(result: Result) -> dict[str, tuple[SliceBar, ...]]:
    """Return measure -> its bars over all slices, for the measures that bars show best."""
    found = {}
    for name in _BARS:
        bars = [
            _slice_bar(part, figures, name)
            for parts in result.measures.values()
            for part, figures in parts.items()
            if name in figures
        ]
        if bars:
            found[name] = tuple(bars)
    return found


def _slice_bar(part: str, figures: Mapping[str, float], name: str) -> SliceBar:
    value = figures[name]
    return SliceBar(part, int(figures["questions"]), round(100 * value, 1), figure(value))


def _ranks(result: Result) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return labels and counts of the first right passage's rank, over answerable questions."""
    asked = [one for one in result.questions if one.expected == "answered"]
    counts = Counter(one.rank for one in asked)
    top = [str(rank) for rank in range(1, 11)]
    over = sum(count for rank, count in counts.items() if rank is not None and rank > 10)
    return (*top, ">10", "none"), (*(counts[int(rank)] for rank in top), over, counts[None])


def _latency(result: Result) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return charts.latency_counts(list(result.timing.questions.values()))


def _comparisons(result: Result, baseline: Result | None, seed: int) -> tuple[Comparison, ...]:
    return compare(pairs(baseline, result), seed=seed) if baseline else ()


def failures(result: Result) -> tuple[Failure, ...]:
    """Return the questions that went wrong, in the set's order."""
    found = ((why_failed(one), one) for one in result.questions)
    return tuple(Failure(reason, one) for reason, one in found if reason)


def why_failed(one: QuestionResult) -> str:
    """Return what went wrong in a few words, empty when nothing did."""
    values: Mapping[str, float] = one.values
    if one.expected != one.status:
        return f"{_words(one.status)} instead of {_words(one.expected)}"
    if one.expected != "answered":
        return ""
    place = "no right passage" if one.rank is None else f"right passage at {one.rank}"
    reasons: Sequence[str] = [
        "" if one.rank == 1 else place,
        "wrong answer" if values.get("answer_accuracy") == 0.0 else "",
        "incomplete list" if values.get("list_f1", 1.0) < 1.0 else "",
    ]
    return ", ".join(reason for reason in reasons if reason)


def _words(status: str) -> str:
    return {"not_found": "refused"}.get(status, status)
