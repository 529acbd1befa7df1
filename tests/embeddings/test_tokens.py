"""Proves that words are found, counted and told apart as a plain loop over Python lists does it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.tokens import LONGEST_WORD, TokenLists, distinct, idf, words_of

TEXTS = st.lists(
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=3), max_size=4), min_size=1
)


def packed(texts: list[list[list[int]]]) -> TokenLists:
    """Pack texts given as lists of words, each a list of tokens."""
    return TokenLists.of(
        [[token for word in text for token in word] for text in texts],
        [[i for i, word in enumerate(text) for _ in word] for text in texts],
    )


@given(TEXTS)
def test_the_words_of_texts_are_those_that_were_packed(texts: list[list[list[int]]]) -> None:
    """Each text's words come back in order, equal words under one number."""
    words = words_of(packed(texts))
    back = [
        [words.tokens.text(number).tolist() for number in words.numbers[first:last]]
        for first, last in zip(words.offsets[:-1], words.offsets[1:], strict=True)
    ]
    assert back == texts
    assert len(words.keys) == len({tuple(word) for text in texts for word in text})


@given(TEXTS)
def test_document_frequency_counts_texts_once(texts: list[list[list[int]]]) -> None:
    """A word that a text has twice is in one text."""
    words = words_of(packed(texts))
    for number, found in enumerate(words.document_frequency().tolist()):
        word = words.tokens.text(number).tolist()
        assert found == sum(word in text for text in texts)


@given(TEXTS, st.data())
def test_keeping_and_taking_leave_words_whole(
    texts: list[list[list[int]]], data: st.DataObject
) -> None:
    """Of the texts taken in any order, the tokens kept are still in their words."""
    order = data.draw(st.permutations(range(len(texts))))
    taken = packed(texts).take(np.array(order, np.int64))
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=(n := len(taken.ids)), max_size=n)))
    left = taken.kept(mask.astype(bool))
    marks = iter(mask.tolist())
    expected = [[[t for t in word if next(marks)] for word in texts[i]] for i in order]
    words = words_of(left)
    back = [
        [words.tokens.text(number).tolist() for number in words.numbers[first:last]]
        for first, last in zip(words.offsets[:-1], words.offsets[1:], strict=True)
    ]
    assert back == [[word for word in text if word] for text in expected]


@given(TEXTS, st.integers(0, 5))
def test_splitting_parts_the_texts(texts: list[list[list[int]]], at: int) -> None:
    """The words before and after a text are those of its two halves."""
    words = words_of(packed(texts))
    place = min(at, len(texts))
    one, other = words.split(place)
    joined = np.concatenate([one.numbers, other.numbers])
    np.testing.assert_array_equal(joined, words.numbers)
    assert len(one.offsets) == place + 1
    assert len(other.offsets) == len(texts) - place + 1


def test_a_word_without_end_is_cut() -> None:
    """Text without spaces is one word of its first tokens, the same when it is cut again."""
    long = TokenLists.of([[7, *range(90)], [7, *range(80)]], [[0] * 91, [0] * 81])
    words = words_of(long)
    assert words.numbers.tolist() == [0, 0]
    assert words.tokens.lengths.tolist() == [LONGEST_WORD]
    again = words_of(words.tokens)
    np.testing.assert_array_equal(again.keys, words.keys)


def test_idf_falls_and_stays_positive() -> None:
    """A word that is in every text still counts a little."""
    values = idf(np.arange(11), 10)
    assert (np.diff(values) < 0).all()
    assert values.min() > 0


@given(st.lists(st.integers(0, 40)))
def test_distinct_numbers_are_those_that_sorting_finds(numbers: list[int]) -> None:
    """A table of marks gives what `numpy.unique` gives, the place of each number too."""
    values = np.array(numbers, np.uint32)
    found, places = distinct(values, 41)
    expected, inverse = np.unique(values, return_inverse=True)
    assert found.tolist() == expected.tolist()
    assert places.tolist() == inverse.tolist()
