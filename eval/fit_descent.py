"""Finding the weights at which a loss is least: L-BFGS-B (Byrd et al., 1995) from SciPy.

The only importer of SciPy (`pip install "kysy[training]"`). Does not know what is learned.
"""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]  # SciPy ships no types

from embeddings.model import Floats

Bound = tuple[float | None, float | None]


def least(
    loss: Callable[[Floats], tuple[float, Floats]], start: Floats, bounds: Sequence[Bound]
) -> Floats:
    """Return where `loss`, which gives value and gradient, is least within `bounds`."""
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)
