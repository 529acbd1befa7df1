"""Late interaction, against a plain double loop."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats, Rows
from embeddings.snapshot import Snapshot
from qa.late import TokenMatches, match_tokens

TEXT = "Kuka on Itä-Savon yhteyshenkilö?"


@pytest.fixture(scope="module")
def tokens(encoder: Encoder) -> TokenEncoder:
    """Give the bundled model, which has vectors of its tokens."""
    assert isinstance(encoder, TokenEncoder)
    return encoder


def double_loop(text: str, rows: Rows, snapshot: Snapshot, encoder: TokenEncoder) -> Floats:
    """Score each row by the definition: for each query token its best match, weighed."""
    ids = np.unique(encoder.token_ids([text])[0])
    query = encoder.token_vectors(ids)
    weights = encoder.token_weights(ids) * snapshot.token_idf[ids]
    scores = []
    for row in rows:
        found, _ = snapshot.tokens(np.array([row]))
        passage = encoder.token_vectors(found)
        best = [max((float(q @ p) for p in passage), default=0.0) for q in query]
        scores.append(sum(b * w for b, w in zip(best, weights, strict=True)) / weights.sum())
    return np.array(scores, np.float32)


def test_scores_are_those_of_the_definition(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """The gathered and reduced scores are the double loop's, row by row."""
    rows = np.array([0, 5, 2, 11], np.int64)
    matches = match_tokens(TEXT, "", rows, snapshot, tokens)
    np.testing.assert_allclose(matches.scores, double_loop(TEXT, rows, snapshot, tokens), atol=1e-4)


def test_a_row_scores_the_same_in_any_company(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """The candidates beside it change nothing of a passage's score."""
    every = np.arange(len(snapshot), dtype=np.int64)
    together = match_tokens(TEXT, "", every, snapshot, tokens).scores
    alone = [match_tokens(TEXT, "", every[i : i + 1], snapshot, tokens).scores[0] for i in every]
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_weights_sum_to_one(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """Weights are shares, so a score is at most 1; so are those of the words that name nothing."""
    matches = match_tokens(TEXT, "yhteyshenkilö", np.array([0, 1]), snapshot, tokens)
    assert matches.weights.sum() == pytest.approx(1, abs=1e-5)
    assert matches.rest_weights.sum() == pytest.approx(1, abs=1e-5)
    assert matches.scores.max() <= 1.0001


def test_names_have_no_part_in_the_rest(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """Tokens that stand in the names alone weigh nothing in the rest."""
    matches = match_tokens(
        "Itä-Savon yhteyshenkilö", "yhteyshenkilö", np.array([0]), snapshot, tokens
    )
    ids = np.unique(tokens.token_ids(["Itä-Savon yhteyshenkilö"])[0])
    own = np.isin(ids, tokens.token_ids(["yhteyshenkilö"])[0])
    assert (matches.rest_weights[own] > 0).all()
    assert not matches.rest_weights[~own].any()


def test_all_names_leave_no_rest(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """A question of names alone scores 0 on the rest, not an error."""
    matches = match_tokens("Itä-Savo", "", np.array([0, 1]), snapshot, tokens)
    assert matches.rest.tolist() == [0, 0]


def test_a_text_without_tokens_matches_nothing(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """An empty question scores every candidate 0."""
    assert match_tokens("", "", np.array([3, 4]), snapshot, tokens).scores.tolist() == [0, 0]


@dataclass(frozen=True)
class Passages:
    """A snapshot of made-up tokens, some passages empty."""

    found: list[list[int]]
    token_idf: Floats

    def tokens(self, rows: Rows) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Return the tokens end to end and where each row's begin."""
        lists = [self.found[row] for row in rows]
        flat = np.array([t for tokens in lists for t in tokens], np.uint32)
        return flat, np.cumsum([0, *map(len, lists)])


class Letters:
    """A token encoder over sixteen tokens with fixed vectors."""

    vocabulary_size = 16
    _table = np.linalg.qr(np.random.default_rng(7).normal(size=(16, 16)))[0].astype(np.float32)

    def token_ids(self, texts: list[str]) -> list[NDArray[np.uint32]]:
        """Return one token for each hexadecimal digit."""
        return [np.array([int(c, 16) for c in text], np.uint32) for text in texts]

    def token_vectors(self, ids: NDArray[np.uint32]) -> Floats:
        """Return unit rows."""
        return self._table[ids]

    def token_weights(self, ids: NDArray[np.uint32]) -> Floats:
        """Return growing weights."""
        return (ids + 1).astype(np.float32)


@given(st.lists(st.lists(st.integers(0, 15), max_size=4), min_size=1, max_size=6))
def test_empty_passages_score_zero_and_disturb_no_neighbour(found: list[list[int]]) -> None:
    """With empty passages anywhere, each score is still the definition's."""
    passages = Passages(found, np.ones(16, np.float32))
    rows = np.arange(len(found))
    matches = match_tokens("3a", "", rows, passages, Letters())  # type: ignore[arg-type]
    weights = {3: 4 / 15, 10: 11 / 15}
    expected = [sum(w for t, w in weights.items() if t in tokens) for tokens in found]
    np.testing.assert_allclose(matches.scores, expected, atol=1e-5)


def test_taking_candidates_keeps_their_matches() -> None:
    """The matches of some candidates are the same columns in the order asked for."""
    best = np.array([[1.0, 2.0, 3.0]], np.float32)
    matches = TokenMatches(best, np.ones(1, np.float32), np.ones(1, np.float32))
    assert matches.take(np.array([2, 0])).scores.tolist() == [3.0, 1.0]
