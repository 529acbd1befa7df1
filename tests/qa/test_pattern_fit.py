"""The fields that patterns around a question speak for."""

import numpy as np
import pytest

from embeddings.model import Floats
from qa.pattern_fit import DIRECTIONS, STEP, along, directions, fit, kernel, landmarks


def unit(rows: Floats) -> Floats:
    """Scale rows to length 1."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def scores(question: Floats, rows: Floats, labels: list[int]) -> Floats:
    """Give what the fit says of a question, `(fields,)`."""
    weights = fit(rows, np.array(labels))
    near = kernel(rows[landmarks(len(rows))] @ question)
    return np.asarray(near @ weights)


def clouds(each: int, spread: float, fields: int = 3, dim: int = 16) -> tuple[Floats, list[int]]:
    """Give patterns of some fields around a direction of their own."""
    random = np.random.default_rng(5)
    rows = np.repeat(np.eye(fields, dim), each, axis=0)
    labels = [field for field in range(fields) for _ in range(each)]
    return unit(rows + spread * random.standard_normal(rows.shape)), labels


@pytest.mark.parametrize("field", [0, 1, 2])
def test_a_question_among_the_patterns_of_a_field_means_it(field: int) -> None:
    """Its own field scores near 1, every other one near 0."""
    rows, labels = clouds(10 * STEP, 0.1)
    found = scores(np.eye(3, 16, dtype=np.float32)[field], rows, labels)
    assert found[field] == pytest.approx(1, abs=0.3)
    assert np.abs(np.delete(found, field)).max() < 0.15


def test_many_patterns_outdo_a_lone_one_that_is_nearest() -> None:
    """One pattern written for another field does not take a question from all those around it."""
    rows, labels = clouds(20 * STEP, 0.1)
    labels[3] = 2
    found = scores(rows[3], rows, labels)
    assert found.argmax() == 0


def test_what_is_near_no_pattern_means_little() -> None:
    """A question that none is like scores low for every field."""
    rows, labels = clouds(10 * STEP, 0.1)
    assert scores(np.eye(16, dtype=np.float32)[9], rows, labels).max() < 0.5


def test_a_field_of_few_patterns_is_meant_too() -> None:
    """A field is not lost among the many patterns of another."""
    rows, labels = clouds(10 * STEP, 0.1)
    few = [place for place, field in enumerate(labels) if field or place < STEP]
    found = scores(np.eye(3, 16, dtype=np.float32)[0], rows[few], [labels[p] for p in few])
    assert found.argmax() == 0


def test_texts_keep_their_likeness_along_the_patterns_own_directions() -> None:
    """What varies among the patterns is kept; a direction that none of them has is left out."""
    rows, _ = clouds(200, 0.05, fields=3, dim=2 * DIRECTIONS)
    axes = directions(rows)
    assert axes.shape == (2 * DIRECTIONS, DIRECTIONS)
    turned = along(rows, axes)
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), 1, atol=1e-5)
    assert np.corrcoef((turned @ turned[0]), (rows @ rows[0]))[0, 1] > 0.95
    assert not along(np.zeros((1, 2 * DIRECTIONS), np.float32), axes).any()
