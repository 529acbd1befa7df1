"""Every vector index finds what an exact search finds."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from corpus.errors import KysyError
from embeddings.model import Floats, Hits
from embeddings.vectors import (
    FLAT_UP_TO,
    FaissVectors,
    VectorKind,
    kind_for,
    open_vectors,
    recall,
    write_vectors,
)

ROWS, DIM = 2000, 32


def unit(seed: int, rows: int = ROWS) -> Floats:
    """Return random unit rows."""
    vectors = np.random.default_rng(seed).standard_normal((rows, DIM)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def exact(vectors: Floats, queries: Floats, k: int) -> list[Hits]:
    """Search by multiplying everything."""
    scores = queries @ vectors.T
    rows = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return [Hits(r.astype(np.int64), s[r]) for r, s in zip(rows, scores, strict=True)]


@pytest.fixture(params=get_args(VectorKind))
def index(request: pytest.FixtureRequest, tmp_path: Path) -> FaissVectors:
    """Give an index of each kind over the same rows."""
    write_vectors(tmp_path / "vectors", unit(0), request.param)
    return open_vectors(tmp_path / "vectors", request.param, unit(0).astype(np.float16))


class TestEveryKind:
    """The promises of the protocol, against an exact search."""

    def test_finds_what_numpy_finds(self, index: FaissVectors) -> None:
        """Nearly all of the ten nearest rows, with their true inner products."""
        queries = unit(1, 50)
        wanted, found = exact(unit(0), queries, 10), index.search(queries, 10)
        assert recall(wanted, found) > 0.97
        for query, hits in zip(queries, found, strict=True):
            np.testing.assert_allclose(hits.scores, unit(0)[hits.rows] @ query, atol=1e-3)

    def test_gives_the_best_first(self, index: FaissVectors) -> None:
        """Scores never rise down the list, and a row's nearest row is itself."""
        hits = index.search(unit(0)[:20], 5)
        assert [h.rows[0] for h in hits] == list(range(20))
        assert all((np.diff(h.scores) <= 0).all() for h in hits)
        assert hits[0].rows.dtype == np.int64
        assert hits[0].scores.dtype == np.float32

    @pytest.mark.parametrize(("k", "expected"), [(0, 0), (1, 1), (ROWS * 2, ROWS)])
    def test_gives_no_more_rows_than_there_are(
        self, index: FaissVectors, k: int, expected: int
    ) -> None:
        """Asking for too many gives all, each once."""
        (hits,) = index.search(unit(1, 1), k)
        assert len(hits.rows) == len(hits.scores) == expected
        assert len(set(hits.rows.tolist())) == expected

    def test_a_query_of_nothing_finds_rows_that_score_nothing(self, index: FaissVectors) -> None:
        """A blank question has nearest passages too."""
        (hits,) = index.search(np.zeros((1, DIM), np.float32), 5)
        assert len(hits.rows) == 5
        assert not hits.scores.any()

    def test_no_queries_give_no_hits(self, index: FaissVectors) -> None:
        """An empty batch is not an error."""
        assert index.search(np.zeros((0, DIM), np.float32), 5) == []


class TestFiles:
    """What is written and what is refused."""

    def test_flat_is_exact(self, tmp_path: Path) -> None:
        """Up to the limit nothing is approximated."""
        write_vectors(tmp_path / "v", unit(0), "flat")
        found = open_vectors(tmp_path / "v", "flat", unit(0).astype(np.float16)).search(
            unit(1, 20), 10
        )
        for wanted, hits in zip(exact(unit(0), unit(1, 20), 10), found, strict=True):
            np.testing.assert_array_equal(hits.rows, wanted.rows)

    @pytest.mark.parametrize("kind", get_args(VectorKind))
    def test_same_rows_give_the_same_bytes(self, tmp_path: Path, kind: VectorKind) -> None:
        """An index does not depend on when or by how many threads it was built."""
        for name in ("a", "b"):
            write_vectors(tmp_path / name, unit(0), kind)
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()

    def test_dimensions_that_are_odd_are_quantised_too(self, tmp_path: Path) -> None:
        """Another encoder's rows may have any length."""
        vectors = unit(0)[:, :31].copy()
        write_vectors(tmp_path / "v", vectors, "pq")
        index = open_vectors(tmp_path / "v", "pq", vectors.astype(np.float16))
        assert [hits.rows[0] for hits in index.search(vectors[:20], 3)] == list(range(20))

    def test_kind_follows_the_size(self) -> None:
        """Exact while that is fast, quantised beyond."""
        assert kind_for(1) == kind_for(FLAT_UP_TO) == "flat"
        assert kind_for(FLAT_UP_TO + 1) == "pq"

    @pytest.mark.parametrize("keep", [0, 10, 1000])
    def test_truncated_file_is_refused_by_name(self, tmp_path: Path, keep: int) -> None:
        """A damaged index is a clear error, never wrong hits."""
        write_vectors(tmp_path / "v", unit(0), "flat")
        (tmp_path / "v").write_bytes((tmp_path / "v").read_bytes()[:keep])
        with pytest.raises(KysyError, match=r"/v: the vector index is damaged"):
            open_vectors(tmp_path / "v", "flat", unit(0).astype(np.float16))

    def test_missing_file_is_refused_by_name(self, tmp_path: Path) -> None:
        """An index that is not there is damage too."""
        with pytest.raises(KysyError, match=r"/v: the vector index is damaged"):
            open_vectors(tmp_path / "v", "flat", unit(0).astype(np.float16))

    def test_index_of_another_shape_is_refused(self, tmp_path: Path) -> None:
        """Rows that are not the snapshot's rows are never searched."""
        write_vectors(tmp_path / "v", unit(0), "flat")
        with pytest.raises(KysyError, match=r"2000 rows of 32, not 5 of 32"):
            open_vectors(tmp_path / "v", "flat", unit(0, 5).astype(np.float16))
