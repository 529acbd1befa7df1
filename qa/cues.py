"""Where the cues of a lexicon stand among the words of a question, and in which number.

Knows words and sets of words. Does not know what a cue means.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from corpus.language import Token
from qa.lexicon import Lexicon, but, either


def at(
    tokens: tuple[Token, ...], words: frozenset[str], uninflected: frozenset[str] = frozenset()
) -> frozenset[int]:
    """Return the positions of words in any form, of the `uninflected` in theirs alone."""
    base = but(words, uninflected)
    return frozenset(
        p for p, t in enumerate(tokens) if t.surface in words or not base.isdisjoint(t.lemmas)
    )


def phrases(tokens: tuple[Token, ...], wanted: frozenset[str]) -> frozenset[int]:
    """Return the positions of the words of every phrase that stands in the question."""
    surfaces = tuple(token.surface for token in tokens)
    starting = _by_first_word(wanted)
    if starting.keys().isdisjoint(surfaces):  # as nearly always
        return frozenset()
    return frozenset(
        p
        for first, word in enumerate(surfaces)
        for run in starting.get(word, ())
        if surfaces[first : first + len(run)] == run
        for p in range(first, first + len(run))
    )


def places(
    tokens: Sequence[Token], cues: frozenset[str], uninflected: frozenset[str] = frozenset()
) -> tuple[range, ...]:
    """Return where each cue of one word or several stands, in any form but those `uninflected`."""
    starting = _by_first_word(cues)
    return tuple(
        range(first, first + len(run))
        for first, token in enumerate(tokens)
        for word in dict.fromkeys((token.surface, *token.lemmas))
        for run in starting.get(word, ())
        if _stands(
            run, tokens[first : first + len(run)], inflected=" ".join(run) not in uninflected
        )
    )


def _stands(run: tuple[str, ...], tokens: Sequence[Token], *, inflected: bool) -> bool:
    return len(run) == len(tokens) and all(
        word == token.surface or (inflected and word in token.lemmas)
        for word, token in zip(run, tokens, strict=True)
    )


def said(tokens: tuple[Token, ...], words: frozenset[str]) -> bool:
    """Tell whether one of the words stands in the question in that very form."""
    return any(token.surface in words for token in tokens)


def has(
    tokens: tuple[Token, ...], cues: frozenset[str], uninflected: frozenset[str] = frozenset()
) -> bool:
    """Tell whether one of the cues, words in any form or phrases, stands in the question."""
    return bool(at(tokens, cues, uninflected)) or bool(phrases(tokens, _of_several_words(cues)))


def is_plural(token: Token, lexicon: Lexicon) -> bool:
    """Tell by an ending put after the base form, or by one that is a plural after any stem."""
    if token.surface in token.lemmas:
        return False
    formed = {lemma + ending for lemma in token.lemmas for ending in lexicon.plural_endings}
    return token.surface in formed or token.surface.endswith(tuple(lexicon.plural_marks))


def after_which(
    tokens: tuple[Token, ...],
    nouns: frozenset[str],
    lexicon: Lexicon,
    others: frozenset[str] = frozenset(),
) -> frozenset[int]:
    """Return the positions of those nouns that stand right after a "which", in whatever case.

    The words `others` count as a "which" too.
    """
    cues = at(tokens, either(lexicon.which_cues, others))
    return frozenset(p for p in at(tokens, nouns) if p - 1 in cues)


@cache
def _of_several_words(cues: frozenset[str]) -> frozenset[str]:
    return frozenset(cue for cue in cues if " " in cue)


@cache
def _by_first_word(wanted: frozenset[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the words of each phrase, by its first."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for run in (tuple(phrase.split()) for phrase in wanted):
        found[run[0]] = (*found.get(run[0], ()), run)
    return found
