"""Questions that lean on the last one, and questions of their own that only look so."""

import pytest

from qa.assistant import Assistant
from tests.qa.test_question import CONTACT, read


@pytest.mark.parametrize(
    "text",
    [
        "Who is her counterpart in Pohjois-Savo?",
        "Ja kuka on samassa roolissa Pohjois-Savossa?",
        "Vem har samma roll i Norra Savolax?",
    ],
)
def test_the_same_role_elsewhere_is_what_was_asked_before(samples: Assistant, text: str) -> None:
    """A word for "the same" carries the field of the last question over to another document."""
    question, meant = read(samples, text, CONTACT)
    assert meant == ["pohjois-savo"]
    assert question.asked is not None
    assert question.asked.name == "contact_name"
    assert question.carried == ("field",)


@pytest.mark.parametrize("text", ["Now Pohjois-Savo", "Nyt Pohjois-Savo", "Nu Norra Savolax då"])
def test_now_another_document_is_asked_of(samples: Assistant, text: str) -> None:
    """A "now" before a name carries the field of the last question over to it."""
    question, meant = read(samples, text, CONTACT)
    assert meant == ["pohjois-savo"]
    assert question.asked is not None
    assert question.asked.name == "contact_name"


@pytest.mark.parametrize(
    "text",
    [
        "Now tell me how many municipalities Pohjois-Savo has",
        "And tell me how many municipalities Pohjois-Savo has",
        "Nyt kerro montako kuntaa Pohjois-Savossa on",
        "Nu undrar jag hur många kommuner Norra Savolax har",
    ],
)
def test_an_opener_before_a_whole_question_carries_nothing(samples: Assistant, text: str) -> None:
    """What asks by itself, of another document, is no field of the last question."""
    question, meant = read(samples, text, CONTACT)
    assert meant == ["pohjois-savo"]
    assert question.asked is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("And the name of the Pohjois-Savo project?", "name"),
        ("Are the same services used in Pohjois-Savo?", None),
        ("Do colleagues get training in Pohjois-Savo?", None),
    ],
)
def test_a_question_of_its_own_carries_no_field(
    samples: Assistant, text: str, field: str | None
) -> None:
    """Words for "same" and "colleagues" in a question that is whole ask nothing again."""
    question, meant = read(samples, text, CONTACT)
    assert meant == ["pohjois-savo"]
    assert (question.asked.name if question.asked else None) == field
