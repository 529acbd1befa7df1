"""Which field a question asks for: by the words of its names and aliases, else by meaning.

Knows the field catalogue of the profiles. Does not know documents, names or ranking.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.language import Analyzer, Token
from corpus.model import LANGUAGES, Language
from corpus.name_keys import squeeze
from corpus.profiles import FieldSpec, FieldType
from embeddings.encoder import Encoder
from qa.alias_words import AliasWords
from qa.aliases import (
    Alias,
    Pointer,
    Word,
    aliases_of,
    covered,
    rarity_of,
    spec_texts,
    spoken_words,
)
from qa.field_meaning import NO_FIELD, Bar, FieldMeaning
from qa.lexicon import load_lexicon


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field that is asked for; `words` are the positions of the words that say so.

    `exact` are those that say nothing else (not the "EU" of "EU-finansiering"); `score` grows
    with the rarity of the alias's words; `by_meaning` tells that no alias stands in the question
    and the encoder alone chose; `others` are fields that nearly as much is said of, for a document
    that lacks the first, and `rivals` those that other words of the question name; `other_office`
    tells that a role is asked for in words that call none of these persons, "finance director".
    """

    name: str
    score: float
    words: frozenset[int]
    exact: frozenset[int] = frozenset()
    by_meaning: bool = False
    others: tuple[str, ...] = ()
    rivals: tuple["AskedField", ...] = ()
    other_office: bool = False


POINTED_TYPES: Mapping[Pointer, frozenset[FieldType]] = {
    "who": frozenset({"person"}),
    "when": frozenset({"date", "period"}),
    "where": frozenset(),
}
# kept whatever the question word: "when did the contact leave" is about the contact
KEPT_TYPES = frozenset({"person", "number"})
POINTED_SCORE = 1.0  # what a field of the type that the question word points to gains
NAME = "name"  # the field that holds what a document's subject is called
PERSON = "person"  # the field that any person of a page is in
NEAR_SHARE = 0.95  # of the best field's score, from which another may be meant too
UNPOINTED = 0.6  # what is left of "who wrote" where no question word stands
PART_SCORE = 0.6  # share of a word's score that a part of a compound gains: "alue" of "hoitoalue"
SURFACE_SCORE = 0.5  # what an alias gains whose very forms stand in the question


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question's words as alias words by position; `wide` were met through a part alone."""

    senses: Mapping[int, frozenset[Word]]
    wide: frozenset[int]
    surfaces: frozenset[str]
    points: frozenset[Pointer]


