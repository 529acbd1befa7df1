"""The word search against what BM25 must give, on a few entries and on damaged folders."""

import math
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest

from corpus.errors import KysyError
from corpus.language import Analyzer, open_analyzer
from embeddings.lexical import LexicalEntry, LexicalIndex, write_lexical

Build: TypeAlias = Callable[..., LexicalIndex]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    """Return the analyser that everything uses."""
    return open_analyzer()


@pytest.fixture
def index(tmp_path: Path, analyzer: Analyzer) -> Build:
    """Return a function that writes entries and opens them."""

    def build(*entries: LexicalEntry | str) -> LexicalIndex:
        whole = [LexicalEntry("", "", e) if isinstance(e, str) else e for e in entries]
        write_lexical(tmp_path / "words", whole, analyzer)
        return LexicalIndex.open(tmp_path / "words", analyzer)

    return build


def rows(index: LexicalIndex, question: str, k: int = 10) -> list[int]:
    """Return the rows found, best first."""
    return index.search(question, k).rows.tolist()


def test_rows_that_have_a_term_are_told(index: Build) -> None:
    """A term of the body in any of its words' forms, not of a heading."""
    found = index("SharePointin sivut", LexicalEntry("", "sharepoint", "muu"), "sharepoint")
    assert sorted(found.rows_with("sharepoint").tolist()) == [0, 2]
    assert found.rows_with("puuttuu").tolist() == []


class TestScores:
    """The order is BM25's."""

    def test_the_score_is_bm25(self, index: Build) -> None:
        """One term in bodies of one term each gives the textbook figure."""
        found = index("2021", "2022", "2023").search("2021", 3)
        idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
        assert found.rows.tolist() == [0]
        assert found.scores == pytest.approx([idf * (1 * 2.2) / (1 + 1.2)], rel=1e-4)
        assert (found.rows.dtype, found.scores.dtype) == (np.int64, np.float32)

    def test_a_rare_term_outranks_a_common_one(self, index: Build) -> None:
        """What few entries say tells more."""
        words = index("alue kissa", "alue koira", "alue hevonen", "lintu koira")
        assert rows(words, "lintu alue")[0] == 3

    def test_title_beats_heading_beats_body(self, index: Build) -> None:
        """The same word counts most in the title."""
        words = index(
            LexicalEntry("koira", "hevonen", "kissa"),
            LexicalEntry("koira", "kissa", "hevonen"),
            LexicalEntry("kissa", "koira", "hevonen"),
        )
        assert rows(words, "kissa") == [2, 1, 0]

    def test_the_forms_of_one_word_weigh_as_one(self, index: Build) -> None:
        """A compound with many variants counts no more than a short word as rare."""
        words = index("kokemusasiantuntija", "bussi", "koira")
        scores = words.search("kokemusasiantuntija bussi", 3).scores
        assert scores[0] < 1.5 * scores[1]

    def test_equal_scores_come_in_order_of_row(self, index: Build) -> None:
        """Ties are cut by row, so the same question always gives the same hits."""
        words = index(*["sama teksti"] * 50)
        assert rows(words, "teksti", 7) == list(range(7))


class TestWords:
    """A question finds its word in any form."""

    @pytest.mark.parametrize(
        ("question", "row"),
        [
            ("yhteyshenkilöiden", 0),  # another inflection
            ("kuka on yhteyshenkilo", 0),  # no dots
            ("henkilö", 0),  # a part of the compound
            ("yhteyshnekilö", 0),  # letters exchanged
            ("kommunerna", 1),  # Swedish
            ("municipality", 2),  # English
            ("sähköposti", 3),  # a part
            ("sahkopostiosoite", 3),  # a compound without its dots
            ("karttunen", 4),  # a part of an address
            ("pia.karttunen@esimerkki.fi", 4),
            ("Posote20", 5),
        ],
    )
    def test_the_word_is_found(self, index: Build, question: str, row: int) -> None:
        """Lemma, folding, parts and near spelling all lead to the entry, and to it alone."""
        words = index(
            "Yhteyshenkilö vastaa.",
            "En kommun deltar.",
            "Three municipalities.",
            "Sähköpostiosoite puuttuu",
            "pia.karttunen@esimerkki.fi",
            "Posote20-hankkeessa",
        )
        assert rows(words, question) == [row]

    @pytest.mark.parametrize(
        "question", ["Itä-Savossa", "itä savo", "itasavo", "ITÄ-SAVON", "ita-savo"]
    )
    def test_one_savo_is_not_another(self, index: Build, question: str) -> None:
        """However it is spelt, Itä-Savo comes before Etelä-Savo and Pohjois-Savo."""
        words = index(
            LexicalEntry("Etelä-Savon hanke", "Tiedot", "Hanke on Etelä-Savossa."),
            LexicalEntry("Pohjois-Savon hanke", "Tiedot", "Hanke on Pohjois-Savossa."),
            LexicalEntry("Itä-Savon hanke", "Tiedot", "Hanke on Itä-Savossa."),
        )
        assert rows(words, question)[0] == 2

    def test_stop_words_are_dropped_unless_alone(self, index: Build) -> None:
        """`kuka on` finds nothing of its own beside a telling word, and is searched alone."""
        words = index("kuka on", "rahoittaja")
        assert rows(words, "kuka on rahoittaja") == [1]
        assert rows(words, "kuka on") == [0]

    @pytest.mark.parametrize("text", ["", "   ", '" ( * : ~ AND', "?!", "xqzwv"])
    def test_nothing_to_search_finds_nothing(self, index: Build, text: str) -> None:
        """Signs, operators and unknown words are text and match nothing."""
        found = index("kissa", "koira").search(text, 5)
        assert found.rows.shape == found.scores.shape == (0,)

    def test_query_syntax_is_only_text(self, index: Build) -> None:
        """A question is never parsed as a query."""
        words = index("kissa", "koira")
        assert {*rows(words, 'title:(kissa^9 OR "koira" -kissa*) [a TO b] \\')} == {0, 1}

    def test_a_very_long_question_is_searched(self, index: Build) -> None:
        """A hundred thousand characters are cut to so many words, not refused."""
        assert rows(index("kissa", "koira"), "kissa " + "sana" * 25_000) == [0]


