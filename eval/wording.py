"""How texts are compared: evened out for places, folded for short answers.

Knows normal forms and whole words. Does not know questions, answers or languages.
"""

import re
from unicodedata import normalize

_SHORTEST_PART = 0.4
"""Of an expected text's characters, how many an answer inside it must have to be the answer."""


def plain(text: str) -> str:
    """Return `text` in NFC with every run of white space as one space: how texts are matched."""
    return " ".join(normalize("NFC", text).split())


def comparable(text: str) -> str:
    """Return `text` without case, punctuation and extra space: how short answers are compared."""
    folded = normalize("NFC", text).casefold()
    return " ".join(re.sub(r"[^\w@.+-]+", " ", folded).split()).strip(" .")


def says(given: str, expected: str, *, part: bool) -> bool:
    """Return whether `given` has `expected` in it; both are `comparable`.

    With `part` an answer that is a good part of `expected` and nothing else will do too: a value
    ("Mari Teittinen") whose gold text is the whole line ("Mari Teittinen 1.1.2023 alkaen").
    """
    if not expected or not given:
        return False
    if _has_words(given, expected):
        return True
    return part and len(given) >= _SHORTEST_PART * len(expected) and _has_words(expected, given)


def _has_words(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
