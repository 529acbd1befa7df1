"""The late-interaction score as a loss: each query token looks for its best passage token.

score(q, p) = sum over q's tokens of weight * max over p's tokens of cosine, over the sum of the
weights; a token's weight is the norm of its row times its inverse document frequency. (ColBERT,
Khattab and Zaharia 2020, over a static table.) It knows token rows. It does not know how batches
are drawn. The search for the best tokens is the one inner loop that numba compiles: torch's own
maximum over ragged runs took ten times as long.
"""

import numpy as np
import torch
from numba import njit
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import normalize

from embeddings.training.ragged import Ragged
from embeddings.training.table import Touched


def late_scores(touched: Touched, queries: Ragged, passages: Ragged, idf: Tensor) -> Tensor:
    """Return (queries, passages) scores in [-1, 1]; `idf` is (vocabulary,) float32.

    Queries and passages must not be empty.
    """
    asked, asked_place = np.unique(queries.flat, return_inverse=True)
    kept, kept_place = np.unique(passages.flat, return_inverse=True)
    a = touched.rows[torch.from_numpy(touched.place[asked])]
    b = touched.rows[torch.from_numpy(touched.place[kept])]
    cosine = normalize(b) @ normalize(a).T
    rows = np.empty((len(passages), len(asked)), np.int32)
    _best_rows(cosine.detach().numpy(), kept_place.astype(np.int32), passages.offsets, rows)
    best = cosine.gather(0, torch.from_numpy(rows).long())
    weight = a.norm(dim=1) * idf[torch.from_numpy(asked.astype(np.int64))]
    return _shares(weight, queries, asked_place) @ best.T


@njit(cache=True)
def _best_rows(
    cosine: NDArray[np.float32],
    places: NDArray[np.int32],
    offsets: NDArray[np.int64],
    out: NDArray[np.int32],
) -> None:
    """For each run of `places` and each column, find the row of `cosine` with the largest value."""
    for run in range(len(offsets) - 1):
        first = places[offsets[run]]
        top = cosine[first].copy()
        found = np.full(len(top), first, np.int32)
        for j in range(offsets[run] + 1, offsets[run + 1]):
            place = places[j]
            row = cosine[place]
            for column in range(len(top)):
                larger = row[column] > top[column]
                top[column] = row[column] if larger else top[column]
                found[column] = place if larger else found[column]
        out[run] = found


def _shares(weight: Tensor, queries: Ragged, place: NDArray[np.int64]) -> Tensor:
    """Return (queries, tokens): what share of its query's weight each token has; rows sum to 1."""
    owner = torch.from_numpy(np.repeat(np.arange(len(queries)), queries.lengths))
    column = torch.from_numpy(place)
    weights = weight[column]
    total = torch.zeros(len(queries)).index_add(0, owner, weights).clamp(min=1e-6)
    out = torch.zeros(len(queries), len(weight))
    return out.index_put((owner, column), weights / total[owner], accumulate=True)
