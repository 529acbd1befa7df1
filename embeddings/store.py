"""The documents, passages and fields of one snapshot, in one SQLite file.

Knows values and row numbers. Does not know vectors, words or how a snapshot is published.

A file is written once and then only read ("immutable" to SQLite: no locks, no journal). One
connection is opened with the snapshot and shared under a lock, so a snapshot that was replaced
and removed meanwhile still serves whoever holds it.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import TypeAdapter

from corpus.errors import KysyError
from corpus.model import Document, Field, Language, Passage

_SCHEMA = """
CREATE TABLE documents (
  ordinal INTEGER PRIMARY KEY, document_id TEXT NOT NULL UNIQUE, path TEXT NOT NULL,
  reader TEXT NOT NULL,
  title TEXT NOT NULL, source TEXT NOT NULL, language TEXT NOT NULL, modified TEXT, created TEXT,
  profile TEXT, sha256 TEXT NOT NULL, url TEXT, passages INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE passages (
  row INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, passage_id TEXT NOT NULL,
  heading_path TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
  language TEXT NOT NULL);
CREATE TABLE fields (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents, name TEXT NOT NULL,
  body TEXT NOT NULL);
"""
_INDEXES = """
CREATE INDEX passages_of_document ON passages (document);
CREATE INDEX fields_by_name ON fields (name, document);
CREATE INDEX fields_of_document ON fields (document);
"""
_ENTRY = """ordinal, document_id, title, source, language, modified, created, profile, sha256, url,
  passages, path, reader"""
_PATHS = 4_096  # heading paths kept as they were read
_KEPT = 1_000  # passages, and answers of a few documents' fields, kept as they were read
_FEW_DOCUMENTS = 8  # whose fields are kept
_Asked = tuple[tuple[str, ...] | None, tuple[int, ...]]  # names and ordinals of fields
_PASSAGE = """SELECT p.row, p.passage_id, d.document_id, p.heading_path, p.start, p."end", p.text,
  p.language FROM passages p JOIN documents d ON d.ordinal = p.document"""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document of a snapshot without its text; `path` is the file, `reader` what read it."""

    ordinal: int
    document_id: str
    title: str
    source: str
    language: Language
    modified: date | None
    created: date | None
    profile: str | None
    sha256: str
    url: str | None
    passages: int
    path: str
    reader: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it goes into the store: read from `path` by `reader`, cut into `passages`."""

    document: Document
    path: str
    reader: str
    passages: tuple[Passage, ...]


class Store:
    """Read access to one file; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        # one question reads the same few passages and fields again and again
        self._passages: dict[int, Passage] = {}
        self._fields: dict[_Asked, tuple[tuple[int, Field], ...]] = {}
        try:
            self._connection = sqlite3.connect(
                f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise KysyError(f"cannot be opened ({error})", where=str(path)) from error

    def __del__(self) -> None:
        connection = getattr(self, "_connection", None)
        if connection is not None:
            connection.close()

    def entries(self) -> tuple[DocumentEntry, ...]:
        """Return all documents without their texts, by ordinal."""
        rows = self._select(f"SELECT {_ENTRY} FROM documents ORDER BY ordinal")
        return tuple(_entry(row) for row in rows)

    def document(self, ordinal: int) -> Document:
        """Return the document of that ordinal, whole."""
        ((body,),) = self._select("SELECT body FROM documents WHERE ordinal = ?", (ordinal,))
        return _documents().validate_json(body)

    def passages(self, rows: Iterable[int]) -> tuple[Passage, ...]:
        """Return the passages of `rows`, in that order."""
        wanted = [int(row) for row in rows]
        found = {row: p for row in wanted if (p := self._passages.get(row)) is not None}
        missing = [row for row in wanted if row not in found]
        if missing:
            query = f"{_PASSAGE} WHERE p.row IN (SELECT value FROM json_each(?))"
            values = (json.dumps(missing),)
            read = {row[0]: _passage(row) for row in self._select(query, values)}
            _keep(self._passages, read)
            found |= read
        return tuple(found[row] for row in wanted)

    def fields(
        self, names: Sequence[str] | None = None, ordinals: Sequence[int] | None = None
    ) -> tuple[tuple[int, Field], ...]:
        """Return fields with the ordinal of their document, in the documents' order.

        Only those of `names` and of the documents `ordinals`, where given.
        """
        if ordinals is None or len(ordinals) > _FEW_DOCUMENTS:
            return self._read_fields(names, ordinals)
        asked = (None if names is None else tuple(names), tuple(map(int, ordinals)))
        found = self._fields.get(asked)
        if found is None:
            found = self._read_fields(names, ordinals)
            _keep(self._fields, {asked: found})
        return found

    def _read_fields(
        self, names: Sequence[str] | None, ordinals: Sequence[int] | None
    ) -> tuple[tuple[int, Field], ...]:
        conditions, values = [], []
        for column, wanted in (("name", names), ("document", ordinals)):
            if wanted is not None:
                conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps([v if isinstance(v, str) else int(v) for v in wanted]))
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        rows = self._select(f"SELECT document, body FROM fields {where} ORDER BY id", values)
        adapter = _fields()
        return tuple((ordinal, adapter.validate_json(body)) for ordinal, body in rows)

    def _select(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise KysyError(f"the store is damaged ({error})", where=str(self._path)) from error


def write_store(path: Path, documents: Iterable[StoredDocument]) -> int:
    """Write a store of `documents` to `path`; ordinals are positions. Returns how many fields.

    Passages get rows 0, 1, ... in the order of the documents and of their passages.
    """
    row = fields = 0
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
        for ordinal, stored in enumerate(documents):
            connection.execute(
                f"INSERT INTO documents VALUES ({','.join('?' * 14)})", _document(ordinal, stored)
            )
            connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_passage_row(row + i, ordinal, p) for i, p in enumerate(stored.passages)],
            )
            connection.executemany(
                "INSERT INTO fields (document, name, body) VALUES (?, ?, ?)",
                [
                    (ordinal, f.name, _fields().dump_json(f).decode())
                    for f in stored.document.fields
                ],
            )
            row += len(stored.passages)
            fields += len(stored.document.fields)
        connection.executescript(_INDEXES)
        connection.commit()
    return fields


