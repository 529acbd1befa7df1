"""How sure an answer is: a logistic model over a few named signals, and the threshold to abstain.

Knows signals and their fitted weights (`calibration.json`; see `eval/fit_confidence.py`). Does
not know how the signals were measured. Platt's scaling of several scores (Platt, 1999).
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

MET = 0.4  # of `rest`; below it a passage hardly speaks of what is asked
SHIPPED = Path(__file__).parent / "calibration.json"


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against the top passage; each about 0 to 1.

    `late` is the weighted mean of the best word matches, `weakest` the worst match among the
    telling words, `dense` the cosine, `lexical` the share of telling words that stand in the
    passage, `margin` the lead over the best passage of another document, `named` whether a
    document was named and the passage is its, `elsewhere` whether one was named and the passage
    is another's, `unknown` whether a name was said that the passage has not, `cross` whether
    passage and question differ in language, `field` whether the passage carries the field asked
    for. `rest`, `weakest_rest` and `lexical_rest` are `late`, `weakest` and `lexical` over what is
    said beside the names, and `unmet` how far `rest` falls short of `MET`: a person named, of whom
    something is asked that no page tells, is met by name alone. `person` is whether one is named
    and no field of theirs is asked for. `kind` is how far the passage has the number, place or name
    that is asked for, and `kindless` whether it has none of what is. `quoted` is `rest` of the
    sentence that would be quoted. `missed` is the share of what is said beside the names that the
    passage has nothing like, `untold` the same for its whole document.
    """

    late: float
    weakest: float
    dense: float
    lexical: float
    margin: float
    named: float
    elsewhere: float
    unknown: float
    cross: float
    field: float
    rest: float
    weakest_rest: float
    lexical_rest: float
    unmet: float
    person: float
    kind: float
    kindless: float
    quoted: float
    missed: float
    untold: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of one encoder's signals; `threshold` is where Kysy starts to answer."""

    weights: Mapping[str, float]
    bias: float
    threshold: float

    def probability(self, signals: Signals) -> float:
        """Return the calibrated probability that the passage answers, in [0, 1]."""
        total = self.bias + sum(
            self.weights.get(name, 0.0) * value for name, value in asdict(signals).items()
        )
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def calibration_from(table: Mapping[str, Any]) -> Calibration:
    """Return a calibration from its JSON form."""
    return Calibration(table["weights"], float(table["bias"]), float(table["threshold"]))


@cache
def shipped_table(encoder: str) -> Mapping[str, Any]:
    """Return the calibration shipped for an encoder's identity, in its JSON form.

    Another encoder's similarities have another scale, so an unknown one gets the default, which
    counts words and names alone. `kysy index` stores it with the snapshot.
    """
    table = json.loads(SHIPPED.read_text(encoding="utf-8"))
    chosen = table if table["encoder"] == encoder else table["default"]
    return {"encoder": encoder, **{key: chosen[key] for key in ("weights", "bias", "threshold")}}


def shipped_calibration(encoder: str) -> Calibration:
    """Return the calibration shipped for an encoder's identity."""
    return calibration_from(shipped_table(encoder))
