"""Nearest rows by inner product, on FAISS.

Knows unit vectors and row numbers. Does not know what a row stands for. The only module that
imports faiss.

The kind of index follows the number of rows: exact search while it is fast, 8-bit scalar
quantisation beyond (`python -m embeddings.benchmark` measures both; DECISIONS.md has the figures).
Both give the same file for the same rows, which a graph built by several threads would not.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import faiss
import numpy as np

from corpus.errors import KysyError
from embeddings.model import Floats, Hits

VectorKind = Literal["flat", "sq8"]
FLAT_UP_TO = 50_000
_FACTORY: dict[str, str] = {"flat": "Flat", "sq8": "SQ8"}


class VectorIndex(Protocol):
    """Rows found by the inner product with a query; another engine is another implementation."""

    def search(self, queries: Floats, k: int) -> list[Hits]:
        """Find the best `min(k, rows)` rows for each of `queries` `(n, dim)`, best first."""


class FaissVectors:
    """A `VectorIndex` over one opened FAISS file; searching is safe from several threads."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss types are built by SWIG
        self._index = index

    def search(self, queries: Floats, k: int) -> list[Hits]:
        """Find the best `min(k, rows)` rows for each query, best first."""
        k = min(k, int(self._index.ntotal))
        if k < 1:
            nothing = Hits(np.zeros(0, np.int64), np.zeros(0, np.float32))
            return [nothing for _ in queries]
        rows = np.ascontiguousarray(queries, dtype=np.float32)
        scores, found = self._index.search(rows, k)
        return [
            Hits(found[i][found[i] >= 0], scores[i][found[i] >= 0]) for i in range(len(queries))
        ]


def kind_for(rows: int) -> VectorKind:
    """Return the kind of index that `rows` vectors get."""
    return "flat" if rows <= FLAT_UP_TO else "sq8"


def write_vectors(path: Path, vectors: Floats, kind: VectorKind) -> None:
    """Write an index of `kind` over `vectors` `(n, dim)` to `path`; row numbers are positions."""
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    index = faiss.index_factory(rows.shape[1], _FACTORY[kind], faiss.METRIC_INNER_PRODUCT)
    if not index.is_trained:
        index.train(rows)
    index.add(rows)
    faiss.write_index(index, str(path))


def open_vectors(path: Path, *, rows: int, dim: int) -> FaissVectors:
    """Open the index at `path`, mapped into memory; KysyError unless it has `rows` of `dim`."""
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise KysyError("the vector index is damaged", where=str(path)) from error
    if (index.ntotal, index.d) != (rows, dim):
        shape = f"{index.ntotal} rows of {index.d}"
        raise KysyError(f"the index has {shape}, not {rows} of {dim}", where=str(path))
    return FaissVectors(index)


def recall(exact: Sequence[Hits], found: Sequence[Hits]) -> float:
    """Mean share of the exact rows that were found, in [0, 1]."""
    shares = [
        len(set(e.rows.tolist()) & set(f.rows.tolist())) / max(len(e.rows), 1)
        for e, f in zip(exact, found, strict=True)
    ]
    return float(np.mean(shares))
