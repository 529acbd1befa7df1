"""Which documents a question names: through titles, places, persons and organisations.

Knows names and their keys, inflection and typos. Does not know fields, history or ranking.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Protocol

from rapidfuzz import fuzz, process

from corpus.language import Token
from corpus.model import Language
from corpus.name_keys import NameKind, PlaceNames, squeeze, window_keys, windows

# How telling it is that a name of this kind was said, relative to a place in the title.
KIND_WEIGHTS: Mapping[NameKind, float] = {
    "place": 1.5,
    "person": 1.2,
    "title": 1.0,
    "acronym": 1.0,
    "organisation": 0.9,
    "member": 0.7,
    "part": 0.5,
    "given": 0.4,
    "value": 0.3,
}
STRONG_KINDS = frozenset({"place", "person", "organisation", "member", "part", "acronym"})
TITLES: frozenset[NameKind] = frozenset({"place", "title", "part"})
PERSONS: frozenset[NameKind] = frozenset({"person", "given"})
FUZZY_RATIO = 84  # of 100; "savoo" meets "savo", "itasavo" does not meet "etelasavo" (75)
FUZZY_LENGTH = 5
FUZZY_TRUST = 0.8
SPECIFIC_SHARE = 0.25  # of the documents; a word of more titles tells none of them
TORN_WEIGHT = 0.75  # words for other documents up to which it is chance
KEEP_SHARE = 0.85  # documents within this share of the best one are all meant
LOOKUPS_KEPT = 32  # enough for one question


class NameIndex(Protocol):
    """Finds documents by name key."""

    @property
    def titles(self) -> Sequence[str]:
        """The squeezed title of each document, by ordinal."""

    def lookup(self, keys: Sequence[str]) -> Mapping[str, Mapping[NameKind, Sequence[int]]]:
        """Return the ordinals of the documents of each key that is known, by kind."""

    def keys(self, shortest: int, longest: int) -> Sequence[str]:
        """Return every key of so many letters and four at least, for typos."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What some keys name: the kind and the key that weigh most, and the evidence by document."""

    kind: NameKind = "title"
    key: str = ""
    documents: Mapping[int, float] = field(default_factory=dict)


