"""Reads the held-out benchmark files below `eval/` of the data directory.

It knows their formats. It does not know models. The texts here are never trained on: `held_out`
gives them all, folded, so that equal rows are left out of the training data.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.training.data import TrainingDataError, fold

_TATOEBA = "laser_tatoeba/tatoeba"
PARALLEL = {
    "LASER Tatoeba fin-eng": (f"{_TATOEBA}.fin-eng.fin", f"{_TATOEBA}.fin-eng.eng"),
    "LASER Tatoeba swe-eng": (f"{_TATOEBA}.swe-eng.swe", f"{_TATOEBA}.swe-eng.eng"),
    "FLORES fin-eng": ("flores200/fin_Latn.devtest", "flores200/eng_Latn.devtest"),
    "FLORES eng-swe": ("flores200/eng_Latn.devtest", "flores200/swe_Latn.devtest"),
    "FLORES fin-swe": ("flores200/fin_Latn.devtest", "flores200/swe_Latn.devtest"),
}
PARAPHRASES = {
    "Turku fi": "turku_paraphrase/turku_v1_test.json.gz",
    "Turku fi (OPUS, Parsebank)": "turku_paraphrase/opus-pb-test.json.gz",
    "Turku sv": "turku_paraphrase/data-sv-test.json",
}


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Finnish passages and questions in two languages; `gold[i]` is question `i`'s passage."""

    passages: list[str]
    questions: dict[str, list[str]]
    gold: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Paraphrases:
    """Pairs of texts; `same[i]` says that pair `i` is a full paraphrase (label 4)."""

    a: list[str]
    b: list[str]
    same: NDArray[np.bool_]


def retrieval(data: Path, every: int = 1) -> Retrieval:
    """Read `squad2_fi_retrieval`, every `every`-th question of it."""
    folder = data / "eval" / "squad2_fi_retrieval"
    passages = list(_json_lines(folder / "passages.jsonl.gz"))
    questions = list(_json_lines(folder / "queries.jsonl.gz"))[::every]
    places = {passage["id"]: i for i, passage in enumerate(passages)}
    return Retrieval(
        [passage["fi"] for passage in passages],
        {language: [question[language] for question in questions] for language in ("fi", "en")},
        np.array([places[question["passage"]] for question in questions]),
    )


def parallel(data: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield name, texts and their translations, line by line."""
    for name, (one, other) in PARALLEL.items():
        yield name, _lines(data / "eval" / one), _lines(data / "eval" / other)


def paraphrases(data: Path) -> Iterator[tuple[str, Paraphrases]]:
    """Yield name and pairs of each Turku paraphrase test."""
    for name, file in PARAPHRASES.items():
        rows = json.loads(_text(data / "eval" / file))
        yield (
            name,
            Paraphrases(
                [row["txt1"] for row in rows],
                [row["txt2"] for row in rows],
                np.array([str(row["label"]).startswith("4") for row in rows]),
            ),
        )


def held_out(data: Path) -> frozenset[str]:
    """Return every benchmark text, as `fold` makes it."""
    texts: set[str] = set()
    questions = retrieval(data)
    texts.update(questions.passages, *questions.questions.values())
    for _, one, other in parallel(data):
        texts.update(one, other)
    for _, pairs in paraphrases(data):
        texts.update(pairs.a, pairs.b)
    return frozenset(fold(text) for text in texts)


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_text(path).splitlines(), start=1):
        try:
            yield json.loads(line)
        except json.JSONDecodeError as error:
            raise TrainingDataError(
                f"not JSON ({error})", where=f"{path}, line {number}"
            ) from error


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in _text(path).splitlines()]


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise TrainingDataError(
            f"cannot be read ({error})", where=str(path), fix="is this the data directory?"
        ) from error
