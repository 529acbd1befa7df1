"""The numbers of the recipe in one place. It knows nothing but them; DECISIONS.md says why."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the model is made; the defaults are those of the model that ships."""

    vocabulary: int = 24_000
    pieces: Literal["bpe", "unigram"] = "bpe"
    dim: int = 512
    seed: int = 1
    steps: int = 20_000
    batch: int = 2048
    rate: float = 0.01
    warm_up: int = 50
    scale: float = 20.0
    average_from: float = 0.7
    late_from: float = 0.4
    late_every: int = 2
    late_batch: int = 384
    late_same: float = 0.5
    late_scale: float = 20.0
    late_share: float = 0.5
    dense_beside_late: float = 0.5
