"""Fields that are only meant, beside passages that say what is asked in words."""

import pytest

from qa.assistant import Assistant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kuka hallinnoi päihdepalvelujen kehittämistä Itä-Uudenmaan hankkeessa?", "hallinnoi HUS"),
        ("Kuka valvoo tavoitteita ja rahankäyttöä Keski-Suomessa?", "Ohjausryhmä valvoo"),
        ("Varifrån köper Mörskom och Pukkila sina tjänster?", "ostavat sote-palvelunsa"),
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
