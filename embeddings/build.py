"""Files in, published snapshot out; what did not change is not read or embedded again.

Knows the way from documents (`intake`) through the encoder to the files of a snapshot (`writing`)
and its publication (`publication`). Does not know file formats or what a question is.

`build` makes a snapshot of exactly the files it is given; `add` and `remove` change the one there
is. Documents are always in the order of their ids, so the way to a snapshot does not show in it.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

import numpy as np

from corpus.documents import SourceFile, find_files
from corpus.errors import KysyError
from corpus.language import Analyzer
from corpus.passages import context
from corpus.readers import SUFFIXES
from embeddings.encoder import Encoder
from embeddings.intake import Part, Reader, Skipped, known_files
from embeddings.manifest import check_files
from embeddings.publication import building, one_writer, publish
from embeddings.snapshot import Snapshot
from embeddings.writing import Encoded, Progress, encode, write_calibration, write_snapshot

logger = logging.getLogger(__name__)

MAX_BYTES = 50_000_000
Calibrate = Callable[[Snapshot], Mapping[str, object]]
"""Fits what the snapshot should carry for its readers; called before it is published."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was published; `embedded` and `reused` count passages."""

    snapshot_id: str
    documents: int
    passages: int
    embedded: int
    reused: int
    skipped: tuple[Skipped, ...] = ()


class Options(TypedDict, total=False):
    """How to build: the largest file read, whom to tell, and what to fit before publication."""

    max_bytes: int
    progress: Progress
    calibrate: Calibrate | None


@dataclass(frozen=True, slots=True)
class _Job:
    data_dir: Path
    encoder: Encoder
    analyzer: Analyzer
    max_bytes: int = MAX_BYTES
    progress: Progress = lambda stage, done, total: None
    calibrate: Calibrate | None = None

    def reader(self, previous: Snapshot | None) -> Reader:
        return Reader(previous, max_bytes=self.max_bytes, progress=self.progress)

    def current(self) -> Snapshot:
        """Open what there is, every byte of it checked: it will be published again."""
        snapshot = Snapshot.open(self.data_dir, self.encoder, self.analyzer)
        check_files(snapshot.directory, snapshot.manifest, whole=True)
        return snapshot


def build(
    paths: Sequence[Path],
    data_dir: Path,
    encoder: Encoder,
    analyzer: Analyzer,
    **options: Unpack[Options],
) -> BuildReport:
    """Publish a snapshot of the files at `paths`, in place of what was indexed before."""
    job = _Job(data_dir, encoder, analyzer, **options)
    files = _some_files(paths)
    with one_writer(data_dir):
        previous = _usable(job)
        reader = job.reader(previous)
        parts = [reader.read(file) for file in reader.counted(files)]
        return _publish([part for part in parts if part], reader.skipped, previous, job)


def add(
    paths: Sequence[Path],
    data_dir: Path,
    encoder: Encoder,
    analyzer: Analyzer,
    **options: Unpack[Options],
) -> BuildReport:
    """Publish a snapshot with the files at `paths` added, or read again where they are known.

    A known file keeps the id it has; one that cannot be read any more keeps its earlier version.
    KysyError, and nothing published, when none of them can be read.
    """
    job = _Job(data_dir, encoder, analyzer, **options)
    found = _some_files(paths)
    with one_writer(data_dir):
        previous = job.current()
        reader = job.reader(previous)
        named = {file.document_id: file for file in known_files(found, previous.documents)}
        files = [
            *named.values(),
            *(
                SourceFile(Path(entry.path), entry.document_id)
                for entry in previous.documents
                if entry.document_id not in named
            ),
        ]
        parts = [
            reader.refresh(file, asked=file.document_id in named) for file in reader.counted(files)
        ]
        unread = {skipped.source for skipped in reader.skipped}
        if all(str(file.path) in unread for file in named.values()):
            raise _unreadable(reader.skipped)
        return _publish([part for part in parts if part], reader.skipped, previous, job)


def remove(
    document_ids: Sequence[str],
    data_dir: Path,
    encoder: Encoder,
    analyzer: Analyzer,
    **options: Unpack[Options],
) -> BuildReport:
    """Publish a snapshot without the documents of those ids; KysyError for an unknown one."""
    job = _Job(data_dir, encoder, analyzer, **options)
    with one_writer(data_dir):
        previous = job.current()
        gone = {previous.ordinal(document_id) for document_id in document_ids}
        kept = [entry for entry in previous.documents if entry.ordinal not in gone]
        if not kept:
            raise KysyError(
                "removing this would leave no document",
                where=", ".join(document_ids),
                fix="index other documents first, or delete the data directory",
            )
        reader = job.reader(previous)
        return _publish([reader.keep(entry) for entry in kept], [], previous, job)


def _usable(job: _Job) -> Snapshot | None:
    """Return the current snapshot if it can be taken over: whole, and of the same encoder."""
    try:
        return job.current()
    except KysyError as error:
        logger.info("nothing is taken over: %s", error)
        return None


def _publish(
    parts: Sequence[Part], skipped: Sequence[Skipped], previous: Snapshot | None, job: _Job
) -> BuildReport:
    if not parts:
        raise _unreadable(skipped)
    ordered = sorted(parts, key=lambda part: part.stored.document.document_id)
    stored = [part.stored for part in ordered]
    with building(job.data_dir) as directory:
        encoded = _encoded(ordered, previous, job)
        manifest = write_snapshot(
            directory, stored, encoded, job.encoder, job.analyzer, job.progress
        )
        if job.calibrate is not None:
            snapshot = Snapshot.open_directory(directory, job.encoder, job.analyzer)
            manifest = write_calibration(directory, manifest, job.calibrate(snapshot))
        publish(job.data_dir, directory, manifest.snapshot)
    reused = sum(len(part.rows) for part in parts if part.rows is not None)
    return BuildReport(
        snapshot_id=manifest.snapshot,
        documents=manifest.documents,
        passages=manifest.passages,
        embedded=manifest.passages - reused,
        reused=reused,
        skipped=tuple(skipped),
    )


def _some_files(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """Find the document files at `paths`; KysyError, naming the paths, when there are none."""
    files = find_files(paths)
    if not files:
        kinds = " ".join(sorted(SUFFIXES))
        raise KysyError(
            "there are no documents here",
            where=", ".join(str(path) for path in paths),
            fix=f"name files, or folders that hold files of the kinds {kinds}",
        )
    return files


def _unreadable(skipped: Sequence[Skipped]) -> KysyError:
    first = f"{skipped[0].source}: {skipped[0].reason}"
    what = first if len(skipped) == 1 else f"none of {len(skipped)} files could be read ({first})"
    return KysyError(what, fix="nothing was published")


def _encoded(parts: Sequence[Part], previous: Snapshot | None, job: _Job) -> Encoded:
    """Encode the new documents and join them with the rows that are taken over."""
    new = [part.stored for part in parts if part.rows is None]
    wanted = [(context(s.document, passage), passage) for s in new for passage in s.passages]
    fresh = encode(job.encoder, wanted, lambda done: job.progress("embed", done, len(wanted)))
    pieces, row = [], 0
    for part in parts:
        if part.rows is None:
            last = row + len(part.stored.passages)
            pieces.append(fresh.slice(row, last))
            row = last
        else:
            assert previous is not None  # rows come from it
            vectors = previous.embeddings(part.rows).astype(np.float16)
            pieces.append(Encoded(vectors, previous.words.tokens(part.rows)))
    return Encoded.join(pieces)
