"""The names of places in fi, sv and en: Finland's regions, municipalities and counties, and others.

Places abroad are there to be noticed when no document speaks of them.

Knows names only. Does not know inflection (the analyser does), documents, or where a place is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

from corpus.model import LANGUAGES, Language

Kind = Literal["region", "subregion", "municipality", "county", "abroad"]
TABLES = ("places.tsv", "abroad.tsv", "demonyms.tsv")


@dataclass(frozen=True, slots=True)
class Place:
    """A place and its names by language, the usual one first; a language may have none."""

    place_id: str
    kind: Kind
    names: Mapping[Language, tuple[str, ...]]


@lru_cache(maxsize=1)
def load_places() -> tuple[Place, ...]:
    """Return all places of the bundled lists, in their order."""
    folder = files("corpus").joinpath("places")
    tables = (folder.joinpath(name).read_text(encoding="utf-8") for name in TABLES)
    names: dict[tuple[str, str], dict[str, list[str]]] = {}
    for line in (line for table in tables for line in table.splitlines()[1:]):
        place_id, kind, language, name = line.split("\t")
        names.setdefault((place_id, kind), {}).setdefault(language, []).append(name)
    return tuple(_place(place_id, kind, found) for (place_id, kind), found in names.items())


@lru_cache(maxsize=1)
def place_words() -> frozenset[str]:
    """Return the place names of one word in lower case: words that are never taken apart."""
    names = (n for place in load_places() for names in place.names.values() for n in names)
    return frozenset(name.casefold() for name in names if name.isalpha())


def _place(place_id: str, kind: str, found: dict[str, list[str]]) -> Place:
    names = {language: tuple(found.get(language, ())) for language in LANGUAGES}
    return Place(place_id, cast("Kind", kind), MappingProxyType(names))