NOBODY = _Found()


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of the question's words, `[first, last)`, that names something.

    `key` is the name's key, or a place's id; `documents` maps a document's ordinal to the weight
    of the evidence and is empty for a place that no document is about.
    """

    first: int
    last: int
    text: str
    kind: NameKind
    key: str
    documents: Mapping[int, float]
    places: tuple[str, ...] = ()

    @property
    def words(self) -> range:
        """Positions of its words."""
        return range(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Naming:
    """What a question names.

    `documents` are the ordinals of the documents meant, `scores` the evidence for each document
    named at all, `strong` whether a place, person or organisation was said, `unknown` the places
    no document is about, `person` the key of the person named, "" for none, `torn` whether what is
    said of the documents meant is more another document's than theirs.
    """

    mentions: tuple[Mention, ...] = ()
    documents: tuple[int, ...] = ()
    scores: Mapping[int, float] = field(default_factory=dict)
    strong: bool = False
    unknown: tuple[str, ...] = ()
    person: str = ""
    torn: bool = False

    @property
    def words(self) -> frozenset[int]:
        """Positions of the words that are explained by a name."""
        return frozenset(p for mention in self.mentions for p in mention.words)

    @property
    def place_words(self) -> frozenset[int]:
        """Positions of the words that name a place."""
        return frozenset(p for mention in self.mentions if mention.places for p in mention.words)

    @property
    def person_text(self) -> str:
        """The person as the question has it, a name or an e-mail address; empty for none."""
        return next((m.text for m in self.mentions if m.kind == "person"), "")

    @property
    def hopeless(self) -> bool:
        """Whether what is named is in no document: an unknown place, or words that do not meet."""
        return self.torn or (bool(self.unknown) and not self.strong)


class Namer:
    """Resolves the names in a question against the documents of a snapshot."""

    def __init__(self, names: NameIndex, places: PlaceNames) -> None:
        self._names = names
        self._places = places
        # a question is resolved two or three times, with other words skipped
        self._found = lru_cache(LOOKUPS_KEPT)(self._find)
        self._nearest = lru_cache(LOOKUPS_KEPT)(self._near)

    def resolve(
        self,
        tokens: tuple[Token, ...],
        skip: frozenset[int] = frozenset(),
        common: frozenset[int] = frozenset(),
    ) -> Naming:
        """Return what the question names; words at the positions in `skip` name nothing.

        Those in `common` may be part of a place's name, and of no other.
        """
        return self._weigh(tokens, self.mentions(tokens, skip, common))

    def mentions(
        self,
        tokens: tuple[Token, ...],
        skip: frozenset[int] = frozenset(),
        common: frozenset[int] = frozenset(),
    ) -> Naming:
        """Return the names alone, without the documents that they mean together."""
        found = [*self._place_mentions(tokens, skip)]
        taken = skip | common | {p for mention in found for p in mention.words}
        found += self._name_mentions(tokens, frozenset(taken))
        found = _without_strays(found)
        found.sort(key=attrgetter("first"))
        person = next((m.key for m in found if m.kind == "person"), "")
        return Naming(mentions=tuple(found), person=person)

    def is_name(self, tokens: tuple[Token, ...]) -> bool:
        """Tell whether words are a place's name, or a person's of the documents."""
        found = self._names.lookup(tuple(window_keys(tokens))) if tokens else {}
        persons = any(not PERSONS.isdisjoint(kinds) for kinds in found.values())
        return persons or bool(self._places.in_tokens(tokens))

    def place_names(self, naming: Naming, language: Language) -> tuple[str, ...]:
        """Return the usual names of the places mentioned, in a language."""
        ids = (place_id for mention in naming.mentions for place_id in mention.places)
        named = (self._places.names(place_id, language) for place_id in ids)
        return tuple(dict.fromkeys(names[0] for names in named if names))

    def _place_mentions(self, tokens: tuple[Token, ...], skip: frozenset[int]) -> Iterator[Mention]:
        taken = set(skip)
        for first, last, place_ids in self._places.in_tokens(tokens):
            if skip.isdisjoint(range(first, last)):
                longer = self._misspelt_before(tokens, first, last, skip)
                first, place_ids = (first - 1, longer) if longer else (first, place_ids)
                taken.update(range(first, last))
                yield self._shorter(tokens, self._place_mention(tokens, first, last, place_ids))
        yield from self._misspelt_places(tokens, taken)

    def _misspelt_before(
        self, tokens: tuple[Token, ...], first: int, last: int, skip: frozenset[int]
    ) -> tuple[str, ...]:
        """Return the places of a name that a misspelt word begins: "nothern | Savo"."""
        if not first or first - 1 in skip or tokens[first - 1].known:
            return ()
        return self._near_place(tokens[first - 1 : last])

    def _shorter(self, tokens: tuple[Token, ...], mention: Mention) -> Mention:
        """Return a place inside a longer one that no document is about: a county's region."""
        if mention.documents or mention.last - mention.first < 2:
            return mention
        inner = self._places.in_tokens(tokens[mention.first : mention.last - 1])
        found = [
            self._place_mention(tokens, mention.first + first, mention.first + last, ids)
            for first, last, ids in inner
        ]
        return next((m for m in found if m.documents), mention)

    def _misspelt_places(self, tokens: tuple[Token, ...], taken: set[int]) -> Iterator[Mention]:
        for first, last in windows(tokens):
            inside = tokens[first:last]
            if taken.isdisjoint(range(first, last)) and not _surely_known(inside):
                found = self._near_place(inside)
                known = any(self._names.lookup([key]) for key in window_keys(inside))
                if found and not known:
                    taken.update(range(first, last))
                    yield self._place_mention(tokens, first, last, found)

    def _near_place(self, tokens: tuple[Token, ...]) -> tuple[str, ...]:
        """Return the places that misspelt words mean, as written or, of one word, as its lemma."""
        written = "".join(squeeze(token.surface) for token in tokens)
        lemmas = tokens[0].lemmas if len(tokens) == 1 else ()
        near = (self._places.near(key) for key in dict.fromkeys((written, *map(squeeze, lemmas))))
        return next(filter(None, near), ())

    def _place_mention(
        self, tokens: tuple[Token, ...], first: int, last: int, place_ids: tuple[str, ...]
    ) -> Mention:
        found = self._lookup(dict.fromkeys(place_ids, 1.0))
        if not found.documents:
            keys = {key for place_id in place_ids for key in self._places.keys(place_id)}
            found = self._lookup(dict.fromkeys(keys, 1.0))
        return _mention(tokens, first, last, found, place_ids)

    def _name_mentions(self, tokens: tuple[Token, ...], taken: frozenset[int]) -> Iterator[Mention]:
        used = set(taken)
        for first, last in windows(tokens):
            if used.isdisjoint(range(first, last)):
                found = self._lookup(window_keys(tokens[first:last]))
                found = found if found.documents else self._misspelt(tokens[first:last])
                if found.documents:
                    used.update(range(first, last))
                    yield _mention(tokens, first, last, found)

    def _lookup(self, keys: Mapping[str, float]) -> _Found:
        return self._found(tuple(keys.items()))

    def _find(self, keys: tuple[tuple[str, float], ...]) -> _Found:
        trust = dict(keys)
        found = [
            (KIND_WEIGHTS[kind] * trust[key], kind, key, ordinals)
            for key, kinds in self._names.lookup(tuple(trust)).items()
            for kind, ordinals in kinds.items()
        ]
        if not found:
            return NOBODY
        found.sort(key=itemgetter(0), reverse=True)
        rarity = self._rarity(len(set().union(*(ordinals for *_, ordinals in found))))
        documents: dict[int, float] = {}
        for weight, _, _, ordinals in reversed(found):  # what weighs more comes later and stays
            documents |= dict.fromkeys(ordinals, weight * rarity)
        _, kind, key, _ = found[0]
        return _Found(kind, key, documents)

    def _rarity(self, shared: int) -> float:
        """Return how telling it is that so few documents share a name, 1 for one document."""
        size = len(self._names.titles)
        return math.log((size + 1) / shared) / math.log(size + 1)

    def _misspelt(self, tokens: tuple[Token, ...]) -> _Found:
        """Find a misspelt word that no dictionary knows, or two of a name."""
        key = "".join(squeeze(token.surface) for token in tokens)
        if len(key) < FUZZY_LENGTH or len(tokens) > 2 or all(token.known for token in tokens):
            return NOBODY
        near = self._nearest(key, FUZZY_RATIO + 6 * (len(tokens) - 1))
        return self._lookup({near: FUZZY_TRUST}) if near else NOBODY

    def _near(self, key: str, cutoff: int) -> str:
        """Return the name's key that is nearest; empty when none comes within `cutoff` of 100."""
        less, more = cutoff * len(key), (200 - cutoff) * len(key)  # what lengths can be so near
        keys = self._names.keys(-(-less // (200 - cutoff)), more // cutoff)
        near = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=cutoff)
        return near[0] if near else ""

    def _weigh(self, tokens: tuple[Token, ...], named: Naming) -> Naming:
        mentions = named.mentions
        scores = dict(mentions[0].documents) if mentions else {}
        for mention in mentions[1:]:
            for ordinal, weight in mention.documents.items():
                scores[ordinal] = scores.get(ordinal, 0.0) + weight
        meant = self._meant(tokens, _within_places(mentions, scores))
        return replace(
            named,
            documents=meant,
            scores=scores,
            strong=any(m.kind in STRONG_KINDS and m.documents for m in mentions),
            unknown=tuple(m.text for m in mentions if m.places and not m.documents),
            torn=_torn(mentions, meant, len(self._names.titles)),
        )

    def _meant(self, tokens: tuple[Token, ...], scores: Mapping[int, float]) -> tuple[int, ...]:
        """Return the best documents; a title said whole beats one that is said in part."""
        best = max(scores.values(), default=0.0)
        meant = tuple(sorted(o for o, s in scores.items() if s >= KEEP_SHARE * best > 0))
        if len(meant) < 2:
            return meant
        said = "".join(squeeze(token.surface) for token in tokens)
        whole = [o for o in meant if self._names.titles[o] and self._names.titles[o] in said]
        longest = max((len(self._names.titles[o]) for o in whole), default=0)
        return tuple(o for o in whole if len(self._names.titles[o]) == longest) or meant


def _mention(
    tokens: tuple[Token, ...], first: int, last: int, found: _Found, places: tuple[str, ...] = ()
) -> Mention:
    """Return a run of words as a name; a place is one where no document is about it, too."""
    kind = found.kind if found.documents or not places else "place"
    text = " ".join(token.surface for token in tokens[first:last])
    return Mention(first, last, text, kind, found.key, found.documents, places)


def _without_strays(mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out short names that pages other than those named otherwise give."""
    other = {o for m in mentions if m.kind in TITLES for o in m.documents}
    return [
        m for m in mentions if m.kind != "acronym" or not other or not other.isdisjoint(m.documents)
    ]


def _surely_known(tokens: Sequence[Token]) -> bool:
    """Tell whether a dictionary has every word, not the parts between its hyphens: "kesk-suomi".

    Beside another word nor the parts of a compound: in "norra savolaks" nobody means a lake.
    """
    alone = len(tokens) == 1
    return all(t.known and "-" not in t.surface and (alone or not t.parts) for t in tokens)


def _within_places(
    mentions: tuple[Mention, ...], scores: Mapping[int, float]
) -> Mapping[int, float]:
    """Keep the documents of every place that is said; of any, when none has them all."""
    placed = [set(m.documents) for m in mentions if m.places and m.documents]
    if not placed:
        return scores
    allowed = set.intersection(*placed) or set.union(*placed)
    return {ordinal: score for ordinal, score in scores.items() if ordinal in allowed}


def _torn(mentions: tuple[Mention, ...], meant: tuple[int, ...], size: int) -> bool:
    """Tell whether the title words said belong to other documents more than to those meant.

    Only words of few titles count, and a word of a single title half: it may be there by chance.
    A word that is but a part of one in the titles meant counts for them as little as it weighs.
    """
    own = others = 0.0
    for mention in mentions:
        shared = len(mention.documents)
        if mention.kind == "title" and 0 < shared <= max(1, SPECIFIC_SHARE * size):
            weight = 1.0 if shared > 1 else 0.5
            said = max((mention.documents.get(ordinal, 0.0) for ordinal in meant), default=0.0)
            if said:
                own += weight * said / max(mention.documents.values())
            else:
                others += weight
    return others > max(own, TORN_WEIGHT)
