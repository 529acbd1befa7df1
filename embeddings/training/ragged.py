"""Token lists of many texts in two flat arrays, so that a batch is cut out without a Python loop.

It knows arrays. It does not know what the numbers mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different lengths: row `i` is `flat[offsets[i]:offsets[i + 1]]`."""

    flat: NDArray[np.uint16]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Self:
        """Pack the rows; values must be below 65,536."""
        lengths = np.fromiter((len(row) for row in rows), np.int64, len(rows))
        flat = np.fromiter((i for row in rows for i in row), np.uint16, int(lengths.sum()))
        return cls(flat, np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]))

    def row(self, i: int) -> NDArray[np.uint16]:
        """Return one row."""
        return self.flat[self.offsets[i] : self.offsets[i + 1]]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Number of values of each row."""
        return np.diff(self.offsets)

    def take(self, rows: NDArray[np.int64], limit: int) -> "Ragged":
        """Cut out `rows`, each at most `limit` values long."""
        starts = self.offsets[rows]
        lengths = np.minimum(self.offsets[rows + 1] - starts, limit)
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
        places = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
        return Ragged(self.flat[places], offsets)

    def keep(self, mask: NDArray[np.bool_]) -> "Ragged":
        """Keep the marked values of `flat`; a row that would be empty stays whole."""
        rows = np.repeat(np.arange(len(self)), self.lengths)
        left = np.bincount(rows[mask], minlength=len(self))
        mask = mask | (left[rows] == 0)
        lengths = np.bincount(rows[mask], minlength=len(self))
        return Ragged(self.flat[mask], np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)]))

    def replaced(self, other: "Ragged", where: NDArray[np.bool_]) -> "Ragged":
        """Return these rows, but those of `other` where marked."""
        both = joined(self, other)
        rows = np.arange(len(self)) + np.where(where, len(self), 0)
        return both.take(rows, int(both.lengths.max(initial=0)))


def joined(first: Ragged, second: Ragged) -> Ragged:
    """Return the rows of `first`, then those of `second`."""
    return Ragged(
        np.concatenate([first.flat, second.flat]),
        np.concatenate([first.offsets, second.offsets[1:] + first.offsets[-1]]),
    )
