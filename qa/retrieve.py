"""The candidates for a question: dense and lexical legs over the whole corpus, and named documents.

Knows the legs of a snapshot. Does not know the final order or what makes an answer.
"""

from dataclasses import dataclass

import numpy as np

from embeddings.encoder import Encoder
from embeddings.model import Floats, Hits, Rows
from embeddings.snapshot import Snapshot
from embeddings.tokens import distinct
from qa.question import Question

LEG_DEPTH = 100  # passages taken from each leg
BESIDE_DEPTH = 50  # from the lexical leg where one document is named, which is read whole
NAMED_DOCUMENTS = 8  # at most so many named documents are read whole
NAMED_ROWS = 200


@dataclass(frozen=True, slots=True)
class RankingOptions:
    """Which legs and stages run; all of them unless something is measured."""

    dense: bool = True
    lexical: bool = True
    fields: bool = True
    late: bool = True
    calibrated: bool = True


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidate rows `(n,)` with the score of each leg `(n,)`.

    `dense` is a cosine; `lexical` is BM25 as a share of the best candidate's, 0 where the leg did
    not find the row. `vectors` are the rows' unit vectors `(n, dim)`.
    """

    rows: Rows
    dense: Floats
    lexical: Floats
    vectors: Floats


def retrieve(
    question: Question, snapshot: Snapshot, encoder: Encoder, options: RankingOptions
) -> Pool:
    """Return the union of the legs' best rows and of the rows of the documents named.

    Beside the one document named, if it is read whole, the lexical leg alone looks, and less far.
    """
    query = encoder.encode_queries([question.expanded])[0]
    named = _named_rows(question, snapshot) if options.fields else _nothing().rows
    is_whole = question.one_document and 0 < len(named) < NAMED_ROWS
    dense = _dense(query, snapshot) if options.dense and not is_whole else _nothing()
    lexical = _lexical(question, snapshot) if options.lexical else _nothing()
    beside = lexical.rows[: BESIDE_DEPTH if is_whole else LEG_DEPTH]
    found = np.concatenate([dense.rows, beside, named])
    rows, _ = distinct(found, len(snapshot))
    vectors = snapshot.embeddings(rows)
    return Pool(
        rows=rows,
        dense=vectors @ query if options.dense else np.zeros(len(rows), np.float32),
        lexical=_share(rows, lexical),
        vectors=vectors,
    )


def _dense(query: Floats, snapshot: Snapshot) -> Hits:
    return snapshot.vectors.search(query[None, :], LEG_DEPTH)[0]


def _lexical(question: Question, snapshot: Snapshot) -> Hits:
    return snapshot.lexical.search(question.expanded, LEG_DEPTH)


def _nothing() -> Hits:
    return Hits(np.empty(0, np.int64), np.empty(0, np.float32))


def _named_rows(question: Question, snapshot: Snapshot) -> Rows:
    ordinals = question.naming.documents
    if not ordinals or len(ordinals) > NAMED_DOCUMENTS:
        return _nothing().rows
    return snapshot.rows_of(ordinals)[:NAMED_ROWS]


def _share(rows: Rows, hits: Hits) -> Floats:
    """Return the hits' scores of the sorted `rows`, as shares of the best hit's."""
    shares = np.zeros(len(rows), np.float32)
    if len(hits.rows):
        best = max(float(hits.scores.max()), 1e-9)
        places = np.minimum(np.searchsorted(rows, hits.rows), len(rows) - 1)
        kept = rows[places] == hits.rows
        shares[places[kept]] = hits.scores[kept] / best
    return shares
