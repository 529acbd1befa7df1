"""Reads the training texts: pairs of texts from TSV files, as `sources.toml` lists them.

It knows files, columns and how one file's pairs are made from another's. It does not know tokens,
batches or models. Every complaint names the file and the line.
"""

import gzip
import tomllib
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TextIO, cast

from corpus.errors import KysyError

SOURCES = Path(__file__).with_name("sources.toml")
MAX_CHARACTERS = 1000
_KEY_CHARACTERS = 300
_TERM_COLUMNS = 4
_PARALLEL_COLUMNS = 5

Triple = tuple[str, str, str]


class TrainingDataError(KysyError):
    """The training data is missing, damaged or not what the sources table says."""


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the mixture; the fields are documented at the top of `sources.toml`."""

    name: str
    file: str
    kind: Literal["search", "same"]
    share: float
    a: int = 2
    b: int = 4
    through: str = ""
    window: int = 0
    terms: bool = False
    labels: tuple[str, ...] = ()
    pieces: float = 0.0
    mined: bool = field(default=False, repr=False)  # changes no token, so it names no cache file
    last: float | None = field(default=None, repr=False)  # nor does a share


@dataclass(frozen=True, slots=True)
class Pairs:
    """Texts of one source; `keys[i]` is equal for rows that must not be each other's negatives."""

    a: list[str]
    b: list[str]
    keys: list[int]


def load_sources(path: Path = SOURCES) -> tuple[Source, ...]:
    """Read the mixture table.

    Raises `TrainingDataError` when it is not TOML or a row has a wrong or missing key.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise TrainingDataError(
            f"cannot read the sources table: {error}", where=str(path)
        ) from error
    sources = []
    for name, row in tables.items():
        try:
            sources.append(Source(**{**row, "name": name, "labels": tuple(row.get("labels", ()))}))
        except TypeError as error:
            raise TrainingDataError(f"source [{name}]: {error}", where=str(path)) from error
    return tuple(sources)


def read_rows(path: Path, columns: int) -> Iterator[list[str]]:
    """Yield the cells of every line of a TSV file (`.gz` or plain), `columns` or more of them.

    Raises `TrainingDataError` with the file and the line number.
    """
    line = 0
    try:
        with _open(path) as lines:
            for line, text in enumerate(lines, start=1):
                cells = text.rstrip("\n").split("\t")
                if len(cells) < columns:
                    raise _bad(path, line, f"{len(cells)} columns, at least {columns} wanted")
                yield cells
    except FileNotFoundError as error:
        raise TrainingDataError(
            "no such file", where=str(path), fix="is this the data directory?"
        ) from error
    except UnicodeDecodeError as error:
        raise _bad(path, line + 1, f"not UTF-8 ({error.reason})") from error
    except (OSError, EOFError, zlib.error) as error:
        raise _bad(path, line + 1, f"cannot be read ({error})") from error


def read_pairs(source: Source, directory: Path, held_out: frozenset[str] = frozenset()) -> Pairs:
    """Read one source below `directory`, without rows that have a text of `held_out`.

    `held_out` holds texts as `fold` makes them. A file without a folder in its name lies beside
    the sources table. Raises `TrainingDataError`.
    """
    path = directory / source.file if "/" in source.file else SOURCES.with_name(source.file)
    triples = _terms(path) if source.terms else _pairs(path, source)
    if source.through:
        translation = _translations(directory / source.through)
        triples = [(translation[a], b, key) for a, b, key in triples if a in translation]
    kept = [
        (a[:MAX_CHARACTERS], b[:MAX_CHARACTERS], key)
        for a, b, key in triples
        if a and b and fold(a) not in held_out and fold(b) not in held_out
    ]
    if not kept:
        raise TrainingDataError(f"no usable row for source [{source.name}]", where=str(path))
    keys = [zlib.crc32(key[:_KEY_CHARACTERS].encode()) for _, _, key in kept]
    return Pairs([a for a, _, _ in kept], [b for _, b, _ in kept], keys)


def fold(text: str) -> str:
    """Return the text as overlap is checked: lower case, single spaces."""
    return " ".join(text.lower().split())


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast(TextIO, gzip.open(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8")


def _bad(path: Path, line: int, what: str) -> TrainingDataError:
    return TrainingDataError(what, where=f"{path}, line {line}")


def _pairs(path: Path, source: Source) -> list[Triple]:
    rows = list(read_rows(path, max(source.a, source.b) + 1))
    if source.labels:
        rows = [row for row in rows if row[-1] in source.labels]
    if source.window:
        return _windows(rows, source)
    return [(row[source.a], row[source.b], row[source.b]) for row in rows]


def _windows(rows: Sequence[list[str]], source: Source) -> list[Triple]:
    """Pair each sentence with its passage: the neighbouring rows of the same document."""
    sentences = [row for row in rows if ".q" not in row[0]]
    documents = [row[0].split(".")[0] for row in sentences]
    triples = []
    for i, row in enumerate(sentences):
        low, high = max(0, i - source.window), min(len(sentences), i + source.window + 1)
        around = [sentences[j][source.b] for j in range(low, high) if documents[j] == documents[i]]
        if len(around) > source.window:
            triples.append((row[source.a], " ".join(around), row[source.b]))
    return triples


def _terms(path: Path) -> list[Triple]:
    """Pair every name of a concept with its preferred names (concept, language, rank, name)."""
    concepts: dict[str, list[list[str]]] = defaultdict(list)
    for row in read_rows(path, _TERM_COLUMNS):
        concepts[row[0]].append(row)
    triples = []
    for concept, rows in concepts.items():
        preferred = [row for row in rows if row[2] == "pref"]
        for one in rows:
            triples += [(one[3], each[3], concept) for each in preferred if each[3] != one[3]]
    return triples


def _translations(path: Path) -> dict[str, str]:
    """Map every Finnish text of a parallel file to its other language."""
    found = {}
    for row in read_rows(path, _PARALLEL_COLUMNS):
        one, other = (row[2], row[4]) if row[1] == "fi" else (row[4], row[2])
        found[one] = other
    return found
