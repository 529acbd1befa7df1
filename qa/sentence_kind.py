"""Which sentences have the kind of thing that is asked for: a number, a price, a name, a time.

The expected answer type of question answering (Li and Roth, 2002), looked for in what would be
quoted. Knows texts and the lexicon of their language. Does not know how passages are ranked.
"""

import re
from collections.abc import Callable

from corpus.dates import find_dates
from corpus.language import Analyzer, Token
from corpus.model import Language, Passage
from corpus.name_keys import is_place, keys_of, token_keys
from corpus.names import name_pattern
from corpus.sentences import sentences
from corpus.words import load_words
from qa.answer_kind import DIGIT
from qa.cues import at, has
from qa.highlighting import Span
from qa.lexicon import either, load_lexicon
from qa.question import Question

SHORT_NAME = re.compile(r"(?<![\w-])[A-ZÅÄÖ]{3,}(?![\w:-])")  # neither "THL:stä" nor "OSA-ALUE"
MONEY = re.compile(r"[€$£]")
CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b|\b24/7\b")
# a list's mark, a date, what is a year nearly always, what ends a name: "Covid-19", "SOTE20"
NO_COUNT = re.compile(
    r"^\s*\d+[.)]\s|(?<!\S)\d+\)\s|\b\d{1,2}\.\d{1,2}\.(?:\d{4})?|\b\d{4}-\d\d-\d\d\b"
    r"|\b(?:19\d\d|20(?:0[1-9]|[1-4]\d))\b|\b[^\W\d_]+-?\d+\b",
    re.MULTILINE,
)
WORD = re.compile(r"[^\W\d_]{2}")
YEAR_DIGITS = 4
SHORTEST_MONTH = 4  # letters; "may" and "mar" are words, too


def fitting(question: Question, passage: Passage, analyzer: Analyzer) -> tuple[Span, ...] | None:
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
        return counting(passage, analyzer)
    if expected.holder or expected.company:
        return named(passage, analyzer, keys_of(question.text, analyzer))
    if question.steering.asks_who and not WORD.search(passage.text):
        return ()
    return timed(passage, analyzer) if expected.time else None


def counting(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences of a passage that have a number, in digits or words.

    A list's own numbers, dates, years (but a round 2000) and the numbers of names do not count.
    """
    numbers = load_lexicon(passage.language).numbers

    def counts(text: str) -> bool:
        words = {word for t in analyzer.tokens(text) for word in (t.surface, *t.lemmas)}
        return bool(DIGIT.search(NO_COUNT.sub("", text))) or not numbers.isdisjoint(words)

    return _where(passage, counts)


def priced(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences of a passage that tell a price or speak of one: "40 €", "free"."""
    lexicon = load_lexicon(passage.language)
    money = either(lexicon.money_words, lexicon.price_words, lexicon.cost_words)
    return _where(
        passage, lambda text: bool(MONEY.search(text) or at(analyzer.tokens(text), money))
    )


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

    return _where(passage, names)


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

    return _where(passage, tells)


def _where(passage: Passage, test: Callable[[str], bool]) -> tuple[Span, ...]:
    """Return the sentences of a passage that pass a test."""
    text = passage.text
    return tuple((start, end) for start, end in sentences(text) if test(text[start:end]))


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


def counts_time(passage: Passage, analyzer: Analyzer) -> bool:
    """Tell whether a passage counts units of time: "3 vuotta", "two years"."""
    lexicon, tokens = load_lexicon(passage.language), analyzer.tokens(passage.text)
    units = at(tokens, lexicon.time_nouns)
    counted = (tokens[unit - 1] for unit in units if unit)
    return any(_is_count(token, lexicon.numbers) for token in counted)


def _is_count(token: Token, numbers: frozenset[str]) -> bool:
    """Tell a small number, in digits or words, from a year or a date."""
    said = token.surface
    return (said.isdigit() and len(said) < YEAR_DIGITS) or not numbers.isdisjoint(
        (said, *token.lemmas)
    )
