"""Which sentences have the kind of thing that is asked for: a number, a price, a name, a time.

The expected answer type of question answering (Li and Roth, 2002), looked for in what would be
quoted. Knows texts and the lexicon of their language. Does not know how passages are ranked.
"""

import re

from corpus.dates import find_dates
from corpus.language import Analyzer
from corpus.model import Language, Passage
from corpus.name_keys import is_place, keys_of, squeeze, token_keys
from corpus.names import name_pattern
from corpus.words import load_words
from embeddings.encoder import Encoder
from qa.counted import alike, counting, where
from qa.cues import at, has
from qa.highlighting import Span
from qa.lexicon import either, load_lexicon
from qa.question import Question

SHORT_NAME = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{3,}(?![\w:-])")  # neither "THL:stä" nor "OSA-ALUE"
MONEY = re.compile(r"[€$£]")
CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b|\b24/7\b")
WORD = re.compile(r"[^\W\d_]{2}")
SHORTEST_MONTH = 4  # letters; "may" and "mar" are words, too


def fitting(
    question: Question, passage: Passage, encoder: Encoder, analyzer: Analyzer
) -> tuple[Span, ...] | None:
    """Return the sentences with the number, price, name or time asked for; None for all.

    The first kind that is asked for counts. Empty where the passage has no such sentence: it cannot
    answer "how many", "when", "what is the fee" or "who is the chair".
    """
    expected, counts = question.steering.expected, question.steering.asks_quantity
    if expected.price:
        prices = priced(passage, analyzer)
        numbers = counting(passage, analyzer) if counts else prices
        return tuple(span for span in prices if span in numbers) or numbers
    if counts:
        return alike(
            question.counted_at_once, passage, counting(passage, analyzer), encoder, analyzer
        )
    if expected.holder or expected.company:
        return named(passage, analyzer, keys_of(question.text, analyzer))
    if question.steering.asks_who and not WORD.search(passage.text):
        return ()
    return timed(passage, analyzer) if expected.time else None


def placed(question: Question, passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences that answer "which regions", or "which town" of one document.

    By the places that they name, several or one: who names no document may ask which one it is. The
    places of the question, and what they are made of, answer nothing.
    """
    several = _asks_which_places(question)
    if not several and not (question.steering.asks_which_place and question.one_document):
        return ()
    known = _known_places(question, analyzer)
    least = 1 + several
    return where(passage, lambda text: len(_places(text, known, analyzer)) >= least)


def _asks_which_places(question: Question) -> bool:
    """Tell "which regions" and "which other regions" from "which help do municipalities get"."""
    lexicon = load_lexicon(question.language)
    cues = either(lexicon.which_cues, lexicon.plural_words)
    asking = {p for p, token in enumerate(question.tokens) if token.surface in cues}
    plural = at(question.tokens, lexicon.place_plurals)
    return any(not asking.isdisjoint({place - 1, place - 2}) for place in plural)


def _known_places(question: Question, analyzer: Analyzer) -> frozenset[str]:
    """Return the keys of what the question says, and of its parts: Uusimaa of "Itä-Uudenmaan"."""
    tokens = analyzer.tokens(question.expanded)
    parts = frozenset(squeeze(part) for token in tokens for part in token.parts)
    return keys_of(question.expanded, analyzer) | parts


def _places(text: str, known: frozenset[str], analyzer: Analyzer) -> set[tuple[str, ...]]:
    """Return the lemmas of the places that a sentence names, but for those that are `known`."""
    return {
        token.lemmas
        for token in analyzer.tokens(text)
        if text[token.start].isupper() and is_place(token) and known.isdisjoint(token_keys(token))
    }


def priced(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences of a passage that tell a price or speak of one: "40 €", "free"."""
    lexicon = load_lexicon(passage.language)
    money = either(lexicon.money_words, lexicon.price_words, lexicon.cost_words)
    return where(passage, lambda text: bool(MONEY.search(text) or at(analyzer.tokens(text), money)))


def named(
    passage: Passage, analyzer: Analyzer, said: frozenset[str] = frozenset()
) -> tuple[Span, ...]:
    """Return the sentences of a passage that name somebody, or something that is no place.

    Two capitalised words or more, an abbreviation ("HUS"), or one capitalised word that is in no
    dictionary or stands inside the sentence in its base form ("Siemens"). Who says a name does not
    ask for it: the words whose keys are `said` name nothing new.
    """

    def names(text: str) -> bool:
        found = (m.group() for p in (name_pattern(), SHORT_NAME) for m in p.finditer(text))
        return any(_is_new(name, said, analyzer) for name in found) or _has_name(
            text, analyzer, said
        )

    return where(passage, names)


def _is_new(name: str, said: frozenset[str], analyzer: Analyzer) -> bool:
    """Tell whether a name has a word that is not `said`."""
    return any(said.isdisjoint(token_keys(token)) for token in analyzer.tokens(name))


def _has_name(text: str, analyzer: Analyzer, said: frozenset[str]) -> bool:
    """Tell whether a sentence has a capitalised word that is a name; "THL:stä" is none."""
    words = ((p, t) for p, t in enumerate(analyzer.tokens(text)) if text[t.start].isupper())
    names = (t for p, t in words if not t.known or (p and t.surface in t.lemmas))
    return any(
        not is_place(t) and ":" not in t.surface and said.isdisjoint(token_keys(t)) for t in names
    )


def timed(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences of a passage that say a time: a date, "in spring", "after the pilot"."""
    times = _times(passage.language)

    def tells(text: str) -> bool:
        return (
            has(analyzer.tokens(text), times)
            or bool(find_dates(text, 0, len(text)))
            or bool(CLOCK.search(text))
        )

    return where(passage, tells)


def _times(language: Language) -> frozenset[str]:
    """Return the words of a passage that say when."""
    lexicon = load_lexicon(language)
    return either(
        lexicon.time_words,
        frozenset(m for m in load_words().months if len(m) >= SHORTEST_MONTH),
        lexicon.after_cues,
        lexicon.before_cues,
        lexicon.current_cues,
        lexicon.latest_cues,
        lexicon.earliest_cues,
    )
