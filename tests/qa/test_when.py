"""The time a question is about."""

from datetime import date

import pytest

from corpus.language import open_analyzer
from corpus.model import Language
from qa.lexicon import load_lexicon
from qa.when import When, find_when


def asked(text: str, language: Language) -> When | None:
    """Read the time of a question in one language."""
    return find_when(text, open_analyzer().tokens(text), load_lexicon(language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kuka oli yhteyshenkilö vuonna 2022?", "fi"),
        ("vem var kontaktperson år 2022?", "sv"),
        ("who was the contact in 2022?", "en"),
    ],
)
def test_a_year_is_all_of_its_days(text: str, language: Language) -> None:
    """A year starts on its first day and ends on its last, in every language."""
    assert asked(text, language) == When("dates", date(2022, 1, 1), date(2022, 12, 31))


def test_before_a_year_ends_the_day_before() -> None:
    """What was so before 2022 was so at the latest on the last day of 2021."""
    assert asked("who was the contact before 2022", "en") == When("dates", None, date(2021, 12, 31))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mitkä sivut on muokattu vuoden 2022 jälkeen?", "fi"),
        ("vilka sidor ändrades efter 2022?", "sv"),
        ("which pages were edited after 2022?", "en"),
    ],
)
def test_after_a_year_begins_the_day_after(text: str, language: Language) -> None:
    """What was so after 2022 was so from the first day of 2023 on, in every language."""
    assert asked(text, language) == When("dates", date(2023, 1, 1), None)


def test_since_a_year_is_open_at_the_end() -> None:
    """What has been so since 2022 may be so still."""
    assert asked("who has been the contact since 2022", "en") == When(
        "dates", date(2022, 1, 1), None
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my notes from 2018 have no name, who answered for it then", "en"),
        ("i mina anteckningar från 2018 saknas namnet, vem var det då", "sv"),
    ],
)
def test_then_is_the_time_told_before(text: str, language: Language) -> None:
    """What is told of 2018 and asked of "then" is asked of that year, not of all since."""
    assert asked(text, language) == When("dates", date(2018, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("okay then, who has been the contact since 2018?", "en"),
        ("då, vem har varit kontaktperson sedan 2018?", "sv"),
        ("who has it been since 2018, and who was it before then?", "en"),
    ],
)
def test_another_then_leaves_since_open(text: str, language: Language) -> None:
    """A "then" before the date, or with a "before" of its own, says nothing of it."""
    assert asked(text, language) == When("dates", date(2018, 1, 1), None)


@pytest.mark.parametrize(
    ("text", "language", "mode"),
    [
        ("kuka on nyt yhteyshenkilö", "fi", "current"),
        ("who was the former contact", "en", "past"),
        ("vem är nuvarande kontaktperson", "sv", "current"),
        ("who is in charge at the moment", "en", "current"),
        ("vem svarar för det för närvarande", "sv", "current"),
        ("nykyisen yhteyshenkilön nimi", "fi", "current"),
    ],
)
def test_now_and_before_now_carry_no_days(text: str, language: Language, mode: str) -> None:
    """Words such as "now" and "former" tell a mode, and which days is the caller's to say."""
    found = asked(text, language)
    assert found is not None
    assert (found.mode, found.first, found.last) == (mode, None, None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who was the contact before the present one", "en"),
        ("whose job did the current contact take over from", "en"),
        ("vem var kontaktperson innan den nuvarande tog över", "sv"),
        ("vem efterträddes av den nuvarande kontaktpersonen", "sv"),
        ("kuka edelsi nykyistä yhteyshenkilöä", "fi"),
        ("keneltä nykyinen yhteyshenkilö peri tehtävän", "fi"),
    ],
)
def test_the_one_before_the_present_one_is_past(text: str, language: Language) -> None:
    """The present holder stands in the question, and the one before is asked for."""
    assert asked(text, language) == When("past")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who is the present contact? I asked before", "en"),
        ("kuka on nykyinen yhteyshenkilö, kysyin jo ennen", "fi"),
    ],
)
def test_a_before_that_governs_something_else_leaves_now(text: str, language: Language) -> None:
    """Only what stands right before the present one, or speaks of taking over, looks back."""
    assert asked(text, language) == When("current")


def test_no_time_is_none() -> None:
    """A question that says nothing about time has none."""
    assert asked("kuka rahoittaa hanketta", "fi") is None


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "met"),
    [
        (None, None, True),
        (None, date(2022, 1, 1), True),
        (None, date(2021, 12, 31), False),
        (date(2022, 12, 31), None, True),
        (date(2023, 1, 1), None, False),
    ],
)
def test_meeting_includes_the_edges(
    valid_from: date | None, valid_to: date | None, met: bool
) -> None:
    """One day in common is enough, and an open end meets everything on its side."""
    year = When("dates", date(2022, 1, 1), date(2022, 12, 31))
    assert year.meets(valid_from, valid_to) is met
