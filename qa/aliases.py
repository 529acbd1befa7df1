"""The ways in which fields are called: names, aliases and printed labels as words to be met.

Knows the field catalogue of the profiles and the forms of words. Does not know questions.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from corpus.language import Analyzer, Token
from corpus.model import LANGUAGES, Language
from corpus.name_keys import squeeze, token_keys
from corpus.profiles import FieldSpec
from qa.lexicon import load_lexicon, vocabulary

Pointer = Literal["who", "when", "where"]  # what a question word points to
Word: TypeAlias = frozenset[str]
"""The keys of one word of an alias."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to call the field `name`: its telling words, its very forms, what it points to."""

    name: str
    words: tuple[Word, ...]
    surfaces: frozenset[str]
    points: frozenset[Pointer]


def spoken_words(catalogue: Sequence[FieldSpec], language: Language) -> frozenset[str]:
    """Return the words by which a language asks: its steering words and its names of fields."""
    texts = [
        text
        for spec in catalogue
        for text in (*spec.names.get(language, ()), *spec.aliases.get(language, ()))
    ]
    words = {word for text in texts for word in text.casefold().split()}
    return frozenset(words) | vocabulary(load_lexicon(language))


def spec_texts(spec: FieldSpec) -> tuple[str, ...]:
    """Return every way to name the field: names, aliases and printed labels, none twice."""
    texts = [*spec.labels]
    for language in LANGUAGES:
        texts += [*spec.names.get(language, ()), *spec.aliases.get(language, ())]
    return tuple(dict.fromkeys(texts))


def aliases_of(texts: Sequence[tuple[str, str]], analyzer: Analyzer) -> tuple[Alias, ...]:
    """Return the aliases of (field, text) pairs, none twice; small words alone make none."""
    made = []
    for name, text in texts:
        tokens = analyzer.tokens(text)
        telling = [token for token in tokens if not _is_function_word(token)]
        if telling:
            words = tuple(word_keys(token) for token in telling)
            surfaces = frozenset(token.surface for token in tokens)
            made.append(Alias(name, words, surfaces, _points(tokens)))
    return tuple(dict.fromkeys(made))


def _points(tokens: Iterable[Token]) -> frozenset[Pointer]:
    surfaces = {token.surface for token in tokens}
    return frozenset(p for p, words in _pointing().items() if not words.isdisjoint(surfaces))


@cache
def _pointing() -> Mapping[Pointer, frozenset[str]]:
    """Return the words of all languages that point to a person, a time and a place."""
    lexicons = [load_lexicon(language) for language in LANGUAGES]
    return {
        "who": frozenset().union(*(lexicon.who_words for lexicon in lexicons)),
        "when": frozenset().union(*(lexicon.when_words for lexicon in lexicons)),
        "where": frozenset().union(*(lexicon.where_words for lexicon in lexicons)),
    }


def _is_function_word(token: Token) -> bool:
    return not _small_words().isdisjoint((token.surface, *token.lemmas))


@cache
def _small_words() -> frozenset[str]:
    """Return the function words and the words for "project" of all languages."""
    lexicons = [load_lexicon(language) for language in LANGUAGES]
    return frozenset().union(*(each.function_words | each.project_nouns for each in lexicons))


def word_keys(token: Token) -> Word:
    """Return the keys by which a word meets an alias: its forms, and its stem marked as one."""
    return frozenset({*token_keys(token), f"~{squeeze(token.stem)}"})


def rarity_of(aliases: Sequence[Alias]) -> dict[Word, float]:
    """Weigh a word by the number of fields that use any form of it: one field's own tells most."""
    fields_of: dict[str, set[str]] = {}
    for alias in aliases:
        for key in {key for word in alias.words for key in word}:
            fields_of.setdefault(key, set()).add(alias.name)
    total = len({alias.name for alias in aliases})
    words = {word for alias in aliases for word in alias.words}
    return {word: math.log(1 + total / max(len(fields_of[key]) for key in word)) for word in words}


def covered(alias: Alias, senses: Mapping[int, frozenset[Word]]) -> frozenset[int] | None:
    """Return the positions that cover every word of the alias, or None."""
    positions: set[int] = set()
    for word in alias.words:
        found = (p for p, words in senses.items() if p not in positions and word in words)
        position = next(found, None)
        if position is None:
            return None
        positions.add(position)
    return frozenset(positions)
