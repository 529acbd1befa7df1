"""Scores a model folder on the held-out benchmarks and prints one table.

It knows scores, ranks and the late-interaction formula that the product ranks with. It does not
know how a model was trained. Other encoders are scored through the `Encoder` protocol, dense only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Rows
from embeddings.tokens import TokenLists, idf, words_of
from embeddings.training.benchmarks import Retrieval, parallel, paraphrases, retrieval
from embeddings.windows import text_maxima, window_maxima
from embeddings.word_table import word_rows

Floats = NDArray[np.float32]
CANDIDATES = 200
DENSE_BESIDE_LATE = 0.45
NEAR = 0.4  # share of the best window in the late score; the rest is the whole passage's
LENGTH_NORM = 0.06  # what a passage loses for e times as many words: they meet more by chance
DEPTH = 10
_BATCH = 512


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: what was measured, and its values in the order of `columns`."""

    name: str
    columns: tuple[str, ...]
    values: tuple[float, ...]


def evaluate(encoder: Encoder, data: Path, every: int = 1) -> list[Figure]:
    """Measure everything that the encoder can do; late interaction where it has token vectors."""
    questions = retrieval(data, every)
    figures = retrieval_figures(encoder, questions)
    for name, one, other in parallel(data):
        scores = encode(encoder.encode_passages, one) @ encode(encoder.encode_passages, other).T
        figures.append(Figure(name, ("both ways",), (both_ways(scores),)))
    for name, pairs in paraphrases(data):
        a, b = encode(encoder.encode_passages, pairs.a), encode(encoder.encode_passages, pairs.b)
        precision = average_precision((a * b).sum(axis=1), pairs.same)
        figures.append(Figure(name, ("AP of label 4",), (precision,)))
    return figures


def retrieval_figures(encoder: Encoder, questions: Retrieval) -> list[Figure]:
    """Measure hit@1 and recall@10 of questions to passages, dense and with late interaction."""
    passages = encode(encoder.encode_passages, questions.passages)
    figures = []
    for language, texts in questions.questions.items():
        dense = encode(encoder.encode_queries, texts) @ passages.T
        figures.append(_ranked(f"squad2_fi_retrieval {language}, dense", dense, questions.gold))
        if isinstance(encoder, TokenEncoder):
            late = late_scores(encoder, texts, questions.passages)
            late -= LENGTH_NORM * log_lengths(encoder, questions.passages)
            together = among_best(late + DENSE_BESIDE_LATE * dense, dense)
            name = f"squad2_fi_retrieval {language}, late + dense"
            figures.append(_ranked(name, together, questions.gold))
    return figures


def encode(encoder: Callable[[Sequence[str]], Floats], texts: Sequence[str]) -> Floats:
    """Encode in batches: (texts, dim), unit rows."""
    parts = [encoder(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
    return np.concatenate(parts)


def late_scores(encoder: TokenEncoder, queries: Sequence[str], passages: Sequence[str]) -> Floats:
    """Return (queries, passages): weighted mean of each query word's best cosine.

    It is looked for in the whole passage and in its best window; `NEAR` mixes the two. A word's
    weight is the norm of the sum of its tokens' rows times its idf over `passages`. Every query
    has one word at least.
    """
    texts = TokenLists.join([encoder.tokens(queries), encoder.tokens(passages)])
    asked, held = words_of(texts).split(len(queries))
    chosen, place = np.unique(asked.numbers, return_inverse=True)
    rows = _word_rows(encoder, asked.tokens.take(chosen))
    norms = np.linalg.norm(rows, axis=1)
    weights = norms * idf(held.document_frequency()[chosen], len(passages))
    unit = rows / np.maximum(norms, 1e-9)[:, None]
    shares = _shares(weights[place], asked.offsets)
    scores = np.zeros((len(queries), len(passages)), np.float32)
    for column, (first, last) in enumerate(pairwise(held.offsets.tolist())):
        words = held.tokens.take(held.numbers[first:last])
        best = _best(unit, _word_rows(encoder, words))
        scores[:, column] = _means(best[place], shares, asked.offsets)
    return scores


def log_lengths(encoder: TokenEncoder, passages: Sequence[str]) -> Floats:
    """Return the logarithm of each passage's number of words, `(passages,)`."""
    words = np.diff(words_of(encoder.tokens(passages)).offsets)
    return np.log(np.maximum(words, 1)).astype(np.float32)


def among_best(scores: Floats, first: Floats) -> Floats:
    """Keep the scores of the `CANDIDATES` best columns by `first`; the others lose."""
    depth = min(CANDIDATES, first.shape[1])
    floor = -np.partition(-first, depth - 1, axis=1)[:, depth - 1 : depth]
    kept: Floats = np.where(first >= floor, scores, np.float32(-9))
    return kept


def ranks(scores: Floats, gold: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each row's rank of its gold column, from 0; a tie counts against it."""
    own = scores[np.arange(len(gold)), gold][:, None]
    better: NDArray[np.int64] = (scores >= own).sum(axis=1) - 1
    return better


def both_ways(scores: Floats) -> float:
    """Return the share of nearest neighbours that are right, the mean of both directions."""
    right = np.arange(len(scores))
    ways = (scores.argmax(axis=1) == right).mean(), (scores.argmax(axis=0) == right).mean()
    return float(np.mean(ways))


def average_precision(scores: Floats, relevant: NDArray[np.bool_]) -> float:
    """Return the mean precision at the relevant rows, ordered by falling score."""
    hits = relevant[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| measured | figure |", "| --- | --- |"]
    for figure in figures:
        values = ", ".join(
            f"{column} {value:.3f}"
            for column, value in zip(figure.columns, figure.values, strict=True)
        )
        lines.append(f"| {figure.name} | {values} |")
    return "\n".join(lines)


def _word_rows(encoder: TokenEncoder, words: TokenLists) -> Floats:
    return word_rows(words.ids, words.offsets, encoder) if len(words) else np.zeros((0, 1), "f4")


def _shares(weights: Floats, offsets: Rows) -> Floats:
    """Return each query word's share of its query's weight."""
    total = np.add.reduceat(weights, offsets[:-1])
    shares: Floats = weights / np.repeat(np.maximum(total, 1e-9), np.diff(offsets))
    return shares


def _best(vectors: Floats, rows: Floats) -> Floats:
    """Return each vector's best cosine in the whole passage, then in each of its windows."""
    if not len(rows):
        return np.zeros((len(vectors), 2), np.float32)
    unit = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    cosine, whole = vectors @ unit.T, np.array([0, len(rows)])
    return np.hstack([text_maxima(cosine, whole), window_maxima(cosine, whole)[0]])


def _means(best: Floats, shares: Floats, offsets: Rows) -> Floats:
    """Return each query's weighted mean: the whole passage's mixed with the best window's."""
    means = np.add.reduceat(best * shares[:, None], offsets[:-1])
    mixed: Floats = (1 - NEAR) * means[:, 0] + NEAR * means[:, 1:].max(axis=1)
    return mixed


def _ranked(name: str, scores: Floats, gold: NDArray[np.int64]) -> Figure:
    places = ranks(scores, gold)
    values = float((places == 0).mean()), float((places < DEPTH).mean())
    return Figure(name, ("hit@1", f"recall@{DEPTH}"), values)
