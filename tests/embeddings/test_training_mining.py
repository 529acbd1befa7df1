"""Rows that are alike come to stand together, each source still whole."""

import numpy as np

from embeddings.tokens import TokenLists
from embeddings.training.data import Source
from embeddings.training.mining import bags, mined, neighbourhoods
from embeddings.training.prepare import Tokens

TOPICS, EACH, VOCABULARY = 8, 150, 400


def made() -> Tokens:
    """Make texts of eight topics, shuffled; each topic has its own fifty tokens."""
    random = np.random.default_rng(3)
    topics = random.permutation(np.repeat(np.arange(TOPICS), EACH))
    ids = [(50 * topic + random.integers(0, 50, 12)).tolist() for topic in topics]
    heads = [list(range(12)) for _ in topics]
    lists = TokenLists.of(ids, heads)
    source = Source(name="made", file="made.tsv", kind="search", share=1, mined=True)
    return Tokens(source, lists, lists, lists, topics.astype(np.int64))


def rows() -> np.ndarray:
    """Make the token rows that likeness is measured with."""
    return np.random.default_rng(4).standard_normal((VOCABULARY, 64)).astype(np.float32)


def test_like_rows_stand_together() -> None:
    """Before mining one neighbour in eight is of the same topic; after, about half of them are."""
    before, after = made(), mined(made(), rows(), seed=1)
    same = [float((t.keys[1:] == t.keys[:-1]).mean()) for t in (before, after)]
    assert same[0] < 0.2
    assert same[1] > 0.4


def test_every_row_is_kept_once_with_its_partner() -> None:
    """The order alone changes: texts, mistaken texts, partners and keys move together."""
    before, after = made(), mined(made(), rows(), seed=1)
    for one in (after.a, after.noisy, after.b):
        assert np.array_equal(one.ids[::12] // 50, after.keys)
    assert sorted(after.b.ids.tolist()) == sorted(before.b.ids.tolist())


def test_equal_texts_are_no_trouble() -> None:
    """A thousand equal vectors have no line between them, and are still each kept once."""
    vectors = np.ones((1000, 4), np.float32)
    order = neighbourhoods(vectors, np.random.default_rng(0))
    assert sorted(order.tolist()) == list(range(1000))


def test_a_bag_is_the_unit_sum_of_its_rows() -> None:
    """Bags are what a loop over the texts gives."""
    tokens = made()
    expected = [rows()[tokens.b.ids[i : i + 12]].sum(axis=0) for i in range(0, 120, 12)]
    unit = [each / np.linalg.norm(each) for each in expected]
    np.testing.assert_allclose(bags(tokens.b, rows())[:10], unit, atol=1e-5)
