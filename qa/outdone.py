"""Whether a field that is only meant is outdone by a passage that says what is asked in words.

"Who steers the project work" means the contact by a little, and a page may say who steers the
project work. Knows the reading and the word matches. Does not know answers.
"""

import numpy as np

from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats
from embeddings.snapshot import Snapshot
from qa.late import match_words, text_scores
from qa.question import Question
from qa.rerank import Ranking

TOLERANCE = 0.03  # by which the best passage's word match may stay below the field's nearness
NAMED = 1.0  # score from which a field is named by words, not by meaning alone
MET = 0.4  # match from which a word is said, in some form or language
FEWEST = 2  # telling words of which that may be told
SAID = 0.6  # share of the telling words that the passage must say


def is_outdone(question: Question, ranking: Ranking, snapshot: Snapshot, encoder: Encoder) -> bool:
    """Tell whether another passage of the one document named says most of what is asked of it.

    Its word match must be about as high as the field's nearness, and above that of the field's own
    passages. Not where a person is named, whose name many passages have, nor where a time or
    another's office is asked for; nor by an encoder without words.
    """
    if not _is_meant(question) or not isinstance(encoder, TokenEncoder):
        return False
    asked = question.asked
    assert asked is not None
    (ordinal,) = question.naming.documents
    fields = snapshot.fields([asked.name], [ordinal])
    own = {row for _, f in fields for row in snapshot.rows_over(ordinal, f.start, f.end).tolist()}
    is_own = np.array([row in own for row in ranking.rows.tolist()], np.bool_)
    others = (snapshot.passage_document[ranking.rows] == ordinal) & ~is_own
    if not own or not others.any():
        return False
    met = _met(question, ordinal, ranking, snapshot, encoder)
    best = int(np.argmax(np.where(others, met, -1.0)))
    if met[best] <= max(asked.score - TOLERANCE, float(met[is_own].max(initial=0.0))):
        return False
    return _says(question, ordinal, int(ranking.rows[best]), snapshot, encoder)


def _is_meant(question: Question) -> bool:
    """Tell whether some words mean a field of the one document named, and no word calls it."""
    asked = question.asked
    if asked is None or not asked.by_meaning or asked.exact or asked.other_office:
        return False
    if not 0 < asked.score < NAMED or question.naming.person or question.steering.asks_when:
        return False
    return question.is_field_question and question.one_document


def _met(
    question: Question, ordinal: int, ranking: Ranking, snapshot: Snapshot, encoder: TokenEncoder
) -> Floats:
    """Return how well each passage meets what is said about a document, `(n,)`.

    Members and other names that are not the document's own are asked about: "what does the town
    of Salo buy".
    """
    said = question.about(ordinal)
    if said == question.rest:  # measured already
        return ranking.matches.rest
    return match_words(question.expanded, said, ranking.rows, snapshot, encoder).rest


def _says(
    question: Question, ordinal: int, row: int, snapshot: Snapshot, encoder: TokenEncoder
) -> bool:
    """Tell whether a passage says most of the telling words, and the first of them.

    That is what is done, as a rule, and the others to what.
    """
    words = sorted(question.telling - question.title_words(ordinal))
    if len(words) < FEWEST:
        return False
    said, text = [question.tokens[p].surface for p in words], snapshot.passages([row])[0].text
    met = text_scores(said, [text], encoder, snapshot.words.idf)[:, 0] >= MET
    return bool(met[0]) and float(np.mean(met)) >= SAID
