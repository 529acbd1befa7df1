"""Invented people for look-alike pages: a name, an organisation's address, an e-mail.

Knows how names become addresses. Does not know pages. Every address is under `.example`, a domain
that belongs to nobody (RFC 2606).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any
from unicodedata import combining, normalize


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, who is the contact of at most one page."""

    first: str
    last: str

    @property
    def name(self) -> str:
        """The person's whole name."""
        return f"{self.first} {self.last}"

    def email(self, place: str) -> str:
        """Return the person's address at the organisation of `place`."""
        return f"{ascii_word(self.first)}.{ascii_word(self.last)}@{ascii_word(place)}.example"


def contacts(words: Mapping[str, Any], random: Random) -> list[Contact]:
    """Return every combination of the first and last names, shuffled."""
    people = [Contact(*pair) for pair in product(words["first_names"], words["last_names"])]
    random.shuffle(people)
    return people


def ascii_word(text: str) -> str:
    """Return `text` in lower case without diacritics, spaces as hyphens: a part of an address."""
    bare = "".join(one for one in normalize("NFD", text.casefold()) if not combining(one))
    return "-".join(bare.split())
