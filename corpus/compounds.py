"""Compound words: "yhteyshenkilö" is "yhteys" and "henkilö".

Knows how Finnish and Swedish join words, with a dictionary to say what is a word. Does not know the
corpus, so the same word is split the same way everywhere. Names are not split: a list of them is
given, and what the dictionary has as a name only is one.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.dictionary import Dictionary
from corpus.model import Language

_MIN_PART = 3
_MIN_HEAD = 4
_MIN_WORD = 7
_MAX_PARTS = 4
_SHORT = "työ maa tie yö sää jää osa apu ala ikä suu puu kuu ilo idé år bok väg"
# Endings that the dictionary also has as words; a "compound" of these is a derivation.
_ENDINGS = """
lainen läinen mainen mäinen moinen minen nainen teinen ttaa ttää tella tellä uttaa yttää ella ellä
ista istaa oida öidä ainen äinen inen ente ning else lig ande ende ling isk iska aren arna erna orna
ade are ats ast ari isti ismi
"""
_FUNCTION_WORDS = """
ali alla asti eli ellei emme että heti hän itse joka jos kai kas kin koko kun mene men mikä mutta
niin noin olla oma ose ovat sekä sen tai tuo tämä vain van vielä att det den din ett för han har hon
hos hur kan man med men min mot nej oss sig sin som till var vem vid
"""
_SHORT_HEADS = frozenset(_SHORT.split())
_NOT_HEADS = frozenset(_ENDINGS.split())
_NOT_MODIFIERS = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Compound:
    """A word taken apart: the lemma of the whole, and the lemmas of its parts."""

    lemma: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    surface: str
    lemma: str


class Splitter:
    """Takes lower-case words apart; safe to share between threads."""

    def __init__(self, dictionary: Dictionary, names: Container[str] = frozenset()) -> None:
        self._dictionary = dictionary
        self._names = names
        self._modifier = lru_cache(maxsize=65536)(self._find_modifier)
        self._head = lru_cache(maxsize=65536)(self._find_head)

    def split(self, word: str, language: Language) -> Compound | None:
        """Return the parts of `word` in `language`, or None when it is not a compound there."""
        if len(word) < _MIN_WORD or language == "en" or not word.isalpha():
            return None
        best = min(self._splits(word, language, _MAX_PARTS), key=_rank, default=None)
        if best is None:
            return None
        lemma = "".join(piece.surface for piece in best[:-1]) + best[-1].lemma
        parts = () if lemma in self._names else tuple(piece.lemma for piece in best)
        return Compound(lemma, parts)

    def _splits(self, word: str, language: Language, parts: int) -> Iterator[tuple[_Piece, ...]]:
        for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
            modifier = self._modifier(word[:cut], language)
            if modifier is None:
                continue
            head = self._head(word[cut:], language)
            if head is not None:
                yield (modifier, head)
            if parts > 2:
                for rest in self._splits(word[cut:], language, parts - 1):
                    yield (modifier, *rest)

    def _find_head(self, form: str, language: Language) -> _Piece | None:
        lemma = self._dictionary.common(form, language)
        if lemma is None and len(form) > _MIN_HEAD:
            lemma = self._dictionary.proper(form, language)
        if lemma is None or lemma in _NOT_HEADS or not lemma.isalpha():
            return None
        return _Piece(form, lemma) if len(lemma) >= _MIN_HEAD or lemma in _SHORT_HEADS else None

    def _find_modifier(self, form: str, language: Language) -> _Piece | None:
        if form in _NOT_MODIFIERS:
            return None
        find = self._swedish_modifier if language == "sv" else self._finnish_modifier
        lemma = find(form)
        return _Piece(form, lemma) if lemma else None

    def _finnish_modifier(self, form: str) -> str | None:
        lemma = self._dictionary.common(form, "fi")
        if lemma == form or (lemma and _is_genitive(form, lemma)):
            return lemma
        if form.endswith("s") and len(form) > _MIN_PART:
            adjective = form[:-1] + "nen"  # ihmis- is the form of ihminen in compounds
            return adjective if self._dictionary.common(adjective, "fi") == adjective else None
        return None

    def _swedish_modifier(self, form: str) -> str | None:
        lemma = self._dictionary.common(form, "sv")
        if lemma == form:
            return lemma
        base = form[:-1]
        if form.endswith("s") and len(base) >= _MIN_PART:  # the s that joins: välfärd-s-område
            return base if self._dictionary.common(base, "sv") == base else None
        return None


def _is_genitive(form: str, lemma: str) -> bool:
    return form.endswith("n") and len(form) > _MIN_HEAD and form[:2] == lemma[:2]


def _rank(pieces: tuple[_Piece, ...]) -> tuple[int, int, int]:
    """Order splits: fewest parts, then the longest shortest part, then the longest head."""
    return (len(pieces), -min(len(p.surface) for p in pieces), -len(pieces[-1].surface))
