"""The sources that weights are learned from: drawn with a seed, twins together, no benchmark."""

import gzip
from pathlib import Path

import pytest

from corpus.errors import KysyError
from eval.fit_sources import PASSAGES, TWINS, WORLDS, squad
from eval.fit_unanswerable import near_misses, unanswerable
from eval.lookalikes import make_world


def _write(data: Path) -> Path:
    """Write three articles of two paragraphs in the form of the two gzipped files."""
    passages, twins = [], []
    for article in range(3):
        for paragraph in range(2):
            name = f"squad2fi:000.{article}.{paragraph}"
            told = f"Artikkelin {article} kappale {paragraph} kertoo aiheesta {article}{paragraph}."
            text = f"{told} Se kertoo siitä pitkään, jotta kappale ei ole pelkkä otsikko. {told}"
            for number in range(3):
                asked = f"Mistä kappale {article}{paragraph}{number} kertoo?"
                passages.append(f"{name}.{number}\t{asked}\t{text}\tqa")
                twin = f"What is paragraph {article}{paragraph}{number} about?"
                twins.append(f"{name}.q{number}\ten\t{twin}\tfi\t{asked}")
    for path, rows in ((data / PASSAGES, passages), (data / TWINS, twins)):
        path.parent.mkdir(parents=True)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.write("\n".join(rows) + "\n")
    return data


def test_finnish_and_english_ask_of_the_same_passages(tmp_path: Path) -> None:
    """Each question has its twin over the same document, and the document is written."""
    finnish, english = squad(_write(tmp_path), tmp_path / "work", seed=0, count=4, asked=3)
    assert {q.question_id for q in finnish.questions} == {q.question_id for q in english.questions}
    assert len(finnish.questions) == 3
    for question in (*finnish.questions, *english.questions):
        assert (tmp_path / "work" / "passages" / str(question.doc)).is_file()
    assert {q.lang for q in english.questions} == {"en"}
    assert all(q.question.startswith("What") for q in english.questions)


def test_articles_are_taken_whole(tmp_path: Path) -> None:
    """A paragraph stands among the others of its article, which are hard to tell from it."""
    squad(_write(tmp_path), tmp_path / "work", seed=0, count=3, asked=1)
    files = sorted(path.name for path in (tmp_path / "work" / "passages").iterdir())
    assert len(files) == 4
    assert {name[:-5] + "1.txt" for name in files} <= set(files)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error says which file is not there."""
    with pytest.raises(KysyError, match=r"squad2_fi_qa\.tsv\.gz"):
        squad(tmp_path, tmp_path / "work", seed=0)


def test_nothing_is_learned_from_the_benchmark_pages() -> None:
    """Seeds up to 30 are the benchmarks', and the families after q are not learned from at all."""
    assert all(seed > 30 for _, seed in WORLDS)
    assert {family for family, _ in WORLDS} <= set("abcdefghijklmnopq")


def test_unanswerable_questions_are_about_the_pages_and_have_no_answer() -> None:
    """They name people and projects of the world, and the same seed asks the same."""
    world = make_world(20, 11)
    asked = unanswerable(world, 11)
    assert asked == unanswerable(world, 11)
    assert not any(question.answerable for question in asked)
    assert any(page.title in q.question for q in asked for page in world.pages)
    assert len({q.question_id for q in asked}) == len(asked)


def test_near_misses_are_about_titles_alone_where_no_person_is_given() -> None:
    """Each wording is put once to a title in every language; none keeps its placeholder."""
    asked = near_misses(["Itä-Savon rakenneuudistus", "Keski-Suomi"], 31)
    assert {question.lang for question in asked} == {"fi", "sv", "en"}
    assert len({question.question for question in asked}) == len(asked) == 180
    assert all(
        "Itä-Savon rakenneuudistus" in q.question or "Keski-Suomi" in q.question for q in asked
    )
    assert not any("{" in question.question for question in asked)
