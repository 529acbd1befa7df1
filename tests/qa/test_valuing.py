"""Which values are valid, and whose."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Field
from qa.valuing import in_time, name_keys, of_person
from qa.when import When

TODAY = date(2024, 5, 1)
OLD = Field("contact_name", "Yhteyshenkilö", "Antti", 0, 5, (), None, date(2022, 12, 31))
NEW = Field("contact_name", "Yhteyshenkilö", "Mari", 6, 10, (), date(2023, 1, 1), None)


def year(number: int) -> When:
    """Return all days of a year."""
    return When("dates", date(number, 1, 1), date(number, 12, 31))


@pytest.mark.parametrize(
    ("when", "valid"),
    [
        (None, (NEW,)),
        (When("current"), (NEW,)),
        (When("past"), (OLD,)),
        (When("first"), (OLD,)),
        (year(2022), (OLD,)),
        (year(2023), (NEW,)),
        (When("dates", date(2022, 6, 1), date(2023, 6, 1)), (OLD, NEW)),
    ],
)
def test_validity_answers_the_time_asked(when: When | None, valid: tuple[Field, ...]) -> None:
    """Without a time it is now; "former" is who ended; a span meets all who were there in it."""
    assert in_time((OLD, NEW), when, TODAY) == valid


def test_today_decides_who_is_current() -> None:
    """On the last day of 2022 the old value still stands."""
    assert in_time((OLD, NEW), None, date(2022, 12, 31)) == (OLD,)


def test_the_last_known_value_stands_when_none_is_valid_now() -> None:
    """A contact that ended and was not replaced is the best there is."""
    older = Field("contact_name", "", "Eka", 0, 3, (), None, date(2019, 1, 1))
    assert in_time((older, OLD), None, TODAY) == (OLD,)


def test_values_without_dates_are_always_valid() -> None:
    """A page that gives no validity has all of its values at any time."""
    plain = (Field("funder", "", "A", 0, 1, ()), Field("funder", "", "B", 2, 3, ()))
    assert in_time(plain, year(1999), TODAY) == plain


@given(st.integers(-2000, 2000))
def test_a_value_is_valid_on_each_of_its_days(days: int) -> None:
    """Whoever is valid on a day is found by asking about that very day."""
    day = date(2023, 1, 1) + timedelta(days=days)
    found = in_time((OLD, NEW), When("dates", day, day), TODAY)
    assert found == ((NEW,) if days >= 0 else (OLD,))


def test_an_address_belongs_to_the_person_beside_whom_it_stands() -> None:
    """An e-mail inside a person's words is that person's."""
    anna = Field("person", "johtaja", "Anna Salo", 0, 40, ())
    olli = Field("person", "johtaja", "Olli Ranta", 50, 90, ())
    hers = Field("person_email", "", "toimisto@example.org", 20, 40, ())
    his = Field("person_email", "", "neuvonta@example.org", 70, 90, ())
    assert of_person((hers, his), (anna, olli), "annasalo") == (hers,)
    assert of_person((hers, his), (anna, olli), "ranta") == (his,)


def test_an_address_elsewhere_is_told_by_its_name() -> None:
    """A contact's e-mail in a field of its own is recognised by the name in it."""
    people = (Field("contact_name", "", "Päivi Mäkelä", 0, 12, ()),)
    hers = Field("contact_email", "", "paivi.makela@example.org", 30, 54, ())
    other = Field("contact_email", "", "info@example.org", 60, 76, ())
    assert of_person((hers, other), people, "makela") == (hers,)
    assert of_person((other,), people, "makela") == ()


def test_a_person_goes_by_the_name_either_way_round() -> None:
    """The name, the name reversed and the last name are keys; the given name is not."""
    assert name_keys("Pia Karttunen") == {"piakarttunen", "karttunenpia", "karttunen"}
