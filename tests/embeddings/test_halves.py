"""Half-precision numbers read by their bits."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from embeddings.halves import WidenedRows, widened


def test_every_finite_half_keeps_its_value() -> None:
    """All 65,536 halves but infinities and NaN come out as numpy converts them, zeros signed."""
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)]
    expected = finite.astype(np.float32)
    found = widened(finite)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(np.signbit(found), np.signbit(expected))


def test_shape_is_kept_and_strides_do_not_matter() -> None:
    """A slice with gaps gives the rows that numpy gives."""
    rows = np.random.default_rng(0).standard_normal((6, 8)).astype(np.float16)[::2, ::-1]
    np.testing.assert_array_equal(widened(rows), rows.astype(np.float32))


def test_rows_are_widened_as_they_are_taken() -> None:
    """Whatever was taken before, and beyond the first room, rows are those of the whole table."""
    halves = np.random.default_rng(1).standard_normal((20_000, 4)).astype(np.float16)
    rows, wide = WidenedRows(halves), halves.astype(np.float32)
    assert rows.shape == (20_000, 4)
    for first in (19_000, 0, 3_000, 100):
        numbers = np.arange(first, 20_000, 7)[::-1].repeat(2)
        np.testing.assert_array_equal(rows.take(numbers), wide[numbers])
    assert rows.take(np.zeros(0, np.int64)).shape == (0, 4)


def test_threads_widen_the_same_rows_once() -> None:
    """Eight threads that take overlapping rows at once, beyond the first room, each get theirs."""
    halves = np.random.default_rng(2).standard_normal((40_000, 4)).astype(np.float16)
    rows, wide = WidenedRows(halves), halves.astype(np.float32)
    start = threading.Barrier(8)

    def take(seed: int) -> bool:
        numbers = np.random.default_rng(seed).integers(0, 40_000, (60, 400))
        start.wait()
        return all(np.array_equal(rows.take(each), wide[each]) for each in numbers)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(take, range(8)))
