"""Which documents a question names: through titles, places, persons and organisations.

Knows names and their keys, inflection and typos. Does not know fields, history or ranking.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from rapidfuzz import fuzz, process

from corpus.language import Token
from corpus.name_keys import NameKind, PlaceNames, squeeze, token_keys, window_keys, windows

# How telling it is that a name of this kind was said, relative to a place in the title.
KIND_WEIGHTS: Mapping[NameKind, float] = {
    "place": 1.5,
    "person": 1.2,
    "title": 1.0,
    "organisation": 0.9,
    "member": 0.7,
    "part": 0.5,
    "given": 0.4,
    "value": 0.3,
}
STRONG_KINDS = frozenset({"place", "person", "organisation", "member", "part"})
FUZZY_RATIO = 84  # of 100; "savoo" meets "savo", "itasavo" does not meet "etelasavo" (75)
FUZZY_LENGTH = 5
KEEP_SHARE = 0.85  # documents within this share of the best one are all meant

Scope = Literal["named", "unknown", "none"]


class NameIndex(Protocol):
    """Finds documents by name key."""

    @property
    def size(self) -> int:
        """Number of documents."""
        ...

    def lookup(self, keys: Sequence[str]) -> Mapping[str, Sequence[tuple[int, NameKind]]]:
        """Return (document ordinal, kind) pairs of each key that is known."""
        ...

    def keys(self) -> Sequence[str]:
        """Return every key of four letters or more, for typos."""
        ...


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of the question's words, `[first, last)`, that names something.

    `documents` maps a document's ordinal to the weight of the evidence; it is empty for a place
    that no document is about.
    """

    first: int
    last: int
    text: str
    kind: NameKind
    documents: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a question names: its mentions, the documents meant, and names no document has."""

    mentions: tuple[Mention, ...] = ()
    documents: tuple[int, ...] = ()
    scores: Mapping[int, float] | None = None
    strong: bool = False
    unknown: tuple[str, ...] = ()
    person: str = ""

    @property
    def words(self) -> frozenset[int]:
        """Positions of the words that are explained by a name."""
        return frozenset(p for m in self.mentions for p in range(m.first, m.last))


class Namer:
    """Resolves the names in a question against the documents of a snapshot."""

    def __init__(self, names: NameIndex, places: PlaceNames) -> None:
        self._names = names
        self._places = places

    def resolve(
        self,
        tokens: tuple[Token, ...],
        skip: frozenset[int] = frozenset(),
        *,
        places_only: bool = False,
    ) -> Naming:
        """Return what the question names; words at the positions in `skip` name nothing."""
        mentions = [*self._place_mentions(tokens, skip)]
        if places_only:
            return self._weigh(tuple(mentions))
        taken = skip | {p for m in mentions for p in range(m.first, m.last)}
        mentions += self._name_mentions(tokens, frozenset(taken))
        return self._weigh(tuple(sorted(mentions, key=lambda m: m.first)))

    def _place_mentions(self, tokens: tuple[Token, ...], skip: frozenset[int]) -> Iterable[Mention]:
        for first, last, place_ids in self._places.in_tokens(tokens):
            if skip.isdisjoint(range(first, last)):
                yield self._place_mention(tokens, first, last, place_ids)

    def _place_mention(
        self, tokens: tuple[Token, ...], first: int, last: int, place_ids: tuple[str, ...]
    ) -> Mention:
        text = " ".join(token.surface for token in tokens[first:last])
        found = self._lookup(dict.fromkeys(place_ids, 1.0))
        if not found and last - first == 1:
            found = self._lookup(token_keys(tokens[first]))
        return Mention(first, last, text, _kind_of(found, "place"), self._evidence(found))

    def _name_mentions(self, tokens: tuple[Token, ...], taken: frozenset[int]) -> Iterable[Mention]:
        used = set(taken)
        for first, last in windows(tokens):
            span = range(first, last)
            if used.isdisjoint(span):
                found = self._lookup(window_keys(tokens[first:last]))
                if not found and last - first == 1:
                    found = self._typo(tokens[first])
                if found:
                    used.update(span)
                    text = " ".join(token.surface for token in tokens[first:last])
                    kind = _kind_of(found, "title")
                    yield Mention(first, last, text, kind, self._evidence(found))

    def _lookup(self, keys: Mapping[str, float]) -> dict[int, tuple[NameKind, float]]:
        """Return the best (kind, weight) of each document over the keys."""
        best: dict[int, tuple[NameKind, float]] = {}
        for key, entries in self._names.lookup(tuple(keys)).items():
            for ordinal, kind in entries:
                weight = KIND_WEIGHTS[kind] * keys[key]
                if weight > best.get(ordinal, ("title", 0.0))[1]:
                    best[ordinal] = (kind, weight)
        return best

    def _typo(self, token: Token) -> dict[int, tuple[NameKind, float]]:
        surface = squeeze(token.surface)
        if len(surface) < FUZZY_LENGTH:
            return {}
        found = process.extractOne(
            surface, self._names.keys(), scorer=fuzz.ratio, score_cutoff=FUZZY_RATIO
        )
        return self._lookup({found[0]: 0.7 * found[1] / 100}) if found else {}

    def _evidence(self, found: Mapping[int, tuple[NameKind, float]]) -> dict[int, float]:
        """Weigh evidence by how few documents share it, as a share of the rarest there can be."""
        if not found:
            return {}
        size = self._names.size
        rarity = math.log((size + 1) / len(found)) / math.log(size + 1)
        return {ordinal: weight * rarity for ordinal, (_, weight) in found.items()}

    def _weigh(self, mentions: tuple[Mention, ...]) -> Naming:
        scores: dict[int, float] = {}
        for mention in mentions:
            for ordinal, weight in mention.documents.items():
                scores[ordinal] = scores.get(ordinal, 0.0) + weight
        best = max(scores.values(), default=0.0)
        meant = tuple(sorted(o for o, s in scores.items() if s >= KEEP_SHARE * best and s > 0))
        return Naming(
            mentions=mentions,
            documents=meant,
            scores=scores,
            strong=any(m.kind in STRONG_KINDS and m.documents for m in mentions),
            unknown=tuple(m.text for m in mentions if m.kind == "place" and not m.documents),
        )


def _kind_of(found: Mapping[int, tuple[NameKind, float]], default: NameKind) -> NameKind:
    return max(found.values(), key=lambda entry: entry[1], default=(default, 0.0))[0]
