"""One immutable generation of the index, opened for reading.

Knows rows: their vectors, words, passages and documents. Does not know how it was made
(`build`), what a question means, or which encoder is best.

Opening maps the large files into memory and reads the small ones, so it takes milliseconds. It
checks the manifest, every file's size and the hashes of files under a mebibyte; `catalogue` checks
all on demand. Nothing else is ever served in place of a damaged snapshot.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import KysyError
from corpus.language import Analyzer
from corpus.model import Document, Field, Passage
from embeddings.encoder import Encoder
from embeddings.halves import widened
from embeddings.lexical import LexicalIndex
from embeddings.manifest import REBUILD, Manifest, check_files, read_manifest
from embeddings.model import Floats, Rows
from embeddings.publication import CURRENT, current_id, other_ids, snapshot_directory
from embeddings.store import DocumentEntry, Store
from embeddings.vectors import VectorIndex, open_vectors
from embeddings.word_table import OCCURRENCES, OFFSETS, PIECES, WORDS, WordTable, word_table

STORE = "store.sqlite"
VECTORS = "vectors.faiss"
EMBEDDINGS = "vectors.npy"
ROWS = "rows.npy"
LEXICAL = "lexical"
CALIBRATION = "calibration.json"

# One record for each passage: its document's ordinal, its span, the lowest row with nearly the
# same text, and in how many documents that text occurs.
ROW = np.dtype(
    [
        ("document", "<i4"),
        ("start", "<i4"),
        ("end", "<i4"),
        ("duplicate_of", "<i8"),
        ("group_documents", "<i4"),
    ]
)
_PAGE = 4096


class WrongEncoderError(KysyError):
    """The snapshot is whole, but its vectors are another encoder's."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Everything a search needs, by row; arrays of n rows are in the order of the passages.

    `passage_document` is the document's ordinal `(n,)`, `duplicate_of` the lowest row of nearly
    the same text `(n,)`, `group_documents` in how many documents that text occurs `(n,)`, `words`
    the words of each row, title and headings first; an encoder without tokens has none.
    `languages` are the documents', by ordinal.
    """

    directory: Path
    manifest: Manifest
    vectors: VectorIndex
    lexical: LexicalIndex
    documents: tuple[DocumentEntry, ...]
    languages: NDArray[np.str_]
    passage_document: NDArray[np.int32]
    duplicate_of: Rows
    group_documents: NDArray[np.int32]
    words: WordTable
    calibration: dict[str, Any] | None
    _store: Store
    _spans: NDArray[np.int32]
    _first_row: Rows
    _ordinals: dict[str, int]
    _embeddings: NDArray[np.float16]

    @classmethod
    def open(cls, data_dir: Path, encoder: Encoder, analyzer: Analyzer) -> "Snapshot":
        """Open the current snapshot of a data directory.

        KysyError when there is none, when it is damaged, or when another encoder made it.
        """
        snapshot_id = current_id(data_dir)
        try:
            return cls.open_directory(snapshot_directory(data_dir, snapshot_id), encoder, analyzer)
        except KysyError as error:
            if current_id(data_dir) != snapshot_id:  # published and pruned while we opened
                return cls.open(data_dir, encoder, analyzer)
            raise _with_a_way_out(error, data_dir, snapshot_id) from error

    @classmethod
    def open_directory(cls, directory: Path, encoder: Encoder, analyzer: Analyzer) -> "Snapshot":
        """Open the snapshot in `directory`, published or not."""
        manifest = read_manifest(directory)
        check_files(directory, manifest)
        if manifest.encoder != encoder.identity:
            what = f"this snapshot was made with encoder {manifest.encoder}, not {encoder.identity}"
            fix = "run `kysy index` again or set KYSY_ENCODER"
            raise WrongEncoderError(what, where=str(directory), fix=fix)
        store = Store(directory / STORE)
        documents = store.entries()
        rows = _load(directory / ROWS)
        embeddings = _load(directory / EMBEDDINGS, mapped=True)
        if embeddings.shape != (manifest.passages, manifest.dim):
            raise KysyError(
                "the vectors are damaged", where=str(directory / EMBEDDINGS), fix=REBUILD
            )
        return cls(
            directory=directory,
            manifest=manifest,
            vectors=open_vectors(directory / VECTORS, manifest.vectors, embeddings),
            lexical=LexicalIndex.open(directory / LEXICAL, analyzer),
            documents=documents,
            languages=np.array([entry.language for entry in documents], np.str_),
            passage_document=np.ascontiguousarray(rows["document"]),
            duplicate_of=np.ascontiguousarray(rows["duplicate_of"]),
            group_documents=np.ascontiguousarray(rows["group_documents"]),
            words=word_table(
                _load(directory / WORDS),
                _load(directory / PIECES, mapped=True),
                _load(directory / OCCURRENCES, mapped=True),
                _load(directory / OFFSETS),
                where=str(directory / WORDS),
            ),
            calibration=_calibration(directory / CALIBRATION),
            _store=store,
            _spans=np.stack([rows["start"], rows["end"]], axis=1),
            _first_row=np.cumsum([0, *(entry.passages for entry in documents)], dtype=np.int64),
            _ordinals={entry.document_id: entry.ordinal for entry in documents},
            _embeddings=embeddings,
        )

    @property
    def snapshot_id(self) -> str:
        """The name of this generation: UTC time and a short hash."""
        return self.manifest.snapshot

    def __len__(self) -> int:
        return self.manifest.passages

    def embeddings(self, rows: Rows) -> Floats:
        """Return the passages' vectors `(len(rows), dim)`, unit rows to half precision."""
        return widened(self._embeddings[rows])

    def passages(self, rows: Sequence[int] | Rows) -> tuple[Passage, ...]:
        """Return the passages of `rows`, in that order."""
        return self._store.passages(int(row) for row in rows)

    def document(self, document_id: str) -> Document:
        """Return a document, whole; KysyError when the snapshot has none of that id."""
        return self._store.document(self.ordinal(document_id))

    def ordinal(self, document_id: str) -> int:
        """Return the ordinal of a document; KysyError when the snapshot has none of that id."""
        try:
            return self._ordinals[document_id]
        except KeyError as error:
            raise KysyError("there is no document of that id", where=document_id) from error

    def fields(
        self, names: Sequence[str] | None = None, ordinals: Sequence[int] | None = None
    ) -> tuple[tuple[int, Field], ...]:
        """Return (document ordinal, field) in the documents' order; only those asked for."""
        return self._store.fields(names, ordinals)

    def rows_of(self, ordinals: Sequence[int]) -> Rows:
        """Return all rows of the documents `ordinals`, document by document."""
        runs = [np.arange(self._first_row[i], self._first_row[i + 1]) for i in ordinals]
        return np.concatenate(runs) if runs else np.zeros(0, dtype=np.int64)

    def row_at(self, ordinal: int, start: int, end: int) -> int:
        """Return the first row of a document that holds `[start, end)`, -1 if none does."""
        first, last = self._first_row[ordinal], self._first_row[ordinal + 1]
        spans = self._spans[first:last]
        inside = np.flatnonzero((spans[:, 0] <= start) & (end <= spans[:, 1]))
        return int(first + inside[0]) if len(inside) else -1

    def saying(self, term: str) -> frozenset[int]:
        """Return the ordinals of the documents whose text has an index term."""
        rows = self.lexical.rows_with(term)
        return frozenset(self.passage_document[rows].tolist())

    def lengths(self, rows: Rows) -> NDArray[np.int32]:
        """Return the length of each passage in characters `(len(rows),)`."""
        spans = self._spans[np.asarray(rows, dtype=np.int64)]
        return np.asarray(spans[:, 1] - spans[:, 0], dtype=np.int32)

    def rows_over(self, ordinal: int, start: int, end: int) -> Rows:
        """Return all rows of a document that share a character with `[start, end)`, in order.

        A field of several paragraphs is cut into passages: no one row holds it.
        """
        first, last = self._first_row[ordinal], self._first_row[ordinal + 1]
        spans = self._spans[first:last]
        over = (spans[:, 0] < end) & (start < spans[:, 1])
        return np.asarray(first + np.flatnonzero(over), dtype=np.int64)


