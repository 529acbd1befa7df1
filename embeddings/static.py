"""The static encoder: a table with one vector for each token, averaged over a text.

Knows token tables in the format that model2vec and sentence-transformers share, read here with
the two libraries that both stand on. Does not know how a table was trained. The only module that
imports tokenizers and safetensors outside training.

A text's row is the mean of its tokens' rows, scaled to unit length (the bag-of-tokens model of
"Model2Vec", Tulkens and van Dongen, 2024), taken text by text in single precision: a row does not
depend on which texts are encoded with it. model2vec itself is not imported: its import and its
model cards cost half a second of every cold start; a test pins the parity.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load
from tokenizers import Encoding, Tokenizer

from corpus.errors import KysyError
from embeddings.encoder import MAX_TOKENS
from embeddings.halves import WidenedRows
from embeddings.model import Floats
from embeddings.tokens import TokenLists

# No token of ours is longer on average; cutting first keeps absurd inputs cheap to split.
_MAX_CHARS = MAX_TOKENS * 24
_FEW = 4
_FEW_KEPT = 16
_TABLE, _TOKENIZER = "model.safetensors", "tokenizer.json"


class StaticEncoder:
    """An `Encoder` and a `TokenEncoder` over one table, `(V, dim)`; safe to share by threads."""

    def __init__(self, table: Floats | WidenedRows, tokenizer: Tokenizer, identity: str) -> None:
        self._tokenizer = tokenizer
        self._unknown = _unknown_id(tokenizer)
        self._identity = identity
        self._table = table
        # a question is cut and encoded a few times
        self._recent = lru_cache(_FEW_KEPT)(self._encoding)
        self._row = lru_cache(_FEW_KEPT)(lambda text: self._rows([self._recent(text)]))

    @property
    def identity(self) -> str:
        """Folder name and hash of table and tokenizer."""
        return self._identity

    @property
    def dim(self) -> int:
        """Length of a row."""
        return int(self._table.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return rows for questions, `(n, dim)`."""
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Return rows for passages, `(n, dim)`; a text without tokens gets a zero row."""
        if 0 < len(texts) <= _FEW:
            return np.concatenate([self._row(text[:_MAX_CHARS]) for text in texts])
        return self._rows(self._cut(texts, self._tokenizer.encode_batch_fast))

    def tokens(self, texts: Sequence[str]) -> TokenLists:
        """Return the tokens of each text in order, at most `MAX_TOKENS` of them."""
        found = self._cut(texts, self._tokenizer.encode_batch)
        ids = [each.ids for each in found]
        words = [[-1 if word is None else word for word in each.word_ids] for each in found]
        apart = self._tokenizer.pre_tokenizer is not None  # else a whole text would be one word
        tokens = TokenLists.of(ids, words if apart else None)
        if self._unknown is not None:
            tokens = tokens.kept(tokens.ids != self._unknown)
        if (tokens.lengths <= MAX_TOKENS).all():
            return tokens
        return tokens.take(np.arange(len(texts)), MAX_TOKENS)

    def token_rows(self, ids: NDArray[np.uint32]) -> Floats:
        """Return rows of the table `(len(ids), dim)`."""
        if isinstance(self._table, WidenedRows):
            return self._table.take(ids)
        return np.asarray(self._table.take(ids, axis=0), dtype=np.float32)

    def _cut(self, texts: Sequence[str], many: Callable[..., list[Encoding]]) -> list[Encoding]:
        """Cut texts into tokens, by `many` where they are; the fast way does not number words."""
        cut = [text[:_MAX_CHARS] for text in texts]
        if len(cut) <= _FEW:  # the library's threads cost more than a few short texts
            return [self._recent(text) for text in cut]
        return many(cut, add_special_tokens=False)

    def _rows(self, found: Sequence[Encoding]) -> Floats:
        rows = np.zeros((len(found), self.dim), dtype=np.float32)
        for row, each in zip(rows, found, strict=True):
            ids = self._known(each.ids)[:MAX_TOKENS]
            if len(ids):
                row[:] = self.token_rows(ids).sum(axis=0)
        return _unit(rows)

    def _encoding(self, text: str) -> Encoding:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def _known(self, ids: Sequence[int]) -> NDArray[np.uint32]:
        found = np.asarray(ids, dtype=np.uint32)
        return found if self._unknown is None else found[found != self._unknown]


def open_static(folder: str) -> StaticEncoder:
    """Open the table in `folder` (model.safetensors and tokenizer.json)."""
    path = Path(folder)
    try:
        rows, pieces = (path / _TABLE).read_bytes(), (path / _TOKENIZER).read_bytes()
        identity = f"{path.resolve().name}:{_digest(rows, pieces)}"
        table = _table(load(rows))
        tokenizer = Tokenizer.from_buffer(pieces)
        tokenizer.no_padding()
        tokenizer.no_truncation()
    except Exception as error:  # safetensors and tokenizers raise types of their own
        raise KysyError(
            f"the static model cannot be read ({type(error).__name__}: {error})", where=folder
        ) from error
    return StaticEncoder(table, tokenizer, identity)


def _digest(*files: bytes) -> str:
    digest = hashlib.sha256()
    for content in files:
        digest.update(content)
    return digest.hexdigest()[:16]


def _unknown_id(tokenizer: Tokenizer) -> int | None:
    """Return the id that stands for what the vocabulary does not have, if there is one."""
    token = getattr(tokenizer.model, "unk_token", None)
    return tokenizer.token_to_id(token) if token else None


def _table(tensors: Mapping[str, NDArray[Any]]) -> Floats | WidenedRows:
    """One float32 row for each token id, whatever precision and mapping the file has.

    Plain halves are widened row by row as they are wanted.
    """
    stored = tensors["embeddings"]
    if stored.dtype == np.float16 and tensors.keys() == {"embeddings"}:
        return WidenedRows(stored)
    table = stored.astype(np.float32)
    if "mapping" in tensors:
        table = table[tensors["mapping"]]
    if "weights" in tensors:
        table = table * tensors["weights"].astype(np.float32)[:, None]
    return np.ascontiguousarray(table, dtype=np.float32)


def _unit(rows: Floats) -> Floats:
    """Rows scaled to length 1; zero rows stay zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)
