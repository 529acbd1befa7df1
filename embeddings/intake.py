"""What goes into a snapshot: documents read from files, or taken over from the snapshot before.

Knows when a file is unchanged, which id a file has, and what could not be read. Does not know
vectors, or how a snapshot is written and published.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import corpus
from corpus.documents import SourceFile, read_document
from corpus.errors import KysyError
from corpus.passages import passages
from corpus.profiles import Profile, load_profiles
from embeddings.model import Rows
from embeddings.snapshot import Snapshot
from embeddings.store import DocumentEntry, StoredDocument
from embeddings.writing import Progress


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the snapshot as it is now, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A document for the new snapshot; `rows` are those it had in the one before, if unchanged."""

    stored: StoredDocument
    rows: Rows | None = None


class Reader:
    """Reads files into parts, or takes them over from the snapshot before."""

    def __init__(self, previous: Snapshot | None, *, max_bytes: int, progress: Progress) -> None:
        self.skipped: list[Skipped] = []
        self._max_bytes = max_bytes
        self._progress = progress
        self._previous = previous
        self._profiles: tuple[Profile, ...] = load_profiles()
        known = previous.documents if previous else ()
        self._known = {entry.document_id: entry for entry in known}

    def counted(self, files: Sequence[SourceFile]) -> Iterable[SourceFile]:
        """Yield `files`, telling the progress."""
        for done, file in enumerate(files):
            self._progress("read", done, len(files))
            yield file
        self._progress("read", len(files), len(files))

    def read(self, file: SourceFile) -> Part | None:
        """Read a file unless it is unchanged; None, and a note, when it cannot be read."""
        try:
            entry = self._known.get(file.document_id)
            if entry is not None and self._unchanged(file, entry):
                return self.keep(replace(entry, path=str(file.path.absolute())))
            return self._read(file)
        except (KysyError, OSError) as error:
            self.skipped.append(Skipped(str(file.path), _reason(error)))
            return None

    def refresh(self, file: SourceFile, *, asked: bool) -> Part | None:
        """Read a file if that was asked for or the readers changed; else keep its version."""
        entry = self._known.get(file.document_id)
        if entry is None:
            return self.read(file)
        if not asked and (entry.reader == reader_version() or not file.path.is_file()):
            return self.keep(entry)
        return self.read(file) or self.keep(entry)

    def keep(self, entry: DocumentEntry) -> Part:
        """Take a document over, with its passages and their rows."""
        assert self._previous is not None  # entries come from it
        rows = self._previous.rows_of([entry.ordinal])
        document = self._previous.document(entry.document_id)
        stored = StoredDocument(document, entry.path, entry.reader, self._previous.passages(rows))
        return Part(stored, rows)

    def _read(self, file: SourceFile) -> Part:
        document = read_document(
            file.path, file.document_id, self._profiles, max_bytes=self._max_bytes
        )
        cut = passages(document)
        if not cut:
            raise KysyError("there is no text in it", where=str(file.path))
        return Part(StoredDocument(document, str(file.path.absolute()), reader_version(), cut))

    def _unchanged(self, file: SourceFile, entry: DocumentEntry) -> bool:
        if entry.reader != reader_version() or file.path.stat().st_size > self._max_bytes:
            return False
        return hashlib.sha256(file.path.read_bytes()).hexdigest() == entry.sha256


def _reason(error: KysyError | OSError) -> str:
    """Say what is wrong with a file and what to do; its name stands beside."""
    if isinstance(error, KysyError):
        return str(KysyError(error.what, fix=error.fix))
    return str(error)


@cache
def reader_version() -> str:
    """Return a hash of the installed `corpus` package: its code, profiles and word lists.

    Documents read with another version are read again, so no version has to be kept by hand.
    """
    digest = hashlib.sha256()
    for path in sorted(Path(corpus.__file__).parent.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".toml", ".tsv"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def known_files(
    found: Sequence[SourceFile], entries: Sequence[DocumentEntry]
) -> tuple[SourceFile, ...]:
    """Give files that were indexed before the ids they have; KysyError if an id means another."""
    by_path = {entry.path: entry for entry in entries}
    by_id = {entry.document_id: entry for entry in entries}
    files = []
    for file in found:
        path = str(file.path.absolute())
        if entry := by_path.get(path):
            files.append(SourceFile(file.path, entry.document_id))
            continue
        other = by_id.get(file.document_id)
        if other is not None and Path(other.path).is_file():
            raise KysyError(
                f"the id {file.document_id} already belongs to {other.path}",
                where=path,
                fix=f"run `kysy remove {file.document_id}` first, or rename the file",
            )
        files.append(file)
    return tuple(files)
