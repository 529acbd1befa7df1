"""An outcome as it is told: numbered passages, the subject, and how it was found.

Knows rankings and citations. Does not know why an answer was chosen.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from corpus.language import Analyzer
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from qa.answer_passage import passage_signals
from qa.citing import Citer
from qa.model import RankedPassage, Subject
from qa.outcome import Lead, Outcome
from qa.question import Question
from qa.rerank import Ranking, best_score


def passages(
    ranking: Ranking, leads: Sequence[Lead], snapshot: Snapshot, top_k: int
) -> tuple[RankedPassage, ...]:
    """Return the leads first, then the ranking; at least every lead, else `top_k` in all."""
    best = best_score()
    scores = dict(zip(ranking.rows.tolist(), (ranking.scores / best).tolist(), strict=True))
    highlights = {lead.row: lead.highlights for lead in leads}
    others = [row for row in ranking.rows.tolist() if row not in highlights]
    rows = [*highlights, *others][: max(top_k, len(highlights))]
    citer = Citer(snapshot)
    return tuple(
        citer.passage(
            number,
            row,
            passage,
            scores.get(row, 1.0),
            highlights.get(row, ()),
            _also_in(row, ranking, snapshot),
        )
        for number, (row, passage) in enumerate(zip(rows, citer.passages(rows), strict=True), 1)
    )


def _also_in(row: int, ranking: Ranking, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the ids of other documents with nearly the same text, as far as they were found."""
    if snapshot.group_documents[row] < 2:
        return ()
    own = int(snapshot.passage_document[row])
    found = ranking.groups.get(int(snapshot.duplicate_of[row]), ())
    ordinals = dict.fromkeys(int(snapshot.passage_document[r]) for r in found)
    return tuple(snapshot.documents[o].document_id for o in ordinals if o != own)


def subjects(question: Question, outcome: Outcome, snapshot: Snapshot) -> tuple[Subject, ...]:
    """Return the documents the question is about, when it is one or a few."""
    if outcome.status != "answered":
        return ()
    ordinals = question.naming.documents if question.naming.strong or question.carried else ()
    if len(ordinals) != 1 and len(outcome.leads) == 1:
        ordinals = (int(snapshot.passage_document[outcome.leads[0].row]),)
    entries = [snapshot.documents[o] for o in ordinals[:3]]
    return tuple(Subject(e.document_id, e.title) for e in entries)


def explanation(
    question: Question,
    ranking: Ranking,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
) -> dict[str, Any]:
    """Return what was understood, the signals of the top passage, and each leg's scores."""
    understood = {
        "language": question.language,
        "field": question.asked.name if question.asked else None,
        "documents": [snapshot.documents[o].document_id for o in question.naming.documents],
        "names": [m.text for m in question.naming.mentions],
        "unknown_names": list(question.naming.unknown),
        "explained": round(question.explained, 3),
        "carried": list(question.carried),
        "list": question.wants_many,
    }
    shown = range(min(10, len(ranking.rows)))
    scored = [
        {"row": int(ranking.rows[i]), "score": float(ranking.scores[i]), **ranking.explain(i)}
        for i in shown
    ]
    found = {}
    if len(ranking.rows):
        found = asdict(passage_signals(question, ranking, snapshot, encoder, analyzer))
    return {"understood": understood, "signals": found, "passages": scored}
