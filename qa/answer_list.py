"""Answers over several documents: complete tables, a citation in each row.

Knows fields of all documents and what restricts them. Does not know passages' ranking.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from corpus.language import Analyzer, Token
from corpus.model import Field
from corpus.name_keys import squeeze, token_keys
from corpus.profiles import FieldSpec
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from qa.answer_field import FieldAnswerer
from qa.citing import Citer
from qa.mentions import Naming
from qa.model import Finding, Row
from qa.outcome import NOT_FOUND, Lead, Outcome
from qa.question import Question
from qa.valuing import in_time, name_keys
from qa.when import When

MOST_LEADS = 10  # rows carry their own citations; so many of them are shown as passages too
RESTRICTING = frozenset({"place", "person", "member", "part"})  # names that narrow a list
MOSTLY_EXPLAINED = 0.5  # "mitkä hankkeet kuuluvat Savoon": one verb may be left
MOST_VALUES = 500  # so many different values are still compared by meaning
MEANT_FLOOR = 0.45  # cosine of the words said with a value of the field
OF_HERS = frozenset({"email", "phone", "number", "date", "period"})  # types that are no project
Found = tuple[int, Field]


class ListAnswerer:
    """Answers "which projects" and "all contacts" over one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        catalogue: Mapping[str, FieldSpec],
        analyzer: Analyzer,
        encoder: Encoder,
        fields: FieldAnswerer,
        today: date,
    ) -> None:
        self._snapshot = snapshot
        self._catalogue = catalogue
        self._analyzer = analyzer
        self._encoder = encoder
        self._fields = fields
        self._citer = Citer(snapshot)
        self._today = today

    def answer(self, question: Question) -> Outcome | None:
        """Return the table, or None when the question does not ask for one."""
        own = question.asks_project_of and not question.naming.unknown
        if not own and len(_restricted(question.naming)) == 1:
            return None
        if question.naming.hopeless or question.steering.negated:
            return NOT_FOUND  # what is not so no field holds
        if own:
            hers = self._of_person(question)
            return self._table(hers) if hers else None
        found = self._select(question)
        if found is None:
            return None
        found = self._extreme(question, found)
        return self._table(found) if found else NOT_FOUND

    def _of_person(self, question: Question) -> tuple[Found, ...]:
        """Return where the person who is named is, by the fields that say so at the time asked.

        None where something else of her is asked for that she has: an address, a number, a date.
        """
        asked = question.asked
        if asked is not None and self._catalogue[asked.name].type in OF_HERS:
            return ()
        found = self._all(self._of_type("person"), question)
        hers = [(o, f) for o, f in found if question.naming.person in name_keys(f.value)]
        return self._valid(hers, question.when) if question.when else tuple(hers)

    def _extreme(self, question: Question, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """Keep the latest or the earliest dates alone when they are asked for of one page."""
        steering = question.steering
        dated = [(o, f) for o, f in found if self._catalogue[f.name].type == "date"]
        timed = question.when is not None and question.when.mode == "dates"
        if not dated or timed or steering.asks_when or steering.wants_every:
            return found
        if steering.earliest == steering.latest:
            return found
        pick = min if steering.earliest else max
        edge = pick(field.value for _, field in dated)
        return tuple((o, f) for o, f in dated if f.value == edge)

    def _select(self, question: Question) -> tuple[Found, ...] | None:
        if question.asked is not None:
            return self._by_field(question, question.asked.name)
        if question.when is not None and question.when.mode == "dates":
            return self._by_time(self._all(self._of_type("period"), question), question.when)
        named = bool(_restricted(question.naming))
        if question.explained >= MOSTLY_EXPLAINED and (named or question.steering.wants_every):
            return self._all(["name"], question)
        return None

    def _by_field(self, question: Question, name: str) -> tuple[Found, ...] | None:
        found = self._all([name], question)
        words = self._unexplained(question)
        values = {f.value for _, f in found}
        meant = self._said(values, words)
        if words and not meant:
            meant = self._meant(values, words)
        if meant:
            return tuple((o, f) for o, f in found if f.value in meant)
        if len(words) > 1:
            return None
        when = question.when
        if when is not None and when.mode == "dates":
            if self._catalogue[name].type in {"date", "period"}:
                return self._by_time(found, when)
            running = self._by_time(self._all(self._of_type("period"), question), when)
            kept = {ordinal for ordinal, _ in running}
            return tuple((o, f) for o, f in found if o in kept)
        return self._valid(found, when)

    def _all(self, names: Sequence[str], question: Question) -> tuple[Found, ...]:
        return self._snapshot.fields(names, _restricted(question.naming) or None)

    def _of_type(self, kind: str) -> list[str]:
        return [spec.name for spec in self._catalogue.values() if spec.type == kind]

    def _unexplained(self, question: Question) -> list[Token]:
        assert question.asked is not None
        mentions = question.naming.mentions
        strong = {p for m in mentions if m.kind in RESTRICTING for p in m.words}
        left = question.telling - question.asked.exact - strong
        return [question.tokens[p] for p in sorted(left)]

    def _said(self, values: Iterable[str], words: Sequence[Token]) -> set[str]:
        """Return the values that have most of the words; none when no word stands in any."""
        shared = {value: self._shared(value, words) for value in values}
        most = max(shared.values(), default=0)
        return {value for value, count in shared.items() if count == most > 0}

    def _shared(self, value: str, words: Sequence[Token]) -> int:
        keys = {key for token in self._analyzer.tokens(value) for key in _wide_keys(token)}
        return sum(bool(keys & _wide_keys(token)) for token in words)

    def _meant(self, values: set[str], words: Sequence[Token]) -> set[str]:
        """Return the value that the words mean in another language; none when it is not clear."""
        if not 0 < len(values) <= MOST_VALUES:
            return set()
        ordered = sorted(values)
        said = self._encoder.encode_queries([" ".join(token.surface for token in words)])[0]
        nearness = self._encoder.encode_queries(ordered) @ said
        best = int(np.argmax(nearness))
        return {ordered[best]} if nearness[best] >= MEANT_FLOOR else set()

    def _by_time(self, found: Iterable[Found], when: When) -> tuple[Found, ...]:
        return tuple((o, f) for o, f in found if when.meets(*period_of(f.value)))

    def _valid(self, found: Iterable[Found], when: When | None) -> tuple[Found, ...]:
        grouped: dict[int, list[Field]] = {}
        for ordinal, field in found:
            grouped.setdefault(ordinal, []).append(field)
        return tuple(
            (ordinal, field)
            for ordinal, fields in grouped.items()
            for field in in_time(fields, when, self._today)
        )

    def _table(self, found: Sequence[Found]) -> Outcome:
        rows = tuple(self._row(ordinal, field) for ordinal, field in found)
        leads: dict[int, Lead] = {}
        for ordinal, field in found[:MOST_LEADS]:
            for lead in self._fields.leads(ordinal, [field]):
                leads.setdefault(lead.row, lead)
        finding = Finding(
            text="; ".join(dict.fromkeys(map(_line, rows))),
            kind="list",
            confidence=1.0,
            citations=tuple(range(1, len(leads) + 1)),
            field=found[0][1].name,
            label=found[0][1].label or None,
            language=self._snapshot.documents[found[0][0]].language,
            rows=rows,
        )
        return Outcome("answered", finding, tuple(leads.values()))

    def _row(self, ordinal: int, field: Field) -> Row:
        entry = self._snapshot.documents[ordinal]
        return Row(
            document_id=entry.document_id,
            title=entry.title,
            value=self._citer.verbatim(ordinal, field),
            citation=self._citer.field(ordinal, field),
        )


def _line(row: Row) -> str:
    return row.value if row.value == row.title else f"{row.title}: {row.value}"


def _restricted(naming: Naming) -> tuple[int, ...]:
    """Return the documents that places or persons restrict a list to; empty for all."""
    said = [set(m.documents) for m in naming.mentions if m.kind in RESTRICTING and m.documents]
    if not said:
        return ()
    return tuple(sorted(set.intersection(*said) or set.union(*said)))


def _wide_keys(token: Token) -> frozenset[str]:
    return frozenset({*token_keys(token), *(squeeze(part) for part in token.parts)})


def period_of(value: str) -> tuple[date | None, date | None]:
    """Return the first and last day of an ISO 8601 date, month, year or "from/to" of these."""
    first, _, last = value.partition("/")
    return _edge(first, last=False), _edge(last or first, last=True)


def _edge(text: str, *, last: bool) -> date | None:
    parts = text.split("-")
    try:
        year, month, day = (*map(int, parts), *((12, 31) if last else (1, 1))[len(parts) - 1 :])
        return date(year, month, min(day, _days(year, month)))
    except ValueError:
        return None


def _days(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days
