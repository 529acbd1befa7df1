"""Which documents a question names, over the five sample documents."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from corpus.language import Analyzer
from corpus.name_keys import NameKind, PlaceNames
from corpus.places import load_places
from embeddings.snapshot import Snapshot
from qa.mentions import Namer, Naming
from qa.naming import Names

Name = Callable[[str], tuple[Naming, list[str]]]


@pytest.fixture(scope="module")
def name(namer: Namer, analyzer: Analyzer, snapshot: Snapshot) -> Name:
    """Return a function from a text to its naming and the documents meant."""

    def named(text: str) -> tuple[Naming, list[str]]:
        naming = namer.resolve(analyzer.tokens(text))
        meant = [snapshot.documents[o].document_id.removesuffix(".txt") for o in naming.documents]
        return naming, meant

    return named


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Itä-Savo", "ita-savo"),
        ("Itä-Savossa", "ita-savo"),
        ("itä savon", "ita-savo"),
        ("ita savo", "ita-savo"),
        ("itäsavo", "ita-savo"),
        ("Östra Savolax", "ita-savo"),
        ("Etelä-Savossa", "etela-savo"),
        ("South Savo", "etela-savo"),
        ("Södra Savolax", "etela-savo"),
        ("pohjoissavon", "pohjois-savo"),
        ("Norra Savolax", "pohjois-savo"),
        ("Itä-Uudellamaalla", "ita-uusimaa"),
        ("Itä-Uudenmaan", "ita-uusimaa"),
        ("Östra Nyland", "ita-uusimaa"),
        ("Central Finland", "keski-suomi"),
        ("Mellersta Finland", "keski-suomi"),
        ("Keski-Suomessa", "keski-suomi"),
        ("keskisuomalaiset", "keski-suomi"),
        ("eteläsavolaisille", "etela-savo"),
        ("östnyländska", "ita-uusimaa"),
    ],
)
def test_a_region_names_its_document(name: Name, text: str, document: str) -> None:
    """Inflection, hyphens, diacritics and the other languages' names lead to one document."""
    naming, meant = name(text)
    assert meant == [document]
    assert naming.strong


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Keski-Sumi", "keski-suomi"),
        ("Itä-Savoo", "ita-savo"),
        ("Ita-Uusima", "ita-uusimaa"),
        ("Pohjos-Savo", "pohjois-savo"),
        ("Melersta Finland", "keski-suomi"),
        ("Kesk-Suomessa", "keski-suomi"),
        ("Norra savolaks", "pohjois-savo"),
        ("nothern savo", "pohjois-savo"),
    ],
)
def test_a_misspelt_region_names_its_document(name: Name, text: str, document: str) -> None:
    """A letter too many or too few leaves the region the same."""
    assert name(text)[1] == [document]


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Kuka rahoittaa POSOTE20:n?", "pohjois-savo"),
        ("posote20", "pohjois-savo"),
        ("posote2", "pohjois-savo"),
        ("eSavon soteverkosto", "etela-savo"),
        ("in eSavo", "etela-savo"),
    ],
)
def test_a_short_name_names_its_document(name: Name, text: str, document: str) -> None:
    """What a page calls itself by leads to it in any form, as a place does."""
    naming, meant = name(text)
    assert meant == [document]
    assert naming.strong


@pytest.mark.parametrize("text", ["Itä-Savo", "itä-savoo", "ita savo", "Östra Savolax"])
def test_neighbours_are_never_confused(name: Name, text: str) -> None:
    """Itä-Savo, misspelt too, is no evidence for Etelä-Savo or Pohjois-Savo."""
    _, meant = name(text)
    assert not {"etela-savo", "pohjois-savo"} & set(meant)


def test_a_part_of_a_name_means_all_who_have_it(name: Name) -> None:
    """The word "Savo" alone is any of the three."""
    assert name("Savon")[1] == ["etela-savo", "ita-savo", "pohjois-savo"]


@pytest.mark.parametrize("text", ["Lapland", "Lapissa", "Lappland", "Ahvenanmaa"])
def test_a_place_in_no_document_is_noticed(name: Name, text: str) -> None:
    """A place that no document is about is unknown, and the question hopeless."""
    naming, meant = name(text)
    assert meant == []
    assert naming.unknown
    assert naming.hopeless


def test_an_unknown_place_beside_a_known_one_leaves_hope(name: Name) -> None:
    """The known place still has its document."""
    naming, meant = name("Itä-Savo Lapland")
    assert meant == ["ita-savo"]
    assert not naming.hopeless


@pytest.mark.parametrize("text", ["Pia Karttunen", "Karttunen Pia", "Karttusen", "Pia Karttuselle"])
def test_a_person_is_met_either_way_round(name: Name, text: str) -> None:
    """First name first, last name first, the last name alone, and inflected."""
    naming, meant = name(text)
    assert meant == ["ita-savo"]
    assert naming.person


