"""Read a document file of any known format into text with headings and label-value pairs.

Chooses the reader by suffix, guards the size and maps every failure to one `KysyError` that names
the file. Does not know profiles, sections or fields; the formats live in `readers_*`.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from corpus.errors import KysyError
from corpus.rendering import Heading, Pair, ReadResult

__all__ = ["SUFFIXES", "Heading", "Pair", "ReadResult", "read"]

Reader = Callable[[bytes, int], ReadResult]

# The module and function of each format, imported when a file of it is read: asking reads none.
SUFFIXES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ".txt": ("corpus.readers_plain", "read_plain"),
        ".md": ("corpus.readers_markdown", "read_markdown"),
        ".html": ("corpus.readers_html", "read_html"),
        ".htm": ("corpus.readers_html", "read_html"),
        ".docx": ("corpus.readers_office", "read_docx"),
        ".odt": ("corpus.readers_office", "read_odt"),
        ".pdf": ("corpus.readers_pdf", "read_pdf"),
    }
)


def read(path: Path, *, max_bytes: int) -> ReadResult:
    """Read one file.

    Raises:
        KysyError: it is missing, a folder, empty, too large, of an unknown kind, damaged, protected
            or holds no text; the error names the file.

    """
    reader = _reader(path)
    data = _bytes(path, max_bytes)
    try:
        result = reader(data, max_bytes)
    except KysyError as error:
        raise KysyError(error.what, where=str(path), fix=error.fix) from error
    except RecursionError as error:
        raise KysyError("its markup is nested too deeply", where=str(path)) from error
    if not any(character.isalnum() for character in result.text):
        fix = "run text recognition (OCR) first" if path.suffix.lower() == ".pdf" else ""
        raise KysyError("no text found in the file", where=str(path), fix=fix)
    return replace(result, sha256=hashlib.sha256(data).hexdigest())


def _reader(path: Path) -> Reader:
    if path.suffix.lower() not in SUFFIXES:
        known = " ".join(sorted(SUFFIXES))
        raise KysyError("unknown kind of file", where=str(path), fix=f"known kinds are {known}")
    module, name = SUFFIXES[path.suffix.lower()]
    reader: Reader = getattr(import_module(module), name)
    return reader


def _bytes(path: Path, max_bytes: int) -> bytes:
    where = str(path)
    if path.is_dir():
        raise KysyError("a folder, not a file", where=where)
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise KysyError("no such file", where=where) from error
    except OSError as error:
        raise KysyError(f"cannot be read ({error.strerror})", where=where) from error
    if len(data) > max_bytes:
        size = f"larger than the limit of {max_bytes:,} bytes"
        raise KysyError(size, where=where, fix="split it or raise KYSY_MAX_FILE_BYTES")
    if not data:
        raise KysyError("the file is empty", where=where)
    return data