class FieldFinder:
    """Recognises fields of one catalogue; made once for a snapshot."""

    def __init__(
        self, catalogue: Sequence[FieldSpec], analyzer: Analyzer, encoder: Encoder
    ) -> None:
        self._catalogue = {spec.name: spec for spec in catalogue}
        self._texts = [(s.name, text) for s in catalogue for text in spec_texts(s)]
        self._aliases = aliases_of(self._texts, analyzer)
        self._rarity = rarity_of(self._aliases)
        self._starting: dict[Word, list[int]] = {}  # aliases by their first word
        for position, alias in enumerate(self._aliases):
            self._starting.setdefault(alias.words[0], []).append(position)
        self._words = AliasWords(self._aliases)
        self._spoken = {language: spoken_words(catalogue, language) for language in LANGUAGES}
        types = {spec.name: spec.type for spec in catalogue}
        self._meaning = FieldMeaning(self._texts, types, encoder)

    def find(
        self,
        tokens: tuple[Token, ...],
        taken: frozenset[int],
        allows: Callable[[FieldType], bool] = lambda kind: True,
        points: frozenset[Pointer] = frozenset(),
        *,
        is_open: bool = False,
    ) -> AskedField | None:
        """Return the field asked for; words at the positions in `taken` name something else.

        `allows` tells which types of field the question word can mean ("who" is no date), and
        `points` what it points to; `is_open` that no question word stands, so that an alias with
        one of its own may be meant all the same.

        An alias made of function words alone ("who is") is recognised by meaning only.
        """
        reading = self._reading(tokens, taken, points)
        found: dict[str, AskedField] = {}
        for alias in self._near(reading):
            unpointed = not alias.points <= points
            nameless = alias.name == NAME and "who" in points  # "the name of the one who"
            allowed = allows(self._catalogue[alias.name].type) and not nameless
            if not allowed or (unpointed and not is_open):
                continue
            asked = self._scored(alias, reading)
            best = found.get(alias.name)
            if asked is not None and (best is None or asked.score > best.score):
                found[alias.name] = asked
        return self._choose(self._whole(found, tokens))

    def _reading(
        self, tokens: tuple[Token, ...], taken: frozenset[int], points: frozenset[Pointer]
    ) -> _Reading:
        free = {p: token for p, token in enumerate(tokens) if p not in taken}
        senses = {p: self._words.of_token(token) for p, token in free.items()}
        wide = frozenset(p for p, found in senses.items() if not found and free[p].parts)
        senses |= {p: self._words.of_keys(map(squeeze, _heads(free[p]))) for p in wide}
        return _Reading(senses, wide, frozenset(token.surface for token in tokens), points)

    def _near(self, reading: _Reading) -> list[Alias]:
        """Return the aliases whose first word is said, in the catalogue's order."""
        said = {word for words in reading.senses.values() for word in words}
        near = sorted(position for word in said for position in self._starting.get(word, ()))
        return [self._aliases[position] for position in near]

    def _scored(self, alias: Alias, reading: _Reading) -> AskedField | None:
        """Return the field of an alias that is said whole, with its score; None when it is not."""
        words = covered(alias, reading.senses)
        if words is None:
            return None
        kind = self._catalogue[alias.name].type
        score = sum(self._rarity[word] for word in alias.words)
        score += POINTED_SCORE * any(kind in POINTED_TYPES[pointer] for pointer in reading.points)
        score += SURFACE_SCORE * (alias.surfaces <= reading.surfaces)
        score *= UNPOINTED if not alias.points <= reading.points else 1.0
        score *= 1.0 if words.isdisjoint(reading.wide) else PART_SCORE
        return AskedField(alias.name, score, words, words - reading.wide)

    def between(self, asked: AskedField, text: str) -> AskedField:
        """Return which of the fields that are named a text means: "which party finances it"."""
        rivals = {rival.name: rival for rival in asked.rivals}
        meant = self._meaning.nearest_of(text, (asked.name, *rivals), "among") if rivals else None
        return rivals.get(meant, asked) if meant else asked

    def type_of(self, name: str) -> FieldType:
        """Return the type of a field of the catalogue."""
        return self._catalogue[name].type

    def words_in(self, language: Language) -> frozenset[str]:
        """Return the words by which a language asks."""
        return self._spoken[language]

    def spoken(self, tokens: Sequence[Token]) -> Language | None:
        """Return the language whose words of asking the tokens are, when one has most of them."""
        counts = {
            language: sum(not words.isdisjoint((t.surface, *t.lemmas)) for t in tokens)
            for language, words in self._spoken.items()
        }
        (first, most), (_, second), *_ = sorted(counts.items(), key=lambda c: -c[1])
        return first if most > second else None

    def asks(self, words: frozenset[str] | set[str]) -> bool:
        """Tell whether fields are asked for in every one of the words, in lower case."""
        return words <= self._meaning.vocabulary

    def is_called(self, asked: AskedField, place: int) -> bool:
        """Tell whether the word at a place is a person's very alias: "contact"."""
        return place in asked.exact and self.type_of(asked.name) == "person"

    def find_by_meaning(
        self,
        text: str,
        words: frozenset[int],
        allows: Callable[[FieldType], bool],
        bar: Bar = "open",
    ) -> AskedField | None:
        """Return the field that a text means, said by the words at the positions `words`."""
        found = self._meaning.nearest(text, allows, bar)
        return AskedField(found[0], found[1], words, by_meaning=True) if found else None

    def pointed(self, asked: AskedField, text: str, pointer: Pointer) -> AskedField:
        """Return the person or time that a question word means rather than a text named on the way.

        "Who answers questions about the project" is no question about what the project is about,
        nor "who has the task of answering" one about anybody with a task.
        """
        kinds = POINTED_TYPES[pointer]
        if self._catalogue[asked.name].type in {*kinds, *KEPT_TYPES} and asked.name != PERSON:
            return asked
        fields = [spec.name for spec in self._catalogue.values() if spec.type in kinds]
        bar: Bar = "clear" if asked.name == PERSON else "among"
        meant = self._meaning.nearest_of(text, (asked.name, *fields), bar)
        if meant is None or meant == asked.name:
            return asked
        return replace(asked, name=meant, exact=frozenset(), by_meaning=True)

    def person(self, asked: AskedField, text: str, *, sure: bool = False) -> AskedField:
        """Return the person rather than what stands beside one, or the name of one.

        A "who" that means the contact's organisation by a hair means the contact, and "name of the
        person in charge" is no project's name; nor is "her name", where a person is meant for
        `sure`.
        """
        spec = self._catalogue[asked.name]
        owners = [s.name for s in self._catalogue.values() if asked.name in s.beside]
        if asked.name != NAME and not (spec.type == "line" and owners):
            return asked
        persons = owners or [s.name for s in self._catalogue.values() if s.type == "person"]
        named = not asked.by_meaning and asked.name != NAME
        nearest = self._meaning.nearest_of(text, (asked.name, *persons), "clear")
        if not sure and (nearest == asked.name or (named and nearest is None)):
            return asked
        meant = self._meaning.nearest_of(text, persons, "who")
        return replace(asked, name=meant, by_meaning=True) if meant else asked

    def refined(self, asked: AskedField, text: str, left: frozenset[int]) -> AskedField:
        """Return what of a person is asked for, when more is said than the person's role.

        "Where does the contact work" names the contact and means the organisation. `left` are the
        telling words that say neither the field nor a name, and `text` is all but the names.
        """
        beside = self._catalogue[asked.name].beside
        if not left or self._catalogue[asked.name].type != "person" or not beside:
            return asked
        meant = self._meaning.nearest_of(text, (asked.name, *beside), "more")
        if meant is None or meant == asked.name:
            return asked
        return replace(asked, name=meant, words=asked.words | left)

    def party(self, asked: AskedField) -> AskedField:
        """Return the organisation beside a person, for "which body coordinates the project"."""
        spec = self._catalogue[asked.name]
        beside = (n for n in spec.beside if spec.type == "person" and self.type_of(n) == "line")
        return replace(asked, name=next(beside, asked.name))

    def as_a_whole(
        self,
        asked: AskedField,
        text: str,
        left: frozenset[int],
        allows: Callable[[FieldType], bool],
        *,
        doer: bool = False,
    ) -> AskedField | None:
        """Return the field that the whole text means; None when it asks for none.

        "Who is the right person to turn to" has "turn to" in it, and more of the same; "which
        address can I mail" means the e-mail, and "pilot municipality" no field at all. With `doer`
        one who does it is asked for: "who evaluates" is rather no field than the evaluation.
        """
        able = [s.name for s in self._catalogue.values() if allows(s.type) or s.name == asked.name]
        every = (*able, NO_FIELD)
        whole = left <= asked.words
        if self._meaning.nearest_of(text, every, "other" if whole else "clear") == NO_FIELD:
            return None
        meant = self._meaning.nearest_of(text, every, "instead")
        if doer and self.type_of(asked.name) == "text" and meant in (None, NO_FIELD, asked.name):
            sure = self._meaning.nearest_of(text, (asked.name, NO_FIELD), "clear")
            return asked if sure == asked.name else None
        alone = [name for name in every if name not in asked.others]
        if not whole and self._meaning.nearest_of(text, alone, "same") == asked.name:
            return replace(asked, words=asked.words | left)
        if meant in (None, NO_FIELD, asked.name) or self.type_of(asked.name) == "number":
            return asked
        # "by e-mail, to which address" asks for no street where a page has none
        said = (asked.name,) if self.type_of(meant) == "address" else ()
        return AskedField(meant, asked.score, asked.words | left, by_meaning=True, others=said)

    def confirmed(
        self,
        asked: AskedField,
        text: str,
        left: frozenset[int],
        allows: Callable[[FieldType], bool],
    ) -> AskedField:
        """Return the field as said by all the words at `left` where the text means it for sure."""
        if asked.name == NAME:  # "what is the one called who": no name of a project
            return asked
        able = [s.name for s in self._catalogue.values() if allows(s.type) or s.name == asked.name]
        if self._meaning.nearest_of(text, (*able, NO_FIELD), "said") != asked.name:
            return asked
        return replace(asked, words=asked.words | left)

    def _whole(
        self, found: dict[str, AskedField], tokens: tuple[Token, ...]
    ) -> dict[str, AskedField]:
        """Settle what compounds say by their parts alone by what they mean as a whole.

        Part by part "meiliosoite" is an e-mail and a street address, and "utvärderare" an area.
        """
        best = max(found.values(), key=lambda asked: asked.score, default=None)
        if best is None or best.exact:
            return found
        rivals = [name for name, asked in found.items() if asked.words == best.words]
        said = " ".join(tokens[place].surface for place in sorted(best.words))
        meant = self._meaning.nearest_of(said, (*self._catalogue, NO_FIELD), "other")
        meant = meant or self._meaning.nearest_of(said, rivals)
        if meant is None:
            return found
        kept = {name: asked for name, asked in found.items() if name not in rivals}
        return kept if meant == NO_FIELD else kept | {meant: replace(best, name=meant)}

    def _choose(self, found: Mapping[str, AskedField]) -> AskedField | None:
        """Choose the field with the most telling alias."""
        together = {**self._of_persons(found), **self._possessed(found)}
        order = list(self._catalogue)
        ranked = sorted(together.values(), key=lambda a: (-a.score, order.index(a.name)))
        if not ranked:
            return None
        first, *rest = ranked
        near = [
            a.name for a in rest if a.score >= NEAR_SHARE * first.score and a.words == first.words
        ]
        others = (*near, *self._printed(first.name, near))
        rivals = tuple(a for a in rest if not a.words <= first.words)
        return replace(first, others=others, rivals=rivals)

    def _printed(self, name: str, near: Sequence[str]) -> list[str]:
        """Return the fields that pages print in place of one that none prints, "her e-mail"."""
        asked = self._catalogue[name]
        if asked.labels or asked.type == "person":
            return []
        return [
            spec.name
            for spec in self._catalogue.values()
            if spec.labels and spec.type == asked.type and spec.name not in near
        ]

    def _of_persons(self, found: Mapping[str, AskedField]) -> Mapping[str, AskedField]:
        """Read "the contact's name" and "vad heter kontaktpersonen" as the contact."""
        named = found.get(NAME)
        persons = [a for n, a in found.items() if self._catalogue[n].type == "person" and a.exact]
        if named is None or not any(a.words - named.words for a in persons):
            return found
        return {name: asked for name, asked in found.items() if name != NAME}

    def _possessed(self, found: Mapping[str, AskedField]) -> dict[str, AskedField]:
        """Read "the contact's e-mail" as the e-mail: what a person has outdoes the person."""
        owners = [a for a in found.values() if self._catalogue[a.name].type == "person"]
        made = {}
        for owner in owners:
            for name in self._catalogue[owner.name].beside:
                own = found.get(name)
                if own is not None and own.words != owner.words:
                    both = own.words | owner.words
                    exact = own.exact | owner.exact
                    score = own.score + owner.score
                    made[name] = replace(own, score=score, words=both, exact=exact)
        return made


def _heads(token: Token) -> tuple[str, ...]:
    """Return the parts of a compound that it is one of: the last; all others of "X's details"."""
    first, last = token.parts[:-1], token.parts[-1:]
    small = any(last[0] in load_lexicon(language).function_words for language in LANGUAGES)
    return first if small else last
