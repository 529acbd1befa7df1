"""Keys by which names are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import Analyzer, open_analyzer
from corpus.model import Field
from corpus.name_keys import (
    MAX_WINDOW,
    NameKey,
    PlaceNames,
    document_names,
    squeeze,
    token_keys,
    window_keys,
    windows,
)
from corpus.places import load_places


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    """Open the analysis of words."""
    return open_analyzer()


@pytest.fixture(scope="module")
def places() -> PlaceNames:
    """Give the shipped places by key."""
    return PlaceNames(load_places())


def test_ways_of_writing_meet_in_one_key() -> None:
    """Case, hyphens, spaces and diacritics are no part of a key."""
    assert {squeeze(t) for t in ("Itä-Savo", "ita savo", "ITÄSAVO", "itä‑savo")} == {"itasavo"}


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    """Squeezing twice changes nothing."""
    assert squeeze(squeeze(text)) == squeeze(text)


@pytest.mark.parametrize(
    ("word", "key"),
    [("Savossa", "savo"), ("Uudellamaalla", "uusimaa"), ("Uudenmaan", "uusimaa")],
)
def test_inflection_meets_the_base_form(word: str, key: str, analyzer: Analyzer) -> None:
    """A word's keys hold its base form as a place's name is written."""
    (token,) = analyzer.tokens(word)
    assert key in token_keys(token)


def test_a_cut_ending_is_trusted_less(analyzer: Analyzer) -> None:
    """What the analysis did not give is a guess: "Hujaselle" may be Hujanen."""
    (token,) = analyzer.tokens("Hujaselle")
    keys = token_keys(token)
    assert keys["hujaselle"] == 1.0
    assert keys["hujanen"] < 1.0


def test_only_the_last_word_of_a_name_is_inflected(analyzer: Analyzer) -> None:
    """The words "Etelä Savossa" are Etelä-Savo, and "Etelässä Savo" is nothing."""
    assert "etelasavo" in window_keys(analyzer.tokens("Etelä Savossa"))
    assert "etelasavo" not in window_keys(analyzer.tokens("Etelässä Savo"))


def test_windows_are_longest_first(analyzer: Analyzer) -> None:
    """The longest name wins, so runs come by falling length and never beyond the longest."""
    widths = [
        last - first for first, last in windows(analyzer.tokens("yksi kaksi kolme neljä viisi"))
    ]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] == MAX_WINDOW


@pytest.mark.parametrize(
    "text",
    ["Itä-Savossa", "itä savon", "itäsavo", "ita-savo", "Östra Savolax"],
)
def test_one_place_however_it_is_written(text: str, analyzer: Analyzer, places: PlaceNames) -> None:
    """Forms, spellings and the other language's name lead to the place that Itä-Savo is."""
    found = [ids for _, _, ids in places.in_tokens(analyzer.tokens(text))]
    assert found == [places.of_key("itasavo")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Östra Nyland", "itauusimaa"),
        ("South Savo", "etelasavo"),
        ("Central Finland", "keskisuomi"),
        ("Norra Savolax", "pohjoissavo"),
        ("Lapland", "lappi"),
    ],
)
def test_names_of_other_languages_are_the_same_place(
    text: str, key: str, analyzer: Analyzer, places: PlaceNames
) -> None:
    """The Swedish and English names share a place with the Finnish one."""
    ((_, _, ids),) = places.in_tokens(analyzer.tokens(text))
    assert set(ids) & set(places.of_key(key))


def test_neighbours_stay_apart(places: PlaceNames) -> None:
    """Itä-Savo is never Etelä-Savo, also not as a typo of it."""
    assert not set(places.of_key("itasavo")) & set(places.of_key("etelasavo"))
    assert not set(places.near("itasavo")) & set(places.of_key("etelasavo"))
    assert not set(places.near("itasavoo")) & set(places.of_key("etelasavo"))


def test_a_typo_is_near_its_place_alone(places: PlaceNames) -> None:
    """A misspelt name finds its place, a word that is no place finds none."""
    assert places.near("keskisumi") == places.of_key("keskisuomi")
    assert places.near("yhteyshenkilo") == ()


def names_of(
    title: str, fields: list[Field], types: dict[str, str], places: PlaceNames, analyzer: Analyzer
) -> frozenset[NameKey]:
    """Return the names of a document with some fields."""
    return document_names(title, fields, types, analyzer, places)


def test_a_document_goes_by_its_title_place_and_people(
    analyzer: Analyzer, places: PlaceNames
) -> None:
    """Words of the title, the place in it, and a person either way round are its keys."""
    contact = Field("contact_name", "Yhteyshenkilö", "Pia Karttunen", 0, 13, ())
    types = {"contact_name": "person"}
    names = names_of("Itä-Savon rakenneuudistus", [contact], types, places, analyzer)
    for place_id in places.of_key("itasavo"):
        assert NameKey(place_id, "place") in names
    assert NameKey("rakenneuudistus", "title") in names
    assert {NameKey(k, "person") for k in ("piakarttunen", "karttunenpia", "karttunen")} <= names
    assert NameKey("pia", "given") in names


def test_members_are_the_short_items_of_a_list(analyzer: Analyzer, places: PlaceNames) -> None:
    """A municipality in the list of participants is a name, a place in a sentence is not."""
    text = "Askola, Loviisa ja Porvoo. Mukana on myös henkilöstöä jonka kotipaikka on Helsinki"
    field = Field("participants", "Toimijat", text, 0, len(text), ())
    names = names_of("Hanke", [field], {"participants": "text"}, places, analyzer)
    members = {name.key for name in names if name.kind == "member"}
    assert set(places.of_key("porvoo")) <= members
    assert not set(places.of_key("helsinki")) & members


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("Vanda", True),
        ("vända", False),
        ("ita-savossa", True),
        ("Jyvaskyla", True),
        ("Tromso", True),
    ],
)
def test_a_diacritic_may_be_missing_but_not_added(
    text: str, is_place: bool, analyzer: Analyzer, places: PlaceNames
) -> None:
    """The Swedish verb "vända" is not Vanda; "Jyvaskyla" is Jyväskylä."""
    assert bool(list(places.in_tokens(analyzer.tokens(text)))) is is_place
