"""Answers that are a sentence of the best passage, when it is likely enough to answer.

Knows the ranking. Does not know fields' values or lists.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.language import Analyzer
from corpus.model import Passage
from corpus.name_keys import keys_of, token_keys
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from qa.confidence import Signals
from qa.highlighting import Span, best_sentence, neighbour
from qa.model import Finding
from qa.outcome import Lead, Outcome
from qa.question import Question
from qa.rerank import FEATURES, Ranking
from qa.sentence_kind import fitting, placed
from qa.signals import signals, words_of

SHORT_VALUE = 100  # characters of a passage that may be nothing but a value
CLEARER = 0.1  # by which a sentence without a time must meet a "when" better than one with it
PLACED = 0.5  # the same of a sentence without a place, for "which town"
SHORT_FIELD = 400  # characters of a field that is quoted whole
COUNTED = 1.0  # of the evidence that a number is of what is counted, at most 1.5


def answer_passage(
    question: Question,
    ranking: Ranking,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
) -> Outcome:
    """Return the best sentence of the best passage; its confidence is judged by the caller.

    A short passage that is the very field asked for ("participants") is the answer whole, and a
    sentence with a number answers "how many", one with a time "when".
    """
    row = int(ranking.rows[0])
    passage = snapshot.passages([row])[0]
    is_field = is_field_asked(question, ranking) and len(passage.text) <= SHORT_FIELD
    among, lead = _among(question, passage, encoder, analyzer)
    start, end = (
        (0, len(passage.text))
        if is_field
        else best_sentence(
            _said(question, row, snapshot), passage, encoder, snapshot.words.idf, among, lead
        )
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


def with_neighbour(
    question: Question, outcome: Outcome, snapshot: Snapshot, encoder: Encoder, analyzer: Analyzer
) -> Outcome:
    """Quote the sentence before or after, too, where it meets the question about as well."""
    finding = outcome.finding
    if finding is None or finding.kind != "passage":
        return outcome
    (lead,) = outcome.leads
    passage = snapshot.passages([lead.row])[0]
    among, _ = _among(question, passage, encoder, analyzer)
    (quoted,) = lead.highlights
    said = _said(question, lead.row, snapshot)
    beside = neighbour(said, passage, quoted, encoder, snapshot.words.idf, among)
    if beside is None:
        return outcome
    start, end = min(quoted[0], beside[0]), max(quoted[1], beside[1])
    finding = replace(finding, text=passage.text[start:end])
    return replace(outcome, finding=finding, leads=(Lead(lead.row, ((start, end),)),))


def _said(question: Question, row: int, snapshot: Snapshot) -> str:
    """Return what is said about the document of a row; all of it where that is nothing."""
    return question.about(int(snapshot.passage_document[row])).strip() or question.expanded


def _among(
    question: Question, passage: Passage, encoder: Encoder, analyzer: Analyzer
) -> tuple[Sequence[Span], float]:
    """Return the sentences that have the kind of thing asked for, and the lead of any other."""
    fits = fitting(question, passage, encoder, analyzer)
    if fits:
        return fits, np.inf if question.steering.asks_quantity else CLEARER
    return placed(question, passage, analyzer), np.inf if question.steering.asks_places else PLACED


def passage_signals(
    question: Question,
    ranking: Ranking,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
) -> Signals:
    """Measure what speaks for the best passage and the sentence of it that would be quoted."""
    finding = answer_passage(question, ranking, snapshot, encoder, analyzer).finding
    assert finding is not None
    return signals(question, ranking, finding.text, snapshot, encoder, analyzer)


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
    words = words_of(snapshot.passages([row])[0], "", analyzer)
    asked = (question.tokens[p] for p in question.asked.words if p < len(question.tokens))
    return all(not words.isdisjoint(token_keys(token)) for token in asked)


def is_counted(question: Question, ranking: Ranking) -> bool:
    """Tell whether the top passage has a number of the very thing that is counted."""
    kind = float(ranking.features[0, FEATURES.index("number")])
    return question.steering.asks_quantity and kind >= COUNTED


def is_value(
    question: Question, ranking: Ranking, snapshot: Snapshot, names: Sequence[str]
) -> bool:
    """Tell whether the top passage is nothing but the short value of a field of `names`.

    Or but several, for who asks about a person who is named or about an office: "what does Jane Doe
    earn", "who is the finance director".
    """
    row = int(ranking.rows[0])
    if int(snapshot.lengths(ranking.rows[:1])[0]) > SHORT_VALUE:
        return False
    passage = snapshot.passages([row])[0]
    fields = snapshot.fields(names, [int(snapshot.passage_document[row])])
    inside = [f for _, f in fields if passage.start <= f.start and f.end <= passage.end]
    steering = question.steering
    of_person = bool(question.naming.person) and not steering.asks_who
    if not of_person and not steering.expected.office:
        return any((f.start, f.end) == (passage.start, passage.end) for f in inside)
    told = {p for f in inside for p in range(f.start - passage.start, f.end - passage.start)}
    return not any(letter.isalnum() for p, letter in enumerate(passage.text) if p not in told)


def is_of_another(question: Question, passage: Passage, analyzer: Analyzer) -> bool:
    """Tell whether a person is asked about whom the passage does not name.

    Not where it is her project: "what does Jane Doe's project build".
    """
    if not question.naming.person or question.says_undertaking:
        return False
    named = {p for m in question.naming.mentions if m.kind == "person" for p in m.words}
    words = [token for place, token in enumerate(question.tokens) if place in named]
    said = keys_of(passage.text, analyzer)
    return bool(words) and all(said.isdisjoint(token_keys(word)) for word in words)
