"""Puts back the dots and rings of what was typed without any: "vem ar kontaktperson for".

Knows how often words of asking are spelled how, by language. Does not know what is asked, and of
names only that they stay as they are: "Vanda" is no "vända".
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from corpus.model import LANGUAGES, Language

WORD = re.compile(r"\w+(?:['-]+\w+)*")
BARE = str.maketrans("åäöéèüšž", "aaoeeusz")  # letter for letter, unlike a decomposition
LEAST = 2  # times that a spelling must have been seen, and words of a language in a text
CLEAR = 5  # times as often as all others that are left the same without diacritics


class Diacritics:
    """Restores words of asking; `texts` gives texts of a language, read when first needed."""

    def __init__(self, texts: Callable[[Language], Sequence[str]]) -> None:
        self._texts = texts

    def restored(self, text: str, is_name: Callable[[str], bool] = lambda word: False) -> str:
        """Return `text` with the diacritics of its language, letter for letter.

        Only a text that has none at all is changed, and only if more of its words are known in one
        language than in any other. Names stay: `is_name` tells them of words in lower case, and a
        capital inside a text that is not all capitals.
        """
        if any(letter.isalpha() and not letter.isascii() for letter in text):
            return text
        words = [word.casefold() for word in WORD.findall(text)]
        known = {lang: sum(w in forms for w in words) for lang, forms in self._forms.items()}
        (first, most), (_, second), *_ = sorted(known.items(), key=lambda item: -item[1])
        if most == second or most < LEAST:
            return text
        forms = self._forms[first]
        loud = text.isupper()

        def spelled(found: re.Match[str]) -> str:
            word = found.group()
            inside = found.start() > 0 and word[0].isupper() and not loud
            return word if inside or is_name(word.casefold()) else _cased(word, forms)

        return WORD.sub(spelled, text)

    @cached_property
    def _forms(self) -> Mapping[Language, Mapping[str, str]]:
        """The usual spelling of each word without diacritics, by language."""
        return {language: _usual(self._texts(language)) for language in LANGUAGES}


def _usual(texts: Sequence[str]) -> dict[str, str]:
    """Return the spelling of each word by what is left of it; itself where none is clear."""
    counts = Counter(" ".join(texts).casefold().split())
    totals: dict[str, int] = {}
    usual: dict[str, str] = {}
    for word, count in counts.most_common():
        bare = word.translate(BARE)
        totals[bare] = totals.get(bare, 0) + count
        usual.setdefault(bare, word)
    return {
        bare: word if _clear(counts[word], totals[bare]) else bare for bare, word in usual.items()
    }


def _clear(count: int, total: int) -> bool:
    return count >= max(LEAST, CLEAR * (total - count))


def _cased(word: str, forms: Mapping[str, str]) -> str:
    """Return the usual spelling of a word with its own capitals."""
    usual = forms.get(word.casefold(), word)
    return "".join(
        new.upper() if old.isupper() else new for old, new in zip(word, usual, strict=True)
    )
