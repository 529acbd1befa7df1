"""Proves the whole recipe on made-up data: files in, a scored model folder out."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import open_encoder
from embeddings.training import benchmarks
from embeddings.training.__main__ import main
from embeddings.training.data import Source, TrainingDataError
from embeddings.training.recipe import Recipe, Stage
from embeddings.training.run import make_model

STAGES = (
    Stage("run", steps=12, rate=0.01, late_from=0.4),
    Stage("short", steps=4, rate=0.005, draws=2, last=True),
)
TINY = Recipe(vocabulary=400, dim=16, stages=STAGES, batch=32, late_batch=32)
WORDS = ("kunta", "hanke", "rahoitus", "kevät", "metsä", "järvi", "koulu", "silta")
SOURCES = (
    Source(name="qa", file="qa/a.tsv.gz", kind="search", share=1.0, a=1, b=2, pieces=1.0),
    Source(name="par", file="qa/b.tsv.gz", kind="same", share=1.0, a=1, b=2, pieces=1.0),
)


def compressed(path: Path, text: str) -> None:
    """Write text, gzipped where the name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Make a data directory with two sources and tiny benchmarks."""
    folder = tmp_path / "data"
    rows = [(f"missä on {a} {b}", f"{a} {b} on täällä {i}") for i, (a, b) in enumerate(pairs())]
    compressed(folder / "qa/a.tsv.gz", "".join(f"{i}\t{a}\t{b}\n" for i, (a, b) in enumerate(rows)))
    compressed(folder / "qa/b.tsv.gz", "".join(f"{i}\t{b}\t{a}\n" for i, (a, b) in enumerate(rows)))
    passages = [{"id": str(i), "fi": f"{word} sijaitsee muualla"} for i, word in enumerate(WORDS)]
    questions = [
        {"id": f"q{i}", "passage": str(i), "fi": f"{word} missä", "en": f"where is {word}"}
        for i, word in enumerate(WORDS)
    ]
    squad = folder / "eval/squad2_fi_retrieval"
    compressed(squad / "passages.jsonl.gz", "\n".join(map(json.dumps, passages)))
    compressed(squad / "queries.jsonl.gz", "\n".join(map(json.dumps, questions)))
    turku = [{"txt1": word, "txt2": word, "label": "4"} for word in WORDS]
    for file in benchmarks.PARAPHRASES.values():
        compressed(folder / "eval" / file, json.dumps(turku))
    for one, other in benchmarks.PARALLEL.values():
        compressed(folder / "eval" / one, "\n".join(WORDS))
        compressed(folder / "eval" / other, "\n".join(WORDS))
    return folder


def pairs() -> list[tuple[str, str]]:
    """All pairs of two words."""
    return [(a, b) for a in WORDS for b in WORDS if a != b]


def test_the_recipe_makes_a_model_that_can_be_scored(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder opens as an encoder, and the command prints every figure of it."""
    out = tmp_path / "model"
    make_model(data, out, tmp_path / "work", TINY, sources=SOURCES)
    assert open_encoder(str(out)).dim == 16
    assert main([str(data), "--evaluate", str(out), "--bm25"]) == 0
    printed = capsys.readouterr().out
    assert "squad2_fi_retrieval en, late + dense | hit@1" in printed
    assert "squad2_fi_retrieval fi, BM25 | hit@1 1.000, recall@10 1.000" in printed
    assert "LASER Tatoeba swe-eng | both ways 1.000" in printed
    assert "Turku sv | AP of label 4 1.000" in printed


def test_a_second_run_goes_on_and_makes_the_same_model(data: Path, tmp_path: Path) -> None:
    """From the checkpoints of finished draws nothing is trained again."""
    make_model(data, tmp_path / "one", tmp_path / "work", TINY, sources=SOURCES)
    make_model(data, tmp_path / "two", tmp_path / "work", TINY, sources=SOURCES)
    one, two = (open_encoder(str(tmp_path / name)) for name in ("one", "two"))
    assert np.array_equal(one.encode_queries(WORDS), two.encode_queries(WORDS))


def test_a_wrong_data_directory_is_one_line_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with 2 and says which file is missing."""
    assert main([str(tmp_path), "--out", str(tmp_path / "m"), "--work", str(tmp_path / "w")]) == 2
    error = capsys.readouterr().err
    assert "passages.jsonl.gz: cannot be read" in error
    assert error.count("\n") == 1


def test_a_damaged_benchmark_is_named_with_its_line(data: Path) -> None:
    """A line that is no JSON is refused by file and line."""
    path = data / "eval/squad2_fi_retrieval/queries.jsonl.gz"
    compressed(path, '{"id": "1", "passage": "0", "fi": "a", "en": "b"}\n{"id"\n')
    with pytest.raises(TrainingDataError, match=r"queries\.jsonl\.gz, line 2: not JSON"):
        benchmarks.retrieval(data)
