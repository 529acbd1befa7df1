"""Profiles: what ships is whole, and a new family needs TOML only."""

import pytest

from corpus.errors import KysyError
from corpus.model import LANGUAGES
from corpus.profiles import (
    field_catalogue,
    generic_profile,
    label_key,
    load_profiles,
    parse_profile,
    recognise,
)

PARISH = """
artefacts = ['^>>> ?']
groups = ["Tiedot"]
[recognise]
min_labels = 2
[[fields]]
name = "contact_name"
type = "person"
labels = ["Kuka vastaa"]
[[fields]]
name = "bell"
type = "line"
labels = ["Kello"]
names.fi = ["Kello"]
"""


def test_every_field_has_names_in_every_language() -> None:
    """A field can be shown and asked for in Finnish, Swedish and English."""
    for spec in field_catalogue(load_profiles()):
        assert all(spec.names[language] for language in LANGUAGES), spec.name
        assert all(spec.aliases[language] for language in LANGUAGES), spec.name


def test_the_important_fields_can_be_asked_for_in_many_ways() -> None:
    """The contact, the funder, the period and the participants have ten aliases a language."""
    catalogue = {spec.name: spec for spec in field_catalogue(load_profiles())}
    for name in ("contact_name", "funder", "period", "participants"):
        assert all(len(catalogue[name].aliases[language]) >= 10 for language in LANGUAGES), name


def test_what_is_shown_beside_a_field_exists() -> None:
    """`beside` names fields of the catalogue."""
    catalogue = {spec.name: spec for spec in field_catalogue(load_profiles())}
    assert {beside for spec in catalogue.values() for beside in spec.beside} <= catalogue.keys()
    assert catalogue["contact_name"].beside == ("contact_organisation", "contact_email", "phone")


@pytest.mark.parametrize("profile", load_profiles(), ids=lambda profile: profile.name)
def test_a_label_means_one_field(profile: object) -> None:
    """Within a family no label is claimed twice."""
    labels = [label_key(label) for spec in profile.fields for label in spec.labels]  # type: ignore[attr-defined]
    assert len(labels) == len(set(labels))


def test_fields_merge_by_name() -> None:
    """The catalogue knows a family's labels beside the general ones."""
    catalogue = {spec.name: spec for spec in field_catalogue(load_profiles())}
    assert {"Funder", "Toimintamallin rahoittaja"} <= set(catalogue["funder"].labels)
    assert catalogue["phone"].names["sv"][0] == "Telefonnummer"


def test_a_new_family_is_recognised_by_its_labels() -> None:
    """Enough labels on lines of their own, or one artefact."""
    profiles = (*load_profiles(), parse_profile(PARISH, "parish.toml"))
    for text in ("Kuka vastaa\nAino Salo\nKELLO:\nsuuri", "\n>>> Tiedot\nTekstiä"):
        found = recognise(text, profiles)
        assert found is not None
        assert found.name == "parish"
    assert recognise("Kello\nKuka vastaa siitä?", profiles) is None


def test_the_catalogue_is_never_a_family() -> None:
    """A text full of general labels is still a page of no known family."""
    generic = generic_profile(load_profiles())
    labels = [label for spec in generic.fields for label in spec.labels[-1:]]
    assert recognise("\n".join(labels), (generic,)) is None


@pytest.mark.parametrize(
    "toml",
    [
        "fields = 3",
        "not toml",
        "[recognise]\nmin_labels = 2",
        '[[fields]]\nname = "a"\ntype = "colour"',
        '[[fields]]\nname = "a"\ntype = "line"\nlables = ["A"]',
        'artefacts = ["("]\nfields = []',
    ],
)
def test_a_broken_profile_is_named(toml: str) -> None:
    """A mistake in a profile is one line with the file's name."""
    with pytest.raises(KysyError, match=r"parish\.toml: not a page profile"):
        parse_profile(toml, "parish.toml")
