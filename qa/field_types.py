"""Which types of field can answer to the question words.

Knows what steering words say. Does not know fields or their aliases.
"""

from collections.abc import Callable

from corpus.profiles import FieldType
from qa.steering import Steering

REACHED = frozenset({"email", "phone"})  # types by which a person is reached
TIMED = frozenset({"period", "date", "text", "person"})  # types that may tell a time
SPANNED = frozenset({"period", "person"})  # types that may tell a time from one day to another


def allowed(steering: Steering) -> Callable[[FieldType], bool]:
    """Return which types of field can answer to the question word."""
    if steering.asks_quantity or steering.expected.price:
        counted = {"number", "period"} if steering.expected.duration else {"number"}
        return lambda kind: kind in counted
    if steering.asks_why:
        return lambda kind: kind == "text"
    if steering.asks_when:
        times = SPANNED if steering.expected.span else TIMED
        return lambda kind: kind in times
    if steering.asks_who:
        return lambda kind: kind not in {"date", "period", "number"}
    if steering.asks_where:
        return lambda kind: kind not in {"date", "period", "number", "person"}
    return lambda kind: True


def meant(steering: Steering) -> Callable[[FieldType], bool]:
    """Return which types of field the question word alone can mean: a "who" is no address."""
    allows = allowed(steering)
    return lambda kind: allows(kind) and not (steering.asks_who and kind in REACHED)
