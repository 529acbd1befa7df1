"""Closed word lists (abbreviations, months, validity, roles) from `words.toml`.

Knows where the words are. Does not know what reads them, and holds no labels: those are profiles.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists, case-folded; `months` maps every name, inflected and short, to 1..12."""

    abbreviations: frozenset[str]
    months: Mapping[str, int]
    valid_from: tuple[str, ...]
    valid_until: tuple[str, ...]
    fillers: tuple[str, ...]
    range_words: tuple[str, ...]
    roles: tuple[str, ...]
    role_words: frozenset[str]
    modifiers: frozenset[str]
    particles: tuple[str, ...]
    joiners: tuple[str, ...]


@cache
def load_words() -> Words:
    """Open the word lists that ship with the package, once."""
    raw = tomllib.loads((files("corpus") / "words.toml").read_text("utf-8"))
    validity, people = raw["validity"], raw["people"]
    return Words(
        abbreviations=frozenset(word for group in raw["abbreviations"].values() for word in group),
        months=_months(raw["months"]),
        valid_from=_longest_first(validity["from"]),
        valid_until=_longest_first(validity["until"]),
        fillers=_longest_first(validity["fillers"]),
        range_words=_longest_first(validity["range"]),
        roles=_longest_first(people["roles"]),
        role_words=frozenset(people["role_words"]),
        modifiers=frozenset(people["modifiers"]),
        particles=tuple(people["particles"]),
        joiners=tuple(people["joiners"]),
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def _months(raw: Mapping[str, list[str]]) -> dict[str, int]:
    named = {
        name + ending: number
        for language in ("fi", "sv", "en", "short")
        for number, name in enumerate(raw[language], start=1)
        for ending in ("", *(raw["endings"] if language == "fi" else ()))
    }
    return dict(sorted(named.items(), key=lambda item: (-len(item[0]), item[0])))
