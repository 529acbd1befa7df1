"""The final order of the candidates: a linear ranker over a few named features.

Knows features and their weights (`ranker.json`, learned from judged questions; see
`eval/fit_ranker.py`). Does not know how candidates were found or what makes an answer.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.language import Analyzer
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats, Rows
from embeddings.snapshot import Snapshot
from qa.answer_kind import name_evidence, number_evidence
from qa.late import WordMatches, match_words, without_words
from qa.question import Question
from qa.retrieve import Pool, RankingOptions

MOST_BARE = 20  # passages at the top that are looked at for bare titles
SHORTEST_COPY = 100  # characters; shorter texts that agree are values, not copies
LOG_LENGTH = float(np.log(700))  # a passage of full length counts 1
WEIGHTS = Path(__file__).parent / "ranker.json"
FEATURES = (
    "dense",
    "dense_rest",
    "late",
    "rest",
    "near",
    "lexical",
    "lexical_other",
    "document",
    "field",
    "number",
    "place",
    "name",
    "length",
    "boilerplate",
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows `(n,)` best first with scores `(n,)` and features `(n, len(FEATURES))`.

    `matches` are the late-interaction matches in the same order, for highlights and confidence;
    `groups` gives all candidate rows of a group of near-duplicates by the group's number.
    """

    rows: Rows
    scores: Floats
    features: Floats
    matches: WordMatches
    groups: Mapping[int, tuple[int, ...]]

    def take(self, positions: Rows) -> "Ranking":
        """Return the ranking of some candidates alone, in the order given."""
        return Ranking(
            rows=self.rows[positions],
            scores=self.scores[positions],
            features=self.features[positions],
            matches=self.matches.take(positions),
            groups=self.groups,
        )

    def explain(self, position: int) -> dict[str, float]:
        """Return the features of one candidate by name."""
        return {
            name: round(float(value), 4)
            for name, value in zip(FEATURES, self.features[position], strict=True)
        }


def best_score() -> float:
    """Return the score of a passage that meets every feature: what scores are shares of."""
    return sum(max(weight, 0.0) for weight in load_weights().values())


