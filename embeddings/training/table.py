"""The token table while it is trained: bags of rows forward and back, and the update of its rows.

It knows the table as a dense float32 matrix and touches only the rows of the batch. It does not
know texts or losses. Torch's own embedding-bag gradient is ten times slower (it coalesces); here
the gradient is itself an embedding bag, over the transposed token lists.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.autograd.function import FunctionCtx
from torch.nn.functional import embedding_bag

from embeddings.tokens import TokenLists


@dataclass(frozen=True, slots=True)
class Touched:
    """The distinct tokens of a batch and their rows, ready for a gradient.

    `tokens` (n,) int64 ascending; `rows` (n, dim); `place` (vocabulary,) gives each token's row.
    """

    tokens: Tensor
    rows: Tensor
    place: NDArray[np.int64]


class _Bag(torch.autograd.Function):
    """Sum of rows for each text; the backward pass is a bag over the transposed lists."""

    @staticmethod
    def forward(
        ctx: FunctionCtx, rows: Tensor, flat: Tensor, offsets: Tensor, owner: Tensor, starts: Tensor
    ) -> Tensor:
        ctx.save_for_backward(owner, starts)
        return embedding_bag(flat, rows, offsets, mode="sum")

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:  # noqa: ANN401 - torch's
        owner, starts = ctx.saved_tensors
        rows = embedding_bag(owner, gradient.contiguous(), starts, mode="sum")
        return rows, None, None, None, None


def bag(touched: Touched, texts: TokenLists) -> Tensor:
    """Return the sum of token rows of each text: (texts, dim)."""
    flat = touched.place[texts.ids].astype(np.int32)
    narrow = flat.astype(np.uint16) if len(touched.tokens) < 65_536 else flat
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), texts.lengths)
    order = owner[np.argsort(narrow, kind="stable")]
    counts = np.bincount(flat, minlength=len(touched.tokens))
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)[:-1]]).astype(np.int32)
    result: Tensor = _Bag.apply(  # type: ignore[no-untyped-call]
        touched.rows,
        torch.from_numpy(flat),
        torch.from_numpy(texts.offsets[:-1].astype(np.int32)),
        torch.from_numpy(order),
        torch.from_numpy(starts),
    )
    return result


class Table:
    """Rows (vocabulary, dim) with Adam whose second moment is one number a row."""

    def __init__(self, rows: Tensor) -> None:
        self.rows = rows
        self.mean = torch.zeros_like(rows)
        self.square = torch.zeros(len(rows))
        self.steps = torch.zeros(len(rows))
        self.total = torch.zeros_like(rows)
        self.summed = torch.zeros(1)

    def touch(self, *texts: TokenLists) -> Touched:
        """Collect the rows that `texts` need."""
        present = np.zeros(len(self.rows), bool)
        for each in texts:
            present[each.ids] = True
        tokens = np.flatnonzero(present)
        place = np.zeros(len(self.rows), np.int64)
        place[tokens] = np.arange(len(tokens))
        index = torch.from_numpy(tokens)
        return Touched(index, self.rows[index].requires_grad_(), place)

    def state(self) -> dict[str, Tensor]:
        """Return all that a checkpoint holds, by name."""
        return {
            "rows": self.rows,
            "mean": self.mean,
            "square": self.square,
            "counts": self.steps,
            "total": self.total,
            "summed": self.summed,
        }

    def restore(self, state: dict[str, Tensor]) -> None:
        """Take over a state."""
        self.rows, self.mean = state["rows"], state["mean"]
        self.square, self.steps = state["square"], state["counts"]
        self.total, self.summed = state["total"], state["summed"]

    def accumulate(self) -> None:
        """Add the rows as they stand to the average."""
        self.total += self.rows
        self.summed += 1

    def averaged(self) -> Tensor:
        """Return the mean of the rows at each `accumulate`, or the rows where there was none."""
        return self.total / self.summed if self.summed else self.rows

    def update(self, touched: Touched, rate: float) -> None:
        """Take one Adam step on the touched rows with their gradient."""
        gradient = touched.rows.grad
        if gradient is None:
            return
        tokens = touched.tokens
        steps = self.steps[tokens] + 1
        mean = self.mean[tokens].mul_(0.9).add_(gradient, alpha=0.1)
        square = self.square[tokens].mul_(0.99).add_(gradient.square().mean(1), alpha=0.01)
        self.steps[tokens], self.mean[tokens], self.square[tokens] = steps, mean, square
        scale = rate / (1 - 0.9**steps) / ((square / (1 - 0.99**steps)).sqrt_() + 1e-8)
        self.rows[tokens] = touched.rows.detach().sub_(mean * scale[:, None])
