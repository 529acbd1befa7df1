"""Which words of the fields' aliases a word of a question stands for, also misspelt or cut short.

Knows aliases and the keys of words. Does not know what an alias means or what else is said.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.language import Token
from corpus.name_keys import squeeze
from qa.aliases import Alias, Word, word_keys

TYPO_SIMILARITY = 0.78  # edits by length: "emial" meets "email", "conact" meets "contact"
COMPOUND_SIMILARITY = 0.9  # for what may be a compound nobody wrote before: "kontaktpersson"
TYPO_LENGTH = 5
TOKENS_KEPT = 256  # a question is read a few times


class AliasWords:
    """The words of `aliases` by each of their keys; made once for a snapshot."""

    def __init__(self, aliases: Sequence[Alias]) -> None:
        self._names_of: dict[Word, set[str]] = {}
        for alias in aliases:
            for word in alias.words:
                self._names_of.setdefault(word, set()).add(alias.name)
        self._words_of: dict[str, set[Word]] = {}
        for word in self._names_of:
            for key in word:
                self._words_of.setdefault(key, set()).add(word)
        self._long_keys = tuple(
            sorted(key for key in self._words_of if len(key) >= TYPO_LENGTH and key[0] != "~")
        )
        self._kept = lru_cache(TOKENS_KEPT)(self._spelled)

    def of_keys(self, keys: Iterable[str]) -> frozenset[Word]:
        """Return the alias words that keys stand for."""
        return frozenset(word for key in keys for word in self._words_of.get(key, ()))

    def of_token(self, token: Token) -> frozenset[Word]:
        """Return the alias words that a word stands for; it may be misspelt or cut short."""
        return self._kept(token)

    def _spelled(self, token: Token) -> frozenset[Word]:
        found, said = self.of_keys(word_keys(token)), squeeze(token.surface)
        if found or (token.known and not token.parts) or len(said) < TYPO_LENGTH:
            return found
        cutoff = COMPOUND_SIMILARITY if token.known else TYPO_SIMILARITY
        near = process.extractOne(
            said, self._long_keys, scorer=OSA.normalized_similarity, score_cutoff=cutoff
        )
        return frozenset(self._words_of[near[0]] if near else self._longer(said))

    def _longer(self, said: str) -> set[Word]:
        """Return the alias words that begin so, where they all call one field: "mejladr"."""
        first = bisect_left(self._long_keys, said)
        longer = takewhile(lambda key: key.startswith(said), self._long_keys[first:])
        words = {word for key in longer for word in self._words_of[key]}
        names = {name for word in words for name in self._names_of[word]}
        return words if len(names) == 1 else set()
