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
_MAX_WORD = 60
_MAX_PARTS = 4
_SHORT = "työ maa tie yö sää jää osa apu ala ikä suu puu kuu ilo idé år bok väg"
# Endings that the dictionary also has as words; a "compound" of these is a derivation.
_ENDINGS = """
lainen läinen mainen mäinen moinen minen nainen teinen ttaa ttää tella tellä uttaa yttää ella ellä
ista istaa oida öidä ainen äinen inen ente ning else lig ande ende ling isk iska aren arna erna orna
ade are ats ast ari isti ismi heta het
"""
_FUNCTION_WORDS = """
alla asti eli ellei emme että heti hän joka jos kai kas kin koko kun mene men mikä mutta
niin noin olla oma ose ovat sekä sen tai tuo tämä vain van vielä att det den din ett för han har hon
hos hur kan man med men min mot nej oss sig sin som till var vem vid
"""
# First parts that are no word by themselves, or that the dictionary has as another word's form.
_BOUND = """
ali alku ensi epä erityis esi etä euro digi hyper itse jatko jälki kaksois keski kirjo koillis lisä
loppu luoteis lähi moni ohi perus pien pohjois puoli sisä sote suur taka tele täys ulko ylä yli
yhteis äldre över under mellan efter själv styr huvud hög låg
"""
# The only first parts of three letters: others split "asukasta" and "tavalla".
_SHORT_FIRST = (
    "itä työ maa tie yö sää jää osa ala ikä suu puu kuu pää ura etu syy koe luu mål väg dag tid hem"
)
_VERBS = ("taa", "tää", "tua", "tyä", "lla", "llä", "ida", "idä", "oa")
_SHORT_MODIFIERS = frozenset(_SHORT_FIRST.split())
_SHORT_HEADS = frozenset(_SHORT.split())
_NOT_HEADS = frozenset(_ENDINGS.split())
_NOT_MODIFIERS = frozenset(_FUNCTION_WORDS.split())
_BOUND_MODIFIERS = frozenset(_BOUND.split())
# How Swedish changes a word before another: arbets- is arbete, hälso- hälsa.
_SWEDISH_JOINTS = (
    ("s", ""),
    ("s", "e"),
    ("o", "a"),
    ("u", "a"),
    ("e", ""),
    ("ar", "are"),
    ("", "a"),
)


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

    def split(self, form: str, language: Language, *, basic: bool = False) -> Compound | None:
        """Return the parts of `form` in `language`, or None when it is not a compound there.

        `basic` says that the form is a lemma, so that its last part must be in basic form too.
        """
        if not _MIN_WORD <= len(form) <= _MAX_WORD or language == "en" or not form.isalpha():
            return None
        if form in self._names:
            return None
        best = min(self._splits(form, language, basic, _MAX_PARTS), key=_rank, default=None)
        if best is None:
            return None
        lemma = "".join(piece.surface for piece in best[:-1]) + best[-1].lemma
        parts = () if lemma in self._names else tuple(piece.lemma for piece in best)
        return Compound(lemma, parts)

    def _splits(
        self, form: str, language: Language, basic: bool, parts: int
    ) -> Iterator[tuple[_Piece, ...]]:
        for cut in range(_MIN_PART, len(form) - _MIN_PART + 1):
            modifier = self._modifier(form[:cut], language)
            if modifier is None:
                continue
            head = self._head(form[cut:], language, basic)
            if head is not None:
                yield (modifier, head)
            if parts > 2:
                for rest in self._splits(form[cut:], language, basic, parts - 1):
                    yield (modifier, *rest)

    def _find_head(self, form: str, language: Language, basic: bool) -> _Piece | None:
        lemma = self._dictionary.common(form, language)
        if lemma is None and len(form) > _MIN_HEAD:
            lemma = self._dictionary.proper(form, language)
        if lemma is None or lemma in _NOT_HEADS or not lemma.isalpha():
            return None
        if language == "fi" and form != lemma and (lemma.endswith(_VERBS) or basic):
            return _Piece(form, lemma) if _is_plural(form, lemma) else None
        return _Piece(form, lemma) if len(lemma) >= _MIN_HEAD or lemma in _SHORT_HEADS else None

    def _find_modifier(self, form: str, language: Language) -> _Piece | None:
        short = len(form) <= _MIN_PART and form not in _SHORT_MODIFIERS | _BOUND_MODIFIERS
        if short or form in _NOT_MODIFIERS:
            return None
        if form in _BOUND_MODIFIERS:
            return _Piece(form, form)
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
        if self._dictionary.common(form, "sv") == form:
            return form
        for ending, restored in _SWEDISH_JOINTS:
            base = form.removesuffix(ending) + restored
            if form.endswith(ending) and len(base) > _MIN_PART and self._is_swedish(base):
                return base
        return None

    def _is_swedish(self, base: str) -> bool:
        return self._dictionary.common(base, "sv") == base


def _is_genitive(form: str, lemma: str) -> bool:
    """Say whether `form` is "kunnan" of "kunta", not "taloon" of "talo"."""
    if not form.endswith("n") or len(form) <= _MIN_HEAD or form[:2] != lemma[:2]:
        return False
    return form[-3] != form[-2] or form[:-1] == lemma


def _is_plural(form: str, lemma: str) -> bool:
    """Say whether `form` is "tiedot" of "tieto": some words are plural in basic form."""
    return form.endswith("t") and form[:2] == lemma[:2] and not lemma.endswith(_VERBS)


def _rank(pieces: tuple[_Piece, ...]) -> tuple[int, int, int]:
    """Order splits: fewest parts, then the longest shortest part, then the longest head."""
    return (len(pieces), -min(len(p.surface) for p in pieces), -len(pieces[-1].surface))
