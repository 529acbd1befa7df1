"""Turns the training texts into token arrays on disk, once for each tokenizer.

It knows the sources, the tokenizer and the cache folder. It does not know how batches are drawn.
"""

import hashlib
import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.tokens import TokenLists
from embeddings.training.data import Pairs, Source, TrainingDataError, read_pairs
from embeddings.training.noise import noisy

logger = logging.getLogger(__name__)

_CHUNK = 20_000
_LONGEST_NOISY = 200
_LARGEST_ID = 65_535


@dataclass(frozen=True, slots=True)
class Tokens:
    """One source as tokens; `noisy` is `a` with typing mistakes, row by row."""

    source: Source
    a: TokenLists
    noisy: TokenLists
    b: TokenLists
    keys: NDArray[np.int64]


def vocabulary_texts(
    sources: Sequence[Source], data: Path, held_out: frozenset[str], seed: int
) -> Iterator[str]:
    """Yield the texts that the tokenizer learns from: each source's `pieces` share of its rows."""
    random_ = random.Random(seed)
    for source in sources:
        if source.pieces:
            pairs = read_pairs(source, data, held_out)
            for a, b in zip(pairs.a, pairs.b, strict=True):
                if random_.random() < source.pieces:
                    yield a
                    yield b


def tokenize(tokenizer: Tokenizer, texts: Sequence[str]) -> TokenLists:
    """Tokenize texts as the finished model will, without special tokens; equal texts once."""
    order: dict[str, int] = {}
    places = np.fromiter((order.setdefault(text, len(order)) for text in texts), np.int64)
    distinct = list(order)
    ids: list[list[int]] = []
    words: list[list[int]] = []
    for start in range(0, len(distinct), _CHUNK):
        batch = distinct[start : start + _CHUNK]
        encodings = tokenizer.encode_batch(batch, add_special_tokens=False)
        ids += [encoding.ids for encoding in encodings]
        words += [cast("list[int]", encoding.word_ids) for encoding in encodings]
    rows = TokenLists.of(ids, words)
    if int(rows.ids.max(initial=0)) > _LARGEST_ID:
        raise TrainingDataError(
            "the vocabulary is too large", where=f"{tokenizer.get_vocab_size()} tokens"
        )
    rows = replace(rows, ids=rows.ids.astype(np.uint16))  # half the memory
    return rows.take(places)


def prepare(
    source: Source, data: Path, tokenizer: Tokenizer, held_out: frozenset[str], cache: Path
) -> Tokens:
    """Return the tokens of `source`, from `cache` where they are already there.

    The file's name holds what it was made of. Raises `TrainingDataError`.
    """
    made_of = f"{replace(source, share=0)!r}{len(held_out)}{tokenizer.to_str()}".encode()
    path = cache / f"{source.name}-{hashlib.sha256(made_of).hexdigest()[:16]}.npz"
    if not path.exists():
        logger.info("tokens of %s", source.name)
        arrays = _arrays(read_pairs(source, data, held_out), tokenizer)
        cache.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part.npz")
        np.savez(temporary, **arrays)
        temporary.replace(path)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            stored = dict(archive)
    except (OSError, ValueError, BadZipFile) as error:
        raise TrainingDataError(
            f"damaged token cache ({error})", where=str(path), fix="delete it"
        ) from error
    a, noisy_, b = (
        TokenLists(stored[name], stored[f"{name}_offsets"], stored[f"{name}_heads"])
        for name in ("a", "noisy", "b")
    )
    return Tokens(source, a, noisy_, b, stored["keys"])


def _arrays(pairs: Pairs, tokenizer: Tokenizer) -> dict[str, Any]:
    random_ = random.Random(0)
    mistaken = [noisy(text, random_) if len(text) <= _LONGEST_NOISY else text for text in pairs.a]
    arrays: dict[str, Any] = {"keys": np.array(pairs.keys, np.int64)}
    for name, texts in (("a", pairs.a), ("noisy", mistaken), ("b", pairs.b)):
        rows = tokenize(tokenizer, texts)
        arrays[name] = rows.ids
        arrays[f"{name}_offsets"] = rows.offsets
        arrays[f"{name}_heads"] = rows.heads
    return arrays
