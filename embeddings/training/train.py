"""The training loop: batches in, a trained table out, with checkpoints to go on from.

It knows the recipe and one draw of a stage. It does not know files of texts or the export. Steps
have the dense loss; from some point on every second step is a late-interaction step, more of them
on questions and passages, so that the one table serves both scores. The result is the mean of the
rows over the last part of the steps.
"""

import logging
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import torch
from torch import Tensor

from corpus.errors import KysyError
from embeddings.training.batches import Drawing, Sampler
from embeddings.training.losses import dense_loss, late_loss
from embeddings.training.prepare import Tokens
from embeddings.training.recipe import Draw, Recipe
from embeddings.training.table import Table

logger = logging.getLogger(__name__)

_REPORT_SECONDS = 20.0
_SAVE_SECONDS = 180.0
_LAST_RATE = 0.02
_AVERAGE_EVERY = 20
_SIF = 1e-3


@dataclass(slots=True)
class Progress:
    """Where a run stands: steps done, steps in all, and the running mean of each loss."""

    done: int
    steps: int
    dense: float = 0.0
    late: float = 0.0


class Training:
    """One draw of a stage, from rows (vocabulary, dim), which are copied.

    A step depends on the seed and its number alone: a resumed draw equals an unbroken one.
    """

    def __init__(self, tokens: Sequence[Tokens], rows: Tensor, recipe: Recipe, draw: Draw) -> None:
        self.recipe = recipe
        self.draw = draw
        self.progress = Progress(done=0, steps=draw.stage.steps)
        self._start = zlib.crc32(rows.numpy().tobytes())
        self.table = Table(rows.clone())
        drawing = Drawing(size=recipe.batch)
        dense = last_mixture(tokens) if draw.stage.last else tokens
        self._all = Sampler(dense, drawing, draw.seed)
        late = replace(drawing, size=recipe.late_batch, drop=0.0)
        self._late = Sampler(late_mixture(tokens, recipe.late_same), late, draw.seed + 1)

    def run(self, checkpoint: Path | None = None) -> None:
        """Train to the last step, reporting and saving now and then."""
        started = reported = saved = time.monotonic()
        first = self.progress.done
        while self.progress.done < self.progress.steps:
            self.step()
            now = time.monotonic()
            if now - reported > _REPORT_SECONDS:
                reported = now
                self._report((now - started) / (self.progress.done - first))
            if checkpoint and now - saved > _SAVE_SECONDS:
                saved = now
                self.save(checkpoint)
        if checkpoint:
            self.save(checkpoint)

    def step(self) -> None:
        """Take one step."""
        progress, number = self.progress, self.progress.done
        if self._is_late(number):
            batch = self._late.draw(number)
            touched = self.table.touch(batch.a, batch.b)
            loss = late_loss(touched, batch, self.recipe)
            progress.late = _running(progress.late, loss.item())
        else:
            batch = self._all.draw(number)
            touched = self.table.touch(batch.a, batch.b)
            loss = dense_loss(touched, batch, self.recipe)
            progress.dense = _running(progress.dense, loss.item())
        loss.backward()  # type: ignore[no-untyped-call]
        self.table.update(touched, self._rate(number))
        averaging = number >= self.recipe.average_from * progress.steps
        if averaging and number % _AVERAGE_EVERY == 0:
            self.table.accumulate()
        progress.done += 1

    def save(self, path: Path) -> None:
        """Write the state, aside and renamed."""
        temporary = path.with_suffix(".part.npz")
        state: dict[str, Any] = {name: part.numpy() for name, part in self.table.state().items()}
        done, steps = self.progress.done, self.progress.steps
        np.savez(temporary, done=done, steps=steps, made_of=self._made_of(), **state)
        temporary.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a saved state. Raises `KysyError` when it does not fit this draw."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                state = {name: torch.from_numpy(stored[name]) for name in self.table.state()}
                done, steps = int(stored["done"]), int(stored["steps"])
                made_of = stored["made_of"].tolist()
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise KysyError(
                f"not a checkpoint ({error})", where=str(path), fix="delete it to start anew"
            ) from error
        if made_of != self._made_of():
            what = "the checkpoint is of another recipe"
            raise KysyError(what, where=str(path), fix="delete it and all later ones")
        self.table.restore(state)
        self.progress = Progress(done, steps)

    def _made_of(self) -> list[int]:
        """Return what a checkpoint must agree in: the seed, the size and the rows begun with."""
        return [self.draw.seed, *self.table.rows.shape, self._start]

    def _is_late(self, number: int) -> bool:
        late_from = self.draw.stage.late_from * self.progress.steps
        return number >= late_from and number % self.recipe.late_every == 0

    def _rate(self, number: int) -> float:
        left = 1 - number / self.progress.steps
        warm = min(1.0, (number + 1) / self.recipe.warm_up)
        return self.draw.stage.rate * warm * max(_LAST_RATE, left)

    def _report(self, seconds_a_step: float) -> None:
        progress = self.progress
        left = (progress.steps - progress.done) * seconds_a_step
        logger.info(
            "%s: step %d of %d, loss %.3f dense %.3f late, %.0f ms a step, %d min left",
            self.draw.name,
            progress.done,
            progress.steps,
            progress.dense,
            progress.late,
            1000 * seconds_a_step,
            round(left / 60),
        )


def late_mixture(tokens: Sequence[Tokens], same: float) -> list[Tokens]:
    """Return the sources with the shares of late steps: those of equal texts count `same`."""
    return [
        replace(each, source=replace(each.source, share=each.source.share * same))
        if each.source.kind == "same"
        else each
        for each in tokens
    ]


def last_mixture(tokens: Sequence[Tokens]) -> list[Tokens]:
    """Return the sources with their last shares."""
    return [
        each
        if each.source.last is None
        else replace(each, source=replace(each.source, share=each.source.last))
        for each in tokens
    ]


def first_rows(tokens: Sequence[Tokens], vocabulary: int, recipe: Recipe) -> Tensor:
    """Return random rows (vocabulary, dim); a row is the shorter the commoner its token (SIF).

    Sources that the first stage does not draw from are not counted.
    """
    counts = np.ones(vocabulary)
    for each in (each for each in tokens if each.source.share):
        counts += np.bincount(each.a.ids, minlength=vocabulary)
        counts += np.bincount(each.b.ids, minlength=vocabulary)
    weights = torch.from_numpy(_SIF / (_SIF + counts / counts.sum())).float()
    generator = torch.Generator().manual_seed(recipe.seed)
    rows = torch.randn(vocabulary, recipe.dim, generator=generator)
    scaled: Tensor = rows * weights[:, None] / recipe.dim**0.5
    return scaled


def _running(mean: float, value: float) -> float:
    return value if mean == 0.0 else 0.98 * mean + 0.02 * value
