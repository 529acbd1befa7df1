"""What the table is trained to do: tell each text's partner from the others of its batch.

It knows batches and token rows. It does not know where batches come from or how rows are updated.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize

from embeddings.tokens import TokenLists
from embeddings.training.batches import Batch
from embeddings.training.late import late_scores
from embeddings.training.recipe import Recipe
from embeddings.training.table import Touched, bag

_NEVER = -1e4


def dense_loss(touched: Touched, batch: Batch, recipe: Recipe) -> Tensor:
    """Cross entropy of each text's partner among the batch, by the cosine of the texts' rows."""
    if not batch.both_ways:
        passages, target = distinct(batch)
        return cross_entropy(_cosines(touched, batch.a, passages) * recipe.scale, target)
    scores = _cosines(touched, batch.a, batch.b) * recipe.scale + _equal_keys(batch.keys)
    target = torch.arange(len(scores))
    return (cross_entropy(scores, target) + cross_entropy(scores.T, target)) / 2


def late_loss(touched: Touched, batch: Batch, recipe: Recipe) -> Tensor:
    """Cross entropy by late interaction, by late interaction with the dense score, and by dense.

    These are the scores the product ranks with: candidates by dense, order by the sum.
    """
    passages, target = distinct(batch)
    late = late_scores(touched, batch.a, passages)
    dense = _cosines(touched, batch.a, passages)
    together = late + recipe.dense_beside_late * dense
    share = recipe.late_share
    return (
        share * cross_entropy(late * recipe.late_scale, target)
        + share * cross_entropy(together * recipe.late_scale, target)
        + (1 - share) * cross_entropy(dense * recipe.scale, target)
    )


def distinct(batch: Batch) -> tuple[TokenLists, Tensor]:
    """Return the batch's passages, one for each key, and each question's place among them."""
    _, first, place = np.unique(batch.keys, return_index=True, return_inverse=True)
    return batch.b.take(first.astype(np.int64)), torch.from_numpy(place)


def _cosines(touched: Touched, a: TokenLists, b: TokenLists) -> Tensor:
    return normalize(bag(touched, a)) @ normalize(bag(touched, b)).T


def _equal_keys(keys: NDArray[np.int64]) -> Tensor:
    """Return a matrix that rules out rows of an equal key, but not a row's own partner."""
    same = keys[:, None] == keys[None, :]
    np.fill_diagonal(same, False)
    return torch.from_numpy(same.astype(np.float32)) * _NEVER
