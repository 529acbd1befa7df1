"""Token lists of many texts in flat arrays, and the words that their tokens are pieces of.

Knows token ids and which of them begin a word. Does not know text, vectors or what a word means.

A tokenizer cuts a rare or inflected word into several tokens, none of which says much alone: what
late interaction matches are words, each with all its tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.model import Rows

LONGEST_WORD = 64  # tokens; the rest of what is longer, such as text without spaces, is left out
_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: odd, with bits well spread
_POWERS = np.array([pow(_GOLDEN, i + 1, _MASK + 1) for i in range(LONGEST_WORD)], np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class TokenLists:
    """Texts as tokens: text `i` is `ids[offsets[i]:offsets[i + 1]]`.

    `heads` marks the tokens that begin a word; the first token of a text always does.
    """

    ids: NDArray[Any]
    offsets: NDArray[np.int64]
    heads: NDArray[np.bool_]

    @classmethod
    def of(
        cls, texts: Sequence[Sequence[int]], words: Sequence[Sequence[int]] | None = None
    ) -> Self:
        """Pack the texts' token ids `(n,)` uint32.

        `words` numbers the word of each token within its text; without it each is a word.
        """
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        count = int(lengths.sum())
        ids = np.fromiter(chain.from_iterable(texts), np.uint32, count)
        offsets = _ends(lengths)
        heads = np.ones(count, bool)
        if words is not None:
            numbers = np.fromiter(chain.from_iterable(words), np.int64, count)
            heads[1:] = numbers[1:] != numbers[:-1]
            heads[offsets[:-1][lengths > 0]] = True
        return cls(ids, offsets, heads)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def text(self, i: int) -> NDArray[Any]:
        """Return the ids of one text."""
        return self.ids[self.offsets[i] : self.offsets[i + 1]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Number of tokens of each text."""
        return np.diff(self.offsets)

    def take(self, texts: Rows, limit: int | None = None) -> "TokenLists":
        """Return some texts, each with at most `limit` tokens."""
        places, offsets = gather(self.offsets, texts, limit)
        return TokenLists(self.ids[places], offsets, self.heads[places])

    def kept(self, mask: NDArray[np.bool_]) -> "TokenLists":
        """Return the texts with their marked tokens alone; a word is still a word."""
        owners = np.repeat(np.arange(len(self)), self.lengths)[mask]
        words = np.cumsum(self.heads)[mask]
        heads = np.ones(len(words), bool)
        heads[1:] = words[1:] != words[:-1]
        return TokenLists(self.ids[mask], _ends(np.bincount(owners, minlength=len(self))), heads)

    @staticmethod
    def join(parts: Sequence["TokenLists"]) -> "TokenLists":
        """Return the texts of all `parts`, in order."""
        return TokenLists(
            np.concatenate([part.ids for part in parts]),
            _ends(np.concatenate([part.lengths for part in parts])),
            np.concatenate([part.heads for part in parts]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The distinct words of some texts, and which of them each text has.

    Word `w` has the hash `keys[w]` (ascending) and the tokens `tokens.text(w)`; text `i` has the
    words `numbers[offsets[i]:offsets[i + 1]]`, in its order.
    """

    keys: NDArray[np.uint64]
    tokens: TokenLists
    numbers: Rows
    offsets: Rows

    @property
    def owners(self) -> Rows:
        """Return the text of each word in `numbers`."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def document_frequency(self) -> NDArray[np.int64]:
        """Return in how many texts each distinct word is, `(len(self.keys),)`."""
        count = max(len(self.keys), 1)
        pairs = np.unique(self.owners * count + self.numbers)
        return np.bincount(pairs % count, minlength=len(self.keys))

    def split(self, text: int) -> tuple["Words", "Words"]:
        """Return the words of the texts before `text`, and those of the others."""
        border, at = self.offsets[text], text + 1
        before = Words(self.keys, self.tokens, self.numbers[:border], self.offsets[:at])
        after = self.offsets[text:] - border
        return before, Words(self.keys, self.tokens, self.numbers[border:], after)


def words_of(texts: TokenLists) -> Words:
    """Return the words of `texts`, each distinct one once, cut to `LONGEST_WORD` tokens."""
    short = _places(texts) < LONGEST_WORD
    if not short.all():
        texts = texts.kept(short)
    starts = np.flatnonzero(texts.heads)
    bounds = np.append(starts, len(texts.ids))
    hashes = _keys(texts)
    keys, first, numbers = np.unique(hashes, return_index=True, return_inverse=True)
    tokens = TokenLists(texts.ids, bounds, texts.heads).take(first.astype(np.int64))
    return Words(keys, tokens, numbers, np.searchsorted(starts, texts.offsets))


def _keys(texts: TokenLists) -> NDArray[np.uint64]:
    """Return a hash of the tokens of each word, texts end to end; equal words have equal ones."""
    if not len(texts.ids):
        return np.zeros(0, np.uint64)
    mixed = (texts.ids.astype(np.uint64) + np.uint64(1)) * _POWERS[_places(texts)]
    return np.add.reduceat(mixed, np.flatnonzero(texts.heads))


def _places(texts: TokenLists) -> NDArray[np.int64]:
    """Return the place of each token in its word, from 0."""
    starts = np.flatnonzero(texts.heads)
    numbers = np.cumsum(texts.heads) - 1
    places: NDArray[np.int64] = np.arange(len(texts.ids)) - starts[numbers]
    return places


def idf(frequency: NDArray[np.int64], texts: int) -> NDArray[np.float32]:
    """Return BM25's inverse document frequency, ln(1 + (n - df + 0.5) / (df + 0.5))."""
    return np.log1p((texts - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)


def distinct(numbers: NDArray[Any], bound: int) -> tuple[Rows, Rows]:
    """Return the distinct `numbers`, ascending, and the place of each number among them.

    All are below `bound`. What `numpy.unique` does by sorting, by a table of `bound` entries.
    """
    present = np.zeros(bound, bool)
    present[numbers] = True
    found = np.flatnonzero(present)
    places = np.empty(bound, np.int64)
    places[found] = np.arange(len(found))
    return found, places[numbers]


def gather(offsets: Rows, texts: Rows, limit: int | None = None) -> tuple[Rows, Rows]:
    """Return the places of the values of `texts`, end to end, and where each text's begin.

    Text `i` holds the values `offsets[i]:offsets[i + 1]`, of which at most `limit` are taken.
    """
    starts = offsets[texts]
    lengths = offsets[texts + 1] - starts
    ends = _ends(lengths if limit is None else np.minimum(lengths, limit))
    places = np.arange(ends[-1]) + np.repeat(starts - ends[:-1], np.diff(ends))
    return places, ends


def _ends(lengths: Rows) -> Rows:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)])
