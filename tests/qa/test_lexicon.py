"""The steering words of the three languages."""

import tomllib
from dataclasses import fields

import pytest

from corpus.model import LANGUAGES, Language
from qa.lexicon import FOLDER, Lexicon, load_lexicon


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: Language) -> None:
    """A file has a list for each part of the lexicon, and nothing the code would not read."""
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    assert set(table) == {field.name for field in fields(Lexicon)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_in_lower_case(language: Language) -> None:
    """Words are compared with casefolded surfaces, so a capital would never be met."""
    lexicon = load_lexicon(language)
    words = {word for field in fields(Lexicon) for word in getattr(lexicon, field.name)}
    assert not {word for word in words if word != word.casefold().strip()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_words_name_nothing(language: Language) -> None:
    """Whoever is asked for by one word is never a name: "who" and "when" are quiet words."""
    lexicon = load_lexicon(language)
    pointing = {w for w in lexicon.who_words | lexicon.when_words if " " not in w}
    named = pointing - lexicon.function_words - {"ketä"}
    assert not named
