"""A classifier of texts by example: which field the patterns near a question speak for, together.

Kernel ridge regression of the fields on the patterns' rows, by the Nystrom method: a sample of the
patterns stands for all (Williams and Seeger, 2001). Where the nearest pattern alone is chance, a
field that many patterns around the question share outdoes it. Texts are compared in the space of
the patterns' own principal directions (latent semantic analysis: Deerwester et al., 1990), a third
of the numbers to read for each question. Fitted in closed form, so that the same patterns and the
same encoder always give the same weights. Knows rows and labels alone.
"""

import numpy as np
from numpy.typing import NDArray

from embeddings.model import Floats

SHARPNESS = 4.0  # of the kernel exp(SHARPNESS * (cosine - 1))
RIDGE = 1.0
BALANCE = 0.25  # 0: every pattern weighs the same; 1: every field does
STEP = 4  # every fourth pattern is a landmark
JITTER = 1e-4
DIRECTIONS = 192  # principal directions of the patterns that are kept
VERSION = 1  # to be raised with every change of the code below
METHOD = f"nystrom {VERSION} {SHARPNESS} {RIDGE} {BALANCE} {STEP} {JITTER} {DIRECTIONS}"


def directions(rows: Floats) -> Floats:
    """Return the principal directions of the patterns' rows `(n, dim)`, `(dim, DIRECTIONS)`.

    Fewer where `dim` is less; in the order of what they tell, the most last.
    """
    _, vectors = np.linalg.eigh((rows.T @ rows).astype(np.float64))
    return np.ascontiguousarray(vectors[:, -DIRECTIONS:], dtype=np.float32)


def along(rows: Floats, axes: Floats) -> Floats:
    """Return rows `(n, dim)` along the directions `axes`, unit rows; zero rows stay zero."""
    turned = rows @ axes
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    return np.asarray(turned / np.maximum(lengths, 1e-9), dtype=np.float32)


def landmarks(count: int) -> slice:
    """Return which of `count` patterns, sorted by field, stand for all."""
    return slice(0, count, STEP)


def fit(rows: Floats, labels: NDArray[np.int64]) -> Floats:
    """Return weights `(landmarks, fields)` from the patterns' rows `(n, dim)` and fields `(n,)`."""
    chosen = rows[landmarks(len(rows))]
    near, among = kernel(rows @ chosen.T), kernel(chosen @ chosen.T)
    weight = np.bincount(labels)[labels] ** -BALANCE
    weighted = near * (weight / weight.mean()).astype(np.float32)[:, None]
    left = weighted.T @ near + RIDGE * among + JITTER * np.eye(len(chosen), dtype=np.float32)
    right = weighted.T @ np.eye(labels.max() + 1, dtype=np.float32)[labels]
    return np.linalg.solve(left.astype(np.float64), right).astype(np.float32)


def kernel(cosines: Floats) -> Floats:
    """Return how much a landmark counts at a cosine, in (0, 1]."""
    return np.asarray(np.exp(SHARPNESS * (cosines - 1)), dtype=np.float32)
