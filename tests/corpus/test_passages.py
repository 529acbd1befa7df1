"""Passages: laws that hold for any document, and the borders a reader would choose."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document, Section
from corpus.passages import context, cut, passages
from corpus.profiles import generic_profile, load_profiles, recognise
from corpus.rendering import ReadResult
from corpus.sections import find_blocks

LABELS = ("Perustiedot", "Kokonaisuuden nimi", "Rahoittaja", "Luotu", "Toimijat", "Aihealueet")
ARTEFACT = "icon/chevron-down Created with Sketch."
WORDS = st.sampled_from(["hanke", "Kunta", "mm.", "2020.", "sote", "ja", "työ.", "Miksi?", "a:"])
LINES = st.one_of(
    st.sampled_from([*LABELS, ARTEFACT, f"{ARTEFACT} Perustiedot", "", " ", "• asia", "1. asia"]),
    st.lists(WORDS, min_size=1, max_size=60).map(" ".join),
)
TEXTS = st.lists(LINES, max_size=30).map("\n".join)


def document(text: str, sections: tuple[Section, ...]) -> Document:
    """Make a document of sections."""
    return Document("d", "Otsikko", "d.txt", text, "fi", "", sections)


def sections_of(text: str) -> tuple[Section, ...]:
    """Cut a text as its profile would."""
    profiles = load_profiles()
    blocks = find_blocks(ReadResult(text), recognise(text, profiles), generic_profile(profiles))
    return tuple(block.section for block in blocks)


def cuts(text: str, limit: int = 700) -> list[str]:
    """Give the passages of a whole text."""
    return [text[start:end] for start, end in cut(text, 0, len(text), limit)]


@given(TEXTS)
def test_sections_are_in_order_trimmed_and_not_empty(text: str) -> None:
    """Sections never overlap and hold no white space around them."""
    spans = [(section.start, section.end) for section in sections_of(text)]
    assert all(text[s:e] == text[s:e].strip() and s < e for s, e in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


@given(TEXTS)
def test_nothing_is_lost_but_labels_and_artefacts(text: str) -> None:
    """Every line is in a section, unless it is a label of the page's family or litter."""
    profile = recognise(text, load_profiles())
    inside = [text[section.start : section.end] for section in sections_of(text)]
    kept = [line.strip() for body in inside for line in body.split("\n") if line.strip()]
    dropped = {*LABELS, ARTEFACT, f"{ARTEFACT} Perustiedot"} if profile else set()
    every = [line.strip() for line in text.split("\n") if line.strip()]
    assert [line for line in kept if line not in dropped] == [
        line for line in every if line not in dropped
    ]
    assert ARTEFACT not in "".join(inside)


@given(TEXTS, st.integers(40, 400))
def test_passages_slice_back_and_stay_in_their_section(text: str, limit: int) -> None:
    """Spans are exact, trimmed, in order, inside one section, and together hold all of it."""
    page = document(text, sections_of(text))
    found = passages(page, max_chars=limit)
    for number, section in enumerate(page.sections):
        own = [p for p in found if p.passage_id.startswith(f"d#{number}.")]
        assert [p.passage_id for p in own] == [f"d#{number}.{n}" for n in range(len(own))]
        assert all(section.start <= p.start < p.end <= section.end for p in own)
        assert all(one.end <= two.start for one, two in pairwise(own))
        kept = "".join("".join(p.text.split()) for p in own)
        assert kept == "".join(text[section.start : section.end].split())
    for passage in found:
        assert passage.text == text[passage.start : passage.end] == passage.text.strip()
        assert len(passage.text) <= 2 * limit


def test_a_short_section_is_one_passage() -> None:
    """One line under a label is quoted as it stands."""
    text = "Pia Aalto"
    (passage,) = passages(document(text, (Section(("Yhteyshenkilö",), 0, len(text)),)))
    assert (passage.text, passage.passage_id) == ("Pia Aalto", "d#0.0")


def test_paragraphs_that_fit_stay_whole() -> None:
    """A border between paragraphs is taken before one between sentences."""
    first, second = "Ensimmäinen virke on tässä. " * 15, "Toinen kappale on toinen. " * 15
    assert cuts(f"{first.strip()}\n\n{second.strip()}") == [first.strip(), second.strip()]


def test_a_long_paragraph_is_cut_evenly_between_sentences() -> None:
    """No stump of one sentence is left at the end."""
    parts = cuts("Tämä on virke, jossa on viisikymmentä merkkiä yhteensä. " * 14)
    assert len(parts) == 2
    assert all(part.endswith("yhteensä.") and len(part) > 300 for part in parts)


def test_a_lead_in_stays_with_its_list() -> None:
    """A line that ends in a colon is never the end of a passage."""
    items = "\n".join(
        f"• kohta {n} on melko pitkä asia, jota hanke edistää koko alueella" for n in range(15)
    )
    parts = cuts(f"{'Alku on pitkä kappale. ' * 20}\n\nTavoitteet ovat:\n\n{items}")
    assert len(parts) > 2
    assert not [part for part in parts if part.endswith(":")]
    assert [part for part in parts if part.startswith("Tavoitteet ovat:\n\n• kohta 0")]


def test_list_items_are_not_cut() -> None:
    """A long list breaks between its items."""
    items = [
        f"- kohta {n} on melko pitkä asia, jota hanke edistää koko alueella" for n in range(30)
    ]
    assert [line for part in cuts("\n".join(items)) for line in part.split("\n")] == items


def test_a_repeated_paragraph_is_the_same_passage() -> None:
    """A long paragraph stands alone, so boilerplate is the same text on every page."""
    intro = "Hankkeella tuetaan palvelujen uudistamista kaikissa maakunnissa. " * 8
    own = ("Omaa tekstiä sivulta {}, joka on eri joka sivulla. " * 4).strip()
    pages = (f"{intro}\n\n{own.format(n, n, n, n)}" for n in range(2))
    one, two = (cuts(page) for page in pages)
    assert one[0] == two[0] == intro.strip()


def test_an_endless_sentence_is_cut_between_words() -> None:
    """Text without any border still makes passages of bounded size."""
    parts = cuts("sana " * 1000)
    assert all(len(part) <= 1400 and part.startswith("sana") for part in parts)
    assert " ".join(parts).split() == ["sana"] * 1000


def test_the_context_is_title_and_path() -> None:
    """What a passage stands under is beside its text, never in it."""
    page = document("Pia Aalto", (Section(("Perustiedot", "Yhteyshenkilö"), 0, 9),))
    (passage,) = passages(page)
    assert context(page, passage) == "Otsikko\nPerustiedot\nYhteyshenkilö"
    assert "Otsikko" not in passage.text


def test_a_long_passage_speaks_its_own_language() -> None:
    """A Swedish chapter of a Finnish page is Swedish."""
    swedish = "Kommunen och dess invånare planerar tillsammans hur byns hus ska användas. " * 4
    (passage,) = passages(document(swedish, (Section((), 0, len(swedish)),)))
    assert passage.language == "sv"
