"""Keys by which a document's names are found: titles, persons, organisations, places, members.

A key is a name without diacritics, case, hyphens and spaces, so that "Itä-Savon", "ita savo" and
"itäsavo" meet. Knows documents and word analysis. Does not know questions or how names are scored.
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from rapidfuzz import fuzz, process

from corpus.acronyms import ACRONYM
from corpus.language import Analyzer, Token, fold
from corpus.model import LANGUAGES, Field, Language
from corpus.places import Place, load_places

NameKind = Literal[
    "place", "part", "title", "person", "given", "organisation", "member", "value", "acronym"
]

CACHED_WORDS = 100_000
CACHED_TEXTS = 64
CACHED_WINDOWS = 1_000  # runs of words; a question is looked through a few times
MAX_WINDOW = 4  # words of the longest name looked for
MEMBER_TOKENS = 3  # an item of a list of participants that is itself a name is this short
SHORTEST_STEM = 4  # letters that are left of a name when its ending is cut
TYPO_LENGTH = 6  # letters of the shortest place name that is recognised misspelt
TYPO_RATIO = 88  # of 100: "melerstafinland" is "mellerstafinland"; "itasavo" is not "etelasavo"
ITEM_BORDER = re.compile(r"[,;.:\n()]|\s(?:ja|eli|sekä|och|samt|and)\s")


@dataclass(frozen=True, slots=True)
class NameKey:
    """One key of one document."""

    key: str
    kind: NameKind


@lru_cache(maxsize=CACHED_WORDS)
def squeeze(text: str) -> str:
    """Return the text folded to letters and digits alone: "Itä-Savo" -> "itasavo"."""
    return "".join(character for character in fold(text) if character.isalnum())


@cache
def case_endings() -> tuple[str, ...]:
    """Return the case endings of the three languages, without diacritics."""
    table = _endings()
    return tuple(sorted({ending for language in LANGUAGES for ending in table[language]}))


@cache
def _endings() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "case_endings.toml").read_text("utf-8"))


def token_keys(token: Token) -> Mapping[str, float]:
    """Return the keys of one word with the trust in each, in (0, 1].

    A key made by cutting a case ending is trusted less than one that the analysis gave.
    """
    return _word_keys(token.surface, token.lemmas)


def keys_of(text: str, analyzer: Analyzer) -> frozenset[str]:
    """Return the keys of all words of a text."""
    return frozenset(key for token in analyzer.tokens(text) for key in token_keys(token))


def is_place(token: Token) -> bool:
    """Tell whether a word is a place's name, in whatever case."""
    return not _place_keys().isdisjoint(token_keys(token))


@cache
def _place_keys() -> frozenset[str]:
    names = (n for place in load_places() for own in place.names.values() for n in own)
    return frozenset(squeeze(name) for name in names if len(name.split()) == 1)


@lru_cache(maxsize=CACHED_WORDS)
def _word_keys(word: str, lemmas: tuple[str, ...]) -> Mapping[str, float]:
    surface = squeeze(word)
    keys = {surface: 1.0}
    for lemma in lemmas:
        keys.setdefault(squeeze(lemma), 1.0)
    for ending in case_endings():
        if surface.endswith(ending) and len(surface) - len(ending) >= SHORTEST_STEM:
            keys.update({key: 0.9 for key in _stems(surface[: -len(ending)]) if key not in keys})
    keys.pop("", None)
    return MappingProxyType(keys)


def _stems(cut: str) -> Iterator[str]:
    yield cut
    for changed, basic in _endings()["stems"].items():
        if cut.endswith(changed):
            yield cut.removesuffix(changed) + basic


@lru_cache(maxsize=CACHED_WINDOWS)
def window_keys(tokens: tuple[Token, ...]) -> Mapping[str, float]:
    """Return the keys of neighbouring words taken as one name; only the last one is inflected."""
    if len(tokens) == 1:
        return token_keys(tokens[0])
    head = "".join(squeeze(token.surface) for token in tokens[:-1])
    return MappingProxyType({head + key: trust for key, trust in token_keys(tokens[-1]).items()})


