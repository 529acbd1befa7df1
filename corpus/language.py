"""The words of a text, analysed for search: surface, lemmas, stem, parts, without diacritics.

Knows what counts as one word (hyphens, "THL:n", e-mails, dates) and asks the dictionary and the
compound splitter about each, in Finnish, Swedish and English alike, because a question may mix
them. Does not know the corpus, weights or fields, and never chooses between meanings: all lemmas
that a form can have are given.
"""

import re
import threading
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer  # type: ignore[import-not-found]  # PyStemmer ships no types

from corpus.compounds import Splitter
from corpus.detection import detect
from corpus.dictionary import Dictionary, open_dictionary
from corpus.model import LANGUAGES, Language
from corpus.places import place_words
from corpus.stop_words import STOP_WORDS

__all__ = ["STOP_WORDS", "Analyzer", "Token", "detect", "fold", "is_stop_word", "open_analyzer"]

_TOKEN = re.compile(
    r"""
      (?P<address>[\w.+-]{0,63}\w@\w[\w-]*(?:\.\w[\w-]*)+ | [@\#]\w+(?:[.-]\w+)*)
    | (?P<number>\d+(?:[.,:/-]\d+){0,7}(?!-?\w))
    | (?P<word>[^\W_]+(?:[-‐‑'][^\W_]+)*(?::[a-zåäö]{1,5}(?!\w))?)
    """,
    re.VERBOSE,
)
_HYPHEN = re.compile(r"[-‐‑]")
_PIECE = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("’´ʼ", "'''")
_FRONT_VOWELS = str.maketrans("ao", "äö")
# Finnish endings after the case ending, and what is put back: hankkeessa-an, hankkee(n)-nsa.
_FINNISH_ENCLITICS = (
    *((ending, "") for ending in ("kin", "kaan", "kään", "ko", "kö", "han", "hän", "an", "än")),
    *((ending, back) for ending in ("nsa", "nsä", "mme", "nne") for back in ("n", "")),
)
_MIN_BASE = 5
_MAX_WORD = 100  # characters of the longest word that is analysed; longer ones are no words
_CACHED_WORDS = 100_000
_CACHED_TEXTS, _SHORT_TEXT = 64, 1_000  # a question and a title are looked at several times


@dataclass(frozen=True, slots=True)
class Token:
    """One word at `[start, end)` of the text in NFC.

    `surface` is the word in lower case, `folded` the same without diacritics, `lemmas` its basic
    forms in any of the three languages (the surface itself when no dictionary knows it), `stem`
    its Snowball stem, `parts` the lemmas of what a compound, hyphenated word, number or address
    is made of (empty for a simple word), `known` whether a dictionary knows it.
    """

    start: int
    end: int
    surface: str
    folded: str
    lemmas: tuple[str, ...]
    stem: str
    parts: tuple[str, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Word:
    lemmas: tuple[str, ...]
    stem: str
    parts: tuple[str, ...] = ()
    known: bool = True


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics: "Itä-Nylånd" gives "ita-nyland"."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_stop_word(token: Token, language: Language) -> bool:
    """Say whether `token` is a function word of `language`."""
    return token.surface in STOP_WORDS[language]


class Analyzer:
    """Turns text into tokens; safe to share between threads, the same word always the same."""

    def __init__(self, dictionary: Dictionary, names: Container[str] = frozenset()) -> None:
        self._dictionary = dictionary
        self._splitter = Splitter(dictionary, names)
        self._stemmers = {
            "fi": Stemmer.Stemmer("finnish"),
            "sv": Stemmer.Stemmer("swedish"),
            "en": Stemmer.Stemmer("english"),
        }
        self._lock = threading.Lock()  # a Snowball stemmer is one buffer
        self._word = lru_cache(maxsize=_CACHED_WORDS)(self._analyse)
        self._recent = lru_cache(maxsize=_CACHED_TEXTS)(self._tokens)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the words of `text` in order, with their spans in its NFC form."""
        return self._recent(text) if len(text) <= _SHORT_TEXT else self._tokens(text)

    def _tokens(self, text: str) -> tuple[Token, ...]:
        normal = unicodedata.normalize("NFC", text)
        return tuple(
            self._token(match) for match in _TOKEN.finditer(normal.translate(_APOSTROPHES))
        )

    def _token(self, match: re.Match[str]) -> Token:
        surface = match.group().casefold()
        word = self._word(surface, match.lastgroup or "word")
        return Token(
            *match.span(), surface, _folded(surface), word.lemmas, word.stem, word.parts, word.known
        )

    def _analyse(self, surface: str, kind: str) -> _Word:
        if len(surface) > _MAX_WORD:
            return _Word((surface,), surface)
        if kind != "word":
            pieces = tuple(dict.fromkeys(_PIECE.findall(surface)))
            return _Word((surface,), surface, pieces if pieces != (surface,) else ())
        base = surface.split(":")[0]  # THL:n
        if base.isascii() and base.endswith("'s"):
            base = base[:-2]
        pieces = tuple(_HYPHEN.split(base))
        return self._hyphenated(pieces) if len(pieces) > 1 else self._simple(base)

    def _hyphenated(self, pieces: tuple[str, ...]) -> _Word:
        words = [self._simple(piece) for piece in pieces]
        before, last = pieces[:-1], words[-1].lemmas
        lemmas = [joint.join((*before, lemma)) for joint in ("-", "") for lemma in last]
        parts = dict.fromkeys(part for word in words for part in (*word.lemmas, *word.parts))
        known = all(word.known for word in words)
        return _Word(tuple(lemmas), "-".join((*before, words[-1].stem)), tuple(parts), known)

    def _simple(self, word: str) -> _Word:
        for form in _readings(word):
            if known := self._known(form):
                return known
        return _Word((word,), self._stem(word, "fi"), known=False)

    def _known(self, word: str) -> _Word | None:
        """Return what the dictionaries say, alone or by way of a compound."""
        found = {language: self._dictionary.lemmas(word, language) for language in LANGUAGES}
        languages = [language for language in LANGUAGES if found[language]]
        if languages:
            lemmas = tuple(dict.fromkeys(x for language in languages for x in found[language]))
            return _Word(lemmas, self._stem(word, languages[0]), self._parts(word, languages))
        for language in LANGUAGES:
            if compound := self._splitter.split(word, language):
                return _Word((compound.lemma,), self._stem(word, language), compound.parts)
        return None

    def _parts(self, word: str, languages: list[Language]) -> tuple[str, ...]:
        """Return the parts of an ordinary word; what is a name only is not taken apart."""
        for language in languages:
            lemma = self._dictionary.common(word, language)
            if lemma and (compound := self._splitter.split(lemma, language, basic=True)):
                return compound.parts
        return ()

    def _stem(self, word: str, language: Language) -> str:
        with self._lock:
            return str(self._stemmers[language].stemWord(word))


@lru_cache(maxsize=1)
def open_analyzer() -> Analyzer:
    """Return this process's analyser, with the user's dictionaries and the names of places."""
    return Analyzer(open_dictionary(), place_words())


@lru_cache(maxsize=_CACHED_WORDS)
def _folded(word: str) -> str:
    return fold(word)


def _readings(word: str) -> Iterator[str]:
    """Yield what `word` may stand for, likeliest first: itself, then without an enclitic."""
    yield word
    if word.isascii():  # typed without dots: "henkilo"
        yield word.translate(_FRONT_VOWELS)
    for ending, back in _FINNISH_ENCLITICS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= _MIN_BASE:
            yield base + back
