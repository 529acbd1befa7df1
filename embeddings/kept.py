"""Arrays that follow from what ships with the program: made once, kept in the user's cache.

Knows one file for each array, which holds what it was made from and a checksum: another text or
model makes it anew in the same place. Does not know what the arrays are. Where nothing can be kept,
or what was kept is damaged, the array is made again.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from platformdirs import user_cache_dir

from embeddings.model import Floats

logger = logging.getLogger(__name__)

_DIGEST = 32  # bytes of a SHA-256


def default_folder() -> Path:
    """Return the folder of this user's kept arrays."""
    return Path(user_cache_dir("kysy", appauthor=False)) / "arrays"


def kept(
    name: str, said: Iterable[str], make: Callable[[], Floats], columns: int, folder: Path
) -> Floats:
    """Return what `make` gives, `(n, columns)` float32, from `folder` where it was made before.

    `name` says which array it is: a new one takes the place of an old one. `said` is all that it
    follows from: texts, the model's identity, the numbers of the method.
    """
    source = hashlib.sha256("\0".join(said).encode("utf-8")).digest()
    path = folder / hashlib.sha256(name.encode("utf-8")).hexdigest()[:16]
    found = _read(path, source) if path.is_absolute() else None
    if found is not None and len(found) % columns == 0:
        return found.reshape(-1, columns)
    made = np.ascontiguousarray(make(), dtype=np.float32)
    try:
        _write(made, source, path)
    except OSError as error:
        logger.info("cannot keep arrays in %s (%s); making them at every start", folder, error)
    return made


def _read(path: Path, source: bytes) -> Floats | None:
    """Return the numbers of a file that was made from `source` and is whole, else None."""
    try:
        content = memoryview(path.read_bytes())
    except OSError:
        return None
    head, body = content[: 2 * _DIGEST], content[2 * _DIGEST :]
    if head != source + hashlib.sha256(body).digest() or len(body) % 4:
        return None
    return np.frombuffer(body, dtype=np.float32)


def _write(array: Floats, source: bytes, path: Path) -> None:
    """Write aside and move into place: a reader sees a whole file or none."""
    if not path.is_absolute():
        raise OSError("there is no home directory")
    path.parent.mkdir(parents=True, exist_ok=True)
    body = array.tobytes()
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="made-", delete=False) as file:
        try:
            file.write(source + hashlib.sha256(body).digest() + body)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise
