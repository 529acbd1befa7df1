"""The static encoder: a table with one vector for each token, averaged over a text.

Knows token tables in the format that model2vec and sentence-transformers share. Does not know how
a table was trained. The only module that imports model2vec.

A text's row is the mean of its tokens' rows, scaled to unit length (the bag-of-tokens model of
"Sentence Embeddings in 50 microseconds", model2vec). The mean is taken here, text by text, in
single precision: model2vec's own call changes its tokenizer on the way, which threads must not
share, and a row here does not depend on which texts are encoded with it.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from model2vec import StaticModel
from numpy.typing import NDArray

from corpus.errors import KysyError
from embeddings.encoder import MAX_TOKENS
from embeddings.model import Floats

# No token of ours is longer on average; cutting first keeps absurd inputs cheap to split.
_MAX_CHARS = MAX_TOKENS * 24
_IDENTITY_FILES = ("model.safetensors", "tokenizer.json")


class StaticEncoder:
    """An `Encoder` and a `TokenEncoder` over one table, `(V, dim)`; safe to share by threads."""

    def __init__(self, model: StaticModel, identity: str) -> None:
        self._model = model
        self._identity = identity
        self._table = _table(model)
        self._norms: Floats = np.linalg.norm(self._table, axis=1).astype(np.float32)

    @property
    def identity(self) -> str:
        """Folder name and hash of table and tokenizer."""
        return self._identity

    @property
    def dim(self) -> int:
        """Length of a row."""
        return int(self._table.shape[1])

    @property
    def vocabulary_size(self) -> int:
        """Number of token ids."""
        return int(self._table.shape[0])

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return rows for questions, `(n, dim)`."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Return rows for passages, `(n, dim)`; a text without tokens gets a zero row."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, ids in zip(rows, self.token_ids(texts), strict=True):
            if len(ids):
                row[:] = self._table.take(ids, axis=0).sum(axis=0)
        return _unit(rows)

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.uint32]]:
        """Return the tokens of each text in order, at most `MAX_TOKENS` of them."""
        cut = [text[:_MAX_CHARS] for text in texts]
        return [np.asarray(ids[:MAX_TOKENS], dtype=np.uint32) for ids in self._model.tokenize(cut)]

    def token_vectors(self, ids: NDArray[np.uint32]) -> Floats:
        """Return unit rows `(len(ids), dim)`."""
        return _unit(self._table.take(ids, axis=0))

    def token_weights(self, ids: NDArray[np.uint32]) -> Floats:
        """Return norms of the rows `(len(ids),)`."""
        return self._norms.take(ids)


def open_static(folder: str) -> StaticEncoder:
    """Open the table in `folder` (model.safetensors, tokenizer.json, config.json)."""
    path = Path(folder)
    try:
        identity = f"{path.resolve().name}:{_digest(path)}"
        model = StaticModel.from_pretrained(path, max_length=MAX_TOKENS)
    except Exception as error:  # safetensors and tokenizers raise types of their own
        raise KysyError(
            f"the static model cannot be read ({type(error).__name__}: {error})", where=folder
        ) from error
    return StaticEncoder(model, identity)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _IDENTITY_FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def _table(model: StaticModel) -> Floats:
    """One float32 row for each token id, whatever precision and mapping the file has."""
    table = model.embedding.astype(np.float32)
    if model.token_mapping is not None:
        table = table[model.token_mapping]
    if model.weights is not None:
        table = table * model.weights.astype(np.float32)[:, None]
    return np.ascontiguousarray(table, dtype=np.float32)


def _unit(rows: Floats) -> Floats:
    """Rows scaled to length 1; zero rows stay zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)
