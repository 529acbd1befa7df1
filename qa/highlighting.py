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
    question better by more than `lead`.
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
    return _with_items(passage.text, spans, best)


def neighbour(
    question: str,
    passage: Passage,
    quoted: Span,
    encoder: Encoder,
    idf: Idf,
    among: Sequence[Span] = (),
) -> Span | None:
    """Return the sentence beside the quoted one that meets the question about as well, if any.

    One of the same paragraph, and of those `among` which may answer where not all may.
    """
    spans = sentences(passage.text)
    if quoted not in spans:
        return None
    best = spans.index(quoted)
    near = [place for place in (best - 1, best + 1) if 0 <= place < len(spans)]
    near = [p for p in near if _flow(passage.text, spans[min(p, best)], spans[max(p, best)])]
    near = [place for place in near if not among or spans[place] in among]
    if not near:
        return None
    texts = [passage.text[start:end] for start, end in (quoted, *(spans[place] for place in near))]
    first, *others = sentence_scores(question, texts, encoder, idf).tolist()
    score, place = max(zip(others, near, strict=True))
    return spans[place] if first - score <= TIE else None


def _flow(text: str, first: Span, second: Span) -> bool:
    """Tell whether two sentences stand in one paragraph, and both are whole."""
    whole = all(ENDED.search(text[start:end]) for start, end in (first, second))
    return whole and "\n" not in text[first[0] : second[1]]


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
