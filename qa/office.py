"""Whether a role is one that a page's own persons have, or somebody else's: "finance director".

Knows the endings of roles and what may stand before one. Does not know pages or names.
"""

from collections.abc import Sequence

from corpus.language import Token
from corpus.words import load_words
from qa.lexicon import Lexicon, either


def is_other_office(office: Sequence[Token], lexicon: Lexicon) -> bool:
    """Tell whether a role, called by these words, is of one who need have no part in a page.

    What stands before the role, or begins its compound, tells: a "project manager" and a "main
    coordinator" are a page's own, and a "finance director" or "ekonomichef" may be anybody.
    """
    own = either(lexicon.office_words, lexicon.project_nouns, lexicon.function_words)
    *before, last = office
    beginnings = [_beginning(form) for form in (last.surface, *last.lemmas)]
    bare = any(beginning is None or beginning in {"", *own} for beginning in beginnings)
    return not bare or any(own.isdisjoint((token.surface, *token.lemmas)) for token in before)


def _beginning(word: str) -> str | None:
    """Return what stands before the ending of a role; None where there is no such ending."""
    ends = (ending for ending in load_words().roles if word.endswith(ending))
    longest = max(ends, key=len, default=None)
    return None if longest is None else word.removesuffix(longest).rstrip("-")
