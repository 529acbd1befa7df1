"""How a snapshot becomes the current one: one writer, built aside, published at once.

Knows the data directory (`current`, `lock`, `snapshots/`). Does not know what is in a snapshot.

Whatever moment the writer is killed at, `current` names a whole snapshot: the new directory is
complete and on disk before it gets its name, and `current` is replaced by one rename. A reader
sees the old name or the new one.
"""

import fcntl
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import KysyError

SNAPSHOTS = "snapshots"
CURRENT = "current"
LOCK = "lock"
KEPT = 2
_BUILDING = ".building-"
_SNAPSHOT_ID = re.compile(r"\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}")


def current_id(data_dir: Path) -> str:
    """Return the id of the published snapshot; KysyError when there is none."""
    pointer = data_dir / CURRENT
    try:
        snapshot_id = pointer.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise KysyError(
            "nothing is indexed here", where=str(data_dir), fix="run `kysy index PATH...` first"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _bad_pointer(pointer) from error
    if not _SNAPSHOT_ID.fullmatch(snapshot_id):
        raise _bad_pointer(pointer)
    return snapshot_id


def snapshot_directory(data_dir: Path, snapshot_id: str) -> Path:
    """Return where the snapshot of that id lies."""
    return data_dir / SNAPSHOTS / snapshot_id


def other_ids(data_dir: Path, snapshot_id: str) -> tuple[str, ...]:
    """Return the ids of the other snapshots that are kept, newest first."""
    folder = data_dir / SNAPSHOTS
    names = sorted((path.name for path in folder.glob("*")), reverse=True)
    return tuple(n for n in names if _SNAPSHOT_ID.fullmatch(n) and n != snapshot_id)


@contextmanager
def one_writer(data_dir: Path) -> Iterator[None]:
    """Hold the data directory for writing; KysyError when another process holds it.

    The lock is the operating system's, so a killed writer leaves none behind; what it left half
    built is removed here.
    """
    try:
        (data_dir / SNAPSHOTS).mkdir(parents=True, exist_ok=True)
        lock = (data_dir / LOCK).open("a")
    except OSError as error:
        reason = error.strerror or str(error)
        raise KysyError(f"cannot write here ({reason})", where=str(data_dir)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KysyError(
                "another kysy is indexing here", where=str(data_dir), fix="wait until it is done"
            ) from error
        for stale in (data_dir / SNAPSHOTS).glob(f"{_BUILDING}*"):
            shutil.rmtree(stale, ignore_errors=True)
        yield


@contextmanager
def building(data_dir: Path) -> Iterator[Path]:
    """Give a fresh directory to build in; it is removed unless it was published."""
    directory = data_dir / SNAPSHOTS / f"{_BUILDING}{os.getpid()}-{secrets.token_hex(4)}"
    directory.mkdir()
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def publish(data_dir: Path, directory: Path, snapshot_id: str) -> None:
    """Make the built `directory` the current snapshot; older ones than the last are removed."""
    mode = (data_dir / LOCK).stat().st_mode  # what the umask gives; some engines give less
    for path in directory.rglob("*"):
        if path.is_file():
            path.chmod(mode)
        _sync(path)
    _sync(directory)
    directory.rename(snapshot_directory(data_dir, snapshot_id))
    _sync(data_dir / SNAPSHOTS)
    _point_to(data_dir, snapshot_id)
    for old in other_ids(data_dir, snapshot_id)[KEPT - 1 :]:
        shutil.rmtree(snapshot_directory(data_dir, old), ignore_errors=True)


def _point_to(data_dir: Path, snapshot_id: str) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{CURRENT}-", dir=data_dir)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{snapshot_id}\n")
        file.flush()
        os.fchmod(file.fileno(), (data_dir / LOCK).stat().st_mode)
        os.fsync(file.fileno())
    Path(name).replace(data_dir / CURRENT)
    _sync(data_dir)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bad_pointer(pointer: Path) -> KysyError:
    return KysyError(
        "the pointer file does not name a snapshot",
        where=str(pointer),
        fix="run `kysy index` again",
    )
