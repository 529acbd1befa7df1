"""Whether a field that is only meant is outdone by a passage that says what is asked in words.

"Who steers the project work" means the contact by a little, and a page may say who steers the
project work. Knows the reading and the word matches. Does not know answers.
"""

import numpy as np

from embeddings.encoder import Encoder, TokenEncoder
from embeddings.model import Floats
from embeddings.snapshot import Snapshot
from qa.late import match_words
from qa.question import Question
from qa.rerank import Ranking

LEAD = -0.03  # of the best passage's word match over the nearness of the field
NAMED = 1.0  # score from which a field is named by words, not by meaning alone


def is_outdone(question: Question, ranking: Ranking, snapshot: Snapshot, encoder: Encoder) -> bool:
    """Tell whether another passage of the one document named meets the words beside its name.

    Its word match must reach the field's nearness, and be above that of the field's own passages.
    Not where a person is named, whose name many passages have, nor where a time is asked for.
    """
    asked = question.asked
    if asked is None or not asked.by_meaning or asked.exact or asked.score >= NAMED:
        return False
    if not (question.is_field_question and question.one_document):
        return False
    if question.naming.person or question.steering.asks_when:
        return False
    (ordinal,) = question.naming.documents
    fields = snapshot.fields([asked.name], [ordinal])
    own = {row for _, f in fields for row in snapshot.rows_over(ordinal, f.start, f.end).tolist()}
    is_own = np.array([row in own for row in ranking.rows.tolist()], np.bool_)
    others = (snapshot.passage_document[ranking.rows] == ordinal) & ~is_own
    met = _met(question, ordinal, ranking, snapshot, encoder)
    best = float(met[others].max(initial=0.0))
    return bool(own) and best > max(asked.score + LEAD, float(met[is_own].max(initial=0.0)))


def _met(
    question: Question, ordinal: int, ranking: Ranking, snapshot: Snapshot, encoder: Encoder
) -> Floats:
    """Return how well each passage meets what is said about a document, `(n,)`.

    Members and other names that are not the document's own are asked about: "what does the town
    of Salo buy".
    """
    said = question.about(ordinal)
    if said == question.rest or not isinstance(encoder, TokenEncoder):
        return ranking.matches.rest
    return match_words(question.expanded, said, ranking.rows, snapshot, encoder).rest
