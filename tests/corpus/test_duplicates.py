"""Near-duplicates: the fast join finds exactly the groups that comparing all pairs finds."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.duplicates import near_duplicate_groups

INTRO = (
    "Hankkeella tuetaan kylien yhteisten talojen avaamista arkisin, jotta jokaisessa kylässä on "
    "paikka tavata naapureita, syödä lounasta, lainata työkaluja ja saada neuvoa arjen asioihin "
    "ilman pitkää matkaa kirkonkylään tai kaupunkiin."
)


def shingles(text: str) -> set[tuple[str, ...]]:
    """Give the 3-word shingles of a text, padded when it is shorter."""
    words = text.casefold().split() or ["", text]
    words += [""] * (3 - len(words))
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def slow_groups(texts: list[str], threshold: float) -> list[int]:
    """Compare all pairs and name each component by its lowest row."""
    sets, labels = [shingles(text) for text in texts], list(range(len(texts)))
    for i, one in enumerate(sets):
        for j, two in enumerate(sets[:i]):
            if len(one & two) >= threshold * len(one | two) - 1e-9 and labels[i] != labels[j]:
                old, new = max(labels[i], labels[j]), min(labels[i], labels[j])
                labels = [new if label == old else label for label in labels]
    return labels


TEXTS = st.lists(st.lists(st.sampled_from("abcd"), max_size=12).map(" ".join), max_size=25)


@given(TEXTS, st.sampled_from([0.3, 0.5, 0.75, 0.9, 1.0]))
def test_the_join_equals_comparing_all_pairs(texts: list[str], threshold: float) -> None:
    """No pair is missed and none is invented, at any threshold."""
    assert near_duplicate_groups(texts, threshold).tolist() == slow_groups(texts, threshold)


def test_long_texts_join_as_all_pairs_do() -> None:
    """The same on texts of the length of passages, many of them near the threshold."""
    rng = random.Random(7)
    vocabulary = [f"sana{n}" for n in range(300)]
    bases = [rng.choices(vocabulary, k=rng.randint(20, 90)) for _ in range(12)]
    texts = []
    for _ in range(150):
        words = list(rng.choice(bases))
        for _ in range(rng.randint(0, 3)):
            words[rng.randrange(len(words))] = rng.choice(vocabulary)
        texts.append(" ".join(words))
    found = near_duplicate_groups(texts)
    assert found.tolist() == slow_groups(texts, 0.9)
    assert 12 <= len(set(found.tolist())) < 150


@given(TEXTS, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(texts: list[str], rng: random.Random) -> None:
    """Shuffled texts fall into the same groups."""
    order = list(range(len(texts)))
    rng.shuffle(order)
    groups = near_duplicate_groups(texts, 0.5)
    shuffled = near_duplicate_groups([texts[row] for row in order], 0.5)
    same = groups[order][:, None] == groups[order][None, :]
    assert np.array_equal(same, shuffled[:, None] == shuffled[None, :])


def test_an_intro_repeated_with_another_layout_is_one() -> None:
    """Case, punctuation and line breaks do not make a text another."""
    again = INTRO.replace(", ", ",\n").replace("Hankkeella", "HANKKEELLA ")
    assert near_duplicate_groups(["Muu teksti", INTRO, again]).tolist() == [0, 1, 1]


def test_a_small_edit_is_a_near_duplicate_and_another_region_is_not() -> None:
    """One word at the end is boilerplate still; two names inside are another text."""
    edited = INTRO.replace("kaupunkiin.", "kaupunkeihin.")
    other = (
        INTRO.replace("kylien", "saarten").replace("lounasta", "kalaa").replace("arjen", "veron")
    )
    assert near_duplicate_groups([INTRO, edited, other]).tolist() == [0, 0, 2]


def test_texts_without_words_are_only_themselves() -> None:
    """Empty and punctuation-only texts are copies of the same text only."""
    assert near_duplicate_groups(["", "-", "", "a"]).tolist() == [0, 1, 0, 3]
    assert near_duplicate_groups([]).shape == (0,)


def test_the_threshold_must_make_sense() -> None:
    """Zero would make everything one."""
    with pytest.raises(ValueError, match="threshold"):
        near_duplicate_groups(["a"], 0)
