"""Nearest rows by inner product, on FAISS.

Knows unit vectors and row numbers. Does not know what a row stands for. The only module that
imports faiss.

The kind of index follows the number of rows: exact search while it is fast, beyond that product
quantisation to two bits a dimension, searched in the processor's registers (Quicker ADC, André,
Kermarrec and Le Scouarnec, 2019), whose best rows are scored again exactly (`python -m
embeddings.benchmark` measures both; DECISIONS.md has the figures). Both give the same file for the
same rows, which a graph built by several threads would not.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import KysyError
from embeddings.halves import widened
from embeddings.model import Floats, Hits

Halves = NDArray[np.float16]
VectorKind = Literal["flat", "pq"]
FLAT_UP_TO = 10_000
SCORED_AGAIN = 4  # rows of a quantised index that are scored exactly, for each row wanted
LEAST_SCORED_AGAIN = 200
_TRAINED_ON = 20_000


class VectorIndex(Protocol):
    """Rows found by the inner product with a query; another engine is another implementation."""

    def search(self, queries: Floats, k: int) -> list[Hits]:
        """Find the best `min(k, rows)` rows for each of `queries` `(n, dim)`, best first."""


class FaissVectors:
    """A `VectorIndex` over one opened FAISS file; searching is safe from several threads."""

    def __init__(self, index: Any, exact: Halves | None = None) -> None:  # noqa: ANN401 - by SWIG
        """Search `index`; with `exact` `(rows, dim)`, its best rows are scored again by these."""
        self._index = index
        self._exact = exact

    def search(self, queries: Floats, k: int) -> list[Hits]:
        """Find the best `min(k, rows)` rows for each query, best first."""
        wanted = k if self._exact is None else max(SCORED_AGAIN * k, LEAST_SCORED_AGAIN)
        depth = min(wanted, int(self._index.ntotal))
        if min(k, depth) < 1:
            nothing = Hits(np.zeros(0, np.int64), np.zeros(0, np.float32))
            return [nothing for _ in queries]
        rows = np.ascontiguousarray(queries, dtype=np.float32)
        scores, found = self._index.search(rows, depth)
        hits = [Hits(f[f >= 0], s[f >= 0]) for f, s in zip(found, scores, strict=True)]
        return [self._scored(query, each, k) for query, each in zip(rows, hits, strict=True)]

    def _scored(self, query: Floats, hits: Hits, k: int) -> Hits:
        if self._exact is None:
            return hits
        if not query.any():  # the quantised search finds nothing for it; every row scores 0
            rows = np.arange(min(k, len(self._exact)))
            return Hits(rows, np.zeros(len(rows), np.float32))
        scores = widened(self._exact[hits.rows]) @ query
        order = np.lexsort((hits.rows, -scores))[:k]
        return Hits(hits.rows[order], scores[order])


def kind_for(rows: int) -> VectorKind:
    """Return the kind of index that `rows` vectors get."""
    return "flat" if rows <= FLAT_UP_TO else "pq"


def write_vectors(path: Path, vectors: Floats, kind: VectorKind) -> None:
    """Write an index of `kind` over `vectors` `(n, dim)` to `path`; row numbers are positions."""
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    index = faiss.index_factory(rows.shape[1], _factory(kind, rows), faiss.METRIC_INNER_PRODUCT)
    if not index.is_trained:
        sample = np.linspace(0, len(rows) - 1, min(len(rows), _TRAINED_ON)).astype(np.int64)
        index.train(rows[sample])
    index.add(rows)
    faiss.write_index(index, str(path))


def open_vectors(path: Path, kind: VectorKind, exact: Halves) -> FaissVectors:
    """Open the index at `path`, made of the rows `exact` `(rows, dim)`, mapped into memory.

    KysyError when it is damaged or of another shape.
    """
    rows, dim = exact.shape
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise KysyError("the vector index is damaged", where=str(path)) from error
    if (index.ntotal, index.d) != (rows, dim):
        shape = f"{index.ntotal} rows of {index.d}"
        raise KysyError(f"the index has {shape}, not {rows} of {dim}", where=str(path))
    return FaissVectors(index, exact if kind == "pq" else None)


def _factory(kind: VectorKind, rows: Floats) -> str:
    """Return faiss's name of an index; two dimensions together are told apart by four bits."""
    if kind == "flat":
        return "Flat"
    dim = rows.shape[1]
    return f"PQ{dim // 2 if dim % 2 == 0 else dim}x4fs"


def recall(exact: Sequence[Hits], found: Sequence[Hits]) -> float:
    """Mean share of the exact rows that were found, in [0, 1]."""
    shares = [
        len(set(e.rows.tolist()) & set(f.rows.tolist())) / max(len(e.rows), 1)
        for e, f in zip(exact, found, strict=True)
    ]
    return float(np.mean(shares))
