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
        ("Kuka on vastuussa Itä-Savon sote-uudistuksesta?", "Pia Karttunen"),
        ("Kuka luotsaa Keski-Suomen sote-uudistusta?", "Mikael Palola"),
        ("Keneltä saan tietoa Itä-Uudenmaan digipalveluista?", "Jaana Forslund"),
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


def test_a_field_that_the_page_lacks_is_not_outdone(samples: Assistant) -> None:
    """Where a page has no such value there is nothing to outdo, and the reading stays."""
    answer = samples.ask("Paljonko rahaa Itä-Savon hanke nielee?")
    assert answer.status == "not_found"
