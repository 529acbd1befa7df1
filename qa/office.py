"""Whether a role is one that a page's own persons have, or somebody else's: "finance director".

Knows the endings of roles and the words in which persons are asked for. Does not know pages.
"""

from collections.abc import Iterable
from functools import lru_cache

from corpus.words import load_words


def calls(role: str, known: frozenset[str]) -> bool:
    """Tell whether a role is among the words `known`, alone, or begins as a role there does.

    "Projektsamordnare" does where "projektchef" is known, and "ekonomichef" does not.
    """
    beginning = _beginning(role)
    return role in known or beginning == "" or beginning in _beginnings(known)


def _beginning(word: str) -> str | None:
    """Return what stands before the ending of a role; None where there is no such ending."""
    ends = (ending for ending in load_words().roles if word.endswith(ending))
    longest = max(ends, key=len, default=None)
    return None if longest is None else word.removesuffix(longest)


@lru_cache(maxsize=4)
def _beginnings(known: frozenset[str]) -> frozenset[str]:
    return frozenset(_every(known))


def _every(known: Iterable[str]) -> Iterable[str]:
    return (found for word in known if (found := _beginning(word)))
