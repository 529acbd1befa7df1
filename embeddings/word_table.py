"""The words of a snapshot's passages: what late interaction matches, and how much each one tells.

Knows words as runs of tokens, with their inverse document frequency and the length of their
vectors. Does not know text or ranking. Four arrays on disk: one record for each distinct word,
the tokens of the words end to end, the words of the passages end to end, and where each passage's
begin.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import KysyError
from embeddings.encoder import TokenEncoder
from embeddings.manifest import REBUILD
from embeddings.model import Floats, Rows
from embeddings.tokens import TokenLists, Words, distinct, gather, idf, words_of

WORDS = "words.npy"
PIECES = "pieces.npy"
OCCURRENCES = "occurrences.npy"
OFFSETS = "offsets.npy"
FILES = (WORDS, PIECES, OCCURRENCES, OFFSETS)

# hash of the tokens (ascending), where the tokens begin, norm of their sum, BM25's idf
WORD = np.dtype([("key", "<u8"), ("first", "<i8"), ("norm", "<f4"), ("idf", "<f4")])
_CHUNK = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class WordTable:
    """The distinct words of n passages, and the words of each passage in its order.

    Passage `i` has the words `occurrences[offsets[i]:offsets[i + 1]]`; word `w` has the hash
    `keys[w]` (ascending), the tokens `pieces[word_offsets[w]:word_offsets[w + 1]]`, the length
    `norms[w]` of their rows' sum, and the inverse document frequency `idfs[w]`.
    """

    keys: NDArray[np.uint64]
    norms: Floats
    idfs: Floats
    word_offsets: Rows
    pieces: NDArray[np.uint32]
    occurrences: NDArray[np.uint32]
    offsets: Rows

    def of_rows(self, rows: Rows) -> tuple[NDArray[np.uint32], Rows]:
        """Return the words of `rows` end to end, and where each row's begin `(len(rows) + 1,)`."""
        places, offsets = gather(self.offsets, np.asarray(rows, np.int64))
        return np.asarray(self.occurrences[places]), offsets

    def tokens_of(self, words: Rows) -> tuple[NDArray[np.uint32], Rows]:
        """Return the tokens of `words` end to end, and where each word's begin."""
        places, offsets = gather(self.word_offsets, words)
        return np.asarray(self.pieces[places]), offsets

    def tokens(self, rows: Rows) -> TokenLists:
        """Return the passages of `rows` as the tokens that they were made of."""
        words, offsets = self.of_rows(rows)
        ids, bounds = self.tokens_of(words.astype(np.int64))
        heads = np.zeros(len(ids), bool)
        heads[bounds[:-1]] = True
        return TokenLists(ids, bounds[offsets], heads)

    def idf(self, keys: NDArray[np.uint64]) -> Floats:
        """Return the inverse document frequency of words `(len(keys),)`, known here or not."""
        unknown = idf(np.zeros(1, np.int64), len(self.offsets) - 1)
        if not len(self.keys):
            return np.repeat(unknown, len(keys))
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[places] == keys, self.idfs[places], unknown)


def write_words(directory: Path, passages: TokenLists, encoder: TokenEncoder | None) -> None:
    """Write the words of `passages`; an encoder without tokens has none."""
    words = words_of(passages)
    records = np.zeros(len(words.keys), WORD)
    records["key"] = words.keys
    records["first"] = words.tokens.offsets[:-1]
    records["idf"] = idf(words.document_frequency(), len(passages))
    if encoder is not None:
        records["norm"] = _norms(words, encoder)
    np.save(directory / WORDS, records)
    np.save(directory / PIECES, words.tokens.ids.astype(np.uint32))
    np.save(directory / OCCURRENCES, words.numbers.astype(np.uint32))
    np.save(directory / OFFSETS, words.offsets)


def word_table(
    records: NDArray[np.void],
    pieces: NDArray[np.uint32],
    occurrences: NDArray[np.uint32],
    offsets: Rows,
    where: str = "",
) -> WordTable:
    """Return the table of the four arrays that `write_words` wrote.

    KysyError when they cannot belong together: the largest are not hashed at every opening.
    """
    whole = (
        records.dtype == WORD
        and len(offsets) > 0
        and offsets[-1] == len(occurrences)
        and bool((np.diff(offsets) >= 0).all())
        and bool((np.diff(records["first"]) > 0).all())
        and bool(np.isfinite(records["norm"]).all() and np.isfinite(records["idf"]).all())
        and (not len(occurrences) or int(occurrences.max()) < len(records))
        and (not len(records) or 0 == records["first"][0] <= records["first"][-1] < len(pieces))
    )
    if not whole:
        raise KysyError("the words are damaged", where=where, fix=REBUILD)
    return WordTable(
        keys=np.ascontiguousarray(records["key"]),
        norms=np.ascontiguousarray(records["norm"]),
        idfs=np.ascontiguousarray(records["idf"]),
        word_offsets=np.append(records["first"], len(pieces)),
        pieces=pieces,
        occurrences=occurrences,
        offsets=offsets,
    )


def word_rows(tokens: NDArray[np.uint32], offsets: Rows, encoder: TokenEncoder) -> Floats:
    """Return the sum of the rows of each word's tokens, `(len(offsets) - 1, dim)`.

    Word `w` has the tokens `tokens[offsets[w]:offsets[w + 1]]`, one at least.
    """
    found, place = distinct(tokens, int(tokens.max(initial=0)) + 1)
    return np.add.reduceat(encoder.token_rows(found.astype(np.uint32))[place], offsets[:-1], axis=0)


def _norms(words: Words, encoder: TokenEncoder) -> Floats:
    norms = np.zeros(len(words.keys), np.float32)
    for start in range(0, len(norms), _CHUNK):
        part = words.tokens.take(np.arange(start, min(start + _CHUNK, len(norms))))
        rows = word_rows(part.ids, part.offsets, encoder)
        norms[start : start + _CHUNK] = np.linalg.norm(rows, axis=1)
    return norms
