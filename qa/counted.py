"""Which sentences count something, and whether it is what a question counts.

Knows numbers in digits and words, and the encoder's likeness of words. Does not know ranking.
"""

import re
from collections.abc import Callable

import numpy as np

from corpus.language import Analyzer, Token
from corpus.model import Language, Passage
from corpus.name_keys import keys_of, token_keys
from corpus.sentences import sentences
from embeddings.encoder import Encoder
from qa.answer_kind import DIGIT
from qa.cues import at
from qa.highlighting import Span
from qa.lexicon import Lexicon, load_lexicon

# a list's mark, a date, a year that no word follows, what ends a name: "Covid-19", "SOTE20"
NO_COUNT = re.compile(
    r"^\s*\d+[.)]\s|\b\d{1,2}\.\d{1,2}\.(?:\d{4})?|\b\d{4}-\d\d-\d\d\b"
    r"|\b(?:19|20)\d\d\b(?!\s+[^\W\d_]{3})|\b[^\W\d_]{4,}-?\d+\b",
    re.MULTILINE,
)
MARK = re.compile(r"(?<!\S)\d{1,2}\)\s")  # of a list inside a sentence, where nothing is opened
YEAR = re.compile(r"(?:19|20)\d\d")
YEAR_DIGITS = 4
AFTER = 2  # words after a number that may be what it counts
WORD = re.compile(r"[^\W\d][\w-]{2,}")  # one of them
UNLIKE = 0.08  # cosine below which what is counted is something else


def counting(passage: Passage, analyzer: Analyzer) -> tuple[Span, ...]:
    """Return the sentences of a passage that have a number, in digits or words.

    A list's own numbers, dates, years and the numbers of names do not count.
    """
    lexicon = load_lexicon(passage.language)

    def counts(text: str) -> bool:
        words = {word for t in analyzer.tokens(text) for word in (t.surface, *t.lemmas)}
        left = _without_marks(text, lexicon, analyzer)
        return bool(DIGIT.search(left)) or not lexicon.numbers.isdisjoint(words)

    return where(passage, counts)


def _without_marks(text: str, lexicon: Lexicon, analyzer: Analyzer) -> str:
    """Return a sentence without the numbers that count nothing."""
    tokens = analyzer.tokens(text)
    times = at(tokens, lexicon.time_nouns)
    years = (
        t for p, t in enumerate(tokens) if YEAR.fullmatch(t.surface) and {p - 1, p + 1} & times
    )
    for year in reversed(list(years)):
        text = text[: year.start] + text[year.end :]
    return NO_COUNT.sub("", text if "(" in text else MARK.sub("", text))


def alike(
    said: str,
    passage: Passage,
    spans: tuple[Span, ...],
    encoder: Encoder,
    analyzer: Analyzer,
) -> tuple[Span, ...]:
    """Return which of the sentences count something like what is `said` to be counted.

    "Four regions" tells nobody how many complaints there are. Where nothing is said, or nothing
    stands after a number, all may be meant.
    """
    if not said:
        return spans
    keys, query = keys_of(said, analyzer), encoder.encode_queries([said, *said.split()])

    def is_like(words: list[Token]) -> bool:
        forms = [f for word in words for f in (word.surface, *word.parts[-1:])]
        near = float(np.max(encoder.encode_queries(forms) @ query.T))
        return near >= UNLIKE or any(keys & token_keys(word).keys() for word in words)

    def counts(span: Span) -> bool:
        found = _counted(passage.text[slice(*span)], passage.language, analyzer)
        return not found or any(not words or is_like(words) for words in found)

    return tuple(filter(counts, spans))


def _counted(text: str, language: Language, analyzer: Analyzer) -> list[list[Token]]:
    """Return the words after each number of a sentence; after a per cent sign that is one."""
    lexicon = load_lexicon(language)
    percent = " ".join(("", *lexicon.percent_words, ""))
    left = _without_marks(text, lexicon, analyzer)
    tokens = analyzer.tokens(left.replace("%", percent))
    numbers = (
        place
        for place, token in enumerate(tokens)
        if token.surface.isdigit() or not lexicon.numbers.isdisjoint((token.surface, *token.lemmas))
    )
    after = (tokens[place + 1 : place + 1 + AFTER] for place in numbers)
    return [[token for token in few if WORD.fullmatch(token.surface)] for few in after]


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


def where(passage: Passage, test: Callable[[str], bool]) -> tuple[Span, ...]:
    """Return the sentences of a passage that pass a test."""
    text = passage.text
    return tuple((start, end) for start, end in sentences(text) if test(text[start:end]))
