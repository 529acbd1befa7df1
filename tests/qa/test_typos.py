"""Mistyped words of asking."""

import pytest

from corpus.language import Analyzer
from corpus.model import Language
from qa.assistant import Assistant
from qa.typos import Typos

TEXTS: dict[Language, list[str]] = {
    "fi": ["kuka on hankkeen yhteyshenkilö", "mikä on sähköposti", "peruskoulu perin"],
    "sv": ["vem finansierar projektet", "vad är e-posten"],
    "en": ["who is the contact person for the project", "which municipalities"],
}


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("projct contac persn", "project contact person"),
        ("vem fianansierar projetet?", "vem finansierar projektet?"),
        ("which muncipalities", "which municipalities"),
        ("kuka on yhtyeshenkilo", "kuka on yhteyshenkilö"),
        ("kuka on Yhteyshenklö", "kuka on Yhteyshenklö"),
        ("mikä on xyzxyz", "mikä on xyzxyz"),
        ("where are the hounds", "where are the hounds"),
        ("who is it", "who is it"),
        ("", ""),
    ],
)
def test_one_mistake_in_a_long_word_is_mended(typed: str, mended: str, analyzer: Analyzer) -> None:
    """In the words of the language that is spoken; proper nouns and real words stay."""
    typos, tokens = Typos(TEXTS.__getitem__), analyzer.tokens(typed)
    assert typos.mended(typed, tokens, typos.doubtful(typed, tokens)) == mended


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("vem fianansierar projektet i mellersta finland", "Sosiaali- ja terveysministeriö (STM)"),
        ("pohjois-savo number of municipalites", "Pohjois-Savossa on 18 kuntaa"),
        ("kuka on itä-savon yhteyhenkilo", "Pia Karttunen"),
    ],
)
def test_a_mistyped_question_is_answered(samples: Assistant, text: str, answer: str) -> None:
    """What is mended asks as if it had been typed right, and is shown as it was typed."""
    found = samples.ask(text)
    assert found.answer is not None
    assert found.answer.text.startswith(answer)
    assert found.question == text


@pytest.mark.parametrize("name", ["itasavo", "savonia", "melersta finland", "joroine"])
def test_names_are_left_to_those_who_know_them(samples: Assistant, name: str) -> None:
    """A name that is near a word of asking, or misspelt, is not taken for one."""
    question, _ = samples.read(f"who is the contact for {name}")
    assert question.text.endswith(name)
