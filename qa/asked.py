"""Which field a question asks for: by the words of its names and aliases, else by meaning.

Knows the field catalogue of the profiles. Does not know documents, names or ranking.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz, process

from corpus.language import Analyzer, Token
from corpus.model import LANGUAGES
from corpus.name_keys import squeeze, token_keys
from corpus.profiles import FieldSpec
from embeddings.encoder import Encoder
from embeddings.model import Floats
from qa.lexicon import load_lexicon

TYPO_RATIO = 82  # of 100: "rahottaja" meets "rahoittaja", "conact" meets "contact"
TYPO_LENGTH = 5
MEANING_FLOOR = 0.62  # cosine from which an alias is taken for the question's meaning
MEANING_MARGIN = 0.04  # ... when no alias of another field comes this near


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field that is asked for; `words` are the positions of the words that say so.

    `exact` are those that say nothing else (not the "EU" of "EU-finansiering"); `score` grows
    with the rarity of the alias's words; `by_meaning` tells that no alias stands in the question
    and the encoder alone chose.
    """

    name: str
    score: float
    words: frozenset[int]
    exact: frozenset[int] = frozenset()
    by_meaning: bool = False


_Word: TypeAlias = frozenset[str]  # the keys of one word of an alias


@dataclass(frozen=True, slots=True)
class _Alias:
    name: str
    words: tuple[_Word, ...]


class FieldFinder:
    """Recognises fields of one catalogue; made once for a snapshot."""

    def __init__(
        self, catalogue: Sequence[FieldSpec], analyzer: Analyzer, encoder: Encoder
    ) -> None:
        self._catalogue = {spec.name: spec for spec in catalogue}
        self._encoder = encoder
        self._texts = [(s.name, text) for s in catalogue for text in spec_texts(s)]
        self._aliases = _aliases(self._texts, analyzer)
        self._rarity = _rarity(self._aliases)
        self._words_of: dict[str, set[_Word]] = {}
        for word in self._rarity:
            for key in word:
                self._words_of.setdefault(key, set()).add(word)
        self._long_keys = tuple(key for key in self._words_of if len(key) >= TYPO_LENGTH)
        self._meanings: Floats | None = None

    def find(self, tokens: tuple[Token, ...], taken: frozenset[int]) -> AskedField | None:
        """Return the field asked for; words at the positions in `taken` name something else."""
        senses = {
            position: self._senses(token)
            for position, token in enumerate(tokens)
            if position not in taken
        }
        found: dict[str, AskedField] = {}
        for alias in self._aliases:
            words = _covered(alias, senses)
            if words is not None:
                score = sum(self._rarity[word] for word in alias.words)
                if alias.name not in found or score > found[alias.name].score:
                    found[alias.name] = AskedField(alias.name, score, words)
        return self._choose(found)

    def find_by_meaning(self, text: str) -> AskedField | None:
        """Return the field whose alias is nearest to the text, when it is near and alone."""
        if not text.strip():
            return None
        similarities = self._meaning_table() @ self._encoder.encode_queries([text])[0]
        best: dict[str, float] = {}
        for (name, _), similarity in zip(self._texts, similarities, strict=True):
            best[name] = max(best.get(name, -1.0), float(similarity))
        (first, top), *others = sorted(best.items(), key=lambda item: -item[1])
        runner_up = others[0][1] if others else -1.0
        if top < MEANING_FLOOR or top - runner_up < MEANING_MARGIN:
            return None
        return AskedField(first, top, frozenset(), by_meaning=True)

    def _senses(self, token: Token) -> frozenset[_Word]:
        """Return the alias words that a word of the question can stand for, typos allowed."""
        keys = token_keys(token)
        found = {word for key in keys for word in self._words_of.get(key, ())}
        if not found and len(squeeze(token.surface)) >= TYPO_LENGTH:
            near = process.extractOne(
                squeeze(token.surface), self._long_keys, scorer=fuzz.ratio, score_cutoff=TYPO_RATIO
            )
            found = self._words_of[near[0]] if near else set()
        return frozenset(found)

    def _meaning_table(self) -> Floats:
        if self._meanings is None:
            self._meanings = self._encoder.encode_queries([text for _, text in self._texts])
        return self._meanings

    def _choose(self, found: Mapping[str, AskedField]) -> AskedField | None:
        """Choose the field with the most telling alias; "the contact's e-mail" is an e-mail."""
        for name in list(found):
            beside = [b for b in self._catalogue[name].beside if b in found]
            for other in beside:
                if not found[other].words <= found[name].words:
                    words = found[name].words | found[other].words
                    score = found[name].score + found[other].score
                    found = {**found, other: AskedField(other, score, words)}
        order = list(self._catalogue)
        ranked = sorted(found.values(), key=lambda a: (-a.score, order.index(a.name)))
        return ranked[0] if ranked else None


def spec_texts(spec: FieldSpec) -> tuple[str, ...]:
    """Return every way to name the field: names, aliases and printed labels, none twice."""
    texts = [*spec.labels]
    for language in LANGUAGES:
        texts += [*spec.names.get(language, ()), *spec.aliases.get(language, ())]
    return tuple(dict.fromkeys(texts))


def _aliases(texts: Sequence[tuple[str, str]], analyzer: Analyzer) -> tuple[_Alias, ...]:
    made = []
    for name, text in texts:
        tokens = analyzer.tokens(text)
        telling = [token for token in tokens if not _is_function_word(token)] or list(tokens)
        if telling:
            made.append(_Alias(name, tuple(frozenset(token_keys(token)) for token in telling)))
    return tuple(dict.fromkeys(made))


def _is_function_word(token: Token) -> bool:
    words = {token.surface, *token.lemmas}
    return any(words & load_lexicon(language).function_words for language in LANGUAGES)


def _rarity(aliases: Sequence[_Alias]) -> dict[frozenset[str], float]:
    """Weigh a word by the number of fields that use it: one field's own word tells most."""
    fields_of: dict[frozenset[str], set[str]] = {}
    for alias in aliases:
        for word in alias.words:
            fields_of.setdefault(word, set()).add(alias.name)
    total = Counter(alias.name for alias in aliases)
    return {word: math.log(1 + len(total) / len(names)) for word, names in fields_of.items()}


def _covered(alias: _Alias, senses: Mapping[int, frozenset[_Word]]) -> frozenset[int] | None:
    """Return the positions that cover every word of the alias, or None."""
    positions: set[int] = set()
    for word in alias.words:
        found = (p for p, words in senses.items() if p not in positions and word in words)
        position = next(found, None)
        if position is None:
            return None
        positions.add(position)
    return frozenset(positions)
