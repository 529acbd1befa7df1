"""Look-alike pages: alike, told apart by one thing, and the same for the same seed."""

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from random import Random
from string import Formatter, punctuation

import pytest

from corpus.errors import KysyError
from eval.feedback import write_rows
from eval.lookalike_page import page_text
from eval.lookalike_questions import damaged, questions
from eval.lookalikes import FAMILIES, Family, World, load_words, make_world, write_pages
from eval.sets import check_gold, read_set

BLIND = FAMILIES[2:]


@pytest.fixture(scope="module", params=FAMILIES)
def world(request: pytest.FixtureRequest) -> World:
    """Make three hundred pages of each family."""
    return make_world(300, 1, request.param)


def _bare(wording: str) -> str:
    """Return `wording` as it sounds: no case and no punctuation, except a slot's braces."""
    marks = set(punctuation) - set("{}_")
    return "".join(one for one in wording.casefold() if one not in marks).strip()


def _slots(wording: str) -> set[str]:
    """Return the names that `wording` leaves open."""
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


@pytest.mark.parametrize("pair", list(combinations(FAMILIES, 2)))
def test_families_share_no_wording_and_no_programme(pair: tuple[Family, Family]) -> None:
    """What is fitted or mended on one family meets other questions and sentences in another."""
    one, other = (load_words(family) for family in pair)
    for key in ("sentences", "gold"):
        assert not set(one[key].values()) & set(other[key].values())
    for key in ("fi", "gen", "sv", "en", "topic", "intro"):
        assert not {p[key] for p in one["programmes"]} & {p[key] for p in other["programmes"]}
    for kind, wordings in one["questions"].items():
        for lang, texts in wordings.items():
            others = set(map(_bare, other["questions"][kind][lang]))
            assert not set(map(_bare, texts)) & others, (kind, lang)


@pytest.mark.parametrize("family", BLIND)
def test_a_blind_family_asks_everything_in_at_least_five_wordings(family: Family) -> None:
    """One wording that is understood by luck cannot carry a kind of question."""
    blind = load_words(family)["questions"]
    known = {kind: set(wordings) for kind, wordings in load_words("a")["questions"].items()}
    assert {kind: set(wordings) for kind, wordings in blind.items()} == known
    for kind, wordings in blind.items():
        for lang, texts in wordings.items():
            assert len(set(map(_bare, texts))) == len(texts) >= 5, (kind, lang)


@pytest.mark.parametrize("family", BLIND)
def test_a_blind_family_names_what_the_fitted_one_names(family: Family) -> None:
    """Every wording says which page is meant; only a year may be left to "the previous one"."""
    fitted, blind = load_words("a")["questions"], load_words(family)["questions"]
    same = {"loc": "gen", "place_sv": "place", "place_en": "place"}
    for kind, wordings in blind.items():
        for lang, texts in wordings.items():
            wanted = {same.get(slot, slot) for slot in _slots(fitted[kind][lang][0])} - {"year"}
            for text in texts:
                assert {same.get(slot, slot) for slot in _slots(text)} - {"year"} == wanted, text


@pytest.mark.parametrize("family", BLIND)
def test_a_blind_family_has_as_many_programmes_as_the_one_before(family: Family) -> None:
    """It is no easier for having fewer look-alikes."""
    assert len(load_words(family)["programmes"]) >= len(load_words("b")["programmes"])


@pytest.mark.parametrize("family", BLIND)
def test_a_blind_family_asks_for_places_that_have_no_page(family: Family) -> None:
    """A question from abroad has no answer: its place is on no page, however many there are."""
    world = make_world(3000, 7, family)
    texts = [page_text(page, world.words["sentences"]) for page in world.pages]
    words = set(re.findall(r"\w+", " ".join(texts)))
    assert "Sotkamo" in words
    assert not words & {"Uumaja", "Viro", "Tromssa", "Tartto", "Tukholma"}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("count", [300, 3000])
