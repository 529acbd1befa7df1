"""Mends what was mistyped in the words of asking: "contac person", "vem fianansierar".

Knows the words in which fields are asked for, by language, and which words are common. Does not
know names, which stay, nor what is asked.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.language import Token, fold
from corpus.model import LANGUAGES, Language

SHORTEST = 6  # letters of a word that is mended into one by which fields are called
SHORTEST_OTHER = 7  # the same into any other word of asking
MISTAKES = 1  # letters left out, doubled, changed or swapped, diacritics aside
ENDING = 2  # letters at the end in which words that differ are two forms of one
MOST = 8  # words; a text with more that are unknown is of another kind
Texts = Callable[[Language], Sequence[str]]


class Typos:
    """Mends words that no dictionary has.

    `texts` gives texts of asking in a language and `called` the words by which fields are called
    there, both read when needed; `is_common` tells real words that dictionaries lack.
    """

    def __init__(
        self,
        texts: Texts,
        called: Callable[[Language], frozenset[str]],
        is_common: Callable[[str], bool] = lambda word: False,
    ) -> None:
        self._texts = texts
        self._called = called
        self._is_common = is_common

    def doubtful(self, text: str, tokens: Sequence[Token]) -> frozenset[int]:
        """Return the positions of words that may be mistyped: long, unknown and no proper noun.

        `tokens` are those of `text`, which is in NFC.
        """
        loud = text.isupper()
        found = frozenset(
            p
            for p, token in enumerate(tokens)
            if not token.known
            and len(token.surface) >= SHORTEST
            and token.surface.replace("-", "").isalpha()
            and (loud or p == 0 or not text[token.start].isupper())
            and not self._is_common(token.surface)
        )
        return found if len(found) <= MOST else frozenset()

    def mended(self, text: str, tokens: Sequence[Token], doubtful: frozenset[int]) -> str:
        """Return `text` with the words at `doubtful` as its language spells them.

        A word stays where no word of asking is within one mistake, and all do where two languages
        know as many words.
        """
        wrong = {p: tokens[p].surface for p in doubtful if not self._is_asking(tokens[p].surface)}
        near = {lang: self._nearest_of(wrong, lang) for lang in LANGUAGES}
        counts = {
            lang: len(near[lang]) + sum(token.surface in self._words[lang] for token in tokens)
            for lang in LANGUAGES
        }
        (first, most), (_, second), *_ = sorted(counts.items(), key=lambda item: -item[1])
        if most == second:
            return text
        for place, word in sorted(near[first].items(), reverse=True):  # from the end: spans stay
            text = text[: tokens[place].start] + word + text[tokens[place].end :]
        return text

    def _is_asking(self, word: str) -> bool:
        return any(word in known for known in self._words.values())

    def _nearest_of(self, wrong: Mapping[int, str], language: Language) -> dict[int, str]:
        """Return the mended words of a language, by position."""
        found = ((place, self._nearest(word, language)) for place, word in wrong.items())
        return {place: word for place, word in found if word}

    def _nearest(self, word: str, language: Language) -> str:
        """Return the word of asking nearest to `word`, the commonest of several; "" if none is."""
        bare, counts = self._bare[language], self._words[language]
        found = process.extract(
            fold(word), bare, scorer=OSA.distance, score_cutoff=MISTAKES, limit=None
        )
        near = [
            (int(OSA.distance(word, known)), -counts[known], known)
            for _, _, known in found
            if self._may_be(word, known, language)
        ]
        return min(near)[2] if near else ""

    def _may_be(self, word: str, known: str, language: Language) -> bool:
        """Tell a mistyped word from another form, another spelling or another short word.

        Nobody mistypes the first letter, and what differs at the end alone is another form; unless
        the end is missing: "contac".
        """
        if len(word) < SHORTEST_OTHER and known not in self._called(language):
            return False
        bare, other = fold(word), fold(known)
        if bare == other:
            return word.isascii()
        pairs = zip(bare, other, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        is_form = max(len(bare), len(other)) - same <= ENDING
        return bare[0] == other[0] and (not is_form or other.startswith(bare))

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
            language: {word: fold(word) for word in words if len(word) >= SHORTEST - MISTAKES}
            for language, words in self._words.items()
        }