class TestDirectory:
    """What is on disk."""

    def test_an_empty_index_answers(self, index: Build) -> None:
        """No entries, no hits, no error."""
        assert rows(index(), "kissa") == []

    def test_more_asked_than_there_is(self, index: Build) -> None:
        """The k may be larger than the index, or zero."""
        words = index("kissa", "kissa")
        assert rows(words, "kissa", 1000) == [0, 1]
        assert rows(words, "kissa", 0) == []

    def test_threads_search_at_once(self, index: Build) -> None:
        """Many threads get what one gets."""
        words = index(*[f"sana{i} kunta" for i in range(100)])
        questions = [f"sana{i}" for i in range(100)]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda question: rows(words, question, 1), questions))
        assert found == [[i] for i in range(100)]

    def test_opening_leaves_the_folder_as_it_was(
        self, index: Build, tmp_path: Path, analyzer: Analyzer
    ) -> None:
        """A snapshot is immutable and may be another user's: reading writes nothing into it."""
        index("kissa")
        before = {path.name: path.stat() for path in (tmp_path / "words").iterdir()}
        assert rows(LexicalIndex.open(tmp_path / "words", analyzer), "kissa") == [0]
        after = {path.name: path.stat() for path in (tmp_path / "words").iterdir()}
        assert {name: (s.st_mtime_ns, s.st_mode) for name, s in before.items()} == {
            name: (s.st_mtime_ns, s.st_mode) for name, s in after.items()
        }
        assert not [name for name in after if name.endswith(".lock")]

    def test_an_open_index_outlives_its_folder(self, index: Build, tmp_path: Path) -> None:
        """A snapshot that is replaced while it serves still answers."""
        words = index(*[f"kissa{i}" for i in range(20)])
        shutil.rmtree(tmp_path / "words")
        assert rows(words, "kissa7")[0] == 7

    def test_a_missing_folder_is_refused_by_name(self, tmp_path: Path, analyzer: Analyzer) -> None:
        """The error names the folder and what to do."""
        with pytest.raises(KysyError, match=r"none.*build the index again"):
            LexicalIndex.open(tmp_path / "none", analyzer)

    @pytest.mark.parametrize("pattern", ["meta.json", "*.term", "*.idx", "*.fast"])
    @pytest.mark.parametrize("damage", ["missing", "empty", "cut", "garbled"])
    def test_a_damaged_folder_is_refused_by_name(
        self, index: Build, tmp_path: Path, analyzer: Analyzer, pattern: str, damage: str
    ) -> None:
        """A file lost, emptied, cut or overwritten gives a KysyError that names the folder."""
        index(*[f"kysy kissa{i}" for i in range(50)])
        (path,) = (tmp_path / "words").glob(pattern)
        data = path.read_bytes()
        path.unlink()
        if damage != "missing":
            broken = {"empty": b"", "cut": data[: len(data) // 2], "garbled": b"\xff" * len(data)}
            path.write_bytes(broken[damage])
        with pytest.raises(KysyError, match=r"words: .*missing or damaged"):
            LexicalIndex.open(tmp_path / "words", analyzer)

    def test_a_foreign_index_is_refused(self, tmp_path: Path, analyzer: Analyzer) -> None:
        """A folder of something else is not an index."""
        (tmp_path / "meta.json").write_text("{}")
        with pytest.raises(KysyError, match="missing or damaged"):
            LexicalIndex.open(tmp_path, analyzer)
