"""Late interaction, against a plain double loop."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats, Rows
from embeddings.snapshot import Snapshot
from embeddings.tokens import TokenLists, words_of
from embeddings.windows import STEP, STEPS
from embeddings.word_table import FILES, WordTable, word_table, write_words
from qa.late import WordMatches, match_words, text_scores

TEXT = "Kuka on Itä-Savon yhteyshenkilö?"


@pytest.fixture(scope="module")
def tokens(encoder: Encoder) -> TokenEncoder:
    """Give the bundled model, which has vectors of its tokens."""
    assert isinstance(encoder, TokenEncoder)
    return encoder


def words(text: str, encoder: TokenEncoder) -> list[tuple[int, ...]]:
    """Return the tokens of each word of a text, in its order."""
    return runs(encoder.tokens([text]))


def runs(tokens: TokenLists) -> list[tuple[int, ...]]:
    """Cut token lists into words, one Python loop over them."""
    found: list[list[int]] = []
    for token, head in zip(tokens.ids.tolist(), tokens.heads.tolist(), strict=True):
        if head:
            found.append([])
        found[-1].append(token)
    return [tuple(word) for word in found]


def double_loop(text: str, rows: Rows, snapshot: Snapshot, encoder: TokenEncoder) -> Floats:
    """Score each row by the definition: for each query word its best match, weighed."""
    asked = sorted(set(words(text, encoder)))
    every = [set(runs(snapshot.words.tokens(np.array([i])))) for i in range(len(snapshot))]

    def vector(word: tuple[int, ...]) -> Floats:
        return np.asarray(encoder.token_rows(np.array(word, np.uint32)).sum(axis=0))

    def cosine(one: Floats, other: Floats) -> float:
        return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))

    weights = []
    for word in asked:
        found = sum(word in passage for passage in every)
        rare = np.log(1 + (len(every) - found + 0.5) / (found + 0.5))
        weights.append(np.linalg.norm(vector(word)) * rare)
    scores = []
    for row in rows:
        best = [max(cosine(vector(a), vector(b)) for b in every[row]) for a in asked]
        scores.append(sum(b * w for b, w in zip(best, weights, strict=True)) / sum(weights))
    return np.array(scores, np.float32)


def test_scores_are_those_of_the_definition(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """The gathered and reduced scores are the double loop's, row by row."""
    rows = np.array([0, 5, 2, 11], np.int64)
    matches = match_words(TEXT, "", rows, snapshot, tokens)
    np.testing.assert_allclose(matches.scores, double_loop(TEXT, rows, snapshot, tokens), atol=1e-4)


