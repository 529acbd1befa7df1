"""The late-interaction score as a loss: each word of a query looks for its best passage word.

score(q, p) = sum over q's words of weight * max over p's words of cosine, over the sum of the
weights; a word's vector is the sum of its tokens' rows, and its weight is that vector's norm times
the word's inverse document frequency. (ColBERT, Khattab and Zaharia 2020, over a static table.)
The collection is the batch. It knows token rows. It does not know how batches are drawn. The
search for the best words is the one inner loop that numba compiles: torch's own maximum over
runs of different lengths took ten times as long.
"""

import numpy as np
import torch
from numba import njit
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import normalize

from embeddings.tokens import TokenLists, idf, words_of
from embeddings.training.table import Touched, bag


def late_scores(touched: Touched, queries: TokenLists, passages: TokenLists) -> Tensor:
    """Return (queries, passages) scores in [-1, 1]. Queries and passages must not be empty."""
    words = words_of(TokenLists.join([queries, passages]))
    asked, kept = words.split(len(queries))
    rows = bag(touched, words.tokens)
    columns, asked_place = np.unique(asked.numbers, return_inverse=True)
    held, kept_place = np.unique(kept.numbers, return_inverse=True)
    a, b = rows[torch.from_numpy(columns)], rows[torch.from_numpy(held)]
    cosine = normalize(b) @ normalize(a).T
    best_rows = np.empty((len(passages), len(columns)), np.int32)
    _best_rows(cosine.detach().numpy(), kept_place.astype(np.int32), kept.offsets, best_rows)
    best = cosine.gather(0, torch.from_numpy(best_rows).long())
    rare = torch.from_numpy(idf(kept.document_frequency()[columns], len(passages)))
    shares = _shares(a.norm(dim=1) * rare, asked.owners, asked_place, len(queries))
    return shares @ best.T


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


def _shares(
    weight: Tensor, owners: NDArray[np.int64], place: NDArray[np.int64], queries: int
) -> Tensor:
    """Return (queries, words): what share of its query's weight each word has; rows sum to 1."""
    owner, column = torch.from_numpy(owners), torch.from_numpy(place)
    weights = weight[column]
    total = torch.zeros(queries).index_add(0, owner, weights).clamp(min=1e-6)
    out = torch.zeros(queries, len(weight))
    return out.index_put((owner, column), weights / total[owner], accumulate=True)
