"""Answers that are a sentence of the best passage, when it is likely enough to answer.

Knows the ranking and its signals. Does not know fields' values or lists.
"""

import re
from collections.abc import Sequence

import numpy as np

from corpus.language import Analyzer, Token
from corpus.model import Passage
from corpus.name_keys import is_place, squeeze, token_keys
from corpus.sentences import sentences
from embeddings.encoder import Encoder
from embeddings.model import Floats
from embeddings.snapshot import Snapshot
from qa.answer_kind import DIGIT, asks_kind
from qa.confidence import MET, Signals
from qa.cues import at
from qa.highlighting import Span, best_sentence
from qa.lexicon import load_lexicon
from qa.model import Finding
from qa.outcome import Lead, Outcome
from qa.question import Question
from qa.rerank import FEATURES, Ranking

SHORT_VALUE = 100  # characters of a passage that may be nothing but a value
SHORT_FIELD = 400  # characters of a field that is quoted whole
# a list's mark, a date, a year that no word follows
NO_COUNT = re.compile(
    r"^\s*\d+[.)]\s|\b\d{1,2}\.\d{1,2}\.(?:\d{4})?|\b\d{4}-\d\d-\d\d\b"
    r"|\b(?:19|20)\d\d\b(?!\s+[^\W\d_]{3})",
    re.MULTILINE,
)
YEAR_DIGITS = 4
COUNTED = 1.0  # of the evidence that a number is of what is counted, at most 1.5
WEAK_SHARE = 0.08  # a query word below this share of the weight does not count as telling


def answer_passage(
    question: Question,
    ranking: Ranking,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
) -> Outcome:
    """Return the best sentence of the best passage; its confidence is judged by the caller.

    A short passage that is the very field asked for ("participants") is the answer whole, and a
    sentence with a number answers "how many".
    """
    row = int(ranking.rows[0])
    passage = snapshot.passages([row])[0]
    said = question.about(int(snapshot.passage_document[row])).strip() or question.expanded
    is_field = is_field_asked(question, ranking) and len(passage.text) <= SHORT_FIELD
    among = counting(passage, analyzer) if question.steering.asks_quantity else ()
    start, end = (
        (0, len(passage.text))
        if is_field
        else best_sentence(said, passage, encoder, snapshot.words.idf, among)
    )
    finding = Finding(
        text=passage.text[start:end],
        kind="field" if is_field else "passage",
        confidence=0.0,
        citations=(1,),
        field=question.asked.name if is_field and question.asked else None,
        label=passage.heading_path[-1] if passage.heading_path else None,
        language=passage.language,
    )
    return Outcome("answered", finding, (Lead(row, ((start, end),)),))


def is_field_asked(question: Question, ranking: Ranking) -> bool:
    """Tell whether the top passage is, or is part of, the very field asked for."""
    return question.is_field_question and bool(ranking.features[0, FEATURES.index("field")] > 0)


def says_asked(
    question: Question, ranking: Ranking, snapshot: Snapshot, analyzer: Analyzer
) -> bool:
    """Tell whether the top passage has every word of those that say which field is asked for."""
    if question.asked is None:
        return False
    row = int(ranking.rows[0])
    words = _words(snapshot.passages([row])[0], "", analyzer)
    asked = (question.tokens[p] for p in question.asked.words if p < len(question.tokens))
    return all(not words.isdisjoint(token_keys(token)) for token in asked)


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


def is_counted(question: Question, ranking: Ranking) -> bool:
    """Tell whether the top passage has a number of the very thing that is counted."""
    kind = float(ranking.features[0, FEATURES.index("number")])
    return question.steering.asks_quantity and kind >= COUNTED


def is_value(ranking: Ranking, snapshot: Snapshot, names: Sequence[str]) -> bool:
    """Tell whether the top passage is nothing but the short value of a field of `names`."""
    row = int(ranking.rows[0])
    if int(snapshot.lengths(ranking.rows[:1])[0]) > SHORT_VALUE:
        return False
    passage = snapshot.passages([row])[0]
    fields = snapshot.fields(names, [int(snapshot.passage_document[row])])
    return any((f.start, f.end) == (passage.start, passage.end) for _, f in fields)


def signals(
    question: Question, ranking: Ranking, snapshot: Snapshot, analyzer: Analyzer
) -> Signals:
    """Measure what speaks for the top passage of a ranking that is not empty."""
    row = int(ranking.rows[0])
    passage = snapshot.passages([row])[0]
    ordinal = int(snapshot.passage_document[row])
    words = _words(passage, snapshot.documents[ordinal].title, analyzer)
    named = question.naming.documents if question.naming.strong else ()
    top = dict(zip(FEATURES, ranking.features[0].tolist(), strict=True))
    matches = ranking.matches
    beside = question.telling - question.naming.words or question.telling
    rest_weights = matches.rest_weights if matches.rest_weights.any() else matches.weights
    kind = min(1.0, top["number"] + top["place"] + top["name"])
    rest = float(rest_weights @ matches.best[:, 0])
    return Signals(
        late=float(matches.scores[0]),
        weakest=_weakest(matches.best[:, 0], matches.weights),
        dense=float(top["dense"]),
        lexical=_lexical_share(question, question.telling, words),
        margin=_margin(ranking, snapshot),
        named=float(ordinal in named),
        elsewhere=float(bool(named) and ordinal not in named),
        unknown=_unknown(question, words, analyzer),
        cross=float(passage.language != question.language),
        field=float(top["field"]),
        rest=rest,
        weakest_rest=_weakest(matches.best[:, 0], rest_weights),
        lexical_rest=_lexical_share(question, beside, words),
        unmet=max(0.0, MET - rest) / MET,
        person=float(_of_person(question)),
        kind=kind,
        kindless=float(asks_kind(question) and not kind),
    )


def _words(passage: Passage, title: str, analyzer: Analyzer) -> frozenset[str]:
    text = "\n".join((title, *passage.heading_path, passage.text))
    tokens = analyzer.tokens(text)
    keys = {key for token in tokens for key in token_keys(token)}
    # "Keski-Suomi" does not say "Suomi"
    return frozenset(keys | {squeeze(p) for t in tokens if not is_place(t) for p in t.parts})


def _of_person(question: Question) -> bool:
    """Tell whether the question itself names a person and asks for no field of theirs."""
    return bool(question.naming.person) and question.asked is None and not question.carried


def _weakest(best: Floats, weights: Floats) -> float:
    telling = weights >= WEAK_SHARE
    return float(best[telling].min()) if telling.any() else 0.0


def _lexical_share(question: Question, places: frozenset[int], words: frozenset[str]) -> float:
    places = places - question.steering.common or places
    telling = [question.tokens[p] for p in places if p < len(question.tokens)]
    if not telling:
        return 0.0
    met = sum(not words.isdisjoint(token_keys(token)) for token in telling)
    return met / len(telling)


def _unknown(question: Question, words: frozenset[str], analyzer: Analyzer) -> float:
    unsaid = any(not _said(name, words, analyzer) for name in question.naming.unknown)
    return float(unsaid or question.naming.torn)


def _margin(ranking: Ranking, snapshot: Snapshot) -> float:
    ordinals = snapshot.passage_document[ranking.rows]
    others = np.flatnonzero(ordinals != ordinals[0])
    return float(ranking.scores[0] - ranking.scores[others[0]]) if len(others) else 1.0


def _said(name: str, words: frozenset[str], analyzer: Analyzer) -> bool:
    return any(
        not words.isdisjoint(token_keys(token)) or squeeze(name) in words
        for token in analyzer.tokens(name)
    )
