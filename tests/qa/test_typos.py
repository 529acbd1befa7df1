"""Mistyped words of asking."""

import unicodedata

import pytest

from corpus.language import Analyzer
from corpus.model import Language
from qa.assistant import Assistant
from qa.typos import MOST, Typos

TEXTS: dict[Language, list[str]] = {
    "fi": ["kuka on hankkeen yhteyshenkilö", "mikä on sähköposti", "päivitetty", "peruskoulu"],
    "sv": ["vem finansierar projektet", "vad är e-posten", "slutar"],
    "en": ["who is the contact person for the project", "which municipalities", "kohde"],
}
CALLED: dict[Language, frozenset[str]] = {
    "fi": frozenset({"yhteyshenkilö"}),
    "sv": frozenset(),
    "en": frozenset({"contact", "project", "person"}),
}


@pytest.fixture
def typos() -> Typos:
    """Give a mender over a few texts, to which "jälleen" is a common word."""
    return Typos(TEXTS.__getitem__, CALLED.__getitem__, {"jälleen"}.__contains__)


def mended(text: str, typos: Typos, analyzer: Analyzer) -> str:
    """Return a text with all its doubtful words mended."""
    tokens = analyzer.tokens(text)
    return typos.mended(text, tokens, typos.doubtful(text, tokens))


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("who is the conatct perosn", "who is the contact person"),
        ("for the projct contac", "for the project contact"),
        ("vem fianansierar projetet?", "vem finansierar projektet?"),
        ("which muncipalities", "which municipalities"),
        ("kuka on yhtyeshenkilo", "kuka on yhteyshenkilö"),
        ("KUKA ON GRÖHNHOLM YHTEYSHENKLÖ", "KUKA ON GRÖHNHOLM yhteyshenkilö"),
    ],
)
def test_one_mistake_in_a_long_word_is_mended(
    typed: str, right: str, typos: Typos, analyzer: Analyzer
) -> None:
    """In the words of the language that is spoken; all other words stay as they are."""
    assert mended(typed, typos, analyzer) == right


@pytest.mark.parametrize(
    "text",
    [
        "kuka on Yhteyshenklö",
        "mikä on xyzxyz",
        "where are the hounds",
        "mitkä ovat hankkeen päivitetyt",
        "vad är slutår",
        "hankkeen jälleen",
        "who is the cohde",
        "persn",
        "",
    ],
)
def test_real_words_and_names_stay(text: str, typos: Typos, analyzer: Analyzer) -> None:
    """A proper noun, another form, another spelling, a common word, a short one: none is mended."""
    assert mended(text, typos, analyzer) == text


def test_a_text_of_unknown_words_stays(typos: Typos, analyzer: Analyzer) -> None:
    """Nor is a text mended that is of another kind altogether."""
    text = " ".join(["who is the", *["muncipalities"] * (MOST + 1)])
    assert mended(text, typos, analyzer) == text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("vem fianansierar projektet i mellersta finland", "Sosiaali- ja terveysministeriö (STM)"),
        ("pohjois-savo number of municipalites", "Pohjois-Savossa on 18 kuntaa"),
        ("kuka on itä-savon yhteyhenkilo", "Pia Karttunen"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_mistyped_question_is_answered(
    samples: Assistant, text: str, answer: str, form: str
) -> None:
    """What is mended asks as if it had been typed right, however its letters are composed."""
    typed = text if form == "NFC" else unicodedata.normalize("NFD", text)
    found = samples.ask(typed)
    assert found.answer is not None
    assert found.answer.text.startswith(answer)
    assert found.question == typed


@pytest.mark.parametrize("name", ["itasavo", "savonia", "melersta finland", "joroine", "taike"])
def test_names_are_left_to_those_who_know_them(samples: Assistant, name: str) -> None:
    """A name that is near a word of asking, or misspelt, is not taken for one."""
    question, _ = samples.read(f"who is the contact for {name}")
    assert question.text.endswith(name)
