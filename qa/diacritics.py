"""Puts back the dots and rings of what was typed without any: "vem ar kontaktperson for".

Knows how often words of asking are written how, by language. Does not know names, which are met
without diacritics anyway, nor what is asked.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from corpus.model import LANGUAGES, Language

WORD = re.compile(r"[\w'-]*\w")
BARE = str.maketrans("åäöéèüšž", "aaoeeusz")  # letter for letter, unlike a decomposition


class Diacritics:
    """Restores words of asking; `texts` gives texts of a language, read when first needed."""

    def __init__(self, texts: Callable[[Language], Sequence[str]]) -> None:
        self._texts = texts

    def restored(self, text: str) -> str:
        """Return `text` with each letter in its place and the diacritics of its language.

        Only what has none at all is changed, where more of its words are of a language that has
        them than of any other.
        """
        if not text.isascii():
            return text
        words = [word.casefold() for word in WORD.findall(text)]
        known = {lang: sum(w in forms for w in words) for lang, forms in self._forms.items()}
        (first, most), (_, second), *_ = sorted(known.items(), key=lambda item: -item[1])
        if most == second:
            return text
        forms = self._forms[first]
        return WORD.sub(lambda found: _cased(found.group(), forms), text)

    @cached_property
    def _forms(self) -> Mapping[Language, Mapping[str, str]]:
        """The usual spelling of each word without diacritics, by language."""
        return {language: _usual(self._texts(language)) for language in LANGUAGES}


def _usual(texts: Sequence[str]) -> dict[str, str]:
    """Return the commonest spelling of each word by what is left of it without diacritics."""
    counts = Counter(WORD.findall("\n".join(texts).casefold()))
    return {word.translate(BARE): word for word, _ in reversed(counts.most_common())}


def _cased(word: str, forms: Mapping[str, str]) -> str:
    """Return the usual spelling of a word with its own capitals."""
    usual = forms.get(word.casefold(), word)
    return "".join(
        new.upper() if old.isupper() else new for old, new in zip(word, usual, strict=True)
    )
