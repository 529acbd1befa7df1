"""Half-precision numbers read by their bits."""

import numpy as np

from embeddings.halves import widened


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
