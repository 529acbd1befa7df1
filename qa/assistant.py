"""The assistant: one question in, one cited answer out.

Knows how the parts work together. Does not know HTTP, files or evaluation.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from corpus.errors import KysyError
from corpus.language import Analyzer
from corpus.model import Document, Field, Language
from corpus.name_keys import PlaceNames
from corpus.places import load_places
from corpus.profiles import field_catalogue, load_profiles
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from qa.answer_field import FieldAnswerer, field_label, titles
from qa.answer_list import ListAnswerer
from qa.answer_passage import answer_passage, is_field_asked, is_value, says_asked, signals
from qa.asked import FieldFinder
from qa.citing import Citer
from qa.confidence import Calibration, Signals, calibration_from, shipped_calibration
from qa.mentions import Namer, Naming
from qa.model import Answer, DocumentInfo, IndexStatus, RankedPassage, Subject, Turn
from qa.naming import names_of
from qa.outcome import NOT_FOUND, Lead, Outcome
from qa.question import Question, Reader
from qa.rerank import Ranking, best_score, rank
from qa.retrieve import RankingOptions, retrieve
from qa.sampling import sample_questions
from qa.title_meaning import TitleMeaning

FIELD_CONFIDENCE = 0.97  # of a value under the label asked for, in the one document named
TOLD_IN_TEXT = frozenset({"line", "list", "text", "period"})  # types that running text may tell
MEANING_CONFIDENCE = 0.85  # the same, when the encoder alone recognised the field


@dataclass(frozen=True, slots=True)
class _Index:
    """A snapshot with what is made from it once, when it is opened."""

    snapshot: Snapshot
    reader: Reader
    fields: FieldAnswerer
    lists: ListAnswerer
    calibration: Calibration


class Assistant:
    """Answers questions over the current snapshot; safe to share between threads.

    `open_snapshot` opens the newest published snapshot; `current` names it without opening.
    """

    def __init__(
        self,
        open_snapshot: Callable[[], Snapshot],
        current: Callable[[], str],
        encoder: Encoder,
        analyzer: Analyzer,
        *,
        options: RankingOptions | None = None,
        threshold: float | None = None,
        max_question_chars: int = 2000,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._open_snapshot = open_snapshot
        self._current = current
        self._encoder = encoder
        self._analyzer = analyzer
        self._options = options or RankingOptions()
        self._threshold = threshold
        self._max_question_chars = max_question_chars
        self._today = today
        self._catalogue = {s.name: s for s in field_catalogue(load_profiles())}
        self._places = PlaceNames(load_places())
        self._finder = FieldFinder(tuple(self._catalogue.values()), analyzer, encoder)
        self._refreshing = threading.Lock()
        self._index = self._open()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        documents: Sequence[str] | None = None,
        language: Language | None = None,
        top_k: int = 5,
        explain: bool = False,
    ) -> Answer:
        """Answer a question; `documents` restricts it to some document ids.

        KysyError for an empty or overlong question and for an unknown document id.
        """
        started = time.perf_counter()
        index = self._index
        self._check(question)
        read = index.reader.read(question, history, language)
        only = None
        if documents is not None:
            only = tuple(index.snapshot.ordinal(document) for document in documents)
            read = replace(read, naming=_restricted(read.naming, only))
        ranking = self._rank(read, index.snapshot, only)
        outcome = self._decide(read, ranking, index)
        return self._compose(read, ranking, outcome, index, top_k, explain, started)

    def read(self, question: str, history: Sequence[Turn] = ()) -> tuple[Question, Snapshot]:
        """Return what a question means and the snapshot it is asked of, to learn from."""
        index = self._index
        return index.reader.read(question, history), index.snapshot

    def rank(self, question: str, top_k: int = 100) -> tuple[tuple[int, float], ...]:
        """Return (row, score) of the best passages for a question, for evaluation."""
        index = self._index
        ranking = self._rank(index.reader.read(question), index.snapshot, None)
        pairs = zip(ranking.rows[:top_k].tolist(), ranking.scores[:top_k].tolist(), strict=True)
        return tuple(pairs)

    def document(self, document_id: str) -> Document:
        """Return a document, whole; KysyError when it is unknown."""
        return self._index.snapshot.document(document_id)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Return every document, in the order of their ids."""
        return tuple(
            DocumentInfo(
                document_id=e.document_id,
                title=e.title,
                source=e.source,
                language=e.language,
                modified=e.modified,
                profile=e.profile,
                passages=e.passages,
            )
            for e in self._index.snapshot.documents
        )

    def field_values(self, names: Sequence[str]) -> tuple[tuple[str, Field], ...]:
        """Return (document id, field) of the fields named, over all documents."""
        snapshot = self._index.snapshot
        return tuple(
            (snapshot.documents[ordinal].document_id, field)
            for ordinal, field in snapshot.fields(names)
        )

    def field_label(self, name: str, language: Language) -> str:
        """Return what people call a field in a language."""
        spec = self._catalogue.get(name)
        return field_label(spec, language) if spec else name.replace("_", " ")

    def sample_questions(self, language: Language) -> tuple[str, ...]:
        """Return four to six questions that the loaded corpus answers."""
        return sample_questions(self._index.snapshot, language)

    def status(self) -> IndexStatus:
        """Return what is indexed, and how."""
        manifest = self._index.snapshot.manifest
        return IndexStatus(
            snapshot=manifest.snapshot,
            encoder=manifest.encoder,
            built=str(manifest.built),
            documents=manifest.documents,
            passages=manifest.passages,
            fields=manifest.fields,
            vectors=manifest.vectors,
        )

    def refresh(self) -> bool:
        """Open a newer snapshot when one was published; tell whether it was."""
        with self._refreshing:
            if self._current() == self._index.snapshot.snapshot_id:
                return False
            self._index = self._open()
            return True

    def _open(self) -> _Index:
        snapshot = self._open_snapshot()
        fields = FieldAnswerer(snapshot, self._catalogue, self._today())
        table = snapshot.calibration
        return _Index(
            snapshot=snapshot,
            reader=self._reader(snapshot),
            fields=fields,
            lists=ListAnswerer(
                snapshot, self._catalogue, self._analyzer, self._encoder, fields, self._today()
            ),
            calibration=calibration_from(table)
            if table
            else shipped_calibration(snapshot.manifest.encoder),
        )

    def _reader(self, snapshot: Snapshot) -> Reader:
        names = names_of(snapshot, self._catalogue, self._analyzer, self._places)
        titles = [entry.title for entry in snapshot.documents]
        return Reader(
            self._analyzer,
            Namer(names, self._places),
            self._finder,
            TitleMeaning(titles, self._encoder, self._analyzer, self._places),
            _languages(snapshot),
        )

    def _check(self, question: str) -> None:
        if not question.strip():
            raise KysyError("the question is empty", fix="write a question")
        if len(question) > self._max_question_chars:
            raise KysyError(
                f"the question has {len(question)} characters",
                fix=f"ask in at most {self._max_question_chars}",
            )

    def _rank(self, question: Question, snapshot: Snapshot, only: Sequence[int] | None) -> Ranking:
        pool = retrieve(question, snapshot, self._encoder, self._options)
        ranking = rank(question, pool, snapshot, self._encoder, self._options)
        return ranking if only is None else _within(ranking, snapshot, only)

    def _decide(self, question: Question, ranking: Ranking, index: _Index) -> Outcome:
        if self._options.fields:
            outcome = self._structured(question, index)
            if outcome is not None:
                return self._sure(question, outcome)
        return self._from_passage(question, ranking, index)

    def _structured(self, question: Question, index: _Index) -> Outcome | None:
        """Return the answer of the fields: a table, a value, candidates; None for passages."""
        if question.wants_many:
            table = index.lists.answer(question)
            if table is not None:
                return table
        if question.only_names and len(question.naming.documents) > 1 and not question.carried:
            return Outcome(
                "ambiguous", candidates=titles(index.snapshot, question.naming.documents)
            )
        asked = question.asked if question.is_field_question else None
        if asked is None:
            return None
        if self._catalogue[asked.name].type != "text":
            return index.fields.answer(question)
        return index.fields.choice(question) if question.explained == 1.0 else None

    def _sure(self, question: Question, outcome: Outcome) -> Outcome:
        if outcome.finding is None:
            return outcome
        by_meaning = question.asked is not None and question.asked.by_meaning
        confidence = MEANING_CONFIDENCE if by_meaning else FIELD_CONFIDENCE
        return replace(outcome, finding=replace(outcome.finding, confidence=confidence))

    def _from_passage(self, question: Question, ranking: Ranking, index: _Index) -> Outcome:
        if not len(ranking.rows):
            return NOT_FOUND
        found = signals(question, ranking, index.snapshot, self._analyzer)
        confidence = self._judged(question, ranking, found, index)
        threshold = index.calibration.threshold if self._threshold is None else self._threshold
        if self._options.calibrated and confidence < threshold:
            return NOT_FOUND
        outcome = answer_passage(question, ranking, index.snapshot, self._encoder)
        assert outcome.finding is not None
        finding = replace(outcome.finding, confidence=round(confidence, 4))
        return replace(outcome, finding=finding)

    def _judged(self, question: Question, ranking: Ranking, found: Signals, index: _Index) -> float:
        """Return the calibrated probability, or what the fields make certain.

        The very field asked for, in the one document named, answers; a field that no document
        has is answered by a passage only if it says the words asked; a bare value answers nobody
        who asked for something else.
        """
        confidence = index.calibration.probability(found)
        sure = question.naming.strong and len(question.naming.documents) == 1
        if is_field_asked(question, ranking):
            return max(confidence, FIELD_CONFIDENCE) if sure and found.named else confidence
        if question.is_field_question and not says_asked(
            question, ranking, index.snapshot, self._analyzer
        ):
            return 0.0 if question.explained == 1.0 or not self._told(question) else confidence
        if question.asked is None and found.lexical_rest < 1.0:
            return 0.0 if is_value(ranking, index.snapshot) else confidence
        return confidence

    def _told(self, question: Question) -> bool:
        """Whether running text may tell what is asked: a place or a result, not an address."""
        assert question.asked is not None
        kind = self._catalogue[question.asked.name].type
        return kind in TOLD_IN_TEXT or (kind == "person" and not question.steering.asks_who)

    def _compose(
        self,
        question: Question,
        ranking: Ranking,
        outcome: Outcome,
        index: _Index,
        top_k: int,
        explain: bool,
        started: float,
    ) -> Answer:
        snapshot = index.snapshot
        return Answer(
            question=question.asked_text,
            interpreted_question=question.interpreted,
            language=question.language,
            status=outcome.status,
            answer=outcome.finding,
            passages=_passages(ranking, outcome.leads, snapshot, top_k),
            snapshot=snapshot.snapshot_id,
            encoder=snapshot.manifest.encoder,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
            candidates=outcome.candidates,
            subjects=_subjects(question, outcome, snapshot),
            explanation=self._explain(question, ranking, index) if explain else None,
        )

    def _explain(self, question: Question, ranking: Ranking, index: _Index) -> dict[str, Any]:
        understood = {
            "language": question.language,
            "field": question.asked.name if question.asked else None,
            "documents": [
                index.snapshot.documents[o].document_id for o in question.naming.documents
            ],
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
            found = asdict(signals(question, ranking, index.snapshot, self._analyzer))
        return {"understood": understood, "signals": found, "passages": scored}


def _languages(snapshot: Snapshot) -> tuple[Language, ...]:
    """Return the documents' languages, the commonest first."""
    counted = Counter(entry.language for entry in snapshot.documents)
    return tuple(language for language, _ in counted.most_common())


def _restricted(naming: Naming, only: Sequence[int]) -> Naming:
    kept = tuple(o for o in naming.documents if o in only) or tuple(only)
    return replace(naming, documents=kept, scores=dict.fromkeys(kept, 1.0), strong=True, unknown=())


def _within(ranking: Ranking, snapshot: Snapshot, only: Sequence[int]) -> Ranking:
    kept = np.flatnonzero(np.isin(snapshot.passage_document[ranking.rows], only))
    return ranking.take(kept)


def _passages(
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


def _subjects(question: Question, outcome: Outcome, snapshot: Snapshot) -> tuple[Subject, ...]:
    """Return the documents the question is about, when it is one or a few."""
    if outcome.status != "answered":
        return ()
    ordinals = question.naming.documents if question.naming.strong or question.carried else ()
    if len(ordinals) != 1 and len(outcome.leads) == 1:
        ordinals = (int(snapshot.passage_document[outcome.leads[0].row]),)
    entries = [snapshot.documents[o] for o in ordinals[:3]]
    return tuple(Subject(e.document_id, e.title) for e in entries)
