"""The assistant: one question in, one cited answer out.

Knows how the parts work together. Does not know HTTP, files or evaluation.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from corpus.errors import KysyError
from corpus.language import Analyzer
from corpus.model import Document, Field, Language
from corpus.name_keys import PlaceNames
from corpus.places import load_places
from corpus.profiles import field_catalogue, load_profiles
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.snapshot import Snapshot
from qa.answer_field import FieldAnswerer, field_label
from qa.answer_list import ListAnswerer
from qa.asked import FieldFinder
from qa.confidence import calibration_from, shipped_calibration
from qa.deciding import Decider
from qa.diacritics import Diacritics
from qa.field_meaning import questions_in
from qa.follow_up import Conversation
from qa.mentions import Namer, Naming
from qa.model import Answer, DocumentInfo, IndexStatus, Turn
from qa.naming import names_of
from qa.outcome import Outcome
from qa.outdone import is_outdone
from qa.presenting import explanation, passages, subjects
from qa.question import Question
from qa.reading import Reader
from qa.rerank import Ranking, rank
from qa.retrieve import RankingOptions, retrieve
from qa.roles import Roles
from qa.sampling import sample_questions
from qa.title_meaning import TitleMeaning
from qa.typos import Typos


@dataclass(frozen=True, slots=True)
class _Index:
    """A snapshot with what is made from it once, when it is opened."""

    snapshot: Snapshot
    conversation: Conversation
    decider: Decider


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
        self._diacritics = Diacritics(self._texts_of_asking)
        self._typos = Typos(self._texts_of_asking, self._finder.words_in, self._is_common)
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
        only = None
        if documents is not None and not documents:
            raise KysyError("no document is named to search", fix="leave `documents` out for all")
        if documents is not None:
            only = tuple(index.snapshot.ordinal(document) for document in documents)

        def read(text: str, turns: Sequence[Turn]) -> Question:
            found = index.conversation.read(text, turns, language)
            return found if only is None else replace(found, naming=_restricted(found.naming, only))

        asked = read(question, history)
        asked, ranking = self._ranked(asked, index.snapshot, only)
        outcome = index.decider.decide(asked, ranking)
        outcome = index.decider.with_the_others(asked, outcome, history, read)
        return self._compose(asked, ranking, outcome, index, top_k, explain, started)

    def read(self, question: str, history: Sequence[Turn] = ()) -> tuple[Question, Snapshot]:
        """Return what a question means and the snapshot it is asked of, to learn from."""
        index = self._index
        return index.conversation.read(question, history), index.snapshot

    def ranked(
        self, question: str, history: Sequence[Turn] = ()
    ) -> tuple[Question, Ranking, Snapshot]:
        """Return what a question means, what is found for it and where, to learn from."""
        index = self._index
        asked = index.conversation.read(question, history)
        return (*self._ranked(asked, index.snapshot, None), index.snapshot)

    def is_judged(self, question: Question, ranking: Ranking) -> bool:
        """Tell whether a probability decides on an answer, to learn which: no field and no rule."""
        return self._index.decider.is_judged(question, ranking)

    def rank(self, question: str, top_k: int = 100) -> tuple[tuple[int, float], ...]:
        """Return (row, score) of the best passages for a question, for evaluation."""
        _, ranking, _ = self.ranked(question)
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
        return _Index(snapshot, self._conversation(snapshot), self._decider(snapshot))

    def _decider(self, snapshot: Snapshot) -> Decider:
        today, table = self._today(), snapshot.calibration
        roles = Roles(snapshot, self._encoder, self._analyzer)
        fields = FieldAnswerer(snapshot, self._catalogue, roles, today)
        lists = ListAnswerer(
            snapshot, self._catalogue, self._analyzer, self._encoder, fields, today
        )
        shipped = shipped_calibration(snapshot.manifest.encoder)
        return Decider(
            snapshot,
            self._catalogue,
            fields,
            lists,
            calibration_from(table) if table else shipped,
            self._encoder,
            self._analyzer,
            self._options,
            self._threshold,
        )

    def _conversation(self, snapshot: Snapshot) -> Conversation:
        names = names_of(snapshot, self._catalogue, self._analyzer, self._places)
        titles = [entry.title for entry in snapshot.documents]
        reader = Reader(
            self._analyzer,
            Namer(names, self._places),
            self._finder,
            TitleMeaning(titles, self._encoder, self._analyzer, self._places),
            self._diacritics,
            self._typos,
            _languages(snapshot),
        )
        return Conversation(reader)

    def _texts_of_asking(self, language: Language) -> list[str]:
        return [*questions_in(language), *self._finder.words_in(language)]

    def _is_common(self, word: str) -> bool:
        """Tell a word that is one token, and so was common where the encoder learned."""
        encoder = self._encoder
        return isinstance(encoder, TokenEncoder) and len(encoder.tokens([word]).ids) == 1

    def _check(self, question: str) -> None:
        if not question.strip():
            raise KysyError("the question is empty", fix="write a question")
        if len(question) > self._max_question_chars:
            raise KysyError(
                f"the question has {len(question)} characters",
                fix=f"ask in at most {self._max_question_chars}",
            )

    def _ranked(
        self, question: Question, snapshot: Snapshot, only: Sequence[int] | None
    ) -> tuple[Question, Ranking]:
        """Return the question, without a field that a passage outdoes, and what is found for it."""
        ranking = self._rank(question, snapshot, only)
        if not is_outdone(question, ranking, snapshot, self._encoder):
            return question, ranking
        question = replace(question, asked=None, likely="")
        return question, self._rank(question, snapshot, only)

    def _rank(self, question: Question, snapshot: Snapshot, only: Sequence[int] | None) -> Ranking:
        pool = retrieve(question, snapshot, self._encoder, self._options)
        ranking = rank(question, pool, snapshot, self._encoder, self._analyzer, self._options)
        return ranking if only is None else _within(ranking, snapshot, only)

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
            passages=passages(ranking, outcome.leads, snapshot, top_k),
            snapshot=snapshot.snapshot_id,
            encoder=snapshot.manifest.encoder,
            took_ms=round((time.perf_counter() - started) * 1000, 2),
            candidates=outcome.candidates,
            subjects=subjects(question, outcome, snapshot),
            explanation=explanation(question, ranking, snapshot, self._encoder, self._analyzer)
            if explain
            else None,
        )


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
