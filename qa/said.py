"""A question's text with its words, and what they steer: what a reader looks at.

Knows words, sentences and steering. Does not know names or fields.
"""

import unicodedata
from dataclasses import dataclass, replace

from corpus.language import Token
from qa.cues import at
from qa.focus import leading
from qa.lexicon import Lexicon, either
from qa.question import sentence_numbers, sentences_of, without
from qa.steering import Steering, steer

KEYWORDS = 3  # telling words before "who does" that are no background


@dataclass(frozen=True, slots=True)
class Said:
    """A text with its words and what they steer."""

    text: str
    tokens: tuple[Token, ...]
    steering: Steering
    lexicon: Lexicon
    aside: frozenset[int]

    @property
    def telling(self) -> frozenset[int]:
        """The positions of the words that tell something, outside what is aside."""
        return self.steering.telling - self.aside

    @property
    def joining(self) -> frozenset[int]:
        """The positions of "project" and "in", between a title and a place."""
        return at(self.tokens, either(self.lexicon.place_prepositions, self.lexicon.project_nouns))

    @property
    def asks_what(self) -> bool:
        """Whether "what" or "which" is asked, not how or why."""
        return any(token.surface in self.lexicon.what_words for token in self.tokens)

    @property
    def doing(self) -> frozenset[int]:
        """The positions of "do", "job" and "role": beside a person's name they ask for the role."""
        return at(self.tokens, self.lexicon.doing_words) | self.roles

    @property
    def roles(self) -> frozenset[int]:
        """The positions of "role" and "position"."""
        return at(self.tokens, self.lexicon.role_nouns)

    @property
    def leading(self) -> frozenset[int]:
        """The positions of what is told aside and runs into the asking clause without a stop."""
        return leading(self.text, self.tokens, self.aside)

    @property
    def runs_on(self) -> bool:
        """Whether something does, without an "and" either."""
        joining = at(self.tokens, self.lexicon.conjunctions)
        last = max(self.leading, default=-1)
        return last >= 0 and joining.isdisjoint({last, last + 1})

    def office(self, named: frozenset[int]) -> list[int]:
        """Return the positions of the words that call a role, names at `named` left out."""
        called = self.steering.expected.office
        return [p for p in sorted(self.every - named) if self.tokens[p] in called]

    def with_keywords(self, named: frozenset[int]) -> "Said":
        """Take a few words that run into a clause of one for a part of it: "evaluation who does".

        Where small words stand among them they are a sentence, not keywords. `named` are the
        positions of names.
        """
        near = self.leading
        few = len((self.steering.telling & near) - named) <= KEYWORDS
        bare = near.isdisjoint(self.steering.quiet - self.joining)
        alone = len(self.telling - named) <= 1
        return replace(self, aside=self.aside - near) if few and bare and alone else self

    def narrowed(self) -> "Said":
        """Return the same with the question words of the asking clause alone.

        A list is wanted too where what runs into the clause says so: "list all and who leads them".
        """
        wider = tuple(t for p, t in enumerate(self.tokens) if p not in self.aside - self.leading)
        said = steer(self.clause, self.lexicon)
        listed = self.steering.counted and said.counts_projects
        asking = self.steering.asking_as(said.projects_listed() if listed else said)
        return replace(self, steering=asking.listing_as(steer(wider, self.lexicon)))

    @property
    def clause(self) -> tuple[Token, ...]:
        """The words outside what is told aside."""
        return tuple(token for p, token in enumerate(self.tokens) if p not in self.aside)

    @property
    def every(self) -> frozenset[int]:
        """The positions of all words."""
        return frozenset(range(len(self.tokens)))

    @property
    def numbers(self) -> list[int]:
        """The number of each word's sentence."""
        return sentence_numbers(self.text, self.tokens)

    def sentences(self, words: frozenset[int]) -> frozenset[int]:
        """Return the positions of the words in the sentences that hold `words`."""
        return sentences_of(words, self.text, self.tokens)

    def without(self, words: frozenset[int]) -> str:
        """Return the text without the words at those positions."""
        return without(self.text, self.tokens, words)


def visible(text: str) -> str:
    """Leave out what stands inside words unseen: zero-width spaces, soft hyphens."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
