"""The JSON of the command line is the JSON of the API."""

import json

import pytest

from qa.assistant import Assistant
from qa.model import Turn
from qa.serialising import answer_to_dict
from web.bodies import answer_body

QUESTIONS = (
    "who is the contact for Itä-Savo",
    "ketkä ovat kaikkien hankkeiden yhteyshenkilöt",
    "kuka on yhteyshenkilö?",
    "Kuinka monta kuntaa Pohjois-Savossa on?",
    "what is the capital of France",
)


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("explain", [False, True])
def test_both_forms_are_one(samples: Assistant, text: str, explain: bool) -> None:
    """Field, list, ambiguous, passage and not-found answers are the same JSON on both ways."""
    history = [Turn("Kuka rahoittaa Itä-Savon hanketta?", "STM")]
    answer = samples.ask(text, history=history, explain=explain)
    assert answer_to_dict(answer) == answer_body(answer).model_dump(mode="json")


def test_values_are_json(samples: Assistant) -> None:
    """Dates are ISO 8601, and everything can be written and read back unchanged."""
    body = answer_to_dict(samples.ask(QUESTIONS[0], explain=True))
    assert json.loads(json.dumps(body)) == body
    assert body["passages"][0]["citation"]["modified"] == "2020-12-11"
    assert set(body["index"]) == {"snapshot", "encoder"}
