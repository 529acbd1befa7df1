"""What kind of thing an answer must have, told by what is asked: a time, a price, a name, years.

The expected answer type of question answering (Li and Roth, 2002). Knows words and the lexicon of
one language. Does not know passages.
"""

from dataclasses import dataclass

from corpus.language import Token
from corpus.names import is_role
from qa.cues import at, phrases
from qa.lexicon import Lexicon, either


@dataclass(frozen=True, slots=True)
class Expected:
    """Whether a "when" or a "what salary" is asked first, "who is the chair", "how many years"."""

    time: bool
    price: bool
    holder: bool
    duration: bool


def expected(
    tokens: tuple[Token, ...], lexicon: Lexicon, asking: frozenset[int], counting: frozenset[int]
) -> Expected:
    """Return what is expected; what asks stands at `asking`, and what counts at `counting`."""
    after = {place + 1 for place in counting}
    first = min(asking, default=len(tokens))
    return Expected(
        time=first in phrases(tokens, lexicon.when_words),
        price=_price(tokens, lexicon, first, counting),
        holder=_holder(tokens, lexicon),
        duration=not after.isdisjoint(at(tokens, lexicon.time_nouns)),
    )


def _price(
    tokens: tuple[Token, ...], lexicon: Lexicon, first: int, counting: frozenset[int]
) -> bool:
    """Tell whether a price or a salary is asked for, not "which ministry pays the fee"."""
    heads = [frozenset((*token.lemmas, *token.parts[-1:])) for token in tokens]
    prices = {p for p, words in enumerate(heads) if not words.isdisjoint(lexicon.price_words)}
    if first == len(tokens) or not prices:
        return False
    word, follows = tokens[first].surface, tokens[first + 1 : first + 2]
    if first in counting or word in lexicon.price_cues:
        return True
    linked = first + 1 in prices or at(follows, either(lexicon.function_words, lexicon.copulas))
    return word in lexicon.which_cues and bool(linked)


def _holder(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Tell whether the one who holds a role is asked for."""
    who = phrases(tokens, lexicon.who_words)
    is_one = any(p - 1 in who for p, t in enumerate(tokens) if t.surface in lexicon.copulas)
    return is_one and any(is_role(word) for t in tokens for word in (t.surface, *t.lemmas))
