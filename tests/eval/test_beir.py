"""BEIR folders: read and written, and the corpus indexed once through the normal path."""

import gzip
import json
from pathlib import Path

import pytest

from corpus.errors import KysyError
from eval.beir import (
    BeirDocument,
    BeirQuery,
    open_beir,
    read_corpus,
    read_judgements,
    read_queries,
    topic_questions,
    write_beir,
)
from eval.running import Plan, run_plan
from eval.squad import convert_squad
from qa.settings import Settings

DOCUMENTS = (
    BeirDocument("d/1", "Majakka valaisee saaren pohjoiskärjen.", "Majakka"),
    BeirDocument("d 2", "Sillan rakensi kunta vuonna 1952 & <tiehallinto>.\n\nSe on puinen."),
    BeirDocument("d3", "Kirjaston kokoelmassa on harvinaisia karttoja.", "Kirjasto"),
    BeirDocument("d4", "", ""),
)
QUERIES = (
    BeirQuery("q1", "mikä valaisee saaren", "fi"),
    BeirQuery("q2", "milloin silta rakennettiin", "fi"),
    BeirQuery("q3", "missä karttoja säilytetään"),
    BeirQuery("q4", "ei arvioitu", "fi"),
)
QRELS = {"q1": {"d/1": 1}, "q2": {"d 2": 2, "d3": 0}, "q3": {"d3": 1}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a collection of four documents."""
    write_beir(tmp_path / "tiny", DOCUMENTS, QUERIES, QRELS)
    return tmp_path / "tiny"


def test_a_written_collection_is_read_back(folder: Path) -> None:
    """Documents, queries with their language, and judgements survive; BEIR's own keys."""
    assert tuple(read_corpus(folder)) == DOCUMENTS
    assert tuple(read_queries(folder)) == QUERIES
    first = json.loads((folder / "corpus.jsonl").read_text("utf-8").splitlines()[0])
    assert set(first) == {"_id", "title", "text"}


def test_judgements_of_the_test_split_are_preferred(folder: Path) -> None:
    """`test.tsv` where it exists, every split where it does not."""
    header = "query-id\tcorpus-id\tscore\n"
    (folder / "qrels" / "train.tsv").write_text(f"{header}q9\td3\t1\n", "utf-8")
    assert "q9" not in read_judgements(folder)
    (folder / "qrels" / "test.tsv").unlink()
    assert set(read_judgements(folder)) == {"q9"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ('["x"]', "no JSON object"),
        ('{"_id": "d3", "text": "x"}', "twice"),
        ('{"_id": "d9"}', '"text"'),
        ('{"text": "x"}', '"_id"'),
    ],
)
def test_a_broken_row_is_named_by_line(folder: Path, line: str, said: str) -> None:
    """Errors say file, line and fault."""
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(KysyError) as caught:
        list(read_corpus(folder))
    assert "corpus.jsonl:5" in str(caught.value)
    assert said in str(caught.value)


def test_a_folder_that_is_no_collection_is_refused(tmp_path: Path) -> None:
    """A folder without the files is named."""
    with pytest.raises(KysyError, match=r"corpus\.jsonl"):
        open_beir(tmp_path, Settings(data=tmp_path / "data"))


def test_a_collection_is_answered_through_the_normal_path(folder: Path, tmp_path: Path) -> None:
    """Indexed, asked and scored with its own document names; the index is there the second time."""
    plan = Plan((folder,), Settings(data=tmp_path / "data"))
    result, runs = run_plan(plan)
    assert len(result.questions) == 3
    assert result.total["Recall@10"] == 1.0
    assert result.total["hit@1"] >= 2 / 3
    assert {item for one in runs[0].scored for item in one.outcome.items} <= {"d/1", "d 2", "d3"}
    assert "answer_accuracy" not in result.total
    again, _ = run_plan(plan)
    assert again.system.snapshot == result.system.snapshot
    assert again.measures == result.measures


def test_another_corpus_gets_an_index_of_its_own(folder: Path, tmp_path: Path) -> None:
    """The index is found by content, so a changed corpus is not answered from an old one."""
    settings = Settings(data=tmp_path / "data")
    first = open_beir(folder, settings)[1].data
    write_beir(folder, DOCUMENTS[:3], QUERIES, QRELS)
    assert open_beir(folder, settings)[1].data != first


def test_topics_and_judgements_become_questions(tmp_path: Path) -> None:
    """TREC topics are judged by the ids of the indexed documents."""
    (tmp_path / "t.tsv").write_text("1\tmissä silta on\n2\tei arvioitu\n", "utf-8")
    (tmp_path / "q.txt").write_text("1 0 a.txt 1\n", "utf-8")
    asked = topic_questions(tmp_path / "t.tsv", tmp_path / "q.txt").questions
    assert [(one.question_id, one.judgements) for one in asked] == [("1", (("a.txt", 1),))]


def _gzipped(path: Path, rows: list[dict[str, str]]) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode("utf-8")))


def test_squad_becomes_two_collections(tmp_path: Path) -> None:
    """The same passages, once with Finnish and once with English questions."""
    _gzipped(tmp_path / "passages.jsonl.gz", [{"id": "p", "fi": "Joki virtaa."}])
    query = {"id": "q", "passage": "p", "fi": "Mikä virtaa?", "en": "What flows?"}
    _gzipped(tmp_path / "queries.jsonl.gz", [query])
    fi, en = convert_squad(tmp_path, tmp_path / "out")
    assert [one.text for one in read_queries(fi)] == ["Mikä virtaa?"]
    assert [one.lang for one in read_queries(en)] == ["en"]
    assert (fi / "corpus.jsonl").read_bytes() == (en / "corpus.jsonl").read_bytes()
    assert read_judgements(en) == {"q": {"p": 1}}


def test_squad_with_a_missing_key_is_named_by_line(tmp_path: Path) -> None:
    """A damaged download says where."""
    _gzipped(tmp_path / "passages.jsonl.gz", [{"id": "p"}])
    with pytest.raises(KysyError, match=r'passages\.jsonl\.gz:1.*"fi"'):
        convert_squad(tmp_path, tmp_path / "out")
