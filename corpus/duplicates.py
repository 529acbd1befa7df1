"""Group near-identical texts: exact copies and those whose word shingles nearly coincide.

An exact set-similarity join, not a sketch: two sets can only be as alike as asked if they share
one of their few rarest members (prefix filter: Chaudhuri, Ganti, Kaushik 2006), early enough in
both (positional filter: Xiao, Wang, Lin, Yu 2008, "PPJoin"). Boilerplate that differs by a name
differs in just those, so look-alike pages cost little. Groups are connected components of exact
Jaccard similarity: they depend neither on the order of the texts nor on the run. Does not know
documents, nor which copy is the better one.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_WORD = re.compile(r"\w+")
_SHINGLE = 3
_EPSILON = 1e-9


def near_duplicate_groups(texts: Sequence[str], threshold: float = 0.9) -> Integers:
    """Give every text the lowest row of its group, shape (n,).

    `threshold` is the Jaccard similarity of 3-word shingles, in (0, 1], from which two texts are
    one; case, punctuation and white space do not count. A text without any word is a copy only of
    the same text.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must be in (0, 1], not {threshold}")
    distinct, distinct_of = _distinct(texts)
    join = _Join(*_shingles(distinct), threshold)
    labels = join.run()[distinct_of]
    lowest = np.full(len(distinct), len(texts), dtype=np.int64)
    np.minimum.at(lowest, labels, np.arange(len(texts)))
    rows: Integers = lowest[labels]
    return rows


def _distinct(texts: Sequence[str]) -> tuple[list[tuple[str, ...]], Integers]:
    """Find the distinct word sequences, and the one of each text."""
    known: dict[tuple[str, ...], int] = {}
    rows = np.empty(len(texts), dtype=np.int64)
    for row, text in enumerate(texts):
        words = tuple(_WORD.findall(text.casefold())) or ("", text)
        rows[row] = known.setdefault(words, len(known))
    return list(known), rows


