"""The manifest of a snapshot: what it holds, what made it, and the hash of its every file.

Knows files and their hashes. Does not know what is in them. A directory without a valid manifest
is not a snapshot.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import KysyError
from embeddings.vectors import VectorKind

FORMAT = 2
MANIFEST = "manifest.json"
REBUILD = "run `kysy index` again"
# Hashing what is smaller than this takes milliseconds, so opening checks it every time.
_SMALL = 1 << 20


class FileEntry(BaseModel):
    """Size in bytes and SHA-256 of one file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class _Format(BaseModel):
    """The one entry that every version of the manifest has."""

    format: int


class Manifest(BaseModel):
    """What one snapshot is. `files` maps paths below its directory to their hashes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    snapshot: str
    built: datetime
    encoder: str
    dim: int = Field(ge=1)
    vectors: VectorKind
    documents: int = Field(ge=1)
    passages: int = Field(ge=1)
    fields: int = Field(ge=0)
    files: Mapping[str, FileEntry]


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest of a snapshot; KysyError when it is missing, damaged or foreign."""
    path = directory / MANIFEST
    try:
        raw = path.read_bytes()
        found = _Format.model_validate_json(raw).format
        manifest = Manifest.model_validate_json(raw) if found == FORMAT else None
    except FileNotFoundError as error:
        raise KysyError("this is not a snapshot", where=str(directory), fix=REBUILD) from error
    except (OSError, ValidationError) as error:
        raise KysyError("the manifest is damaged", where=str(path), fix=REBUILD) from error
    if manifest is None:
        what = f"the snapshot has format {found}, this Kysy reads format {FORMAT}"
        raise KysyError(what, where=str(directory), fix=REBUILD)
    return manifest


def check_files(directory: Path, manifest: Manifest, *, whole: bool = False) -> None:
    """Compare every file with the manifest: sizes always, hashes of small files or of all.

    KysyError names the first file that differs.
    """
    for name, entry in manifest.files.items():
        path = directory / name
        try:
            size = path.stat().st_size
        except OSError as error:
            raise _damage(path, "the file is missing") from error
        if size != entry.size:
            raise _damage(path, f"the file has {size} bytes, not {entry.size}")
        if (whole or size < _SMALL) and _sha256(path) != entry.sha256:
            raise _damage(path, "the file is not the one that was written (SHA-256 differs)")


def hash_files(directory: Path) -> dict[str, FileEntry]:
    """Hash every file below `directory` but the manifest itself and lock files."""
    return {
        path.relative_to(directory).as_posix(): FileEntry(
            size=path.stat().st_size, sha256=_sha256(path)
        )
        for path in _files(directory)
    }


def _files(directory: Path) -> Iterator[Path]:
    for path in sorted(directory.rglob("*")):
        if path.is_file() and path.name != MANIFEST and path.suffix != ".lock":
            yield path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damage(path: Path, what: str) -> KysyError:
    return KysyError(what, where=str(path), fix=REBUILD)
