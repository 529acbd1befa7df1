"""The words of a passage that answer: its best sentence, or the span of a value.

Knows sentences and late interaction over them. Does not know ranking or fields.
"""

import re
from collections.abc import Sequence

import numpy as np

from corpus.model import Passage
from corpus.sentences import sentences
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats
from qa.late import Idf, text_scores

Span = tuple[int, int]
ENDED = re.compile(r"[.!?…][\"')\]»”]*\s*$")
WHOLE = 0.5  # weight of a sentence's own vector beside its words
TIE = 0.04  # by which the best sentence must be ahead of its neighbour to be quoted alone
LONGEST_ANSWER = 500  # characters of a sentence with the items that it announces


def best_sentence(
    question: str,
    passage: Passage,
    encoder: Encoder,
    idf: Idf,
    among: Sequence[Span] = (),
    lead: float = np.inf,
) -> Span:
    """Return `[start, end)` inside the passage of the sentence that meets the question best.

    `idf` gives the snapshot's inverse document frequency of words, and `among` those of the
    passage's `sentences` that may answer, where not all of them may: unless another meets the
    question better by more than `lead`. A neighbour that meets it about as well is quoted, too.
    """
    spans = sentences(passage.text)
    if len(spans) < 2:
        return spans[0] if spans else (0, len(passage.text))
    texts = [passage.text[start:end] for start, end in spans]
    scores = sentence_scores(question, texts, encoder, idf)
    best = int(np.argmax(scores))
    if among:
        likely = [spans.index(span) for span in among]
        first = max(likely, key=lambda place: float(scores[place]))
        best = best if scores[best] > scores[first] + lead else first
    start, end = _with_items(passage.text, spans, best)
    beside = _as_good(scores, best)
    if beside is None or (among and spans[beside] not in among):
        return start, end
    return min(start, spans[beside][0]), max(end, spans[beside][1])


def _as_good(scores: Floats, best: int) -> int | None:
    """Return the sentence beside the best that meets the question about as well, if one does."""
    near = [place for place in (best - 1, best + 1) if 0 <= place < len(scores)]
    beside = max(near, key=lambda place: float(scores[place]))
    return beside if scores[best] - scores[beside] <= TIE else None


def _with_items(text: str, spans: Sequence[Span], best: int) -> Span:
    """Add what a heading or a sentence with a colon announces, as far as it is short enough."""
    start, end = spans[best]
    following = spans[best + 1 : best + 2]
    heads = not ENDED.search(text[start:end]) and any(ENDED.search(text[s:e]) for s, e in following)
    if not heads and not text[start:end].rstrip().endswith(":"):
        return start, end
    for _, later in spans[best + 1 :]:
        if later - start <= LONGEST_ANSWER or end == spans[best][1]:
            end = later
    return start, end


def sentence_scores(question: str, texts: list[str], encoder: Encoder, idf: Idf) -> Floats:
    """Return how well each text meets the question, `(len(texts),)`, higher is better.

    Word by word where the encoder has words, and half as much as a whole.
    """
    whole = encoder.encode_passages(texts) @ encoder.encode_queries([question])[0]
    if not isinstance(encoder, TokenEncoder):
        return np.asarray(whole, dtype=np.float32)
    (met,) = text_scores([question], texts, encoder, idf)
    return np.asarray(met + WHOLE * whole, dtype=np.float32)