@cache
def load_weights() -> Mapping[str, float]:
    """Return the shipped weight of each feature."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return weights


def rank(
    question: Question,
    pool: Pool,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
    options: RankingOptions,
) -> Ranking:
    """Order the pool; near-duplicates collapse to the best of their group."""
    measured = measure(question, pool, snapshot, encoder, analyzer, options)
    groups = _groups(pool.rows, snapshot)
    order = np.lexsort((pool.rows, -measured.scores))
    order = order[_first_of_group(groups[order])]
    return measured.take(order[_informative(question, pool.rows[order], snapshot)])


def measure(
    question: Question,
    pool: Pool,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
    options: RankingOptions,
) -> Ranking:
    """Return the whole pool in its own order, with features and scores: what is learned from."""
    matches = _matches(question, pool, snapshot, encoder, options)
    features = _features(question, pool, matches, snapshot, encoder, analyzer, options)
    weights = np.array([load_weights()[name] for name in FEATURES], np.float32)
    groups = _groups(pool.rows, snapshot)
    members = _members(pool.rows, groups)
    return Ranking(pool.rows, features @ weights, features, matches, members)


def _matches(
    question: Question,
    pool: Pool,
    snapshot: Snapshot,
    encoder: Encoder,
    options: RankingOptions,
) -> WordMatches:
    if options.late and isinstance(encoder, TokenEncoder):
        return match_words(question.expanded, question.rest, pool.rows, snapshot, encoder)
    return without_words(pool.dense)


def _features(
    question: Question,
    pool: Pool,
    matches: WordMatches,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
    options: RankingOptions,
) -> Floats:
    places, names = name_evidence(question, pool.rows, pool.dense, snapshot, analyzer)
    same = snapshot.languages[snapshot.passage_document[pool.rows]] == question.language
    columns = {
        "dense": pool.dense,
        "dense_rest": _dense_rest(question, pool, encoder, options),
        "late": matches.scores if options.late else np.zeros_like(pool.dense),
        "rest": matches.rest if options.late else np.zeros_like(pool.dense),
        "near": matches.near if options.late else np.zeros_like(pool.dense),
        "lexical": np.where(same, pool.lexical, 0),
        "lexical_other": np.where(same, 0, pool.lexical),
        "document": _document_evidence(question, pool.rows, snapshot, options),
        "field": _field_evidence(question, pool.rows, snapshot, options),
        "number": number_evidence(question, pool.rows, snapshot, encoder, analyzer),
        "place": places,
        "name": names,
        "length": np.log(np.maximum(snapshot.lengths(pool.rows), 1)) / LOG_LENGTH,
        "boilerplate": np.log(np.maximum(snapshot.group_documents[pool.rows], 1)),
    }
    return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)


def _dense_rest(
    question: Question, pool: Pool, encoder: Encoder, options: RankingOptions
) -> Floats:
    """Return the cosine of each row with what is said beside the names; with all, where none is."""
    if not options.dense or not question.naming.words or not question.rest.strip():
        return pool.dense
    query = encoder.encode_queries([question.rest])[0]
    return np.asarray(pool.vectors @ query, dtype=np.float32)


def _document_evidence(
    question: Question, rows: Rows, snapshot: Snapshot, options: RankingOptions
) -> Floats:
    """Return each row's document evidence as a share of the best document's."""
    scores = question.naming.scores
    if not options.fields or not scores:
        return np.zeros(len(rows), np.float32)
    best = max(scores.values())
    ordinals = snapshot.passage_document[rows]
    evidence = np.array([scores.get(o, 0.0) / best for o in ordinals.tolist()], np.float32)
    if question.carried:
        evidence[_among(ordinals, question.naming.documents)] = 1.0
    return evidence * (1.0 if question.naming.strong or question.carried else 0.5)


def _field_evidence(
    question: Question, rows: Rows, snapshot: Snapshot, options: RankingOptions
) -> Floats:
    """Return 1 for rows that carry the field asked for, scaled by how sure the reading is."""
    evidence = np.zeros(len(rows), np.float32)
    if not options.fields or question.asked is None:
        return evidence
    if not question.is_field_question and not question.naming.documents:
        return evidence  # many pages have a field of that name, and most is said of something else
    if not question.is_field_question and question.steering.asks_which_place:
        return evidence  # a list of towns does not tell which of them joins
    ordinals = sorted(set(snapshot.passage_document[rows].tolist()))
    if question.naming.strong and question.naming.documents:
        ordinals = list(question.naming.documents)
    carrying = [
        row
        for ordinal, field in snapshot.fields([question.asked.name], ordinals)
        for row in snapshot.rows_over(ordinal, field.start, field.end).tolist()
    ]
    evidence[_among(rows, carrying)] = question.field_share
    return evidence


def _among(rows: NDArray[np.integer], chosen: Iterable[int]) -> NDArray[np.bool_]:
    """Tell which of a few hundred `rows` are among `chosen`."""
    wanted = frozenset(chosen)
    return np.array([row in wanted for row in rows.tolist()], np.bool_)


def _informative(question: Question, rows: Rows, snapshot: Snapshot) -> NDArray[np.bool_]:
    """Return False for the best passages that are nothing but their document's title.

    Who names a document gets its title among the best matches, and it answers nothing unless the
    name is asked for.
    """
    kept = np.ones(len(rows), np.bool_)
    if question.asked is not None and question.asked.name == "name":
        return kept
    best = rows[:MOST_BARE]
    titles = [snapshot.documents[o].title for o in snapshot.passage_document[best]]
    suspects = np.flatnonzero(snapshot.lengths(best) == [len(title) for title in titles])
    for position, passage in zip(suspects, snapshot.passages(best[suspects]), strict=True):
        kept[position] = passage.text != titles[position]
    return kept


def _groups(rows: Rows, snapshot: Snapshot) -> Rows:
    """Return the near-duplicate group of each row; a short value is never another's copy.

    "17.09.2020" on two pages is two facts.
    """
    long = snapshot.lengths(rows) >= SHORTEST_COPY
    return np.where(long, snapshot.duplicate_of[rows], -1 - rows)


def _members(rows: Rows, groups: Rows) -> dict[int, tuple[int, ...]]:
    numbers, place, counts = np.unique(groups, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(counts > 1)
    return {int(numbers[i]): tuple(rows[place == i].tolist()) for i in shared}


def _first_of_group(groups: Rows) -> Rows:
    _, first = np.unique(groups, return_index=True)
    return np.sort(first)
