"""Judged pools to learn from: every candidate of a question, measured, with what is right.

Knows how a question is read, its pool retrieved and measured. Does not know what is learned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.language import open_analyzer
from embeddings.encoder import Encoder, open_encoder
from embeddings.model import Floats, Rows
from embeddings.snapshot import Snapshot
from eval.fit_sources import Source
from eval.sets import Question, same_document
from eval.wording import plain
from qa.assistant import Assistant
from qa.compose import open_assistant
from qa.rerank import measure
from qa.retrieve import Pool, RankingOptions, retrieve


@dataclass(frozen=True, slots=True)
class Case:
    """One question's pool: rows `(n,)`, features `(n, f)`, which are right `(n,)`.

    `groups` are the numbers of near-duplicates `(n,)`.
    """

    source: str
    question_id: str
    rows: Rows
    features: Floats
    right: NDArray[np.bool_]
    groups: Rows

    @property
    def kind(self) -> str:
        """The source without its seed."""
        return self.source.rstrip("0123456789-")

    def fold(self, folds: int) -> int:
        """Return the part this case is held out in; the twins of a passage go together.

        Look-alike pages are held out seed by seed, for their questions share wordings.
        """
        seeded = self.source != self.kind
        return crc32((self.source if seeded else self.question_id).encode()) % folds


def cases_of(source: Source) -> Iterator[Case]:
    """Yield the pool of each question of `source` that has an answer."""
    assistant, encoder = open_assistant(source.settings), open_encoder(source.settings.encoder)
    for question in source.questions:
        if question.answerable:
            yield _case(source.name, question, assistant, encoder)


def _case(name: str, judged: Question, assistant: Assistant, encoder: Encoder) -> Case:
    question, snapshot = assistant.read(judged.question, judged.history)
    options = RankingOptions()
    pool: Pool = retrieve(question, snapshot, encoder, options)
    measured = measure(question, pool, snapshot, encoder, open_analyzer(), options)
    return Case(
        source=name,
        question_id=judged.question_id,
        rows=measured.rows,
        features=measured.features,
        right=right_rows(judged, measured.rows, snapshot),
        groups=snapshot.duplicate_of[measured.rows],
    )


def right_rows(judged: Question, rows: Rows, snapshot: Snapshot) -> NDArray[np.bool_]:
    """Tell which rows are of the right document and hold a gold text, if there are any."""
    golds = [plain(text) for text in judged.gold]
    entries = [snapshot.documents[o] for o in snapshot.passage_document[rows]]
    right = np.array(
        [judged.doc is None or same_document(judged.doc, e.source) for e in entries], dtype=bool
    )
    if golds and right.any():
        texts = [plain(passage.text) for passage in snapshot.passages(rows[right])]
        right[right] = [any(gold in text for gold in golds) for text in texts]
    return right
