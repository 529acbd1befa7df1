"""Proves that training texts are read as the sources table says, and that bad ones are named."""

import gzip
import random
from itertools import product
from pathlib import Path

import pytest

from embeddings.training.data import (
    SOURCES,
    Source,
    TrainingDataError,
    fold,
    load_sources,
    read_pairs,
    read_rows,
)
from embeddings.training.noise import noisy


def write(folder: Path, name: str, *rows: tuple[str, ...]) -> Path:
    """Write a gzipped TSV file."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)
    return path


def search(file: str, **more: object) -> Source:
    """Make a source of kind search."""
    row = {"name": "made", "file": file, "kind": "search", "share": 1.0, "a": 1, "b": 2, **more}
    return Source(**row)  # type: ignore[arg-type]


def test_the_shipped_mixture_is_readable() -> None:
    """Every row of the table is a source, names are distinct and some reach passages."""
    sources = load_sources()
    assert len({source.name for source in sources}) == len(sources) > 30
    assert {source.kind for source in sources} == {"search", "same"}


def test_an_unknown_key_in_the_table_is_named(tmp_path: Path) -> None:
    """A misspelt key is an error that names the source."""
    path = tmp_path / "sources.toml"
    path.write_text('[one]\nfile = "x"\nkind = "same"\nshares = 1\n')
    with pytest.raises(TrainingDataError, match=r"sources\.toml.*\[one\].*shares"):
        load_sources(path)


def test_a_short_line_is_named_by_file_and_line(tmp_path: Path) -> None:
    """The second line lacks a column, and the message says so."""
    path = write(tmp_path, "p/a.tsv.gz", ("1", "kysymys", "vastaus"), ("2", "kysymys"))
    with pytest.raises(TrainingDataError, match=r"a\.tsv\.gz, line 2: 2 columns, at least 3"):
        list(read_rows(path, 3))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The message holds the path that was looked for."""
    with pytest.raises(TrainingDataError, match=r"none\.tsv\.gz: no such file"):
        list(read_rows(tmp_path / "none.tsv.gz", 1))


def test_a_damaged_archive_is_named_with_the_line(tmp_path: Path) -> None:
    """An archive cut in the middle is an error that names it."""
    path = write(tmp_path, "p/a.tsv.gz", *[(str(i), "x" * 50, "y") for i in range(2000)])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TrainingDataError, match=r"a\.tsv\.gz, line \d+: cannot be read"):
        list(read_rows(path, 1))


def test_bytes_that_are_not_utf8_are_named_with_the_line(tmp_path: Path) -> None:
    """Latin-1 text is refused by file and line."""
    path = tmp_path / "a.tsv"
    path.write_bytes("1\thyvä\n".encode("latin-1"))
    with pytest.raises(TrainingDataError, match=r"a\.tsv, line 1: not UTF-8"):
        list(read_rows(path, 1))


def test_held_out_texts_are_left_out(tmp_path: Path) -> None:
    """A row is dropped when either text is held out, whatever its case and spacing."""
    rows = [("1", "Kuka  on?", "Hän."), ("2", "Missä on?", "Täällä.")]
    write(tmp_path, "p/a.tsv.gz", *rows)
    pairs = read_pairs(search("p/a.tsv.gz"), tmp_path, frozenset({fold("kuka ON?")}))
    assert pairs.a == ["Missä on?"]


def test_questions_come_through_a_parallel_file(tmp_path: Path) -> None:
    """The Finnish question is replaced by its English translation; others are left out."""
    write(tmp_path, "p/a.tsv.gz", ("1", "Kuka on?", "Hän on."), ("2", "Missä?", "Täällä."))
    write(tmp_path, "p/par.tsv.gz", ("x", "en", "Who is it?", "fi", "Kuka on?"))
    pairs = read_pairs(search("p/a.tsv.gz", through="p/par.tsv.gz"), tmp_path)
    assert (pairs.a, pairs.b) == (["Who is it?"], ["Hän on."])


def test_a_window_stays_inside_its_document(tmp_path: Path) -> None:
    """A sentence's passage is made of its neighbours, but not of another document's."""
    rows = [(f"d{i // 3}.{i}", "sv", f"mening {i}", "fi", f"lause {i}") for i in range(6)]
    write(tmp_path, "p/a.tsv.gz", *rows)
    pairs = read_pairs(search("p/a.tsv.gz", a=2, b=4, window=1), tmp_path)
    assert ("mening 1", "lause 0 lause 1 lause 2") in zip(pairs.a, pairs.b, strict=True)
    assert ("mening 2", "lause 1 lause 2") in zip(pairs.a, pairs.b, strict=True)


def test_names_of_a_concept_are_paired_with_the_preferred_ones(tmp_path: Path) -> None:
    """All names of one concept share a key, and no name is paired with itself."""
    rows = [("c1", "fi", "pref", "Helsinki"), ("c1", "sv", "pref", "Helsingfors")]
    write(tmp_path, "p/a.tsv.gz", *rows, ("c1", "fi", "alt", "Stadi"))
    pairs = read_pairs(search("p/a.tsv.gz", terms=True), tmp_path)
    assert ("Stadi", "Helsingfors") in zip(pairs.a, pairs.b, strict=True)
    assert all(a != b for a, b in zip(pairs.a, pairs.b, strict=True))
    assert len(set(pairs.keys)) == 1


def test_a_source_without_a_usable_row_is_an_error(tmp_path: Path) -> None:
    """Empty cells are no texts."""
    write(tmp_path, "p/a.tsv.gz", ("1", "", "Hän on."))
    with pytest.raises(TrainingDataError, match=r"no usable row for source \[made\]"):
        read_pairs(search("p/a.tsv.gz"), tmp_path)


def test_the_field_questions_cover_three_languages() -> None:
    """Every field has questions and labels in Finnish, Swedish and English."""
    rows = list(read_rows(SOURCES.with_name("field_questions.tsv"), 4))
    kinds = {(field, language, rank) for field, language, rank, _ in rows}
    fields = {field for field, _, _ in kinds}
    assert kinds == set(product(fields, ("fi", "sv", "en"), ("pref", "alt")))
    assert sum(rank == "alt" for _, _, rank, _ in rows) >= 300


@pytest.mark.parametrize(
    ("name", "columns"),
    [("everyday.tsv", 3), ("project_questions.tsv", 4)],
)
def test_our_own_texts_are_complete(name: str, columns: int) -> None:
    """Every line has a text in each column, none comes twice, and none is two lines long."""
    rows = list(read_rows(SOURCES.with_name(name), columns))
    assert len(rows) > 1_000
    assert all(len(row) == columns and all(cell.strip() for cell in row) for row in rows)
    assert len({tuple(row) for row in rows}) == len(rows)


def test_mistakes_change_a_question_but_leave_it_readable() -> None:
    """Nearly every text changes, by a few characters only, and the same seed changes it equally."""
    text = "Mitkä kunnat ovat mukana Itä-Savon hankkeessa?"
    made = [noisy(text, random.Random(seed)) for seed in range(50)]
    assert made == [noisy(text, random.Random(seed)) for seed in range(50)]
    assert sum(each != text for each in made) > 40
    assert all(abs(len(each) - len(text)) <= 2 for each in made)
    assert noisy("a", random.Random(1)) == "a"
