"""TREC files: read from others, written for others."""

from pathlib import Path

import pytest

from corpus.errors import KysyError
from eval.trec import identifier, read_qrels, read_run, read_topics, write_qrels, write_run


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "f.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_run_is_read_by_score_and_not_by_line(tmp_path: Path) -> None:
    """Columns are split at any white space; the best score of a repeated item counts."""
    path = _file(tmp_path, "q1 Q0 a 1 0.5 tag\nq1\tQ0\tb\t2\t0.7\ttag\n\nq1 Q0 a 3 0.9 tag\n")
    assert read_run(path) == {"q1": {"a": 0.9, "b": 0.7}}


def test_qrels_are_read_in_trec_and_beir_form(tmp_path: Path) -> None:
    """Four columns, or three with a header."""
    assert read_qrels(_file(tmp_path, "q 0 d 2\n")) == {"q": {"d": 2}}
    beir = "query-id\tcorpus-id\tscore\nq\td\t1\n"
    assert read_qrels(_file(tmp_path, beir)) == {"q": {"d": 1}}


def test_topics_are_read_tabbed_and_tagged(tmp_path: Path) -> None:
    """Both common forms of topics."""
    assert read_topics(_file(tmp_path, "1\tkuka\n2\tmikä se on\n")) == {
        "1": "kuka",
        "2": "mikä se on",
    }
    tagged = "<top>\n<num> Number: 7\n<title> Topic: savon  hanke\n<desc> x\n</top>\n"
    assert read_topics(_file(tmp_path, tagged)) == {"7": "savon hanke"}


@pytest.mark.parametrize(
    ("reader", "text", "said"),
    [
        (read_run, "q Q0 d 1 2 t\nq Q0 d 1\n", "f.txt:2"),
        (read_run, "q Q0 d 1 high t\n", '"high"'),
        (read_run, "q Q0 d 1 nan t\n", '"nan"'),
        (read_qrels, "q 0 d inf\n", '"inf"'),
        (read_qrels, "q 0 d x\n", '"x"'),
        (read_topics, "1 no tab\n", "f.txt:1"),
        (read_topics, "<top><num>1</top>", "<title>"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, reader: object, text: str, said: str) -> None:
    """Errors say which line and what is wrong."""
    assert callable(reader)
    with pytest.raises(KysyError) as caught:
        reader(_file(tmp_path, text))
    assert said in str(caught.value)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """A ranking keeps its order, and ids with spaces stay one column."""
    write_run(tmp_path / "r", {"q": ["oma tiedosto.txt@1-2", "b"]}, "kysy")
    write_qrels(tmp_path / "q", {"q": {"oma tiedosto.txt@1-2": 1}})
    run, qrels = read_run(tmp_path / "r"), read_qrels(tmp_path / "q")
    assert sorted(run["q"], key=lambda item: -run["q"][item])[0] in qrels["q"]
    assert identifier("plain-id") == "plain-id"
