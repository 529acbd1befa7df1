"""Answers that are a field's value in one document, or the documents to choose from.

Knows fields, the documents meant and the time. Does not know passages' ranking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus.model import Field, Language
from corpus.name_keys import squeeze, token_keys
from corpus.profiles import FieldSpec
from embeddings.snapshot import Snapshot
from qa.asked import PERSON
from qa.citing import Citer
from qa.lexicon import load_lexicon
from qa.mentions import PERSONS
from qa.model import Candidate, Finding, Related
from qa.outcome import NOT_FOUND, Lead, Outcome
from qa.question import Question
from qa.roles import Roles, once
from qa.valuing import in_time, name_keys, of_person, owners

MOST_CANDIDATES = 12
PEOPLE = "person"  # the type of fields that hold a person
TIMES = frozenset({"date", "period"})
OF_PERSONS = frozenset({"email", "phone"})  # types of what belongs to one person


class FieldAnswerer:
    """Answers field questions over one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        catalogue: Mapping[str, FieldSpec],
        roles: Roles,
        today: date,
    ) -> None:
        self._snapshot = snapshot
        self._catalogue = catalogue
        self._roles = roles
        self._citer = Citer(snapshot)
        self._today = today
        self._people = [s.name for s in catalogue.values() if s.type == PEOPLE]

    def answer(self, question: Question) -> Outcome | None:
        """Return the value, the candidates, or that what is named is nowhere.

        None when the documents meant have no such field, or list nobody with the office asked for:
        running text may still tell.
        """
        assert question.asked is not None
        naming = question.naming
        if naming.hopeless:
            return NOT_FOUND
        if self._asks_owner(question):
            return self._owner(question)
        if self._asks_her_time(question):
            return self._her_time(question)
        if holders := self._holders(question):
            return self._held(question, holders)
        if question.asked.other_office:
            return None
        documents = naming.documents or tuple(range(len(self._snapshot.documents)))
        carrying = self._carrying(question, documents)
        if not carrying and question.asked.others:
            first, *others = question.asked.others
            second = replace(question.asked, name=first, others=tuple(others))
            return self.answer(replace(question, asked=second))
        if not carrying:
            return None
        if len(carrying) > 1:
            return self._ambiguous(question, tuple(carrying))
        ((ordinal, fields),) = carrying.items()
        values = self._values(question, ordinal, fields)
        return self._found(question, ordinal, values) if values else NOT_FOUND

    def _asks_her_time(self, question: Question) -> bool:
        """Tell "when did N.N. begin" from a time of her project: "when does N.N.'s project end"."""
        assert question.asked is not None
        one = bool(question.naming.person) and len(question.naming.documents) == 1
        return (
            one and not question.says_project and self._catalogue[question.asked.name].type in TIMES
        )

    def _her_time(self, question: Question) -> Outcome:
        """Return the fields that tell from when or until when a person was what she was."""
        assert question.asked is not None
        (ordinal,), person = question.naming.documents, question.naming.person
        dated = [f for f in self._persons(ordinal) if f.valid_from or f.valid_to]
        hers = [f for f in dated if person in name_keys(f.value)]
        if not hers:
            return NOT_FOUND
        asked = replace(question.asked, name=hers[0].name)
        return self._found(replace(question, asked=asked), ordinal, hers)

    def _persons(self, ordinal: int) -> list[Field]:
        """Return a document's fields that hold a person."""
        return [field for _, field in self._snapshot.fields(self._people, [ordinal])]

    def _asks_owner(self, question: Question) -> bool:
        """Tell "whose e-mail is N@X" from what else is asked of the one who has an address."""
        assert question.asked is not None
        kind = self._catalogue[question.asked.name].type
        whose = question.steering.asks_who and kind in {PEOPLE, "email", "line", "address"}
        return whose and "@" in question.naming.person_text

    def _owner(self, question: Question) -> Outcome | None:
        """Return who is spelled by the e-mail address that the question has; None for nobody."""
        assert question.asked is not None
        for ordinal in question.naming.documents:
            people = self._persons(ordinal)
            spelled = owners(question.naming.person_text, people)
            if spelled:
                asked = replace(question.asked, name=spelled[0].name)
                return self._found(replace(question, asked=asked), ordinal, spelled)
        return None

    def choice(self, question: Question) -> Outcome | None:
        """Return the documents to choose from when several have the field and none is named."""
        if question.asked is None or question.naming.hopeless:
            return None
        documents = question.naming.documents or tuple(range(len(self._snapshot.documents)))
        carrying = self._carrying(question, documents)
        return self._ambiguous(question, tuple(carrying)) if len(carrying) > 1 else None

    def _carrying(
        self, question: Question, ordinals: Sequence[int]
    ) -> dict[int, tuple[Field, ...]]:
        found: dict[int, tuple[Field, ...]] = {}
        for ordinal, field in self._snapshot.fields(self._names(question), ordinals):
            found[ordinal] = (*found.get(ordinal, ()), field)
        return found

    def _names(self, question: Question) -> list[str]:
        """Return the field asked for; of a person named, every field of that type.

        Who a person is, every field that holds persons tells.
        """
        assert question.asked is not None
        spec = self._catalogue[question.asked.name]
        if self._about_person(question):
            return self._people
        if not question.naming.person or spec.type not in OF_PERSONS:
            return [spec.name]
        return [other.name for other in self._catalogue.values() if other.type == spec.type]

    def _values(
        self, question: Question, ordinal: int, fields: Sequence[Field]
    ) -> tuple[Field, ...]:
        assert question.asked is not None
        person = question.naming.person
        if person and self._catalogue[question.asked.name].type in OF_PERSONS:
            people = self._persons(ordinal)
            return of_person(fields, people, person)
        own = tuple(f for f in fields if person and person in name_keys(f.value))
        if self._about_person(question):
            return self._told_of(question, own)
        if own and question.steering.asks_when:
            return own
        valid = in_time(fields, question.when, self._today)
        possessors = self._possessors(question)
        return tuple(f for f in valid if possessors.isdisjoint(_keys(f.value)))

    def _possessors(self, question: Question) -> frozenset[str]:
        """Return the keys of names somebody of whom is asked for: "who is N.N.'s boss"."""
        assert question.asked is not None
        kind = self._catalogue[question.asked.name].type
        if kind != PEOPLE or not question.steering.asks_who or question.says_project:
            return frozenset()
        ends = tuple(load_lexicon(question.language).genitive_endings)
        return frozenset(
            m.key
            for m in question.naming.mentions
            if m.kind in PERSONS and m.key != (said := squeeze(m.text)) and said.endswith(ends)
        )

    def _told_of(self, question: Question, own: tuple[Field, ...]) -> tuple[Field, ...]:
        """Return what is told of a person: who it is, or the role where that alone is asked for."""
        listed = once([field for field in own if field.name == PERSON and field.label])
        if not question.steering.asks_who:
            return tuple(listed)
        return tuple(f for f in own if f in listed or f.name != PERSON or not f.label)

    def _holders(self, question: Question) -> list[Field]:
        """Return the persons listed who are meant, or whose address is, not the one of a label."""
        assert question.asked is not None
        asked = question.asked
        if self._catalogue[asked.name].type in OF_PERSONS:
            return self._roles.holders(question, frozenset())
        own = asked.exact if asked.name != PERSON else frozenset[int]()
        return [] if self._labelled(question) else self._roles.holders(question, own)

    def _held(self, question: Question, holders: Sequence[Field]) -> Outcome:
        """Return those who have the role or the area, or how they are reached."""
        assert question.asked is not None
        (ordinal,) = question.naming.documents
        kind = self._catalogue[question.asked.name].type
        if kind not in OF_PERSONS:
            asked = replace(question.asked, name=PERSON)
            return self._found(replace(question, asked=asked), ordinal, holders)
        names = [spec.name for spec in self._catalogue.values() if spec.type == kind]
        fields = [f for _, f in self._snapshot.fields(names, [ordinal])]
        theirs = [f for h in holders for f in of_person(fields, [h], squeeze(h.value))]
        return self._found(question, ordinal, theirs) if theirs else NOT_FOUND

    def _labelled(self, question: Question) -> bool:
        """Tell whether no person is asked for, or one by the field's own name: "the contact"."""
        assert question.asked is not None
        asked = question.asked
        spec = self._catalogue[asked.name]
        names = {squeeze(name) for names in spec.names.values() for name in names}
        said = {key for p in asked.exact for key in token_keys(question.tokens[p])}
        return spec.type != PEOPLE or (asked.name != PERSON and not names.isdisjoint(said))

    def _about_person(self, question: Question) -> bool:
        """Tell whether a person who is named is asked about: "who is Pia Karttunen".

        One who is not under the label meant is: "what is Pia Karttunen in charge of". Of one who
        is, somebody else may be asked for: "who came after Pia Karttunen".
        """
        asked, naming = question.asked, question.naming
        if asked is None or not naming.person:
            return False
        alone = asked.by_meaning and question.telling <= naming.words
        if asked.name == PERSON or (alone and question.steering.asks_who):
            return True
        if self._labelled(question) or question.steering.yes_no:
            return False
        found = self._snapshot.fields([asked.name], naming.documents)
        return not any(naming.person in name_keys(field.value) for _, field in found)

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
            field=values[0].name if self._about_person(question) else question.asked.name,
            label=values[0].label or None,
            language=self._snapshot.documents[ordinal].language,
            related=self._related(question, ordinal, values),
        )
        return Outcome("answered", finding, leads)

    def leads(self, ordinal: int, fields: Sequence[Field]) -> tuple[Lead, ...]:
        """Return the passages that hold fields, each once, their words highlighted."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for field in fields:
            for row in self._citer.rows_of(ordinal, field)[:1]:
                passage = self._citer.passages([row])[0]
                start, end = max(field.start, passage.start), min(field.end, passage.end)
                span = (start - passage.start, end - passage.start)
                spans.setdefault(row, []).append(span)
        return tuple(Lead(row, tuple(found)) for row, found in spans.items())

    def _related(
        self, question: Question, ordinal: int, values: Sequence[Field]
    ) -> tuple[Related, ...]:
        names = dict.fromkeys(n for f in values for n in self._catalogue[f.name].beside)
        found = [f for _, f in self._snapshot.fields(tuple(names), [ordinal])] if names else []
        if question.naming.person:
            found = self._hers(found, ordinal, question.naming.person)
        found = [f for f in found if not self._anothers(f, ordinal, values)]
        taken = {(f.start, f.end) for f in values}
        return tuple(
            Related(
                f.name, f.label, self._citer.verbatim(ordinal, f), self._citer.field(ordinal, f)
            )
            for f in found
            if (f.start, f.end) not in taken
        )

    def _anothers(self, field: Field, ordinal: int, values: Sequence[Field]) -> bool:
        """Tell whether a field spells another person than those of the answer."""
        people = self._persons(ordinal)
        own = {f.value for f in values}
        if self._catalogue[field.name].type in OF_PERSONS:
            spelled = [p.value for p in people if of_person([field], [p], squeeze(p.value))]
            return bool(spelled) and own.isdisjoint(spelled)
        if self._catalogue[field.name].type != PEOPLE:
            return False
        addresses = [f for f in values if self._catalogue[f.name].type in OF_PERSONS]
        spelled = [p.value for p in people if of_person(addresses, [p], squeeze(p.value))]
        return bool(spelled) and field.value not in spelled

    def _hers(self, fields: Sequence[Field], ordinal: int, person: str) -> list[Field]:
        """Leave out other persons, and what belongs to them."""
        people = self._persons(ordinal)
        hers = [p for p in people if person in name_keys(p.value)]
        types = {f.name: self._catalogue[f.name].type for f in fields}
        personal = [f for f in fields if types[f.name] in OF_PERSONS]
        kept = {*hers, *of_person(personal, people, person)}
        return [f for f in fields if f in kept or types[f.name] not in {PEOPLE, *OF_PERSONS}]

    def _ambiguous(self, question: Question, ordinals: Sequence[int]) -> Outcome:
        assert question.asked is not None
        label = field_label(self._catalogue[question.asked.name], question.language)
        return Outcome("ambiguous", candidates=candidates(self._snapshot, ordinals, label))


def _keys(value: str) -> frozenset[str]:
    """Return the keys of the names in a value, whole and word by word."""
    return frozenset((*name_keys(value), *map(squeeze, value.split())))


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
