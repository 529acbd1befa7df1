"""Words typed without dots and rings."""

import pytest

from corpus.model import Language
from qa.assistant import Assistant
from qa.diacritics import Diacritics

TEXTS: dict[Language, list[str]] = {
    "fi": ["kuka on hankkeen yhteyshenkilö", "mikä on sähköposti", "kenelle soitan"] * 2,
    "sv": ["vem är kontaktperson för projektet", "vad är e-posten"] * 5 + ["vilket år", "var"],
    "en": ["who is the contact for the project", "what is the e-mail"],
}


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("Vem ar kontaktperson for Savo?", "Vem är kontaktperson för Savo?"),
        ("VEM AR KONTAKTPERSON", "VEM ÄR KONTAKTPERSON"),
        ("kuka on ita-savon yhteyshenkilo", "kuka on ita-savon yhteyshenkilö"),
        ("mika on sahkoposti", "mikä on sähköposti"),
        ("var ar projektet", "var är projektet"),
    ],
)
def test_words_get_the_spelling_of_their_language(typed: str, restored: str) -> None:
    """Capitals stay, and of two spellings the commoner one is taken."""
    assert Diacritics(TEXTS.__getitem__).restored(typed) == restored


@pytest.mark.parametrize(
    "text",
    [
        "who is the contact for the project in Ahtari",
        "Vem ar kontaktperson för Savo?",
        "yhteyshenkilo kontaktperson",
        "for",
        "Itasavo",
        "",
    ],
)
def test_other_texts_stay(text: str) -> None:
    """English, what has diacritics already, and what may be either language, are left alone."""
    assert Diacritics(TEXTS.__getitem__).restored(text) == text


def test_a_question_without_diacritics_is_understood(samples: Assistant) -> None:
    """What a whole sentence means is found again once its words are spelled."""
    text = "hej, vi ar en forening som garna vill vara med. vem haller i tradarna for ita-savo?"
    question, _ = samples.read(text)
    assert question.asked is not None
    assert question.asked.name == "contact_name"
    assert question.text.startswith("hej, vi är en förening")
    assert question.asked_text == text


@pytest.mark.parametrize(
    "text",
    [
        "Vem leder projektet i Vanda?",
        "vem leder projektet i vanda",
        "Kuka vastaa hankkeesta Lahti?",
        "Vilka projekt finns i Sankt Michel?",
        "val",
    ],
)
def test_names_stay_as_they_are(samples: Assistant, text: str) -> None:
    """Lahti is no "lähti" and Vanda no "vända", with a capital or without; one word tells none."""
    assert samples.read(text)[0].text == text


def test_what_is_unseen_does_not_tear_a_word(samples: Assistant) -> None:
    """A zero-width space and a soft hyphen, pasted with the text, are no letters."""
    answer = samples.ask("kuka on it\u200b\u00e4-savon yhteys\u00adhenkil\u00f6")
    assert answer.answer is not None
    assert answer.answer.text == "Pia Karttunen"
    assert answer.question == "kuka on it\u00e4-savon yhteyshenkil\u00f6"
