"""Roles that a page's own persons have, and those of somebody else."""

import pytest

from corpus.language import Analyzer
from corpus.model import Language
from qa.lexicon import load_lexicon
from qa.office import is_other_office


@pytest.mark.parametrize(
    ("office", "language", "other"),
    [
        ("projektchef", "sv", False),
        ("projektsamordnare", "sv", False),
        ("huvudkontaktperson", "sv", False),
        ("utsedd kontaktperson", "sv", False),
        ("hankekoordinaattori", "fi", False),
        ("ohjelmajohtaja", "fi", False),
        ("pääyhteyshenkilö", "fi", False),
        ("johtaja", "fi", False),
        ("acting project manager", "en", False),
        ("main lead", "en", False),
        ("ekonomichef", "sv", True),
        ("talousjohtaja", "fi", True),
        ("it-päällikkö", "fi", True),
        ("finance director", "en", True),
        ("communications manager", "en", True),
    ],
)
def test_a_role_is_told_by_what_stands_before_it(
    office: str, language: Language, other: bool, analyzer: Analyzer
) -> None:
    """What runs a project begins a role of its own; money and machines begin another's."""
    assert is_other_office(analyzer.tokens(office), load_lexicon(language)) is other
