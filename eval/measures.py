"""Retrieval measures of the field, computed by ir_measures (trec_eval below it).

Knows the measures' names and how a run and judgements go in. The one module that imports
ir_measures, an extra: `pip install 'kysy[eval]'`. Does not know questions or answers.

Ties are broken as trec_eval breaks them (score, then item id, both descending), for every measure
alike. A judged query that a run does not name scores zero.

nDCG: Järvelin and Kekäläinen 2002. Reciprocal rank: Kantor and Voorhees 2000.
"""

import importlib
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from corpus.errors import KysyError
from eval.trec import Qrels, Run

STANDARD: Mapping[str, str] = {
    "hit@1": "Success@1",
    "hit@3": "Success@3",
    "MRR@10": "RR@10",
    "nDCG@10": "nDCG@10",
    "Recall@10": "R@10",
}
"""Our name -> the name ir_measures parses."""


def measure_run(
    qrels: Qrels, run: Run, names: Sequence[str] = tuple(STANDARD)
) -> dict[str, dict[str, float]]:
    """Return measure name -> query id -> value in [0, 1], for every judged query."""
    library = _library()
    measures = {str(_parse(library, name)): name for name in names}
    scores: dict[str, dict[str, float]] = {name: dict.fromkeys(qrels, 0.0) for name in names}
    judged = {query: dict(items) for query, items in qrels.items()}
    ordered = {query: _ordered(items) for query, items in run.items() if query in qrels}
    if not judged or not ordered:
        return scores
    parsed = [_parse(library, name) for name in names]
    for metric in library.iter_calc(parsed, judged, ordered):
        scores[measures[str(metric.measure)]][metric.query_id] = float(metric.value)
    return scores


def mean(values: Mapping[str, float]) -> float:
    """Return the mean over queries, 0.0 when there is none."""
    return sum(values.values()) / len(values) if values else 0.0


def _ordered(items: Mapping[str, float]) -> dict[str, float]:
    """Return the items with distinct scores, in trec_eval's order.

    trec_eval keeps scores in single precision: what is equal there is a tie.
    """
    single = {item: float(np.float32(score)) for item, score in items.items()}
    ranked = sorted(items, key=lambda item: (single[item], item), reverse=True)
    return {item: float(len(ranked) - rank) for rank, item in enumerate(ranked)}


def _parse(library: ModuleType, name: str) -> Any:  # noqa: ANN401 - the library's own type
    try:
        return library.parse_measure(STANDARD.get(name, name))
    except (NameError, ValueError, AttributeError, SyntaxError) as error:
        raise KysyError(f'"{name}" is no measure of ir_measures', fix="nDCG@10, say") from error


def _library() -> ModuleType:
    try:
        return importlib.import_module("ir_measures")
    except ImportError as error:
        raise KysyError(
            "retrieval measures need ir-measures", fix="pip install 'kysy[eval]'"
        ) from error
