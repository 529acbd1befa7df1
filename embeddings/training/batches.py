"""Draws batches: each from one source, with neighbours of its file among the negatives.

Neighbours are of the same document, or alike where the source was mined. It knows token arrays and
the mixture's shares. It does not know vectors or losses. A batch depends on the seed and its number
alone, so that a resumed run draws what an unbroken one would have drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from embeddings.tokens import TokenLists
from embeddings.training.mining import NEIGHBOURHOOD
from embeddings.training.prepare import Tokens

_RUN = 32


@dataclass(frozen=True, slots=True)
class Batch:
    """Row `i` of `a` belongs to row `i` of `b`; rows of equal keys are no negatives."""

    source: str
    both_ways: bool
    a: TokenLists
    b: TokenLists
    keys: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How batches are drawn: rows, tokens a text at most, chances of mistakes and lost tokens."""

    size: int = 2048
    longest: int = 128
    noise: float = 0.12
    drop: float = 0.15


class Sampler:
    """Batches by number; sources come by their share."""

    def __init__(self, tokens: Sequence[Tokens], drawing: Drawing, seed: int) -> None:
        self._tokens = tokens
        self._drawing = drawing
        self._seed = seed
        shares = np.array([each.source.share for each in tokens], float)
        self._shares = shares / shares.sum()

    def draw(self, number: int) -> Batch:
        """Draw batch `number`."""
        random = np.random.default_rng((self._seed, number))
        tokens = self._tokens[int(random.choice(len(self._tokens), p=self._shares))]
        rows = _rows(len(tokens.keys), self._drawing.size, random)
        a = self._questions(tokens, rows, random)
        b = tokens.b.take(rows, self._drawing.longest)
        return Batch(
            source=tokens.source.name,
            both_ways=tokens.source.kind == "same",
            a=dropped(a, self._drawing.drop, random),
            b=dropped(b, self._drawing.drop, random),
            keys=tokens.keys[rows],
        )

    def _questions(self, tokens: Tokens, rows: NDArray[np.int64], random: Generator) -> TokenLists:
        """Cut out the `a` texts, some of them with typing mistakes."""
        wrong = random.random(len(rows)) < self._drawing.noise
        a = tokens.a.take(rows, self._drawing.longest)
        mistaken = tokens.noisy.take(rows, self._drawing.longest)
        chosen = np.arange(len(rows)) + np.where(wrong, len(rows), 0)
        return TokenLists.join([a, mistaken]).take(chosen)


def _rows(count: int, size: int, random: Generator) -> NDArray[np.int64]:
    """Choose rows in short runs, each from one neighbourhood of the file."""
    if count <= size:
        return random.permutation(count)
    runs = [
        start + random.choice(NEIGHBOURHOOD, _RUN, replace=False)
        for start in random.integers(0, max(1, count - NEIGHBOURHOOD), max(1, size // _RUN))
    ]
    return np.unique(np.minimum(np.concatenate(runs), count - 1))


def dropped(texts: TokenLists, share: float, random: Generator) -> TokenLists:
    """Leave out some tokens by chance, so that no single one is relied on; never a whole text."""
    if not share:
        return texts
    mask = random.random(len(texts.ids)) >= share
    owners = np.repeat(np.arange(len(texts)), texts.lengths)
    left = np.bincount(owners[mask], minlength=len(texts))
    return texts.kept(mask | (left[owners] == 0))
