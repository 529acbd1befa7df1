"""Fields that are only meant, beside passages that say what is asked in words."""

from dataclasses import replace
from typing import Any

import pytest

from embeddings.encoder import BUNDLED, open_encoder
from qa.assistant import Assistant
from qa.outdone import is_outdone


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ketkä johtavat muutosta Keski-Suomen hankkeessa?", "Muutosta johtavat"),
        ("Who is responsible for basket 4 in Itä-Uusimaa?", "korin 4 yhteishankkeesta"),
    ],
)
def test_a_passage_that_says_it_outdoes_a_field_that_is_meant(
    samples: Assistant, text: str, said: str
) -> None:
    """Who does what the page tells is not the contact."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert answer.kind == "passage"
    assert said in answer.text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kuka pitää lankoja käsissään Keski-Suomen hankkeessa?", "Mikael Palola"),
        ("Vem håller i trådarna i Östra Nyland?", "Jaana Forslund"),
        ("Who bankrolls the Itä-Savo project?", "Sosiaali- ja terveysministeriö"),
        ("Missä Tarja Miettinen on töissä?", "Pohjois-Savon liitto"),
        ("Kuka on vastuussa Itä-Savon sote-uudistuksesta?", "Pia Karttunen"),
        ("Kuka luotsaa Keski-Suomen sote-uudistusta?", "Mikael Palola"),
        ("Keneltä saan tietoa Itä-Uudenmaan digipalveluista?", "Jaana Forslund"),
        ("Who is responsible for the digital channels in Itä-Savo?", "Pia Karttunen"),
        ("Minkä ajan Keski-Suomen hankkeessa tehdään työtä?", "2020-2021"),
    ],
)
def test_a_field_that_is_meant_stays_where_no_passage_says_it(
    samples: Assistant, text: str, value: str
) -> None:
    """Idioms share words with no passage, and a person's name is in many."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert answer.kind == "field"
    assert answer.text.startswith(value)


@pytest.mark.parametrize(
    "text",
    ["Kuka on talousjohtaja Etelä-Savossa?", "Kuka on Etelä-Savon henkilöstöjohtaja?"],
)
def test_another_office_is_still_refused(samples: Assistant, text: str) -> None:
    """What a passage says of a director is not said of the finance director."""
    assert samples.ask(text).status == "not_found"


def outdone(samples: Assistant, text: str, **changes: Any) -> bool:
    """Tell whether the field of a question is outdone once its reading is changed."""
    _, ranking, snapshot = samples.ranked(text)
    question, _ = samples.read(text)
    assert question.asked is not None
    asked = {k: v for k, v in changes.items() if hasattr(question.asked, k)}
    steering = {k: v for k, v in changes.items() if hasattr(question.steering, k)}
    question = replace(
        question,
        asked=replace(question.asked, **asked),
        steering=replace(question.steering, **steering),
    )
    return is_outdone(question, ranking, snapshot, open_encoder(BUNDLED))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"other_office": True}, False),
        ({"by_meaning": False}, False),
        ({"exact": frozenset({0})}, False),
        ({"score": 4.0}, False),
        ({"score": 0.0}, False),
        ({"score": 0.99}, False),
        ({"asks_when": True}, False),
        ({"name": "budget"}, False),
    ],
)
def test_only_a_field_that_is_meant_a_little_is_outdone(
    samples: Assistant, changes: dict[str, Any], expected: bool
) -> None:
    """Not one that words call, that is meant for sure or that the page lacks; nor a time."""
    assert (
        outdone(samples, "Ketkä johtavat muutosta Keski-Suomen hankkeessa?", **changes) is expected
    )