def test_a_row_scores_the_same_in_any_company(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """The candidates beside it change nothing of a passage's score."""
    every = np.arange(len(snapshot), dtype=np.int64)
    together = match_words(TEXT, "", every, snapshot, tokens).scores
    alone = [match_words(TEXT, "", every[i : i + 1], snapshot, tokens).scores[0] for i in every]
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_weights_sum_to_one(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """Weights are shares, so a score is at most 1; so are those of the words that name nothing."""
    matches = match_words(TEXT, "yhteyshenkilö", np.array([0, 1]), snapshot, tokens)
    assert matches.weights.sum() == pytest.approx(1, abs=1e-5)
    assert matches.rest_weights.sum() == pytest.approx(1, abs=1e-5)
    assert matches.scores.max() <= 1.0001


def test_names_have_no_part_in_the_rest(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """Words that stand in the names alone weigh nothing in the rest."""
    matches = match_words(
        "Itä-Savon yhteyshenkilö", "yhteyshenkilö", np.array([0]), snapshot, tokens
    )
    asked = words_of(tokens.tokens(["Itä-Savon yhteyshenkilö", "yhteyshenkilö"]))
    whole, rest = asked.split(1)
    own = np.isin(np.unique(whole.numbers), rest.numbers)
    assert own.sum() == 1
    assert (matches.rest_weights[own] > 0).all()
    assert not matches.rest_weights[~own].any()


def test_all_names_leave_no_rest(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """A question of names alone scores 0 on the rest, not an error."""
    matches = match_words("Itä-Savo", "", np.array([0, 1]), snapshot, tokens)
    assert matches.rest.tolist() == [0, 0]


def test_words_met_together_are_nearer_than_words_apart(
    snapshot: Snapshot, tokens: TokenEncoder
) -> None:
    """The best window is the whole of a short passage, and never scores above the passage."""
    every = np.arange(len(snapshot), dtype=np.int64)
    matches = match_words(TEXT, TEXT, every, snapshot, tokens)
    lengths = np.diff(snapshot.words.of_rows(every)[1])
    short = lengths <= STEP * STEPS
    assert short.any()
    assert not short.all()
    np.testing.assert_allclose(matches.near[short], matches.rest[short], atol=1e-6)
    assert (matches.near <= matches.rest + 1e-6).all()
    assert (matches.near[~short] < matches.rest[~short] - 1e-3).any()


def test_a_text_without_words_matches_nothing(snapshot: Snapshot, tokens: TokenEncoder) -> None:
    """An empty question scores every candidate 0."""
    assert match_words("", "", np.array([3, 4]), snapshot, tokens).scores.tolist() == [0, 0]


@dataclass(frozen=True)
class Passages:
    """A snapshot of made-up words, some passages empty."""

    words: WordTable


class Letters:
    """A token encoder over sixteen tokens with fixed rows of growing length."""

    _table = np.linalg.qr(np.random.default_rng(7).normal(size=(16, 16)))[0].astype(np.float32)
    _table *= np.arange(1, 17, dtype=np.float32)[:, None]

    def tokens(self, texts: list[str]) -> TokenLists:
        """Return one token for each hexadecimal digit, each a word."""
        return TokenLists.of([[int(c, 16) for c in text] for text in texts])

    def token_rows(self, ids: NDArray[np.uint32]) -> Floats:
        """Return rows of the table."""
        return self._table[ids]


@given(found=st.lists(st.lists(st.integers(0, 15), max_size=4), min_size=1, max_size=6))
def test_empty_passages_score_zero_and_disturb_no_neighbour(found: list[list[int]]) -> None:
    """With empty passages anywhere, each score is still the definition's."""
    letters = Letters()
    with TemporaryDirectory() as folder:
        write_words(Path(folder), TokenLists.of(found), letters)  # type: ignore[arg-type]
        table = word_table(*(np.load(Path(folder) / name) for name in FILES))
    rows = np.arange(len(found))
    matches = match_words("3a", "", rows, Passages(table), letters)  # type: ignore[arg-type]
    count = {t: sum(t in tokens for tokens in found) for t in (3, 10)}
    rare = {t: np.log(1 + (len(found) - n + 0.5) / (n + 0.5)) for t, n in count.items()}
    weights = {3: 4 * rare[3], 10: 11 * rare[10]}
    total = sum(weights.values())
    expected = [sum(w / total for t, w in weights.items() if t in tokens) for tokens in found]
    np.testing.assert_allclose(matches.scores, expected, atol=1e-5)


def test_taking_candidates_keeps_their_matches() -> None:
    """The matches of some candidates are the same columns in the order asked for."""
    best = np.array([[1.0, 2.0, 3.0]], np.float32)
    matches = WordMatches(best, np.ones(1, np.float32), np.ones(1, np.float32), best[0])
    assert matches.take(np.array([2, 0])).scores.tolist() == [3.0, 1.0]


def test_several_questions_score_texts_as_each_does_alone(tokens: TokenEncoder) -> None:
    """A text that says all of a question scores 1, one without words 0, whoever else is asked."""
    questions = [TEXT, "digital services", "...", "Vem finansierar?"]
    texts = ["Digital services and who pays", TEXT.lower(), "", "Kuka rahoittaa?"]

    def even(keys: NDArray[np.uint64]) -> Floats:
        return np.ones(len(keys), np.float32)

    together = text_scores(questions, texts, tokens, even)
    alone = [text_scores([question], texts, tokens, even)[0] for question in questions]
    np.testing.assert_allclose(together, alone, atol=1e-6)
    assert together.shape == (4, 4)
    assert not together[:, 2].any()
    assert together[1, 0] == together[1].max() == pytest.approx(1, abs=1e-5)
