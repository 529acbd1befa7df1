"""Roles that are called as a page's own persons are, and others."""

import pytest

from qa.office import calls

KNOWN = frozenset({"projektchef", "hankejohtaja", "yhteyshenkilö", "manager"})


@pytest.mark.parametrize(
    ("role", "called"),
    [
        ("projektchef", True),
        ("projektsamordnare", True),
        ("hankekoordinaattori", True),
        ("johtaja", True),
        ("manager", True),
        ("ekonomichef", False),
        ("talousjohtaja", False),
        ("controller", False),
    ],
)
def test_a_compound_is_known_by_how_it_begins(role: str, called: bool) -> None:
    """A role is one of theirs when another of theirs begins as it does, or when it is bare."""
    assert calls(role, KNOWN) is called
