"""Which of Finnish, Swedish and English a text is in, from two words up.

Knows function words, letters and endings. Does not know any other language: a text in a fourth
one gets the nearest of the three, and one that says nothing either way is called Finnish.
"""

import re
import unicodedata

from corpus.model import LANGUAGES, Language
from corpus.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LIMIT = 20_000  # characters of a long text that are looked at
_STOP_WORD = 3.0
_CAPITALISED = 0.5
_LETTERS: dict[str, dict[Language, float]] = {
    "å": {"sv": 2.0},
    "ä": {"fi": 0.7, "sv": 0.5},
    "ö": {"fi": 0.5, "sv": 0.5},
    "aa": {"fi": 1.0},
    "ää": {"fi": 2.0},
    "uu": {"fi": 1.0},
    "ii": {"fi": 1.0},
    "yy": {"fi": 2.0},
    "öö": {"fi": 2.0},
    "kk": {"fi": 0.5},
    "yö": {"fi": 1.0},
    "uo": {"fi": 0.5},
    "ck": {"sv": 0.7, "en": 0.5},
    "th": {"en": 1.5},
    "wh": {"en": 2.0},
    "sh": {"en": 1.0},
    "w": {"en": 1.5},
    "c": {"en": 0.7, "sv": 0.3},
    "q": {"en": 1.0},
    "x": {"en": 0.5, "sv": 0.4},
    "z": {"en": 0.7},
    "b": {"en": 0.3, "sv": 0.3},
    "f": {"en": 0.3, "sv": 0.3},
    "g": {"en": 0.2, "sv": 0.3},
    "ea": {"en": 0.7},
    "ou": {"en": 0.7},
    "ee": {"en": 0.3, "fi": 0.2},
    "oo": {"en": 0.3, "fi": 0.2},
    "sj": {"sv": 1.0},
    "skj": {"sv": 1.0},
    "ll": {"fi": 0.1, "sv": 0.1, "en": 0.1},
}
_FI = """
ssa ssä sta stä lla llä lta ltä lle ksi een iin oon nen sia siä jen ien tta ttä nut nyt us ys tä nsa
nsä mme nne vat vät ja jä sti in an en ko kö aa ää ut ta ki ni la li
"""
_SV = """
ade ande ende ar or arna orna erna ning ningar het heten lig liga ligt sk ska iskt are ens ets som
tion tioner et ts er as tt rt na
"""
_EN = """
ing tion tions ed ly ment ments ness ity ous ies ch ght ck ful less able y ow ve es ce al
nt ld se te
"""
_ENDINGS: dict[Language, tuple[str, ...]] = {
    "fi": tuple(_FI.split()),
    "sv": tuple(_SV.split()),
    "en": tuple(_EN.split()),
}


def detect(text: str) -> Language:
    """Return the language of `text`; a tie is Finnish."""
    normal = unicodedata.normalize("NFC", text[:_LIMIT]).replace("’", "'")
    shouted = normal.isupper()
    scores: dict[Language, float] = dict.fromkeys(LANGUAGES, 0.0)
    for place, word in enumerate(_WORD.findall(normal)):
        weight = 1.0 if shouted else _weight(word, first=place == 0)
        for language in LANGUAGES:
            scores[language] += weight * _score(word.lower(), language)
    return max(LANGUAGES, key=lambda language: round(scores[language], 6))


def _weight(word: str, *, first: bool) -> float:
    """Return how much a word tells: abbreviations nothing, names less than other words."""
    if len(word) > 1 and word.isupper():
        return 0.0
    return _CAPITALISED if word[0].isupper() and not first else 1.0


def _score(word: str, language: Language) -> float:
    score = _STOP_WORD if word in STOP_WORDS[language] else 0.0
    score += 0.8 if len(word) > 3 and word.endswith(_ENDINGS[language]) else 0.0
    return score + sum(
        weights.get(language, 0.0) for letters, weights in _LETTERS.items() if letters in word
    )
