"""Short names that a page gives are found by their shape."""

from corpus.acronyms import find_acronyms
from corpus.fields import find_fields
from corpus.model import Section
from corpus.sections import Block

TEXT = (
    "Hanke KOPPI2 alkoi keväällä. KOPPI2 jatkuu, ja eKoppi on osa sitä: eKoppi ja LaKo.\n"
    "Kirjoita osoitteeseen koppiHanke@example.fi tai koppiHanke@example.fi. Vuosi 2020 ja 2020."
)
SECTION = Section(("Tausta",), 0, len(TEXT))


def test_a_short_name_said_twice_is_found_where_it_is_said_first() -> None:
    """A capital or a digit after the first letter, said twice; an address or a year is none."""
    found = find_acronyms(TEXT, [SECTION])
    assert [field.value for field in found] == ["KOPPI2", "eKoppi"]
    assert [field.start for field in found] == [TEXT.index("KOPPI2"), TEXT.index("eKoppi")]
    assert all(TEXT[f.start : f.end] == f.value for f in found)
    assert {field.heading_path for field in found} == {("Tausta",)}


def test_a_short_name_may_be_said_in_several_sections() -> None:
    """Its mentions count over the whole document, and it is one field."""
    cut = TEXT.index("KOPPI2 jatkuu")
    first, second = Section(("A",), 0, cut), Section(("B",), cut, len(TEXT))
    (field, _) = find_acronyms(TEXT, [first, second])
    assert (field.value, field.heading_path) == ("KOPPI2", ("A",))


def test_short_names_are_fields_of_the_document() -> None:
    """They stand after the other fields, so that a document's names are found by them."""
    fields = find_fields(TEXT, [Block(SECTION)])
    assert [field.value for field in fields if field.name == "acronym"] == ["KOPPI2", "eKoppi"]
