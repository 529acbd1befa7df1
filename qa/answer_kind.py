"""What kind of thing is asked for, and which passages have one: a number, a place, a name.

The expected answer type of question answering (Li and Roth, 2002), told by the question word alone.
Knows passages' texts and the names of places. Does not know fields or how passages are scored.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from corpus.language import Analyzer
from corpus.name_keys import is_place, keys_of, token_keys
from embeddings.encoder import Encoder
from embeddings.model import Floats, Rows
from embeddings.snapshot import Snapshot
from qa.question import Question

DIGIT = re.compile(r"\d")
COUNTED = re.compile(r"\d[\d.,\s]*\s*([^\W\d_]{3,})(?:[ -]+([^\W\d_]{3,}))?")
INSIDE = re.compile(r"(?<=[\w,;)%][ \u00a0])[^\W\d_][\w-]+")  # a word inside a sentence
SEVERAL = 0.5  # what a list of places is worth to who asks for one
MOST_LOOKED_AT = 60  # passages of the document named


def number_evidence(
    question: Question, rows: Rows, snapshot: Snapshot, encoder: Encoder, analyzer: Analyzer
) -> Floats:
    """Return how far passages have a number of what is counted, `(n,)`.

    0 where no quantity is asked for. Half for any number, and up to one more for what stands right
    after it: "18 kuntaa" answers "how many municipalities", and "montako kuntaa" word for word.
    In a document that is named a compound is also what its head is: "tutustumisretkeä" are trips.
    """
    if not question.steering.asks_quantity:
        return np.zeros(len(rows), np.float32)
    texts = [passage.text for passage in snapshot.passages(rows)]
    evidence = np.array([0.5 * bool(DIGIT.search(text)) for text in texts], np.float32)
    counted = [[w for found in COUNTED.findall(text) for w in found if w] for text in texts]
    words = list(dict.fromkeys(word for found in counted for word in found))
    if not question.counted or not words:
        return evidence
    said = encoder.encode_queries([question.counted])[0]
    near = encoder.encode_queries(words) @ said
    if question.one_document:
        near = np.maximum(near, encoder.encode_queries(_heads(words, analyzer)) @ said)
    same = _same_words(question.counted, words, analyzer)
    likeness = dict(zip(words, np.maximum(near, same).tolist(), strict=True))
    best = [max((likeness[word] for word in found), default=0.0) for found in counted]
    return evidence + np.array(best, np.float32)


def _same_words(said: str, words: Sequence[str], analyzer: Analyzer) -> Floats:
    """Return 1 for each of `words` that is a form of one in `said`, else 0, `(n,)`."""
    keys = keys_of(said, analyzer)
    tokens = [analyzer.tokens(word) for word in words]
    return np.array([any(keys & token_keys(t).keys() for t in found) for found in tokens], "f4")


def _heads(words: Sequence[str], analyzer: Analyzer) -> list[str]:
    """Return the last part of each word that is a compound, and the others as they are."""
    found = [analyzer.tokens(word) for word in words]
    return [
        tokens[-1].parts[-1] if tokens and tokens[-1].parts else word
        for word, tokens in zip(words, found, strict=True)
    ]


def asks_kind(question: Question) -> bool:
    """Whether a number, or a place or a name in the document named, is asked for."""
    return question.steering.asks_quantity or _asks_name(question)


def _asks_name(question: Question) -> bool:
    steering = question.steering
    if not question.one_document:
        return False
    place = steering.asks_which_place and not question.is_field_question
    return place or (question.asked is None and (steering.asks_place or steering.asks_who))


def name_evidence(
    question: Question, rows: Rows, near: Floats, snapshot: Snapshot, analyzer: Analyzer
) -> tuple[Floats, Floats]:
    """Return which passages of the document named have a place, and which another name, `(n,)`.

    Each 0 where it is not asked for: a place by "where" and "which town", a name by "who" and
    "which firm". One place is what is asked for, and several count `SEVERAL`; the more passages
    have one, the less it tells. The words of the title and of the question name nothing new. Of a
    long document the passages with the highest `near`, `(n,)`, are looked at.
    """
    places, names = np.zeros(len(rows), np.float32), np.zeros(len(rows), np.float32)
    steering = question.steering
    if not _asks_name(question):
        return places, names
    (ordinal,) = question.naming.documents
    inside = np.flatnonzero(snapshot.passage_document[rows] == ordinal)
    inside = inside[np.lexsort((rows[inside], -near[inside]))[:MOST_LOOKED_AT]]
    known = keys_of(f"{question.text} {snapshot.documents[ordinal].title}", analyzer)
    for position, passage in zip(inside, snapshot.passages(rows[inside]), strict=True):
        found = dict(_new_names(passage.text, known, analyzer))
        several = sum(found.values()) > 1 and not steering.asks_places
        places[position] = (SEVERAL if several else any(found.values())) * steering.asks_place
        names[position] = steering.asks_who and not all(found.values())
    return places * _rarity(places[inside]), names * _rarity(names[inside])


def _rarity(evidence: Floats) -> np.float32:
    """Return how telling it is to have any, the share of passages that have none."""
    return np.float32(1.0 - np.count_nonzero(evidence) / max(len(evidence), 1))


def _new_names(
    text: str, known: frozenset[str], analyzer: Analyzer
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the lemmas of each capitalised word inside a sentence, and if it is a place."""
    for word in INSIDE.findall(text):
        tokens = analyzer.tokens(word) if word[0].isupper() else ()
        if tokens and not any(known & token_keys(token).keys() for token in tokens):
            yield tokens[-1].lemmas, any(is_place(token) for token in tokens)
