"""Best matches of texts and windows, against plain loops."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from embeddings.windows import STEP, STEPS, text_maxima, window_maxima

LENGTHS = st.lists(st.integers(0, 40), min_size=1, max_size=6)


def made(lengths: list[int]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Make values of three rows for texts of these lengths."""
    values = np.random.default_rng(sum(lengths)).standard_normal((3, sum(lengths)))
    return values.astype(np.float32), np.cumsum([0, *lengths])


@given(LENGTHS)
def test_the_maximum_of_a_text_is_over_its_own_words(lengths: list[int]) -> None:
    """Each text's maximum is its slice's; a text without words has 0."""
    values, offsets = made(lengths)
    expected = [
        values[:, first:last].max(axis=1) if last > first else np.zeros(3)
        for first, last in pairwise(offsets)
    ]
    np.testing.assert_array_equal(text_maxima(values, offsets), np.stack(expected, axis=1))


@given(LENGTHS)
def test_a_window_is_a_slice_of_one_text(lengths: list[int]) -> None:
    """Windows are sixteen words of one text, four words apart, the last ones shorter."""
    values, offsets = made(lengths)
    found, ends = window_maxima(values, offsets)
    expected = [
        [
            values[:, at : min(at + STEP * STEPS, last)].max(axis=1)
            for at in range(first, last, STEP)
        ]
        for first, last in pairwise(offsets.tolist())
    ]
    assert ends.tolist() == np.cumsum([0, *map(len, expected)]).tolist()
    flat = [window for windows in expected for window in windows]
    assert found.shape == (3, len(flat))
    if flat:
        np.testing.assert_array_equal(found, np.stack(flat, axis=1))
