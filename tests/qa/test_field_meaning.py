"""Fields recognised by meaning, against questions that ask for none."""

import json

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
    assert set(json.loads(QUESTIONS.read_text("utf-8"))) <= {*catalogue, NO_FIELD}


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


def test_patterns_mean_what_they_were_written_for(meaning: FieldMeaning) -> None:
    """Of a hundred patterns at most one is taken for another field, and 97 for their own or none.

    Those around a pattern count as well as it does, so a lone one among others may be outvoted.
    """
    wrong = right = total = 0
    for name, languages in json.loads(QUESTIONS.read_text("utf-8")).items():
        for text in (text for texts in languages.values() for text in texts):
            found = meaning.nearest(text, lambda kind: True)
            wrong += found is not None and found[0] != name
            right += (found[0] if found else NO_FIELD) == name
            total += 1
    assert wrong <= total / 100
    assert right >= 0.97 * total