def test_titles_files_and_contacts_are_unique(count: int, family: Family) -> None:
    """No question can be about two pages: names, files and contact people differ on all."""
    pages = make_world(count, 1, family).pages
    for values in ([p.title for p in pages], [p.file for p in pages], [p.contact for p in pages]):
        assert len(set(values)) == count


def test_places_and_programmes_recur(world: World) -> None:
    """Pages are look-alikes: every region and every programme is on many of them."""
    places = Counter(page.spot.fi for page in world.pages if page.spot.loc)
    programmes = Counter(page.programme["fi"] for page in world.pages)
    assert min(places.values()) > 3
    assert sum(places.values()) >= len(world.pages) / 2
    assert min(programmes.values()) > 3


def test_the_same_seed_makes_the_same_and_another_seed_another() -> None:
    """Pages and questions are a function of count and seed."""
    one, two, other = (make_world(50, seed) for seed in (3, 3, 4))
    assert one.pages == two.pages
    assert questions(one, 3) == questions(two, 3)
    assert one.pages != other.pages


def test_every_gold_text_is_in_its_document(world: World, tmp_path: Path) -> None:
    """The set fits its pages: each question's document holds its gold text."""
    write_rows(tmp_path / "q.jsonl", questions(world, 1))
    texts = {page.file: page_text(page, world.words["sentences"]) for page in world.pages}
    check_gold(read_set(tmp_path / "q.jsonl"), texts, tmp_path / "q.jsonl")


def test_questions_come_in_all_kinds_and_languages(world: World) -> None:
    """Two hundred and more, each kind in each language it is made for."""
    rows = questions(world, 1)
    kinds = {(row["type"], row["lang"]) for row in rows}
    assert len(rows) >= 200
    for kind in ("field", "passage", "time", "followup", "typo", "list", "unanswerable"):
        assert {(kind, lang) for lang in ("fi", "sv", "en")} <= kinds
    assert {("inflected", "fi"), ("cross_language", "sv"), ("cross_language", "en")} <= kinds


def test_absent_projects_are_on_no_page(world: World) -> None:
    """A near miss names a project that is nowhere, though its place and programme both are."""
    text = "\n".join(page_text(page, world.words["sentences"]) for page in world.pages)
    lines = set(text.split("\n"))
    assert world.absent
    assert not lines & set(world.absent)


def test_the_rare_funder_is_on_exactly_the_listed_pages(world: World) -> None:
    """A complete list is what the set says it is."""
    row = next(row for row in questions(world, 1) if row["type"] == "list")
    texts = {page.file: page_text(page, world.words["sentences"]) for page in world.pages}
    named = [name for name, text in texts.items() if row["gold"][0] in text]
    assert sorted(named) == sorted(row["docs"])


def test_pages_are_written_once(world: World, tmp_path: Path) -> None:
    """Every page is a file, and a folder with files is not written over."""
    write_pages(tmp_path / "pages", world)
    assert len(list((tmp_path / "pages").iterdir())) == 300
    with pytest.raises(KysyError, match="not empty"):
        write_pages(tmp_path / "pages", world)


def test_more_pages_than_people_are_refused() -> None:
    """The generator says its limit."""
    with pytest.raises(KysyError, match="too many"):
        make_world(100_000, 1)


def test_a_typo_changes_the_question_and_keeps_its_words() -> None:
    """One letter lost or doubled, or the diacritics gone; never an empty word."""
    for seed in range(20):
        bad = damaged("Kuka on yhteyshenkilö Pohjois-Pohjanmaalla", Random(seed), bare=False)
        assert bad != "Kuka on yhteyshenkilö Pohjois-Pohjanmaalla"
        assert len(bad.split()) == 4
    assert "ö" not in damaged("yhteyshenkilö", Random(1), bare=True)


def test_rows_are_json(world: World) -> None:
    """Every row can be written down."""
    assert json.loads(json.dumps(questions(world, 1)))