def windows(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Yield `[first, last)` of every run of at most `MAX_WINDOW` words, longest first."""
    for width in range(min(MAX_WINDOW, len(tokens)), 0, -1):
        for first in range(len(tokens) - width + 1):
            yield first, first + width


class PlaceNames:
    """Places by the key of each of their names in each language."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.place_id: place for place in places}
        self._by_key: dict[str, tuple[str, ...]] = {}
        for place in self._places.values():
            for name in _names(place):
                known = self._by_key.get(squeeze(name), ())
                self._by_key[squeeze(name)] = (*known, place.place_id)
        self._named = lru_cache(CACHED_TEXTS)(lambda tokens: tuple(self._find(tokens)))
        self._sorted = sorted(self._by_key)
        here = {p.place_id for p in self._places.values() if p.kind != "abroad"}
        self._long = tuple(
            key
            for key, ids in self._by_key.items()
            if len(key) >= TYPO_LENGTH and not here.isdisjoint(ids)
        )

    def of_key(self, key: str) -> tuple[str, ...]:
        """Return the ids of the places with this key; empty when there is none."""
        return self._by_key.get(key, ())

    def names(self, place_id: str, language: Language) -> tuple[str, ...]:
        """Return a place's names in a language, the usual one first."""
        return self._places[place_id].names.get(language, ())

    def keys(self, place_id: str) -> frozenset[str]:
        """Return the keys of every name of a place."""
        return frozenset(squeeze(name) for name in _names(self._places[place_id]))

    def near(self, key: str) -> tuple[str, ...]:
        """Return the ids of the places that a misspelt key means; empty when none is near."""
        found = process.extractOne(key, self._long, scorer=fuzz.ratio, score_cutoff=TYPO_RATIO)
        return self.of_key(found[0]) if found else ()

    def in_tokens(self, tokens: tuple[Token, ...]) -> Sequence[tuple[int, int, tuple[str, ...]]]:
        """Return `[first, last)` and place ids of the places named, longest first, none twice."""
        return self._named(tokens)

    def _find(self, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        taken: set[int] = set()
        opening = [self._opens(token) for token in tokens]
        for first, last in windows(tokens):
            if (opening[first] or last - first == 1) and taken.isdisjoint(range(first, last)):
                found = self._of_window(tokens[first:last])
                if found:
                    taken.update(range(first, last))
                    yield first, last, found

    def _opens(self, token: Token) -> bool:
        """Tell whether a place's name begins with the word: as most words' do not."""
        word = squeeze(token.surface)
        place = bisect_left(self._sorted, word)
        return place < len(self._sorted) and self._sorted[place].startswith(word)

    def _of_window(self, tokens: tuple[Token, ...]) -> tuple[str, ...]:
        known = [pair for pair in window_keys(tokens).items() if pair[0] in self._by_key]
        if not known:  # as nearly always
            return ()
        said = "".join(_letters(token.surface) for token in tokens)
        for key, _ in sorted(known, key=lambda pair: -pair[1]):
            found = tuple(i for i in self.of_key(key) if self._spelled(i, key, said))
            if found:
                return found
        return ()

    def _spelled(self, place_id: str, key: str, said: str) -> bool:
        """Tell whether a name of the place has every diacritic said: "vända" is not "Vanda"."""
        names = (name for name in _names(self._places[place_id]) if squeeze(name) == key)
        return any(
            all(a == b or a.isascii() for a, b in zip(said, _letters(name), strict=False))
            for name in names
        )


def _letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, diacritics kept."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _names(place: Place) -> list[str]:
    return sorted({name for names in place.names.values() for name in names})


def document_names(
    title: str,
    fields: Iterable[Field],
    types: Mapping[str, str],
    analyzer: Analyzer,
    places: PlaceNames,
) -> frozenset[NameKey]:
    """Return every key of a document; `types` gives the type of each field's name."""
    names = set(_title_names(title, analyzer, places))
    for field in fields:
        names.update(_field_names(field, types.get(field.name, "text"), analyzer, places))
    return frozenset(names)


def _title_names(title: str, analyzer: Analyzer, places: PlaceNames) -> Iterator[NameKey]:
    tokens = analyzer.tokens(title)
    for _, _, ids in places.in_tokens(tokens):
        yield from (NameKey(place_id, "place") for place_id in ids)
    for token in tokens:
        yield from (NameKey(key, "title") for key in token_keys(token))
        if len(token.parts) > 1:
            yield from (NameKey(squeeze(part), "part") for part in token.parts)


def _field_names(
    field: Field, kind: str, analyzer: Analyzer, places: PlaceNames
) -> Iterator[NameKey]:
    if kind == "person":
        yield from _person_names(field.value)
    elif kind == "email":
        yield NameKey(squeeze(field.value), "person")
    elif kind == "line" and field.name != "name":
        yield from _word_names(field.value, "organisation", analyzer)
        yield from _place_names(field.value, "organisation", analyzer, places)
    elif kind == "list":
        yield from _word_names(field.value, "value", analyzer)
    elif field.name == ACRONYM:
        stated = bool(field.label)  # under a label, not found by its shape
        yield from _word_names(field.value, "acronym", analyzer, known=stated)
    elif field.name == "participants":
        yield from _member_names(field.value, analyzer, places)


def _person_names(name: str) -> Iterator[NameKey]:
    words = [squeeze(word) for word in name.split()]
    yield NameKey("".join(words), "person")
    yield NameKey("".join(reversed(words)), "person")
    yield NameKey(words[-1], "person")
    yield from (NameKey(word, "given") for word in words[:-1])


def _word_names(
    text: str, kind: NameKind, analyzer: Analyzer, *, known: bool = True
) -> Iterator[NameKey]:
    """Yield the keys of each word, or only of those that no dictionary has."""
    for token in analyzer.tokens(text):
        if known or not token.known:
            yield from (NameKey(key, kind) for key in token_keys(token))


def _place_names(
    text: str, kind: NameKind, analyzer: Analyzer, places: PlaceNames
) -> Iterator[NameKey]:
    for _, _, ids in places.in_tokens(analyzer.tokens(text)):
        yield from (NameKey(place_id, kind) for place_id in ids)


def _member_names(text: str, analyzer: Analyzer, places: PlaceNames) -> Iterator[NameKey]:
    for item in ITEM_BORDER.split(text):
        tokens = analyzer.tokens(item)
        if 0 < len(tokens) <= MEMBER_TOKENS:
            for first, _, ids in places.in_tokens(tokens):
                if first == 0:
                    yield from (NameKey(place_id, "member") for place_id in ids)
