"""Whether a question wants a list: "which projects", "all of them", "how many projects".

Knows the lexicon of one language. Does not know names, fields or history.
"""

from itertools import takewhile

from corpus.language import Token
from qa.cues import at, has, is_plural, phrases
from qa.lexicon import Lexicon, but

NEAR = 2  # words before the noun in which a list cue counts: "mitkä uudet hankkeet"


def wants_every(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Whether "all", "each" or "list" is said."""
    return has(tokens, lexicon.every_cues, lexicon.uninflected)


def list_of_projects(tokens: tuple[Token, ...], lexicon: Lexicon, *, asks: bool) -> bool:
    """Whether "which" stands before "projects", or "projects" where nothing else `asks`."""
    nouns = at(tokens, lexicon.project_nouns)
    if not asks and any(is_plural(tokens[p], lexicon) for p in nouns):
        return True
    unlike = but(lexicon.list_cues, lexicon.quantity_cues)
    cues = phrases(tokens, unlike)
    counting = phrases(tokens, but(lexicon.list_cues, unlike))  # the word after it alone
    return any(
        not cues.isdisjoint(range(max(0, p - NEAR), p))
        or p - 1 in counting
        or _is_which(p, tokens, lexicon)
        for p in nouns
    )


def _is_which(place: int, tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Tell "which project", "which of the projects" and, in a case, "in which projects"."""
    noun, before = tokens[place], tokens[:place]
    if not before:
        return False
    if before[-1].surface in lexicon.which_cues:
        return _names_projects(noun, lexicon)
    if not is_plural(noun, lexicon):
        return False
    inner = takewhile(lambda t: t.surface in lexicon.partitives, reversed(before))
    first = place - 1 - sum(1 for _ in inner)
    return first >= 0 and tokens[first].surface in (
        lexicon.which_cues if first < place - 1 else lexicon.which_cases
    )


def counts_projects(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Whether "how many" stands right before "projects", or "how many different"."""
    many = phrases(tokens, lexicon.counting_cues)
    different = {p for p, token in enumerate(tokens) if token.surface in lexicon.list_cues}
    nouns = at(tokens, but(lexicon.project_nouns, lexicon.document_nouns))
    return any(p - 1 in many or (p - 1 in different and p - 2 in many) for p in nouns)


def _names_projects(noun: Token, lexicon: Lexicon) -> bool:
    """Tell "mikä hanke" and "mitä hankkeita" from "mitä hankkeessa"."""
    return noun.surface in noun.lemmas or is_plural(noun, lexicon)
