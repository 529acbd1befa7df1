"""The numbers of the recipe in one place. It knows nothing but them; DECISIONS.md says why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the training: `draws` times `steps` steps from the same rows, by other batches.

    The mean of its tables is where the next stage starts from. Late-interaction steps begin after
    the share `late_from` of the steps. With `last` the dense steps draw by the last shares.
    """

    name: str
    steps: int
    rate: float
    draws: int = 1
    late_from: float = 0.0
    last: bool = False


@dataclass(frozen=True, slots=True)
class Draw:
    """One table of a stage: the seed of its batches, and the name of its checkpoint."""

    stage: Stage
    number: int
    seed: int

    @property
    def name(self) -> str:
        """What the draw is called in the log and in the work folder."""
        return f"{self.stage.name}-{self.number}"


STAGES = (
    Stage("run", steps=18_000, rate=0.01, late_from=0.4),
    Stage("short", steps=1_500, rate=0.005, draws=2, last=True),
    Stage("dense", steps=350, rate=0.004, draws=4, late_from=1.0, last=True),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the model is made; the defaults are those of the model that ships."""

    vocabulary: int = 28_000
    pieces: Literal["bpe", "unigram", "wordpiece"] = "wordpiece"
    dim: int = 512
    seed: int = 1
    stages: tuple[Stage, ...] = STAGES
    batch: int = 2048
    warm_up: int = 50
    scale: float = 20.0
    average_from: float = 0.7
    late_every: int = 2
    late_batch: int = 384
    late_same: float = 0.5
    late_scale: float = 20.0
    late_share: float = 0.5
    dense_beside_late: float = 0.5

    @property
    def steps(self) -> int:
        """Steps of all draws."""
        return sum(stage.steps * stage.draws for stage in self.stages)

    def draws(self) -> Iterator[tuple[Draw, ...]]:
        """Yield the draws of each stage; no two have the same seed."""
        seed = self.seed
        for stage in self.stages:
            made = [Draw(stage, n, seed + 2 * n) for n in range(1, stage.draws + 1)]
            seed = made[-1].seed
            yield tuple(made)

    def scaled(self, steps: int) -> "Recipe":
        """Return the recipe with about `steps` steps in all, shared out as before."""
        share = steps / self.steps
        stages = (replace(each, steps=max(1, round(each.steps * share))) for each in self.stages)
        return replace(self, stages=tuple(stages))
