"""Measures the kinds of vector index on real text: `python -m embeddings.benchmark TEXTS`.

Knows the vector index and an encoder. Does not know snapshots. `FLAT_UP_TO` in `vectors` was
chosen by its table, which DECISIONS.md keeps.

TEXTS has one passage a line. When more rows are wanted than it has lines, lines are repeated with
a little noise on their vectors.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import numpy as np
from rich.console import Console
from rich.table import Table

from embeddings.encoder import Encoder, open_encoder
from embeddings.model import Floats
from embeddings.vectors import VectorKind, open_vectors, recall, write_vectors

_NOISE = 0.02
_QUERIES = 200
_K = 100


def main() -> None:
    """Print a table with a line for each kind and size."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.benchmark", description=__doc__)
    parser.add_argument("texts", type=Path, help="a file with one passage a line")
    parser.add_argument("--encoder", default="bundled", help="as KYSY_ENCODER")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    arguments = parser.parse_args()
    table = Table("kind", "rows", "p50 ms", "p99 ms", f"recall@{_K}", "MB", "build s", "open ms")
    lines = arguments.texts.read_text(encoding="utf-8").splitlines()
    vectors, queries = sample(lines, open_encoder(arguments.encoder), max(arguments.sizes))
    with tempfile.TemporaryDirectory() as folder:
        for size in arguments.sizes:
            for cells in measure(vectors[:size], queries, Path(folder) / "vectors"):
                table.add_row(*cells)
    Console().print(table)


def sample(lines: list[str], encoder: Encoder, size: int) -> tuple[Floats, Floats]:
    """Return `size` rows in random order, and queries: halves of lines that are not among them."""
    generator = np.random.default_rng(0)
    order = generator.permutation([i for i, line in enumerate(lines) if line.strip()])
    halves = [lines[i][: len(lines[i]) // 2] for i in order[:_QUERIES]]
    vectors = encoder.encode_passages([lines[i] for i in order[_QUERIES : _QUERIES + size]])
    repeats = -(-size // len(vectors))
    rows = np.concatenate([vectors] * repeats)[:size]
    noise = generator.standard_normal(rows[len(vectors) :].shape).astype(np.float32) * _NOISE
    rows[len(vectors) :] += noise
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows, encoder.encode_queries(halves)


def measure(vectors: Floats, queries: Floats, path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the cells of one line for each kind; the first, flat, is the exact one."""
    exact, halves = None, vectors.astype(np.float16)
    for kind in get_args(VectorKind):
        start = time.perf_counter()
        write_vectors(path, vectors, kind)
        built = time.perf_counter()
        index = open_vectors(path, kind, halves)
        opened = time.perf_counter()
        found, taken = [], []
        for query in queries:
            begun = time.perf_counter()
            found += index.search(query[None], _K)
            taken.append((time.perf_counter() - begun) * 1000)
        exact = exact or found
        yield (
            kind,
            f"{len(vectors):,}",
            f"{np.percentile(taken, 50):.2f}",
            f"{np.percentile(taken, 99):.2f}",
            f"{recall(exact, found):.4f}",
            f"{path.stat().st_size / 1e6:.1f}",
            f"{built - start:.1f}",
            f"{(opened - built) * 1000:.1f}",
        )


if __name__ == "__main__":
    main()
