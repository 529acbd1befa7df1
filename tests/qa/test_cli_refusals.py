"""Wrong use and damage: one line on stderr, exit code 2, never a traceback."""

import json
from pathlib import Path

import pytest

from tests.qa.command import Run, process

ASK = ("ask", "who is the contact for Itä-Savo")


def snapshot_of(data: Path) -> Path:
    """Return the folder of the published snapshot."""
    return data / "snapshots" / (data / "current").read_text().strip()


def test_a_missing_folder(tmp_path: Path) -> None:
    """What is not there cannot be indexed, and is named."""
    missing = tmp_path / "missing"
    assert process("index", missing, "--data", tmp_path / "data").refused(str(missing))


def test_nothing_indexed(kysy: Run, tmp_path: Path) -> None:
    """Asking before indexing says which command comes first."""
    assert kysy(*ASK, "--data", tmp_path / "data").refused("kysy index")


def test_a_question_of_100_000_characters(sample_data: Path) -> None:
    """The longest question allowed is named beside this one's length."""
    assert process("ask", "a" * 100_000, "--data", sample_data).refused("100000")


def test_an_empty_question(kysy: Run, sample_data: Path) -> None:
    """Blanks are no question."""
    assert kysy("ask", "  ", "--data", sample_data).refused("empty")


def test_an_unknown_language(kysy: Run, sample_data: Path) -> None:
    """The three languages that there are, are named."""
    result = kysy(*ASK, "--language", "de", "--data", sample_data)
    assert result.refused("fi, sv or en")
    assert "de" in result.stderr


def test_an_unknown_document(kysy: Run, sample_data: Path) -> None:
    """A document that is not indexed is named."""
    assert kysy(*ASK, "--document", "no.txt", "--data", sample_data).refused("no.txt")


@pytest.mark.parametrize("name", ["vectors.faiss", "store.sqlite", "rows.npy"])
def test_a_damaged_snapshot(kysy: Run, data: Path, name: str) -> None:
    """A file that was cut short is named, whichever it is."""
    path = snapshot_of(data) / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert kysy(*ASK, "--data", data).refused(name)


def test_a_manifest_that_is_no_manifest(kysy: Run, data: Path) -> None:
    """Neither asking nor `status` trusts it."""
    (snapshot_of(data) / "manifest.json").write_text("{")
    assert kysy(*ASK, "--data", data).refused("manifest")
    assert kysy("status", "--data", data).refused("manifest")


def test_a_snapshot_of_another_encoder(kysy: Run, data: Path) -> None:
    """Vectors of one model say nothing to another: both are named, and what to do."""
    path = snapshot_of(data) / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps(manifest | {"encoder": "other-model:0123456789abcdef"}))
    assert kysy(*ASK, "--data", data).refused("other-model:0123456789abcdef")


def test_an_encoder_that_is_not_there(kysy: Run, sample_data: Path) -> None:
    """A model's folder that does not exist is named."""
    result = kysy(*ASK, "--data", sample_data, KYSY_ENCODER="/no/such/model")
    assert result.refused("/no/such/model")


def test_a_setting_that_is_none(kysy: Run, sample_data: Path) -> None:
    """A value out of bounds names the setting as it is written in the environment."""
    assert kysy(*ASK, "--data", sample_data, KYSY_TOP_K="0").refused("KYSY_TOP_K")


@pytest.mark.parametrize("arguments", [("unknown",), ("ask",), ("ask", "kuka", "--top-k", "0")])
def test_wrong_use(kysy: Run, arguments: tuple[str, ...]) -> None:
    """An unknown command, a missing question and a bad option are wrong use."""
    result = kysy(*arguments)
    assert result.code == 2
    assert result.stderr
    assert "Traceback" not in result.stderr
