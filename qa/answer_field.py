"""Answers that are a field's value in one document, or the documents to choose from.

Knows fields, the documents meant and the time. Does not know passages' ranking.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.model import Field, Language
from corpus.profiles import FieldSpec
from embeddings.snapshot import Snapshot
from qa.citing import Citer
from qa.model import Candidate, Finding, Related
from qa.outcome import NOT_FOUND, Lead, Outcome
from qa.question import Question
from qa.valuing import in_time, name_keys, of_person

MOST_CANDIDATES = 12
PEOPLE = "person"  # the type of fields that hold a person
TOLD_IN_TEXT = frozenset({"line", "list", "text", "period"})  # what running text may tell
OF_PERSONS = frozenset({"email", "phone"})  # types of what belongs to one person


class FieldAnswerer:
    """Answers field questions over one snapshot."""

    def __init__(self, snapshot: Snapshot, catalogue: Mapping[str, FieldSpec], today: date) -> None:
        self._snapshot = snapshot
        self._catalogue = catalogue
        self._citer = Citer(snapshot)
        self._today = today
        self._people = [s.name for s in catalogue.values() if s.type == PEOPLE]

    def answer(self, question: Question) -> Outcome | None:
        """Return the value, the candidates, that no document says, or None to read the text.

        What running text may tell instead (places, results) is left to the passages; an address
        or a number that no field gives is nowhere.
        """
        assert question.asked is not None
        naming = question.naming
        if naming.hopeless:
            return NOT_FOUND
        documents = naming.documents or tuple(range(len(self._snapshot.documents)))
        carrying = self._carrying(question, documents)
        if not carrying:
            told_elsewhere = self._catalogue[question.asked.name].type in TOLD_IN_TEXT
            return None if told_elsewhere else NOT_FOUND
        if len(carrying) > 1:
            return self._ambiguous(question, tuple(carrying))
        ((ordinal, fields),) = carrying.items()
        values = self._values(question, ordinal, fields)
        return self._found(question, ordinal, values) if values else NOT_FOUND

    def _carrying(
        self, question: Question, ordinals: Sequence[int]
    ) -> dict[int, tuple[Field, ...]]:
        found: dict[int, tuple[Field, ...]] = {}
        for ordinal, field in self._snapshot.fields(self._names(question), ordinals):
            found[ordinal] = (*found.get(ordinal, ()), field)
        return found

    def _names(self, question: Question) -> list[str]:
        """Return the field asked for; of a person named, every field of that type."""
        assert question.asked is not None
        spec = self._catalogue[question.asked.name]
        if not question.naming.person or spec.type not in OF_PERSONS:
            return [spec.name]
        return [other.name for other in self._catalogue.values() if other.type == spec.type]

    def _values(
        self, question: Question, ordinal: int, fields: Sequence[Field]
    ) -> tuple[Field, ...]:
        assert question.asked is not None
        person = question.naming.person
        if person and self._catalogue[question.asked.name].type in OF_PERSONS:
            people = [f for _, f in self._snapshot.fields(self._people, [ordinal])]
            return of_person(fields, people, person)
        own = tuple(f for f in fields if person and person in name_keys(f.value))
        if own and question.steering.asks_when:
            return own
        return in_time(fields, question.when, self._today)

    def _found(self, question: Question, ordinal: int, values: Sequence[Field]) -> Outcome:
        assert question.asked is not None
        values = tuple({(f.start, f.end): f for f in values}.values())
        texts = [self._citer.verbatim(ordinal, field) for field in values]
        leads = self.leads(ordinal, values)
        finding = Finding(
            text="; ".join(dict.fromkeys(texts)),
            kind="field",
            confidence=1.0,
            citations=tuple(range(1, len(leads) + 1)),
            field=question.asked.name,
            label=values[0].label or None,
            language=self._snapshot.documents[ordinal].language,
            related=self._related(question.asked.name, ordinal, values),
        )
        return Outcome("answered", finding, leads)

    def leads(self, ordinal: int, fields: Sequence[Field]) -> tuple[Lead, ...]:
        """Return the passages that hold fields, each once, their words highlighted."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for field in fields:
            row = self._citer.row_of(ordinal, field)
            if row >= 0:
                start = self._citer.passages([row])[0].start
                spans.setdefault(row, []).append((field.start - start, field.end - start))
        return tuple(Lead(row, tuple(found)) for row, found in spans.items())

    def _related(self, name: str, ordinal: int, values: Sequence[Field]) -> tuple[Related, ...]:
        beside = self._catalogue[name].beside
        found = self._snapshot.fields(beside, [ordinal]) if beside else ()
        taken = {(f.start, f.end) for f in values}
        return tuple(
            Related(
                f.name, f.label, self._citer.verbatim(ordinal, f), self._citer.field(ordinal, f)
            )
            for _, f in found
            if (f.start, f.end) not in taken
        )

    def _ambiguous(self, question: Question, ordinals: Sequence[int]) -> Outcome:
        assert question.asked is not None
        label = field_label(self._catalogue[question.asked.name], question.language)
        return Outcome("ambiguous", candidates=candidates(self._snapshot, ordinals, label))


def candidates(snapshot: Snapshot, ordinals: Sequence[int], what: str) -> tuple[Candidate, ...]:
    """Return the documents to choose from, each with the question that chooses it."""
    entries = [snapshot.documents[o] for o in ordinals[:MOST_CANDIDATES]]
    return tuple(Candidate(e.document_id, e.title, f"{what}: {e.title}") for e in entries)


def titles(snapshot: Snapshot, ordinals: Sequence[int]) -> tuple[Candidate, ...]:
    """Return the documents to choose from, each asked for by its title."""
    entries = [snapshot.documents[o] for o in ordinals[:MOST_CANDIDATES]]
    return tuple(Candidate(e.document_id, e.title, e.title) for e in entries)


def field_label(spec: FieldSpec, language: Language) -> str:
    """Return what people call a field in a language."""
    return next(iter(spec.names.get(language, ())), spec.name.replace("_", " "))