def _keep(kept: dict[Any, Any], found: Mapping[Any, Any]) -> None:
    """Add what was read to what is kept, which begins anew when it is too much."""
    if len(kept) + len(found) > _KEPT:
        kept.clear()
    if len(found) <= _KEPT:
        kept.update(found)


@cache
def _documents() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@cache
def _fields() -> TypeAdapter[Field]:
    return TypeAdapter(Field)


def _document(ordinal: int, stored: StoredDocument) -> tuple[Any, ...]:
    d = stored.document
    dates = (str(day) if day else None for day in (d.modified, d.created))
    body = _documents().dump_json(d).decode()
    head = (ordinal, d.document_id, stored.path, stored.reader, d.title, d.source, d.language)
    return (*head, *dates, d.profile, d.sha256, d.url, len(stored.passages), body)


def _entry(row: tuple[Any, ...]) -> DocumentEntry:
    ordinal, document_id, title, source, language, modified, created, *rest = row
    days = (_date(modified), _date(created))
    return DocumentEntry(ordinal, document_id, title, source, language, *days, *rest)


def _passage_row(row: int, ordinal: int, p: Passage) -> tuple[Any, ...]:
    path = json.dumps(p.heading_path, ensure_ascii=False)
    return (row, ordinal, p.passage_id, path, p.start, p.end, p.text, p.language)


def _passage(row: tuple[Any, ...]) -> Passage:
    _, passage_id, document_id, path, start, end, text, language = row
    return Passage(passage_id, document_id, _path(path), start, end, text, language)


@lru_cache(maxsize=_PATHS)
def _path(text: str) -> tuple[str, ...]:
    """Read a heading path; pages of one template share theirs."""
    return tuple(json.loads(text))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
