"""Late interaction over the encoder's token table: each query token's best match in a passage.

The score is MaxSim of ColBERT (Khattab and Zaharia, 2020) over static token vectors: similarities
are computed once between the question's tokens and the distinct tokens of all candidates, then
gathered and reduced by passage. Knows token ids and vectors. Does not know text or ranking.
"""

from dataclasses import dataclass

import numpy as np

from embeddings.encoder import TokenEncoder
from embeddings.model import Floats, Rows
from embeddings.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class TokenMatches:
    """Best matches `(tokens, n)` of each query token in each candidate, and weights `(tokens,)`.

    Weights sum to 1; a weight is the token's norm in the table times its IDF in the snapshot.
    `rest_weights` are the same for the tokens that name no document, 0 for the others.
    """

    best: Floats
    weights: Floats
    rest_weights: Floats

    @property
    def scores(self) -> Floats:
        """Weighted mean of the best matches, `(n,)`, at most 1."""
        return np.asarray(self.weights @ self.best, dtype=np.float32)

    @property
    def rest(self) -> Floats:
        """The same over the tokens that name no document, `(n,)`; 0 when all of them do."""
        return np.asarray(self.rest_weights @ self.best, dtype=np.float32)

    def take(self, positions: Rows) -> "TokenMatches":
        """Return the matches in some candidates alone."""
        return TokenMatches(self.best[:, positions], self.weights, self.rest_weights)


def match_tokens(
    text: str, rest: str, rows: Rows, snapshot: Snapshot, encoder: TokenEncoder
) -> TokenMatches:
    """Return how well each token of `text` is met in each passage of `rows`.

    `rest` is the text without the names of documents.
    """
    found, rest_ids = encoder.token_ids([text, rest])
    ids = np.unique(found)
    flat, offsets = snapshot.tokens(rows)
    if not len(ids) or not len(flat):
        return TokenMatches(
            np.zeros((1, len(rows)), np.float32), np.ones(1, "f4"), np.ones(1, "f4")
        )
    weights = encoder.token_weights(ids) * snapshot.token_idf[ids]
    distinct, inverse = np.unique(flat, return_inverse=True)
    similarities = encoder.token_vectors(ids) @ encoder.token_vectors(distinct).T
    return TokenMatches(
        best=_segment_maxima(similarities[:, inverse], offsets),
        weights=_shares(weights),
        rest_weights=_shares(weights * np.isin(ids, rest_ids)),
    )


def _shares(weights: Floats) -> Floats:
    return np.asarray(weights / max(float(weights.sum()), 1e-9), dtype=np.float32)


def _segment_maxima(values: Floats, offsets: Rows) -> Floats:
    """Return the maximum of each segment of the columns; an empty segment gives 0."""
    lengths = np.diff(offsets)
    maxima = np.zeros((values.shape[0], len(lengths)), np.float32)
    filled = lengths > 0
    if filled.any():
        maxima[:, filled] = np.maximum.reduceat(values, offsets[:-1][filled], axis=1)
    return maxima
