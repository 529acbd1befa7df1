"""Late interaction over the encoder's token table: each query word's best match in a passage.

The score is MaxSim of ColBERT (Khattab and Zaharia, 2020) over static vectors, word by word: a
word's vector is the sum of its tokens' rows. Similarities are computed once between the question's
words and the distinct tokens of all candidates, summed to words, then gathered and reduced by
passage and by window. Knows words and vectors. Does not know text or ranking.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import TokenEncoder
from embeddings.model import Floats, Rows
from embeddings.snapshot import Snapshot
from embeddings.tokens import Words, distinct, words_of
from embeddings.windows import text_maxima, window_maxima
from embeddings.word_table import word_rows

Idf = Callable[[NDArray[np.uint64]], Floats]
"""The inverse document frequency of words by their keys, `(n,)` to `(n,)`."""


@dataclass(frozen=True, slots=True)
class WordMatches:
    """Best matches `(words, n)` of each query word in each candidate, and weights `(words,)`.

    Weights sum to 1; a weight is the norm of the word's vector times its IDF in the snapshot.
    `rest_weights` are the same for the words that name no document, 0 for the others. `near` `(n,)`
    is the score of each candidate's best window of words, by `rest_weights`.
    """

    best: Floats
    weights: Floats
    rest_weights: Floats
    near: Floats

    @property
    def scores(self) -> Floats:
        """Weighted mean of the best matches, `(n,)`, at most 1."""
        return np.asarray(self.weights @ self.best, dtype=np.float32)

    @property
    def rest(self) -> Floats:
        """The same over the words that name no document, `(n,)`; 0 when all of them do."""
        return np.asarray(self.rest_weights @ self.best, dtype=np.float32)

    def take(self, positions: Rows) -> "WordMatches":
        """Return the matches in some candidates alone."""
        return WordMatches(
            self.best[:, positions], self.weights, self.rest_weights, self.near[positions]
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The distinct words of a question: unit vectors `(words, dim)` and weights `(words,)`."""

    keys: NDArray[np.uint64]
    vectors: Floats
    weights: Floats


def match_words(
    text: str, rest: str, rows: Rows, snapshot: Snapshot, encoder: TokenEncoder
) -> WordMatches:
    """Return how well each word of `text` is met in each passage of `rows`.

    `rest` is the text without the names of documents.
    """
    both = words_of(encoder.tokens([text, rest]))
    whole, without = both.split(1)
    asked = _asked(whole, encoder, snapshot.words.idf)
    numbers, offsets = snapshot.words.of_rows(rows)
    if not len(asked.keys) or not len(numbers):
        return without_words(np.zeros(len(rows), np.float32))
    held, place = distinct(numbers, len(snapshot.words.keys))
    tokens, bounds = snapshot.words.tokens_of(held)
    similarities = _similarities(asked.vectors, tokens, bounds, encoder)
    similarities /= np.maximum(snapshot.words.norms[held], 1e-9)
    rest_weights = _shares(asked.weights * _shared(whole, without))
    matched = similarities[:, place]
    windows, ends = window_maxima(matched, offsets)
    return WordMatches(
        best=text_maxima(matched, offsets),
        weights=_shares(asked.weights),
        rest_weights=rest_weights,
        near=text_maxima((rest_weights @ windows)[None, :], ends)[0],
    )


def without_words(scores: Floats) -> WordMatches:
    """Return matches that give every candidate its score in `scores` `(n,)`, whatever is asked."""
    one = np.ones(1, np.float32)
    return WordMatches(scores[None, :], one, one, scores)


def text_scores(
    questions: Sequence[str], texts: Sequence[str], encoder: TokenEncoder, idf: Idf
) -> Floats:
    """Return how well each of a few texts meets each question, `(questions, texts)`, at most 1."""
    said, words = words_of(encoder.tokens([*questions, *texts])).split(len(questions))
    if not len(words.numbers):
        return np.zeros((len(questions), len(texts)), np.float32)
    rows = word_rows(words.tokens.ids, words.tokens.offsets, encoder)
    vectors, norms = _unit(rows)
    chosen, places = distinct(said.numbers, len(words.keys))
    asked = np.zeros((len(questions), len(chosen)), np.float32)
    asked[said.owners, places] = (norms * idf(words.keys))[said.numbers]
    best = text_maxima((vectors[chosen] @ vectors.T)[:, words.numbers], words.offsets)
    return np.asarray(asked @ best / np.maximum(asked.sum(axis=1, keepdims=True), 1e-9), np.float32)


def _asked(words: Words, encoder: TokenEncoder, idf: Idf) -> _Asked:
    chosen, _ = distinct(words.numbers, len(words.keys))
    tokens = words.tokens.take(chosen)
    rows = word_rows(tokens.ids, tokens.offsets, encoder) if len(chosen) else np.zeros((0, 1), "f4")
    vectors, norms = _unit(rows)
    return _Asked(words.keys[chosen], vectors, norms * idf(words.keys[chosen]))


def _shared(words: Words, others: Words) -> NDArray[np.bool_]:
    """Tell which of the distinct words are among the others, numbered alike."""
    present = np.zeros(len(words.keys), bool)
    present[others.numbers] = True
    return present[distinct(words.numbers, len(words.keys))[0]]


def _similarities(
    vectors: Floats, tokens: NDArray[np.uint32], bounds: Rows, encoder: TokenEncoder
) -> Floats:
    """Return the inner products of `vectors` and the words of `tokens`, `(vectors, words)`."""
    found, place = distinct(tokens, int(tokens.max()) + 1)
    of_tokens = vectors @ encoder.token_rows(found.astype(np.uint32)).T
    return np.add.reduceat(of_tokens[:, place], bounds[:-1], axis=1)


def _unit(rows: Floats) -> tuple[Floats, Floats]:
    """Return the rows at length 1, and the lengths that they had."""
    norms = np.linalg.norm(rows, axis=1).astype(np.float32)
    return rows / np.maximum(norms, 1e-9)[:, None], norms


def _shares(weights: Floats) -> Floats:
    return np.asarray(weights / max(float(weights.sum()), 1e-9), dtype=np.float32)
