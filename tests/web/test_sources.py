"""A document is shown whole, and exactly the cited characters are marked."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document, Section
from web.links import Span
from web.sources import Heading, Marks, Paragraph, blocks, headings, is_shown, neighbours

TEXT = "Yksi kaksi.\n\nKolme\nneljä.\n \n\nViisi kuusi."


def document(sections: tuple[Section, ...] = ()) -> Document:
    """Return a document over the text above."""
    return Document("a.txt", "A", "a.txt", TEXT, "fi", "0", sections)


def marked(marks: Marks, kind: str) -> list[str]:
    """Return the texts of all runs of one kind."""
    return [
        "".join(part.text for part in run.parts)
        for block in blocks(document(), marks)
        if isinstance(block, Paragraph)
        for run in block.runs
        if run.kind == kind
    ]


def test_paragraphs_end_at_blank_lines_only() -> None:
    """A single line break stays inside its paragraph."""
    assert marked(Marks(), "plain") == ["Yksi kaksi.", "Kolme\nneljä.", "Viisi kuusi."]


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(
    lambda span: span[0] < span[1]
)


@given(spans, st.lists(spans, max_size=3).map(tuple), st.lists(spans, max_size=3).map(tuple))
def test_exactly_the_cited_characters_are_marked(
    place: Span, keys: tuple[Span, ...], hits: tuple[Span, ...]
) -> None:
    """Joined, the marks are the cited text; only blank lines between paragraphs are lost."""
    joined = "".join("".join(marked(Marks(place, keys, hits), "hit")).split())
    assert joined == "".join(TEXT[slice(*place)].split())


@given(spans, st.lists(spans, max_size=3).map(tuple), st.lists(spans, max_size=3).map(tuple))
def test_marking_loses_no_character(
    place: Span, keys: tuple[Span, ...], hits: tuple[Span, ...]
) -> None:
    """All runs together are the text, and one run alone opens the cited place where it shows."""
    shown = [
        run
        for block in blocks(document(), Marks(place, keys, hits))
        if isinstance(block, Paragraph)
        for run in block.runs
    ]
    joined = "".join(part.text for run in shown for part in run.parts)
    assert "".join(joined.split()) == "".join(TEXT.split())
    assert sum(run.first for run in shown) == any(run.kind == "hit" for run in shown)


def test_headings_open_once() -> None:
    """A section repeats no heading that is still open, and always shows its own."""
    made = document(
        (
            Section(("A", "B"), 0, 11),
            Section(("A", "C"), 13, 25),
            Section(("A", "C"), 29, 41),
        )
    )
    opened = [[one.text for one in opening] for _, opening in headings(made)]
    assert opened == [["A", "B"], ["C"], ["C"]]
    assert len({one.anchor for _, opening in headings(made) for one in opening}) == 4
    assert sum(isinstance(block, Heading) for block in blocks(made, Marks())) == 4


def test_a_place_between_sections_is_known_to_be_apart() -> None:
    """A label is no part of a section; the page then quotes it above the text."""
    made = document((Section(("A",), 0, 4),))
    assert is_shown(made, (2, 8))
    assert not is_shown(made, (5, 8))


def test_hits_are_stepped_through_in_the_order_of_the_text() -> None:
    """Before and after are the neighbours by position, the count holds all."""
    assert neighbours(Marks((5, 6), (), ((9, 10), (1, 2)))) == ((1, 2), (9, 10), 2, 3)
    assert neighbours(Marks((5, 6))) == (None, None, 1, 1)
    assert neighbours(Marks()) == (None, None, 0, 0)
