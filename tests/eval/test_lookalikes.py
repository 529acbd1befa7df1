"""Look-alike pages: alike, told apart by one thing, and the same for the same seed."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from corpus.errors import KysyError
from eval.feedback import write_rows
from eval.lookalike_page import page_text
from eval.lookalike_questions import damaged, questions
from eval.lookalikes import World, load_words, make_world, write_pages
from eval.sets import check_gold, read_set


@pytest.fixture(scope="module", params=["a", "b"])
def world(request: pytest.FixtureRequest) -> World:
    """Make three hundred pages of each family."""
    return make_world(300, 1, request.param)


def test_the_held_out_family_shares_no_wording_and_no_programme() -> None:
    """What is fitted on the first family meets other questions and sentences in the second."""
    fitted, held_out = load_words("a"), load_words("b")
    for key in ("sentences", "gold"):
        assert not set(fitted[key].values()) & set(held_out[key].values())
    programmes = [{one["fi"] for one in words["programmes"]} for words in (fitted, held_out)]
    assert not programmes[0] & programmes[1]
    for kind, wordings in fitted["questions"].items():
        for lang, texts in wordings.items():
            assert not set(texts) & set(held_out["questions"][kind][lang]), (kind, lang)


@pytest.mark.parametrize("count", [300, 3000])
def test_titles_files_and_contacts_are_unique(count: int) -> None:
    """No question can be about two pages: names, files and contact people differ on all."""
    pages = make_world(count, 1).pages
    for values in ([p.title for p in pages], [p.file for p in pages], [p.contact for p in pages]):
        assert len(set(values)) == count


def test_places_and_programmes_recur(world: World) -> None:
    """Pages are look-alikes: every region and every programme is on many of them."""
    places = Counter(page.spot.fi for page in world.pages if page.spot.loc)
    programmes = Counter(page.programme["fi"] for page in world.pages)
    assert min(places.values()) > 3
    assert sum(places.values()) >= len(world.pages) / 2
    assert min(programmes.values()) > 5


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