def _shingles(sequences: Sequence[tuple[str, ...]]) -> tuple[Integers, Integers]:
    """Rank each text's distinct shingles, rarest first: flat (m,), and offsets (n + 1,)."""
    vocabulary: dict[str, int] = {}
    flat: list[int] = []
    lengths = np.zeros(len(sequences), dtype=np.int64)
    for row, words in enumerate(sequences):
        padded = words + ("",) * (_SHINGLE - len(words))
        lengths[row] = len(padded)
        flat.extend([vocabulary.setdefault(word, len(vocabulary)) for word in padded])
    if not flat:
        return np.empty(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
    hashes = np.array([_stable_hash(word) for word in vocabulary], dtype=np.uint64)
    return _rarest_first(*_hashed(hashes[np.array(flat)], lengths), len(sequences))


def _hashed(words: Hashes, lengths: Integers) -> tuple[Hashes, Integers]:
    """Hash every run of three words within a text, and say whose it is."""
    hashes = _mixed(words[:-2] * np.uint64(0x9E3779B97F4A7C15) ^ words[1:-1])
    hashes = _mixed(hashes * np.uint64(0xC2B2AE3D27D4EB4F) ^ words[2:])
    owner = np.repeat(np.arange(len(lengths)), lengths)
    inside = owner[:-2] == owner[2:]
    return hashes[inside], owner[:-2][inside]


def _rarest_first(hashes: Hashes, owner: Integers, count: int) -> tuple[Integers, Integers]:
    order = np.lexsort((hashes, owner))
    hashes, owner = hashes[order], owner[order]
    first = np.ones(len(hashes), dtype=bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (owner[1:] != owner[:-1])
    hashes, owner = hashes[first], owner[first]
    distinct, number, frequency = np.unique(hashes, return_inverse=True, return_counts=True)
    rank = np.empty(len(distinct), dtype=np.int64)
    rank[np.lexsort((distinct, frequency))] = np.arange(len(distinct))
    ranks = rank[number]
    ranks = ranks[np.lexsort((ranks, owner))]
    sizes = np.bincount(owner, minlength=count)
    return ranks, np.concatenate(([0], np.cumsum(sizes)))


def _mixed(values: Hashes) -> Hashes:
    """Spread every input bit over the whole hash (splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed


def _stable_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


class _Join:
    """Sets of ranked shingles, joined where they are alike."""

    def __init__(self, ranks: Integers, offsets: Integers, threshold: float) -> None:
        self._ranks, self._offsets, self._threshold = ranks, offsets, threshold
        self._sizes = np.diff(offsets)
        self._labels = np.arange(len(self._sizes))
        self._members = [[row] for row in range(len(self._sizes))]
        self._marks = np.zeros(int(ranks.max(initial=-1)) + 1, dtype=bool)

    def run(self) -> Integers:
        """Join all pairs and give the set of every text, shape (n,)."""
        owner, position, end = self._postings()
        by_owner = np.argsort(owner, kind="stable")
        borders = np.flatnonzero(np.diff(owner[by_owner])) + 1
        starts = [0, *borders.tolist(), len(owner)]
        for low, high in pairwise(starts if len(owner) else [0]):
            mine = by_owner[low:high]
            self._probe(int(owner[mine[0]]), mine, owner, position, end)
        return self._labels

    def _postings(self) -> tuple[Integers, Integers, Integers]:
        """List the prefix members that several texts share, by member, then by text.

        Three arrays (p,): whose it is, its place in that text's set, and where its list ends.
        """
        owner = np.repeat(np.arange(len(self._sizes)), self._sizes)
        position = np.arange(len(self._ranks)) - self._offsets[owner]
        least = np.ceil(self._threshold * self._sizes - _EPSILON).astype(np.int64)
        inside = position < (self._sizes - least + 1)[owner]
        ranks, owner, position = self._ranks[inside], owner[inside], position[inside]
        order = np.lexsort((owner, ranks))
        ranks, owner, position = ranks[order], owner[order], position[order]
        shared = np.zeros(len(ranks), dtype=bool)
        shared[1:] = ranks[1:] == ranks[:-1]
        shared[:-1] |= shared[1:]
        ranks = ranks[shared]
        return owner[shared], position[shared], np.searchsorted(ranks, ranks, side="right")

    def _probe(
        self, row: int, mine: Integers, owner: Integers, position: Integers, end: Integers
    ) -> None:
        """Join a text with the later ones that share a member of its prefix and prove alike."""
        pieces = [np.arange(entry + 1, end[entry]) for entry in mine]
        later = np.concatenate(pieces)
        later_of = np.repeat(position[mine], [len(piece) for piece in pieces])
        others = owner[later]
        sizes = self._sizes[others]
        needed = self._needed(row, sizes)
        best = np.minimum(self._sizes[row] - later_of, sizes - position[later])
        possible = (best >= needed) & (self._labels[others] != self._labels[row])
        candidates = np.unique(others[possible])
        if len(candidates):
            for other in candidates[self._alike(row, candidates)].tolist():
                self._unite(row, other)

    def _needed(self, row: int, sizes: Integers) -> NDArray[np.float64]:
        """Say how many members a text must share with texts of these sizes."""
        share = self._threshold / (1 + self._threshold)
        needed: NDArray[np.float64] = share * (self._sizes[row] + sizes) - _EPSILON
        return needed

    def _alike(self, row: int, candidates: Integers) -> NDArray[np.bool_]:
        own = self._ranks[self._offsets[row] : self._offsets[row + 1]]
        sizes = self._sizes[candidates]
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        within = np.arange(sizes.sum()) - np.repeat(starts, sizes)
        members = self._ranks[np.repeat(self._offsets[candidates], sizes) + within]
        self._marks[own] = True
        common = np.add.reduceat(self._marks[members].astype(np.int64), starts)
        self._marks[own] = False
        alike: NDArray[np.bool_] = common >= self._needed(row, sizes)
        return alike

    def _unite(self, first: int, second: int) -> None:
        one, two = int(self._labels[first]), int(self._labels[second])
        if one == two:
            return
        if len(self._members[one]) < len(self._members[two]):
            one, two = two, one
        self._labels[self._members[two]] = one
        self._members[one].extend(self._members[two])
        self._members[two] = []
