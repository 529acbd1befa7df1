"""Mends what was mistyped in the words of asking: "contac persn", "vem fianansierar".

Knows the words in which fields are asked for, by language. Does not know names, which stay, nor
what is asked.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.language import Token, fold
from corpus.model import LANGUAGES, Language

SHORTEST = 5  # letters of a word that is mended
MISTAKES = 1  # letters left out, doubled, changed or swapped, diacritics aside


class Typos:
    """Mends words that no dictionary has; `texts` gives texts of a language, read when needed."""

    def __init__(self, texts: Callable[[Language], Sequence[str]]) -> None:
        self._texts = texts

    def doubtful(self, text: str, tokens: Sequence[Token]) -> frozenset[int]:
        """Return the positions of words that may be mistyped: long, unknown and no proper noun."""
        loud = text.isupper()
        return frozenset(
            p
            for p, token in enumerate(tokens)
            if not token.known
            and len(token.surface) >= SHORTEST
            and token.surface.replace("-", "").isalpha()
            and (loud or p == 0 or not text[token.start].isupper())
        )

    def mended(self, text: str, tokens: Sequence[Token], doubtful: frozenset[int]) -> str:
        """Return `text` with the words at `doubtful` as its language spells them.

        A word stays where no word of asking is within one mistake.
        """
        words = self._words
        wrong = {
            p: tokens[p].surface
            for p in sorted(doubtful, reverse=True)
            if not any(tokens[p].surface in known for known in words.values())
        }
        near = {lang: {p: self._nearest(w, lang) for p, w in wrong.items()} for lang in LANGUAGES}

        def understood(language: Language) -> int:
            said = sum(token.surface in words[language] for token in tokens)
            return said + sum(bool(found) for found in near[language].values())

        mended = near[max(LANGUAGES, key=understood)]
        for place in wrong:
            token = tokens[place]
            text = text[: token.start] + (mended[place] or token.surface) + text[token.end :]
        return text

    def _nearest(self, word: str, language: Language) -> str:
        """Return the word of asking nearest to `word`, the commonest of several; "" if none is."""
        counts, bare = self._words[language], self._bare[language]
        found = process.extract(
            fold(word), bare, scorer=OSA.distance, score_cutoff=MISTAKES, limit=None
        )
        near = [(int(OSA.distance(word, known)), -counts[known], known) for _, _, known in found]
        return min(near)[2] if near else ""

    @cached_property
    def _words(self) -> Mapping[Language, Counter[str]]:
        """How often each word of asking is said, by language."""
        return {
            language: Counter(
                word.strip("?!.,:;\"'()")
                for text in self._texts(language)
                for word in text.casefold().split()
            )
            for language in LANGUAGES
        }

    @cached_property
    def _bare(self) -> Mapping[Language, Mapping[str, str]]:
        """Each long word of asking without diacritics, by language and word."""
        return {
            language: {word: fold(word) for word in words if len(word) >= SHORTEST}
            for language, words in self._words.items()
        }
