"""Half-precision numbers as single-precision ones, by their bits.

Knows the two formats of IEEE 754. Does not know what the numbers are. numpy converts one at a time,
four times as slowly.
"""

import numpy as np
from numpy.typing import NDArray

from embeddings.model import Floats

_SHIFT = 13  # bits of the fraction that a half does not have
_KEPT = np.int32(0x8FFFE000 - (1 << 32))  # sign, exponent and fraction, shifted
_BIAS = np.float32(2.0 ** (127 - 15))  # the exponents' biases apart


def widened(halves: NDArray[np.float16]) -> Floats:
    """Return finite `halves` as float32 of the same shape and value, subnormal ones included."""
    bits = np.ascontiguousarray(halves).view(np.int16).astype(np.int32)  # the sign fills the top
    bits <<= _SHIFT
    bits &= _KEPT
    wide = bits.view(np.float32)
    wide *= _BIAS
    return wide
