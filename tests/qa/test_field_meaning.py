"""Fields recognised by meaning, against questions that ask for none."""

import tomllib

import pytest

from corpus.profiles import FieldSpec
from embeddings.encoder import Encoder
from qa.field_meaning import NO_FIELD, QUESTIONS, FieldMeaning


@pytest.fixture(scope="module")
def meaning(catalogue: dict[str, FieldSpec], encoder: Encoder) -> FieldMeaning:
    """Give the shipped patterns alone, without aliases."""
    return FieldMeaning((), {name: spec.type for name, spec in catalogue.items()}, encoder)


def test_every_pattern_is_of_a_known_field(catalogue: dict[str, FieldSpec]) -> None:
    """Patterns of a field that no profile has would never be asked for."""
    assert set(tomllib.loads(QUESTIONS.read_text("utf-8"))) <= {*catalogue, NO_FIELD}


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_said_means_no_field(meaning: FieldMeaning, text: str) -> None:
    """Blanks are near to nothing."""
    assert meaning.nearest(text, lambda kind: True) is None


def test_types_that_the_question_word_cannot_mean_are_left_out(meaning: FieldMeaning) -> None:
    """What is asked of persons is never answered by a date, however near it is."""
    text = "who is responsible for the project"
    found = meaning.nearest(text, lambda kind: True, "who")
    assert found is not None
    dates = meaning.nearest(text, lambda kind: kind == "date", "who")
    assert dates is None or dates[0] != found[0]


def test_what_asks_for_no_field_is_refused(meaning: FieldMeaning) -> None:
    """A pattern written down as asking for none is never taken for a field."""
    table = tomllib.loads(QUESTIONS.read_text("utf-8"))[NO_FIELD]
    texts = [t for found in table.values() for t in found] if isinstance(table, dict) else table
    taken = [text for text in texts if meaning.nearest(text, lambda kind: True)]
    assert not taken
