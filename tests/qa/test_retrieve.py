"""The candidates for a question."""

from dataclasses import replace

import numpy as np
import pytest

from embeddings.encoder import Encoder
from embeddings.model import Floats, Hits, Rows
from embeddings.snapshot import Snapshot
from qa.assistant import Assistant
from qa.retrieve import BESIDE_DEPTH, LEG_DEPTH, Pool, RankingOptions, retrieve

QUESTIONS = ("kuka on Itä-Savon yhteyshenkilö", "digital services", "vilka kommuner deltar")
NONE = RankingOptions(dense=False, lexical=False, fields=False)


def pool_of(
    assistant: Assistant, snapshot: Snapshot, encoder: Encoder, text: str, options: RankingOptions
) -> Pool:
    """Retrieve for a question with some legs."""
    return retrieve(assistant.read(text)[0], snapshot, encoder, options)


def vector_of(assistant: Assistant, encoder: Encoder, text: str) -> Floats:
    """Return the unit vector of a question as it is searched with."""
    return encoder.encode_queries([assistant.read(text)[0].expanded])[0]


def dense_rows(snapshot: Snapshot, query: Floats) -> set[int]:
    """Return what the dense leg alone would find."""
    return set(snapshot.vectors.search(query[None, :], LEG_DEPTH)[0].rows.tolist())


@pytest.mark.parametrize("text", QUESTIONS[1:])
def test_the_pool_is_the_union_of_the_legs(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder, text: str
) -> None:
    """What any leg finds is in the pool, whatever the others say, and nothing else is."""
    pools = [
        pool_of(samples, snapshot, encoder, text, replace(NONE, **{leg: True}))
        for leg in ("dense", "lexical", "fields")
    ]
    union = {row for pool in pools for row in pool.rows.tolist()}
    every = pool_of(samples, snapshot, encoder, text, RankingOptions())
    assert set(every.rows.tolist()) == union


def test_beside_the_one_document_named_only_words_look_elsewhere(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """The document named is read whole, with its words' scores; of the others the best by words."""
    text = QUESTIONS[0]
    question = samples.read(text)[0]
    pool = pool_of(samples, snapshot, encoder, text, RankingOptions())
    (ordinal,) = question.naming.documents
    own = set(snapshot.rows_of([ordinal]).tolist())
    lexical = snapshot.lexical.search(question.expanded, LEG_DEPTH)
    best = set(lexical.rows[:BESIDE_DEPTH].tolist())
    assert best - own
    assert set(pool.rows.tolist()) == own | best
    found = dict(zip(pool.rows.tolist(), pool.lexical.tolist(), strict=True))
    scores = dict(zip(lexical.rows.tolist(), lexical.scores.tolist(), strict=True))
    top = max(scores.values())
    assert {row: found[row] for row in own} == {
        row: pytest.approx(scores.get(row, 0.0) / top) for row in own
    }


def test_a_long_document_is_sought_through_both_legs(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a document that is too long to be read whole the legs must find what is left out."""
    monkeypatch.setattr("qa.retrieve.NAMED_ROWS", 5)
    pool = pool_of(samples, snapshot, encoder, QUESTIONS[0], RankingOptions())
    assert dense_rows(snapshot, vector_of(samples, encoder, QUESTIONS[0])) <= set(
        pool.rows.tolist()
    )


class Deaf:
    """A lexical leg that finds nothing, or only some rows."""

    def __init__(self, *rows: int) -> None:
        self._rows = rows

    def search(self, text: str, k: int) -> Hits:
        """Return the rows with falling scores."""
        scores = np.arange(len(self._rows), 0, -1, dtype=np.float32)
        return Hits(np.array(self._rows, np.int64), scores)


def test_an_empty_leg_takes_nothing_from_the_other(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """A question that shares no word with any page keeps all of its dense candidates."""
    question = samples.read(QUESTIONS[2])[0]
    deaf = replace(snapshot, lexical=Deaf())
    pool = retrieve(question, deaf, encoder, replace(NONE, dense=True, lexical=True))
    assert set(pool.rows.tolist()) == dense_rows(
        snapshot, vector_of(samples, encoder, QUESTIONS[2])
    )
    assert not pool.lexical.any()


def test_lexical_scores_are_shares_of_the_best(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """The best row of the lexical leg counts 1, the others their part, the rest 0."""
    question = samples.read(QUESTIONS[1])[0]
    scripted = replace(snapshot, lexical=Deaf(7, 3))
    pool = retrieve(question, scripted, encoder, replace(NONE, lexical=True))
    assert pool.rows.tolist() == [3, 7]
    assert pool.lexical.tolist() == [0.5, 1.0]


def test_dense_scores_are_cosines(samples: Assistant, snapshot: Snapshot, encoder: Encoder) -> None:
    """Every candidate has the inner product of its own vector with the question's."""
    pool = pool_of(samples, snapshot, encoder, QUESTIONS[1], RankingOptions())
    query = vector_of(samples, encoder, QUESTIONS[1])
    one_by_one = [float(snapshot.embeddings(row[None])[0] @ query) for row in pool.rows]
    np.testing.assert_allclose(pool.dense, one_by_one, atol=1e-5)
    assert abs(pool.dense).max() <= 1.001


def test_a_named_document_is_read_whole(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """The fields leg brings every passage of the document that the question names."""
    pool = pool_of(samples, snapshot, encoder, QUESTIONS[0], replace(NONE, fields=True))
    expected: Rows = snapshot.rows_of([snapshot.ordinal("ita-savo.txt")])
    assert pool.rows.tolist() == expected.tolist()


def test_switched_off_legs_say_nothing(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """A leg that is off gives neither rows nor scores."""
    assert not len(pool_of(samples, snapshot, encoder, QUESTIONS[0], NONE).rows)
    lexical = pool_of(samples, snapshot, encoder, QUESTIONS[0], replace(NONE, lexical=True))
    assert len(lexical.rows)
    assert not lexical.dense.any()
    dense = pool_of(samples, snapshot, encoder, QUESTIONS[0], replace(NONE, dense=True))
    assert not dense.lexical.any()


def test_rows_come_once_and_in_order(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """Found by two legs is one candidate, and the pool's order is that of the snapshot."""
    rows = pool_of(samples, snapshot, encoder, QUESTIONS[0], RankingOptions()).rows
    assert (np.diff(rows) > 0).all()
