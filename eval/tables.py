"""Figures as tables for a terminal.

Knows which columns there are and how a figure reads. Does not know where figures come from.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from rich.table import Table
from rich.text import Text

from eval.results import Result
from eval.scores import MEASURES

Side = Literal["left", "right"]

SHORT: Mapping[str, str] = {
    "answer_accuracy": "answer",
    "field_match": "field=",
    "span_f1": "span F1",
    "list_f1": "list F1",
    "refusal_precision": "refusal P",
    "refusal_recall": "refusal R",
    "false_refusal_rate": "false ref.",
    "ambiguity": "ambig.",
    "aurc": "AURC",
}
"""Measure -> the head of its column, where the name is long."""

MEANING: Mapping[str, str] = {
    "hit@1": "questions whose first passage is right",
    "hit@3": "questions with a right passage among the first three",
    "MRR@10": "mean of 1 / rank of the first right passage, 0 beyond the tenth",
    "nDCG@10": "discounted gain of the right items among the first ten, of the best possible",
    "Recall@10": "share of the right items among the first ten",
    "answer_accuracy": "short answers that say what is expected, from the expected document",
    "field_match": "questions for one value answered by it and nothing else",
    "span_f1": "characters marked in the first citation against the right ones, F1",
    "list_f1": "documents in a list answer against the expected ones, F1",
    "refusal_precision": "refused questions that indeed have no answer",
    "refusal_recall": "questions without an answer that were refused",
    "false_refusal_rate": "questions with an answer that were refused; less is better",
    "ambiguity": "ambiguous questions that were asked back",
    "aurc": "area under the risk-coverage curve; less is better",
}
"""Measure -> what it says, in words."""


def figure(value: float | None) -> str:
    """Return a figure as people read it, a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def result_table(result: Result) -> Table:
    """Return one table: total, by language, by type (and by set, if there are several)."""
    names = [name for name in MEASURES if any(name in f for f in _all_figures(result))]
    table = Table(title=f"{result.system.name} · {', '.join(one.name for one in result.sets)}")
    table.add_column("slice")
    for head in ("n", *(SHORT.get(name, name) for name in names)):
        table.add_column(head, justify="right")
    for parts in result.measures.values():
        for part, figures in parts.items():
            cells = [figure(figures.get(name)) for name in names]
            table.add_row(Text(part), str(int(figures["questions"])), *cells)
        if parts:
            table.add_section()
    return table


def _all_figures(result: Result) -> list[Mapping[str, float]]:
    return [figures for parts in result.measures.values() for figures in parts.values()]


def plain_table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, justify: Side = "right"
) -> Table:
    """Return a table of texts; columns after the first are set to the `justify` side."""
    table = Table(title=title)
    for number, head in enumerate(heads):
        table.add_column(head, justify=justify if number else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
