"""What an encoder is, and how one is chosen by name.

Knows the two protocols and the table of adapters. Does not know any model library: an adapter is
imported when it is asked for, so that the bundled model never pays for torch.
"""

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.errors import KysyError
from embeddings.model import Floats
from embeddings.tokens import TokenLists

BUNDLED = "bundled"
BUNDLED_MODEL = Path(__file__).parent / "models" / "kysy-static"
MAX_TOKENS = 512

# kind: (module, factory in it, package it needs, what installs that package)
_ADAPTERS = {
    "static": ("embeddings.static", "open_static", "tokenizers", "kysy"),
    "sentence-transformers": (
        "embeddings.transformer",
        "open_transformer",
        "sentence_transformers",
        "kysy[models]",
    ),
}


class Encoder(Protocol):
    """Turns texts into `(n, dim)` float32 rows of unit length (zero rows where there is nothing).

    `identity` names the very model, weights included: snapshots of one identity fit no other.
    """

    @property
    def identity(self) -> str:
        """Name and content hash, "name:0123456789abcdef"."""

    @property
    def dim(self) -> int:
        """Length of a row."""

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return rows for questions, `(n, dim)`."""

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Return rows for passages, `(n, dim)`."""


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder whose tokens have rows of their own, for late interaction."""

    def tokens(self, texts: Sequence[str]) -> TokenLists:
        """Return the tokens of each text in order, at most `MAX_TOKENS` of them."""

    def token_rows(self, ids: NDArray[np.uint32]) -> Floats:
        """Return rows `(len(ids), dim)`; the sum of a text's rows has the text's direction.

        The length of a row, or of the sum of a word's rows, says how much it weighs.
        """


def open_encoder(name: str) -> Encoder:
    """Open `bundled`, a folder with a model, or a sentence-transformers model by its name.

    KysyError when there is no such model, or when the package that runs it is not installed.
    """
    source = str(BUNDLED_MODEL) if name == BUNDLED else name
    if not source.strip():
        raise KysyError("no encoder is named", fix=f"use `{BUNDLED}` or a model's name or path")
    if _looks_like_a_path(source) and not Path(source).is_dir():
        raise KysyError("there is no model folder here", where=source, fix="check KYSY_ENCODER")
    module, factory, package, extra = _ADAPTERS[_kind(Path(source))]
    try:
        adapter = import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != package:
            raise
        raise KysyError(
            f"the encoder needs the package {package}",
            where=name,
            fix=f'install it with: pip install "{extra}"',
        ) from error
    return cast(Encoder, getattr(adapter, factory)(source))


def _looks_like_a_path(source: str) -> bool:
    return Path(source).is_absolute() or source.startswith((".", "~")) or source.count("/") > 1


def _kind(folder: Path) -> str:
    """Tell a static table from a network by the list of modules that both kinds of folder carry."""
    modules = folder / "modules.json"
    if not modules.is_file():
        return "sentence-transformers"
    try:
        first = json.loads(modules.read_text(encoding="utf-8"))[0]["type"]
    except (ValueError, LookupError, TypeError) as error:
        raise KysyError("the list of modules is damaged", where=str(modules)) from error
    return "static" if str(first).endswith("StaticEmbedding") else "sentence-transformers"
