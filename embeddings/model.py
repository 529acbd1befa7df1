"""Values that the search engines of a snapshot return.

Knows rows and scores. Does not know what a row stands for.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Rows: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hits:
    """Rows of a snapshot with their scores, best first; both are `(k,)`, higher is better."""

    rows: Rows
    scores: Floats
