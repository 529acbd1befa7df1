"""Which sentences have the kind of thing that is asked for: a number, a price, a name, a time.

The expected answer type of question answering (Li and Roth, 2002), looked for in what would be
quoted. Knows texts and the lexicon of their language. Does not know how passages are ranked.
"""

import re

from corpus.dates import find_dates
from corpus.language import Analyzer, Token
from corpus.model import Language, Passage
from corpus.name_keys import is_place
from corpus.names import name_pattern
from corpus.sentences import sentences
from corpus.words import load_words
from qa.answer_kind import DIGIT
from qa.cues import at, has
from qa.highlighting import Span
from qa.lexicon import either, load_lexicon
from qa.question import Question

SHORT_NAME = re.compile(r"\b[A-ZÅÄÖ]{3,}\b(?!:)")  # "THL:stä" is no subject
MONEY = re.compile(r"[€$£%]")
CLOCK = re.compile(r"\b\d{1,2}[.:]\d\d\b|\b24/7\b")
# a list's mark, a date, a year that no word follows
NO_COUNT = re.compile(
    r"^\s*\d+[.)]\s|\b\d{1,2}\.\d{1,2}\.(?:\d{4})?|\b\d{4}-\d\d-\d\d\b"
    r"|\b(?:19|20)\d\d\b(?!\s+[^\W\d_]{3})",
    re.MULTILINE,
)
YEAR_DIGITS = 4
SHORTEST_MONTH = 4  # letters; "may" and "mar" are words, too


def fitting(question: Question, passage: Passage, analyzer: Analyzer) -> tuple[Span, ...] | None:
    """Return the sentences with the number, price, name or time asked for; None for all.

    The first kind that is asked for counts. Empty where the passage has no such sentence: it cannot
    answer "how many", "when", "what is the fee" or "who is the chair".
    """
    if question.steering.expected.price:
        return priced(passage, analyzer)
    if question.steering.asks_quantity:
        return counting(passage, analyzer)
    if question.steering.expected.holder:
        return naming(passage)
    if question.steering.expected.company:
        return trading(passage, analyzer)
    return timed(passage, analyzer) if question.steering.expected.time else None


def counting(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences of a passage that have a number, in digits or words.

    A list's own numbers, dates, and years that no word follows do not count.
    """
    numbers = load_lexicon(passage.language).numbers

    def counts(text: str) -> bool:
        words = {word for t in analyzer.tokens(text) for word in (t.surface, *t.lemmas)}
        return bool(DIGIT.search(NO_COUNT.sub("", text))) or not numbers.isdisjoint(words)

    return tuple(
        (start, end) for start, end in sentences(passage.text) if counts(passage.text[start:end])
    )


def priced(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences of a passage that tell a price: "40 €", "free of charge", or of one."""
    lexicon = load_lexicon(passage.language)
    money = either(lexicon.money_words, lexicon.price_words, lexicon.cost_words)
    return tuple(
        (start, end)
        for start, end in sentences(passage.text)
        if MONEY.search(passage.text, start, end)
        or at(analyzer.tokens(passage.text[start:end]), money)
    )


def naming(passage: Passage) -> tuple[Span, ...]:
    """Return the sentences of a passage with somebody's name, or a group's in capitals ("HUS").

    A name has two capitalised words or more.
    """
    return tuple(
        (start, end)
        for start, end in sentences(passage.text)
        if name_pattern().search(passage.text, start, end)
        or SHORT_NAME.search(passage.text, start, end)
    )


def trading(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences that may name a business: those of `naming`, and "Acmen"."""
    text, named = passage.text, naming(passage)
    return tuple(
        (start, end)
        for start, end in sentences(text)
        if (start, end) in named or _has_new_word(text[start:end], analyzer)
    )


def _has_new_word(text: str, analyzer: Analyzer) -> bool:
    """Tell whether a sentence has a capitalised word that no dictionary has; "THL:stä" is none."""
    new = (token for token in analyzer.tokens(text) if not token.known and not is_place(token))
    return any(text[token.start].isupper() and ":" not in token.surface for token in new)


def timed(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences of a passage that say a time: a date, "in spring", "after the pilot"."""
    times = _times(passage.language)
    return tuple(
        (start, end)
        for start, end in sentences(passage.text)
        if has(analyzer.tokens(passage.text[start:end]), times)
        or find_dates(passage.text, start, end)
        or CLOCK.search(passage.text, start, end)
    )


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