def catalogue(
    data_dir: Path, *, verify: bool = False
) -> tuple[Manifest, tuple[DocumentEntry, ...]]:
    """Return what the current snapshot holds, without opening an encoder or its indexes.

    KysyError for a file of another size, or, with `verify`, for any that differs.
    """
    snapshot_id = current_id(data_dir)
    directory = snapshot_directory(data_dir, snapshot_id)
    try:
        manifest = read_manifest(directory)
        check_files(directory, manifest, whole=verify)
    except KysyError as error:
        raise _with_a_way_out(error, data_dir, snapshot_id) from error
    return manifest, Store(directory / STORE).entries()


def _with_a_way_out(error: KysyError, data_dir: Path, snapshot_id: str) -> KysyError:
    """Add to the error about a damaged snapshot that an earlier one is whole, if one is."""
    if isinstance(error, WrongEncoderError):
        return error
    for other in other_ids(data_dir, snapshot_id):
        directory = snapshot_directory(data_dir, other)
        try:
            check_files(directory, read_manifest(directory), whole=True)
        except KysyError:
            continue
        fix = f"{REBUILD}, or write {other}, an earlier snapshot that is whole, into"
        return KysyError(error.what, where=error.where, fix=f"{fix} {data_dir / CURRENT}")
    return error


def _load(path: Path, *, mapped: bool = False) -> NDArray[Any]:
    """Read an array; `mapped` leaves a large one on disk until it is used."""
    try:
        mode: Any = "r" if mapped and path.stat().st_size > _PAGE else None
        return np.asarray(np.load(path, mmap_mode=mode))
    except (OSError, ValueError) as error:
        raise KysyError("the array is damaged", where=str(path), fix=REBUILD) from error


def _calibration(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
