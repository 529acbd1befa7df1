"""The bundled names of places."""

from corpus.language import fold
from corpus.places import Place, load_places, place_words


def named(name: str, kind: str) -> Place:
    """Return the only place of a kind that has a name in some language."""
    (place,) = [
        place
        for place in load_places()
        if place.kind == kind and any(name in names for names in place.names.values())
    ]
    return place


def test_every_kind_is_complete() -> None:
    """19 regions, 21 counties with HUS and Helsinki, 309 municipalities."""
    kinds = [place.kind for place in load_places()]
    assert kinds.count("region") == 19
    assert kinds.count("county") == 23
    assert kinds.count("municipality") == 309
    assert kinds.count("abroad") > 800
    assert set(kinds) == {"region", "county", "municipality", "subregion", "abroad"}


def test_every_place_has_a_finnish_name_and_its_own_identifier() -> None:
    """The Finnish name is never missing, no identifier comes twice, no qualifier is left."""
    places = load_places()
    assert len({place.place_id for place in places}) == len(places)
    for place in places:
        assert place.names["fi"]
        names = [name for names in place.names.values() for name in names]
        assert all(name == name.strip() and "(" not in name for name in names)


def test_regions_are_named_in_three_languages() -> None:
    """The names that questions use lead to the same place."""
    for fi, sv, en in (
        ("Lappi", "Lappland", "Lapland"),
        ("Pohjois-Savo", "Norra Savolax", "North Savo"),
        ("Pohjois-Savo", "Norra Savolax", "Northern Savonia"),
        ("Etelä-Savo", "Södra Savolax", "South Savo"),
        ("Keski-Suomi", "Mellersta Finland", "Central Finland"),
        ("Varsinais-Suomi", "Egentliga Finland", "Southwest Finland"),
        ("Uusimaa", "Nyland", "Uusimaa"),
        ("Ahvenanmaa", "Åland", "Åland Islands"),
    ):
        place = named(fi, "region")
        assert sv in place.names["sv"]
        assert en in place.names["en"]


def test_parts_of_regions_are_there() -> None:
    """Itä-Uusimaa and Itä-Savo are no regions of today, and are asked about all the same."""
    assert named("Östra Nyland", "subregion") == named("Eastern Uusimaa", "subregion")
    assert named("Östra Savolax", "subregion") == named("Itä-Savo", "subregion")


def test_municipalities_have_their_swedish_names() -> None:
    """The Swedish name comes first in Swedish."""
    for fi, sv in (("Savonlinna", "Nyslott"), ("Porvoo", "Borgå"), ("Mustasaari", "Korsholm")):
        assert named(fi, "municipality").names["sv"][0] == sv


def test_directions_of_savo_are_different_places() -> None:
    """No name of one Savo is a name of another, however it is spelt."""
    seen: dict[str, str] = {}
    for place in load_places():
        for names in place.names.values():
            for name in names:
                if "savo" in name.lower():
                    assert seen.setdefault(fold(name), place.place_id) == place.place_id


def test_place_words_are_single_words() -> None:
    """Names of one word are never taken apart; hyphenated ones are."""
    assert {"savonlinna", "uusikaupunki", "kajanaland"} <= place_words()
    assert not any("-" in word or " " in word for word in place_words())


def test_places_abroad_have_no_name_of_a_finnish_place() -> None:
    """A name that Finland has is never read as another country's."""
    names = {"here": set[str](), "abroad": set[str]()}
    for place in load_places():
        found = {fold(name) for each in place.names.values() for name in each}
        names["abroad" if place.kind == "abroad" else "here"] |= found
    assert not names["here"] & names["abroad"]


def test_places_abroad_are_named_in_three_languages() -> None:
    """The capitals next door go by what each language calls them."""
    for fi, sv, en in (
        ("Tukholma", "Stockholm", "Stockholm"),
        ("Kööpenhamina", "Köpenhamn", "Copenhagen"),
        ("Tallinna", "Tallinn", "Tallinn"),
        ("Tromssa", "Tromsø", "Tromsø"),
    ):
        place = named(fi, "abroad")
        assert sv in place.names["sv"]
        assert en in place.names["en"]
