"""Half-precision numbers as single-precision ones, by their bits.

Knows the two formats of IEEE 754. Does not know what the numbers are. numpy converts one at a time,
four times as slowly.
"""

import threading

import numpy as np
from numpy.typing import NDArray

from embeddings.model import Floats
from embeddings.tokens import distinct

_SHIFT = 13  # bits of the fraction that a half does not have
_KEPT = np.int32(0x8FFFE000 - (1 << 32))  # sign, exponent and fraction, shifted
_FIRST = 8_192  # rows that there is room for at first; a question needs some thousands
_BIAS = np.float32(2.0 ** (127 - 15))  # the exponents' biases apart


def widened(halves: NDArray[np.float16]) -> Floats:
    """Return finite `halves` as float32 of the same shape and value, subnormal ones included."""
    bits = np.ascontiguousarray(halves).view(np.int16).astype(np.int32)  # the sign fills the top
    bits <<= _SHIFT
    bits &= _KEPT
    wide = bits.view(np.float32)
    wide *= _BIAS
    return wide


class WidenedRows:
    """A table of halves `(n, dim)` of which each row is widened when it is first taken.

    A few questions need few rows, and the pages of a whole table take a fifth of a cold start. When
    half of the rows are wanted, all are widened and the halves let go. Safe to share between
    threads.
    """

    def __init__(self, halves: NDArray[np.float16]) -> None:
        self.shape: tuple[int, ...] = halves.shape
        self._halves = halves
        self._places = np.full(len(halves), -1, np.int64)  # of each row among the widened ones
        self._rows = np.empty((min(_FIRST, len(halves)), halves.shape[1]), np.float32)
        self._count = 0
        self._lock = threading.Lock()

    def take(self, numbers: NDArray[np.integer]) -> Floats:
        """Return rows `(len(numbers), dim)` float32, a copy; IndexError for a row that is not."""
        places = self._places[numbers]
        if len(places) and places.min() < 0:
            self._widen(numbers)
            places = self._places[numbers]
        return np.asarray(self._rows.take(places, axis=0), dtype=np.float32)

    def _widen(self, numbers: NDArray[np.integer]) -> None:
        """Widen the rows that are not; places are told only when the rows are there."""
        with self._lock:
            missing, _ = distinct(numbers[self._places[numbers] < 0], len(self._places))
            count = self._count + len(missing)
            if count > len(self._places) // 2:
                missing = np.flatnonzero(self._places < 0)
                count = len(self._places)
            if count > len(self._rows):
                room = np.empty((min(2 * count, len(self._places)), self.shape[1]), np.float32)
                room[: self._count] = self._rows[: self._count]
                self._rows = room
            self._rows[self._count : count] = widened(self._halves[missing])
            self._places[missing] = np.arange(self._count, count)
            self._count = count
            if count == len(self._places):
                self._halves = self._halves[:0].copy()
