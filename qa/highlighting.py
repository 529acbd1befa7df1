"""The words of a passage that answer: its best sentence, or the span of a value.

Knows sentences and late interaction over them. Does not know ranking or fields.
"""

from collections.abc import Sequence

import numpy as np

from corpus.model import Passage
from corpus.sentences import sentences
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats

Span = tuple[int, int]
LONGEST_ANSWER = 500  # characters of a sentence with the items that it announces


def best_sentence(question: str, passage: Passage, encoder: Encoder, idf: Floats) -> Span:
    """Return `[start, end)` inside the passage of the sentence that meets the question best.

    `idf` is the snapshot's inverse document frequency by token id, `(V,)`.
    """
    spans = sentences(passage.text)
    if len(spans) < 2:
        return spans[0] if spans else (0, len(passage.text))
    texts = [passage.text[start:end] for start, end in spans]
    best = int(np.argmax(sentence_scores(question, texts, encoder, idf)))
    return _with_items(passage.text, spans, best)


def _with_items(text: str, spans: Sequence[Span], best: int) -> Span:
    """Add what a sentence that ends in a colon announces, as far as it is short enough."""
    start, end = spans[best]
    if not text[start:end].rstrip().endswith(":"):
        return start, end
    for _, later in spans[best + 1 :]:
        if later - start <= LONGEST_ANSWER or end == spans[best][1]:
            end = later
    return start, end


def sentence_scores(question: str, texts: list[str], encoder: Encoder, idf: Floats) -> Floats:
    """Return how well each text meets the question, `(len(texts),)`, higher is better."""
    if not isinstance(encoder, TokenEncoder):
        vectors = encoder.encode_passages(texts)
        return np.asarray(vectors @ encoder.encode_queries([question])[0], dtype=np.float32)
    ids = np.unique(encoder.token_ids([question])[0])
    if not len(ids):
        return np.zeros(len(texts), np.float32)
    weights = encoder.token_weights(ids) * idf[ids]
    query = encoder.token_vectors(ids)
    return np.array([_met(query, weights, t, encoder) for t in texts], np.float32)


def _met(query: Floats, weights: Floats, text: str, encoder: TokenEncoder) -> float:
    tokens = encoder.token_ids([text])[0]
    if not len(tokens):
        return 0.0
    best = (query @ encoder.token_vectors(tokens).T).max(axis=1)
    return float(best @ weights / max(float(weights.sum()), 1e-9))
