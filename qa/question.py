"""A question, read: its language, field, documents, time, and what was carried over.

Knows what the parts of a reading tell together. Does not know how they are found.
"""

import re
from dataclasses import dataclass

from corpus.language import Token, is_stop_word
from corpus.model import Language
from qa.asked import NAME, AskedField
from qa.lexicon import load_lexicon
from qa.mentions import TITLES, Naming
from qa.steering import Steering
from qa.when import When

# a full stop after a number or a common abbreviation ends no sentence
SENTENCE_END = re.compile(
    r"(?:[!?…]|(?<!\d)(?<!\besim)(?<!\bmm)(?<!\bym)(?<!\bks)(?<!\bnro)(?<!\bdr)(?<!\bst)(?<!\bmr)"
    r"(?<!\bms)(?<!t\.ex)(?<!bl\.a)(?<!e\.g)(?<!i\.e)\.)[\"')\]]*\s",
    re.IGNORECASE,
)
TITLE_KINDS = TITLES | {"acronym"}  # of mentions that say which document is meant
MOST_COUNTED = 3  # words of what is counted: "local service points"
EXPLAINED_ENOUGH = 0.6  # share of the telling words that a field and names must explain
BESIDE = 0.4  # share of the telling words beside the names that the field must explain
BESIDE_NAME = 0.6  # the same for the name: "what is the blog called" asks for no project's
EXPLAINED_OF_ONE = 0.5  # the same, where one document is named for sure


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    `asked_text` is what was typed, `text` what is searched (a follow-up completed from its
    history), `expanded` the same with places in the documents' language, `tokens` the words of
    what was typed, with which `text` begins. `steering` tells what its small words say, `aside` the
    positions of what is told beside the clause that asks, `likely` the field that is asked for or,
    of one document, the nearest to what is said, and `carried` what came from the history.
    """

    asked_text: str
    text: str
    expanded: str
    interpreted: str
    language: Language
    tokens: tuple[Token, ...]
    steering: Steering
    asked: AskedField | None
    naming: Naming
    when: When | None
    aside: frozenset[int] = frozenset()
    likely: str = ""
    carried: tuple[str, ...] = ()

    @property
    def telling(self) -> frozenset[int]:
        """Positions of the words of the asking clause that neither steer nor are function words."""
        return self.steering.telling - self.aside

    @property
    def counted(self) -> str:
        """What a question of "how many" counts: its first telling words that name nothing."""
        free = self._beside_quantity
        run = [p for i, p in enumerate(free[:MOST_COUNTED]) if p == free[0] + i]
        return " ".join(self.tokens[p].surface for p in run)

    @property
    def counted_at_once(self) -> str:
        """The same where a noun stands right after "how many": not "how many of them are made"."""
        free = self._beside_quantity
        if not free or free[0] - 1 not in self.steering.quantity_words:
            return ""
        return "" if is_stop_word(self.tokens[free[0]], self.language) else self.counted

    @property
    def _beside_quantity(self) -> list[int]:
        """Positions of the telling words beside the names and "how many", in order."""
        return sorted(self.telling - self.naming.words - self.steering.quantity_words)

    @property
    def explained(self) -> float:
        """Share of the telling words that a field or a name accounts for; 1 without any.

        Where the field is asked for in one sentence of several, those of the others do not count.
        """
        asked, said = self._asked_and_said
        return len(said & (self.naming.words | asked)) / len(said) if said else 1.0

    @property
    def _beside(self) -> float:
        """Share of the telling words beside the names that the field accounts for."""
        asked, said = self._asked_and_said
        left = said - self.naming.words
        return len(left & asked) / len(left) if left else 1.0

    @property
    def _asked_and_said(self) -> tuple[frozenset[int], frozenset[int]]:
        """Positions of the words that say the field, and of all that tell beside them."""
        asked = self.asked.words if self.asked else frozenset()
        return asked, (self.telling | asked) & sentences_of(asked, self.text, self.tokens)

    @property
    def one_document(self) -> bool:
        """Whether one document is named for sure."""
        return self.naming.strong and len(self.naming.documents) == 1

    @property
    def field_share(self) -> float:
        """Share of what is said that the field accounts for; of one document, beside its name."""
        return min(self.explained, self._beside) if self.one_document else self.explained

    def about(self, ordinal: int) -> str:
        """Return what is said about a document: the text without the words that its title has.

        A person, an organisation or a member that is named may be what is asked about.
        """
        words = self.title_words(ordinal) - self._short_names
        return without(self.text, self.tokens, words | self._beside_the_point)

    def title_words(self, ordinal: int) -> frozenset[int]:
        """Return the positions of the words that say which document it is: its title or place."""
        named = (
            m for m in self.naming.mentions if ordinal in m.documents and m.kind in TITLE_KINDS
        )
        return frozenset(p for m in named for p in m.words)

    @property
    def rest(self) -> str:
        """What is said about the documents named: the text without their names."""
        names = self.naming.words - self._short_names
        return without(self.text, self.tokens, names | self._beside_the_point)

    @property
    def _short_names(self) -> frozenset[int]:
        """The words of short names of a page, where little is said beside: they are asked about."""
        if len(self.telling - self.naming.words) > 1:
            return frozenset()
        short = (m for m in self.naming.mentions if m.kind == "acronym")
        return frozenset(p for m in short for p in m.words)

    @property
    def _beside_the_point(self) -> frozenset[int]:
        """What is told aside, once it need no longer tell which document is meant."""
        return self.aside if self.one_document else frozenset()

    @property
    def wants_many(self) -> bool:
        """Whether values of several documents are asked for: several named, or none and many."""
        if self.asks_project_of:
            return True
        if self.steering.wants_list:
            return self.steering.wants_every or not self.one_document
        if len({m.key for m in self.naming.mentions if m.places and m.documents}) > 1:
            return self.asked is not None
        named = self.naming.documents or self.naming.unknown
        asked = self.asked if self.explained >= EXPLAINED_ENOUGH else None
        return asked is not None and self.steering.many(asked.exact) and not named

    @property
    def asks_project_of(self) -> bool:
        """Whether the project of a person is asked for: "which project does she lead"."""
        about = any(m.kind in TITLE_KINDS and m.documents for m in self.naming.mentions)
        return self.steering.asks_which_project and bool(self.naming.person) and not about

    @property
    def says_project(self) -> bool:
        """Whether a project is spoken of: "when does N.N.'s project end"."""
        nouns = load_lexicon(self.language).project_nouns
        return any(not nouns.isdisjoint((t.surface, *t.lemmas)) for t in self.tokens)

    @property
    def says_undertaking(self) -> bool:
        """Whether a project is spoken of, or what else one leads: "N.N.'s reform"."""
        nouns = load_lexicon(self.language).undertakings
        return self.says_project or any(
            not nouns.isdisjoint((t.surface, *t.lemmas, *t.parts[-1:])) for t in self.tokens
        )

    @property
    def unknown_address(self) -> bool:
        """Whether it is asked who has an e-mail address that no document has.

        Beside a page that is named an address is where the answer shall go.
        """
        free = self.telling - self.naming.words
        said = any("@" in self.tokens[p].surface for p in free)
        return said and self.steering.asks_who and not self.naming.strong

    @property
    def only_names(self) -> bool:
        """Whether nothing is said but names: "Savon hanke"."""
        return self.asked is None and self.naming.strong and self.telling <= self.naming.words

    @property
    def is_field_question(self) -> bool:
        """Whether a field is asked for and little else is said."""
        enough = EXPLAINED_OF_ONE if self.one_document else EXPLAINED_ENOUGH
        beside = BESIDE_NAME if self.asked and self.asked.name == NAME else BESIDE
        return self.asked is not None and self.explained >= enough and self._beside >= beside


def sentences_of(words: frozenset[int], text: str, tokens: tuple[Token, ...]) -> frozenset[int]:
    """Return the positions of all words in the sentences of `words`; of no words, all."""
    of_word = sentence_numbers(text, tokens)
    kept = {of_word[p] for p in words if p < len(of_word)}
    return frozenset(p for p, number in enumerate(of_word) if not kept or number in kept)


def sentence_numbers(text: str, tokens: tuple[Token, ...]) -> list[int]:
    """Return the number of each word's sentence, from 0, `(len(tokens),)`."""
    sentence, of_word = 0, []
    for token, before in zip(tokens, tokens[:1] + tokens, strict=False):
        sentence += bool(SENTENCE_END.search(text, before.end, token.start))
        of_word.append(sentence)
    return of_word


def without(text: str, tokens: tuple[Token, ...], words: frozenset[int]) -> str:
    """Return the text without the tokens at the positions `words`."""
    return " ".join(
        text[token.start : token.end] for p, token in enumerate(tokens) if p not in words
    )
