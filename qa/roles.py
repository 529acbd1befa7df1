"""Who of the persons that a document lists is asked for: by the role said, or by the area.

"The project director" of a page that prints one, and "who takes care of old people" where "Older
people: project manager N.N." stands. Knows the persons in running text, with their roles and what
is said before them on the same line, and the encoder for both in other words. Does not know labels.
"""

from collections.abc import Sequence

import numpy as np

from corpus.language import Analyzer, Token
from corpus.model import Field
from corpus.name_keys import squeeze, token_keys
from corpus.names import is_role
from corpus.stop_words import EVERY_STOP_WORD
from embeddings.encoder import Encoder
from embeddings.model import Floats
from embeddings.snapshot import Snapshot
from qa.asked import PERSON
from qa.lexicon import project_nouns
from qa.question import TITLE_KINDS, Question

SAME_PARTS = 0.48  # cosine that each part of a role must have with one of the other's
SAME_AREA = 0.5  # cosine of a word of the question and one of the area
AS_WELL = 0.3  # words by which another area may be met less than the best


class Roles:
    """The persons listed in the documents of one snapshot."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder, analyzer: Analyzer) -> None:
        self._snapshot = snapshot
        self._encoder = encoder
        self._analyzer = analyzer

    def holders(self, question: Question, own: frozenset[int]) -> list[Field]:
        """Return the persons of the one document named whose role or area is said, none twice.

        The words at `own` say what is asked, and no role.
        """
        naming = question.naming
        if naming.person or len(naming.documents) != 1:
            return []
        (ordinal,) = naming.documents
        people = [field for _, field in self._snapshot.fields([PERSON], naming.documents)]
        if not people:
            return []
        tokens = question.tokens
        places = [p for p in sorted(question.telling - naming.words - own) if p < len(tokens)]
        said = {key for place in places for key in token_keys(tokens[place])}
        held = [person for person in people if person.label and _says(said, person.label)]
        among = held or people
        held = held or self._meant(tokens, places, people)
        return once(self._in_area(question, ordinal, among, people) or held)

    def _meant(
        self, tokens: Sequence[Token], places: Sequence[int], people: Sequence[Field]
    ) -> list[Field]:
        """Return the persons whose role the words at `places` say in other words."""
        roles = [_named(tokens, p, places) for p in places if _is_role(tokens[p])]
        labels = dict.fromkeys(person.label for person in people if person.label)
        alike = {
            label: float(self._encoder.encode_queries([role])[0] @ row)
            for role in roles
            for label, row in zip(labels, self._encoder.encode_queries([*labels]), strict=True)
            if self._same_parts(role, label)
        }
        meant = max(alike, key=lambda label: alike[label], default=None)
        return [person for person in people if person.label == meant]

    def _same_parts(self, role: str, label: str) -> bool:
        """Tell "project | director" from "finance | director" beside "hanke | johtaja".

        As a whole "talousjohtaja" is as near to "hankejohtaja" as "project manager" is.
        """
        rows = [self._encoder.encode_queries(self._parts(text)) for text in (role, label)]
        near = rows[0] @ rows[1].T
        return bool(min(near.max(axis=0).min(), near.max(axis=1).min()) >= SAME_PARTS)

    def _parts(self, text: str) -> list[str]:
        tokens = self._analyzer.tokens(text)
        return [part for token in tokens for part in (token.parts or token.lemmas[:1])]

    def _in_area(
        self, question: Question, ordinal: int, among: Sequence[Field], listed: Sequence[Field]
    ) -> list[Field]:
        """Return those `among` the `listed` of whose area most is said, if any stands out."""
        text = self._snapshot.document(self._snapshot.documents[ordinal].document_id).text
        areas = [self._analyzer.tokens(area_before(text, p.start, listed)) for p in among]
        places = {p for m in question.naming.mentions if m.kind in TITLE_KINDS for p in m.words}
        said = [t for p, t in enumerate(question.tokens) if p not in places]
        said = [t for t in said if t.surface not in EVERY_STOP_WORD]
        met = np.array([self._met(said, area) for area in areas])
        inside = met >= met.max() - AS_WELL
        if met.max() < SAME_AREA or inside.all():
            return []
        return [person for person, is_meant in zip(among, inside, strict=True) if is_meant]

    def _met(self, said: Sequence[Token], area: Sequence[Token]) -> float:
        """Return how many of the words said an area has, those in other words by their cosine."""
        if not said or not area:
            return 0.0
        words, others = [t.surface for t in said], [t.surface for t in area]
        near: Floats = self._encoder.encode_queries(words) @ self._encoder.encode_queries(others).T
        best = near.max(axis=1)
        keys = {key for token in area for key in token_keys(token)}
        same = np.array([not keys.isdisjoint(token_keys(token)) for token in said])
        return float(np.where(same, 1.0, np.where(best >= SAME_AREA, best, 0.0)).sum())


def area_before(text: str, start: int, listed: Sequence[Field]) -> str:
    """Return what is said on a person's line before those that stand there together.

    A colon opens an area of its own: "Young people: N.N.; old people: M.M."
    """
    line = text.rfind("\n", 0, start) + 1
    before = [person for person in listed if line <= person.start < start]
    own = text[max((person.end for person in before), default=line) : start]
    if ":" in own or not before:
        return own
    return area_before(text, before[-1].start, listed)


def _says(said: set[str], label: str) -> bool:
    return all(squeeze(word) in said for word in label.split())


def _is_role(token: Token) -> bool:
    return any(is_role(form) for form in (token.surface, *token.lemmas))


def _named(tokens: Sequence[Token], place: int, telling: Sequence[int]) -> str:
    """Return a role with the word before that tells which: "project manager"."""
    before = place - 1
    if before < 0 or (before not in telling and not _is_project(tokens[before])):
        return tokens[place].surface
    return f"{tokens[before].surface} {tokens[place].surface}"


def _is_project(token: Token) -> bool:
    return not project_nouns().isdisjoint((token.surface, *token.lemmas))


def once(people: Sequence[Field]) -> list[Field]:
    """Return each person once in a role, where most is printed, in the order of the text."""
    longest = sorted(people, key=lambda person: person.end - person.start)  # the last one stays
    told = {(person.label.casefold(), person.value): person for person in longest}
    return sorted(told.values(), key=lambda person: person.start)
