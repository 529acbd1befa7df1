"""What the tests of answering share: the parts, and two indexes that nobody changes."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import corpus
from corpus.language import Analyzer, open_analyzer
from corpus.name_keys import PlaceNames
from corpus.places import load_places
from corpus.profiles import FieldSpec, field_catalogue, load_profiles
from embeddings.build import build
from embeddings.encoder import Encoder, open_encoder
from embeddings.publication import current_id
from embeddings.snapshot import Snapshot
from qa.assistant import Assistant
from qa.mentions import Namer
from qa.model import Answer
from qa.naming import names_of
from tests.qa.command import Run, runner
from tests.qa.pages import write_pages

SAMPLES = Path(corpus.__file__).parent / "samples"
TODAY = date(2024, 5, 1)  # the tests' today: after every change of contact


def open_at(data: Path, encoder: Encoder, analyzer: Analyzer, **options: object) -> Assistant:
    """Open an assistant over a data directory as `qa.compose` does, on a fixed day."""
    return Assistant(
        lambda: Snapshot.open(data, encoder, analyzer),
        lambda: current_id(data),
        encoder,
        analyzer,
        today=lambda: TODAY,
        **options,  # type: ignore[arg-type]
    )


def found_in(answer: Answer) -> list[str]:
    """Return the highlighted words of the passages that the answer cites, in order."""
    cited = answer.answer.citations if answer.answer else ()
    return [
        passage.text[start:end]
        for passage in answer.passages
        if passage.rank in cited
        for start, end in passage.highlights
    ]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """Open the bundled model."""
    return open_encoder("bundled")


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """Open the analysis of words."""
    return open_analyzer()


@pytest.fixture(scope="session")
def catalogue() -> dict[str, FieldSpec]:
    """Give every field that the shipped profiles know, by name."""
    return {spec.name: spec for spec in field_catalogue(load_profiles())}


@pytest.fixture(scope="session")
def places() -> PlaceNames:
    """Give the shipped places by key."""
    return PlaceNames(load_places())


@pytest.fixture(scope="session")
def sample_data(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, analyzer: Analyzer
) -> Path:
    """Index the five sample documents; gives the data directory."""
    data = tmp_path_factory.mktemp("samples") / "data"
    build([SAMPLES], data, encoder, analyzer)
    return data


@pytest.fixture(scope="session")
def snapshot(sample_data: Path, encoder: Encoder, analyzer: Analyzer) -> Snapshot:
    """Open the snapshot of the sample documents."""
    return Snapshot.open(sample_data, encoder, analyzer)


@pytest.fixture(scope="session")
def namer(
    snapshot: Snapshot, catalogue: dict[str, FieldSpec], analyzer: Analyzer, places: PlaceNames
) -> Namer:
    """Give the namer over the sample documents."""
    return Namer(names_of(snapshot, catalogue, analyzer, places), places)


@pytest.fixture(scope="session")
def samples(sample_data: Path, encoder: Encoder, analyzer: Analyzer) -> Assistant:
    """Give the assistant over the sample documents."""
    return open_at(sample_data, encoder, analyzer)


@pytest.fixture(scope="session")
def page_data(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, analyzer: Analyzer
) -> Path:
    """Index the documents without a profile; gives the data directory."""
    folder = tmp_path_factory.mktemp("pages")
    build([write_pages(folder / "files")], folder / "data", encoder, analyzer)
    return folder / "data"


@pytest.fixture(scope="session")
def pages(page_data: Path, encoder: Encoder, analyzer: Analyzer) -> Assistant:
    """Give the assistant over the documents without a profile."""
    return open_at(page_data, encoder, analyzer)


@pytest.fixture
def data(sample_data: Path, tmp_path: Path) -> Path:
    """Give a data directory of its own, to be changed or damaged."""
    return Path(shutil.copytree(sample_data, tmp_path / "data"))


@pytest.fixture
def kysy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process."""
    return runner(monkeypatch, capsys)