def test_a_municipality_leads_to_the_project_it_takes_part_in(name: Name) -> None:
    """Askola stands in one list of participants."""
    assert name("Askola")[1] == ["ita-uusimaa"]


def test_names_of_different_documents_that_contradict_are_torn(name: Name) -> None:
    """A region with the words of another document's title fits neither."""
    naming, _ = name("Itä-Savon hyvinvointialueen kestävän kasvun")
    assert naming.torn
    assert naming.hopeless


def test_a_document_s_own_words_are_not_torn(name: Name) -> None:
    """A region with the words of its own title agrees."""
    naming, meant = name("Etelä-Savon kestävän kasvun")
    assert meant == ["etela-savo"]
    assert not naming.torn


class _Titles:
    """Titles by key: one has a compound of which "puutarha" is the head, as half the evidence."""

    titles = ("lapinsadepuutarha", "savonvankilanpuutarha", "savonsadepuutarha", *"abcdefghi")
    _entries: Mapping[str, Mapping[NameKind, Sequence[int]]] = {
        "lappi": {"place": [0]},
        "savo": {"place": [1, 2]},
        "vankila": {"title": [1, 3]},
        "puutarha": {"part": [0, 2], "title": [1]},
    }

    def lookup(self, keys: Sequence[str]) -> Mapping[str, Mapping[NameKind, Sequence[int]]]:
        """Return the documents of each key that is known."""
        return {key: self._entries[key] for key in keys if key in self._entries}

    def keys(self, shortest: int, longest: int) -> Sequence[str]:
        """Return every key of so many letters."""
        return [key for key in self._entries if shortest <= len(key) <= longest]


@pytest.mark.parametrize(
    ("text", "torn"),
    [("Lapin vankilan puutarha", True), ("Lapin puutarha", False), ("Savon vankilan", False)],
)
def test_half_a_compound_is_half_a_title_word(analyzer: Analyzer, text: str, torn: bool) -> None:
    """The prison garden of Lapland is not its rain garden, though both are gardens."""
    namer = Namer(_Titles(), PlaceNames(load_places()))
    assert namer.resolve(analyzer.tokens(text)).torn is torn


def test_a_short_name_that_others_say_is_nobody_s(analyzer: Analyzer) -> None:
    """What one page repeats and another says is a product's name, or a law's."""
    entries: Mapping[str, Mapping[NameKind, Sequence[int]]] = {
        "koppi2": {"acronym": [0]},
        "intra5": {"acronym": [0]},
        "sammakko": {"title": [1]},
    }
    saying = {"koppi2": (0,), "intra5": (0, 1)}
    namer = Namer(
        Names(["", "sammakko"], entries, lambda key: saying[key]), PlaceNames(load_places())
    )
    assert namer.resolve(analyzer.tokens("Kuka rahoittaa KOPPI2:n?")).documents == (0,)
    assert namer.resolve(analyzer.tokens("Kenellä on intra5?")).documents == ()
    assert namer.resolve(analyzer.tokens("Onko sammakolla KOPPI2?")).documents == (1,)


def test_a_misspelling_is_sought_among_names_of_about_its_length(
    namer: Namer, analyzer: Analyzer
) -> None:
    """What is as near as it may be is found, however long; what cannot be so near is not read."""
    entries: dict[str, dict[NameKind, list[int]]] = {
        "a" * 63: {"title": [0]},
        "b" * 40: {"title": [1]},
        "b" * 10: {"title": [2]},
    }
    names = Names(["", "", ""], entries)
    assert names.keys(11, 62) == ["b" * 40]
    assert names.keys(10, 63) == sorted(entries, key=len)
    found = Namer(names, PlaceNames(load_places())).resolve(analyzer.tokens("A" * 46))
    assert found.documents == (0,)


def test_places_and_persons_are_names(namer: Namer, analyzer: Analyzer) -> None:
    """Whatever the case; a word of a title alone is none."""
    names = ("vanda", "Lahdessa", "karttunen", "Pia Karttunen")
    assert all(namer.is_name(analyzer.tokens(name)) for name in names)
    assert not any(namer.is_name(analyzer.tokens(word)) for word in ("rakenneuudistus", "ar", ""))


def test_quiet_words_name_nothing(namer: Namer, analyzer: Analyzer) -> None:
    """A word that was read as something else is no name."""
    tokens = analyzer.tokens("Itä-Savo")
    assert namer.resolve(tokens, frozenset(range(len(tokens)))) == Naming()


def test_place_names_are_given_in_the_language_wanted(namer: Namer, analyzer: Analyzer) -> None:
    """A place said in Swedish is searched for in Finnish."""
    naming = namer.resolve(analyzer.tokens("Östra Nyland"))
    assert namer.place_names(naming, "fi")[:1] == ("Itä-Uusimaa",)
