"""Arrays that follow from what ships with the program: made once, kept in the user's cache.

Knows one file for each array, named by a hash of all that it follows from; so another text or model
makes another file, and an old one is never read. Does not know what the arrays are. Where nothing
can be kept, or what was kept is damaged, the array is made again.
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


def default_folder() -> Path:
    """Return the folder of this user's kept arrays."""
    return Path(user_cache_dir("kysy", appauthor=False)) / "arrays"


def kept(said: Iterable[str], make: Callable[[], Floats], folder: Path) -> Floats:
    """Return what `make` gives, float32, from `folder` where it was made before.

    `said` is all that it follows from: texts, the model's identity, the numbers of the method.
    """
    digest = hashlib.sha256("\0".join(said).encode("utf-8")).hexdigest()[:32]
    path = folder / f"{digest}.npy"
    found = _read(path)
    if found is not None:
        return found
    made = make()
    try:
        _write(made, path)
    except OSError as error:
        logger.info("cannot keep arrays in %s (%s); making them at every start", folder, error)
    return made


def _read(path: Path) -> Floats | None:
    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):  # not there, or cut short
        return None
    return np.asarray(found) if found.dtype == np.float32 else None


def _write(array: Floats, path: Path) -> None:
    """Write aside and move into place: a reader sees a whole file or none."""
    if not path.is_absolute():
        raise OSError("there is no home directory")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="made-") as aside:
        made = Path(aside) / path.name
        np.save(made, array)
        os.replace(made, path)
