"""The files of a snapshot, written into a directory, the manifest last.

Knows the layout that `snapshot` reads. Does not know where documents come from or how a directory
becomes the current snapshot.

Rows are rounded to half precision before they are indexed, so that a row taken over from an older
snapshot and the same row embedded anew are the same number.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.duplicates import near_duplicate_groups
from corpus.language import Analyzer
from corpus.model import Passage
from embeddings.encoder import MAX_TOKENS, Encoder, TokenEncoder
from embeddings.lexical import LexicalEntry, write_lexical
from embeddings.manifest import FORMAT, MANIFEST, Manifest, hash_files
from embeddings.model import Rows
from embeddings.snapshot import (
    CALIBRATION,
    EMBEDDINGS,
    LEXICAL,
    ROW,
    ROWS,
    STORE,
    VECTORS,
)
from embeddings.store import StoredDocument, write_store
from embeddings.tokens import TokenLists
from embeddings.vectors import kind_for, write_vectors
from embeddings.word_table import write_words

_BATCH = 1024
_MAX_CONTEXT_TOKENS = 128
_MAX_BODY_TOKENS = MAX_TOKENS - _MAX_CONTEXT_TOKENS

Progress = Callable[[str, int, int], None]
"""Told (stage, done, total) now and then; stages are "read", "embed", "words" and "write"."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """What an encoder makes of n passages: half-precision rows `(n, dim)`, and their tokens."""

    vectors: NDArray[np.float16]
    tokens: TokenLists

    def slice(self, first: int, last: int) -> "Encoded":
        """Return the passages `[first, last)`."""
        return Encoded(self.vectors[first:last], self.tokens.take(np.arange(first, last)))

    @staticmethod
    def join(pieces: Sequence["Encoded"]) -> "Encoded":
        """Return the passages of all `pieces`, in order."""
        return Encoded(
            np.concatenate([piece.vectors for piece in pieces]),
            TokenLists.join([piece.tokens for piece in pieces]),
        )


def write_snapshot(
    directory: Path,
    documents: Sequence[StoredDocument],
    encoded: Encoded,
    encoder: Encoder,
    analyzer: Analyzer,
    progress: Progress,
) -> Manifest:
    """Write the whole snapshot of `documents` into the empty `directory`."""
    passages = [passage for stored in documents for passage in stored.passages]
    kind = kind_for(len(passages))
    progress("write", 0, 3)
    fields = write_store(directory / STORE, documents)
    np.save(directory / ROWS, _rows(documents))
    progress("write", 1, 3)
    np.save(directory / EMBEDDINGS, encoded.vectors)
    write_words(directory, encoded.tokens, encoder if isinstance(encoder, TokenEncoder) else None)
    write_vectors(directory / VECTORS, encoded.vectors.astype(np.float32), kind)
    progress("write", 2, 3)
    (directory / LEXICAL).mkdir()
    write_lexical(directory / LEXICAL, _entries(documents, len(passages), progress), analyzer)
    progress("write", 3, 3)
    files = hash_files(directory)
    built = datetime.now(UTC)
    manifest = Manifest(
        format=FORMAT,
        snapshot=_snapshot_id(built, files),
        built=built,
        encoder=encoder.identity,
        dim=encoder.dim,
        vectors=kind,
        documents=len(documents),
        passages=len(passages),
        fields=fields,
        files=files,
    )
    return _write_manifest(directory, manifest)


def write_calibration(
    directory: Path, manifest: Manifest, calibration: Mapping[str, object]
) -> Manifest:
    """Add a calibration to an unpublished snapshot."""
    text = json.dumps(calibration, ensure_ascii=False, indent=1, allow_nan=False)
    (directory / CALIBRATION).write_text(text, encoding="utf-8")
    return _write_manifest(directory, manifest.model_copy(update={"files": hash_files(directory)}))


def encode(
    encoder: Encoder, passages: Sequence[tuple[str, Passage]], progress: Callable[[int], None]
) -> Encoded:
    """Encode passages, each with its context; `progress` is told how many are done."""
    progress(0)
    batches = [_batch(encoder, [])]
    for start in range(0, len(passages), _BATCH):
        batches.append(_batch(encoder, passages[start : start + _BATCH]))
        progress(min(start + _BATCH, len(passages)))
    return Encoded.join(batches)


def _batch(encoder: Encoder, passages: Sequence[tuple[str, Passage]]) -> Encoded:
    texts = [f"{context}\n{passage.text}" for context, passage in passages]
    vectors = encoder.encode_passages(texts).astype(np.float16)
    if isinstance(encoder, TokenEncoder):
        return Encoded(vectors, _tokens(encoder, passages))
    return Encoded(vectors, TokenLists.of([[]] * len(texts)))


def _tokens(encoder: TokenEncoder, passages: Sequence[tuple[str, Passage]]) -> TokenLists:
    """Return each passage's tokens after those of its context."""
    contexts = list(dict.fromkeys(context for context, _ in passages))  # a section repeats its own
    place = {context: i for i, context in enumerate(contexts)}
    rows = np.array([place[context] for context, _ in passages], np.int64)
    context = encoder.tokens(contexts).take(rows, _MAX_CONTEXT_TOKENS)
    bodies = encoder.tokens([passage.text for _, passage in passages])
    body = bodies.take(np.arange(len(passages)), _MAX_BODY_TOKENS)
    pairs = np.arange(2 * len(passages)).reshape(2, -1).T.ravel()
    both = TokenLists.join([context, body]).take(pairs)
    return TokenLists(both.ids, both.offsets[::2], both.heads)


def _rows(documents: Sequence[StoredDocument]) -> NDArray[np.void]:
    passages = [passage for stored in documents for passage in stored.passages]
    rows = np.zeros(len(passages), dtype=ROW)
    counts = [len(stored.passages) for stored in documents]
    rows["document"] = np.repeat(np.arange(len(documents)), counts)
    rows["start"] = [passage.start for passage in passages]
    rows["end"] = [passage.end for passage in passages]
    groups = near_duplicate_groups([passage.text for passage in passages])
    rows["duplicate_of"] = groups
    rows["group_documents"] = _documents_of_group(groups, rows["document"])
    return rows


def _documents_of_group(groups: Rows, documents: NDArray[np.int32]) -> NDArray[np.int64]:
    """For each row, how many different documents have a row of its group."""
    pairs = np.unique(np.stack([groups, documents.astype(np.int64)], axis=1), axis=0)
    return np.bincount(pairs[:, 0], minlength=len(groups))[groups]


def _entries(
    documents: Sequence[StoredDocument], total: int, progress: Progress
) -> Iterator[LexicalEntry]:
    done = 0
    for stored in documents:
        for passage in stored.passages:
            heading = " / ".join(passage.heading_path)
            yield LexicalEntry(stored.document.title, heading, passage.text)
            done += 1
        progress("words", done, total)


def _snapshot_id(built: datetime, files: Mapping[str, object]) -> str:
    digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:8]
    return f"{built:%Y%m%dT%H%M%S.%fZ}-{digest}"


def _write_manifest(directory: Path, manifest: Manifest) -> Manifest:
    text = manifest.model_dump_json(indent=1)
    (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return manifest
