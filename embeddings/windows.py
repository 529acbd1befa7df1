"""Best matches over runs of columns: over whole texts, and over windows of neighbouring words.

Question words that are met close together tell more than the same words scattered over a text
(term proximity: Tao and Zhai, 2007), here by meaning. Knows matrices and where texts begin in
their columns. Does not know words, vectors or ranking.
"""

import numpy as np

from embeddings.model import Floats, Rows

STEP = 4  # columns from one window to the next
STEPS = 4  # steps in a window: 16 words


def text_maxima(values: Floats, offsets: Rows) -> Floats:
    """Return the maximum of each text in each row of `values` (rows, words): (rows, texts).

    Text `i` has the columns `offsets[i]:offsets[i + 1]`; a text without any gives 0.
    """
    lengths = np.diff(offsets)
    maxima = np.zeros((values.shape[0], len(lengths)), np.float32)
    filled = lengths > 0
    if filled.any():
        maxima[:, filled] = np.maximum.reduceat(values, offsets[:-1][filled], axis=1)
    return maxima


def window_maxima(values: Floats, offsets: Rows) -> tuple[Floats, Rows]:
    """Return the maxima of each text's windows end to end, and where each text's begin.

    A window is `STEP * STEPS` columns of one text, or fewer at its end; the next begins `STEP`
    columns later. The result is (rows, windows) and (texts + 1,).
    """
    counts = -(-np.diff(offsets) // STEP)
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    owners = np.repeat(np.arange(len(counts)), counts)
    if not len(owners):
        return np.zeros((values.shape[0], 0), np.float32), ends
    places = np.arange(len(owners))
    starts = offsets[:-1][owners] + STEP * (places - ends[:-1][owners])
    best = steps = np.maximum.reduceat(values, starts, axis=1)
    last = ends[1:][owners] - 1
    for ahead in range(1, STEPS):
        best = np.maximum(best, steps[:, np.minimum(places + ahead, last)])
    return best, ends
