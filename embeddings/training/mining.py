"""Puts rows with like texts side by side, so that batches drawn in runs hold hard negatives.

Likeness is the cosine of the texts' bags over random token rows that are short for common tokens:
what shares rare tokens lies near, as BM25 would say. The rows are cut in two, again and again,
between two groups of their own (the trees of Annoy, Bernhardsson 2013), so that the leaves are
neighbourhoods of one size. It knows token lists. It does not know texts, batches or losses.
"""

from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from embeddings.model import Floats, Rows
from embeddings.tokens import TokenLists
from embeddings.training.prepare import Tokens

NEIGHBOURHOOD = 160  # rows that stand together, and that a batch draws a run from
_LONGEST = 128
_DIM = 64
_SAMPLE = 500
_ROUNDS = 4
_CHUNK = 50_000


def mined(tokens: Tokens, rows: Floats, seed: int) -> Tokens:
    """Return the source with its rows ordered by the likeness of their `b` texts.

    `rows` (vocabulary, dim) are the token rows that likeness is measured with.
    """
    order = neighbourhoods(bags(tokens.b, rows[:, :_DIM]), np.random.default_rng(seed))
    return replace(
        tokens,
        a=tokens.a.take(order),
        noisy=tokens.noisy.take(order),
        b=tokens.b.take(order),
        keys=tokens.keys[order],
    )


def bags(texts: TokenLists, rows: Floats) -> Floats:
    """Return the unit sum of the token rows of each text, `(len(texts), dim)`; none is empty."""
    out = np.empty((len(texts), rows.shape[1]), np.float32)
    for start in range(0, len(texts), _CHUNK):
        part = texts.take(np.arange(start, min(start + _CHUNK, len(texts))), _LONGEST)
        out[start : start + _CHUNK] = np.add.reduceat(rows[part.ids], part.offsets[:-1])
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    return out


def neighbourhoods(vectors: Floats, random: Generator) -> Rows:
    """Return the rows of `vectors` in an order that keeps like ones together."""
    leaves, open_ = [], [np.arange(len(vectors))]
    while open_:
        part = open_.pop()
        if len(part) <= NEIGHBOURHOOD:
            leaves.append(part)
            continue
        along = vectors[part] @ _direction(vectors[part], random)
        halves = np.argpartition(along, len(part) // 2)
        open_ += [part[halves[len(part) // 2 :]], part[halves[: len(part) // 2]]]
    return np.concatenate(leaves)


def _direction(vectors: Floats, random: Generator) -> NDArray[np.float32]:
    """Return the line between the means of two groups of a sample, found by a few rounds."""
    sample = vectors[random.choice(len(vectors), min(_SAMPLE, len(vectors)), replace=False)]
    line: NDArray[np.float32] = sample[0] - sample[1]
    for _ in range(_ROUNDS):
        one = sample @ line > np.median(sample @ line)
        if one.any() and not one.all():
            line = sample[one].mean(axis=0) - sample[~one].mean(axis=0)
    return line
