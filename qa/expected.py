"""What kind of thing an answer must have, told by what is asked: a time, a price, a name, years.

The expected answer type of question answering (Li and Roth, 2002). Knows words and the lexicon of
one language. Does not know passages.
"""

from dataclasses import dataclass
from itertools import dropwhile, takewhile

from corpus.language import Token
from corpus.names import is_role
from qa.cues import at, phrases
from qa.lexicon import Lexicon, either

MOST_AFTER_HEAD = 3  # words at the end of a question: "... palkkio Itä-Uudenmaan hankkeessa"


@dataclass(frozen=True, slots=True)
class Expected:
    """What kind of thing is asked for: a time, a price, who holds a role, a company.

    These are told by what asks first, the rest by the whole question: `duration` counts years or
    the like, and `span` is a time from one day to another, "between which years". `office` are the
    words that call the role, "finance director".
    """

    time: bool
    price: bool
    holder: bool
    company: bool
    duration: bool
    span: bool
    office: tuple[Token, ...]


def expected(
    tokens: tuple[Token, ...], lexicon: Lexicon, asking: frozenset[int], counting: frozenset[int]
) -> Expected:
    """Return what is expected; what asks stands at `asking`, and what counts at `counting`."""
    after = {place + 1 for place in counting}
    first, times = min(asking, default=len(tokens)), phrases(tokens, lexicon.when_words)
    often = phrases(tokens, lexicon.often_cues)
    who = phrases(tokens, lexicon.who_words)
    phrase = _phrase(tokens, first, counting, lexicon)
    heads = phrase if not lexicon.place_prepositions else phrase[-1:]
    counted = first in phrases(tokens, lexicon.quantity_cues)
    holder = first in who and _is_role_asked(tokens, first, heads, lexicon)
    return Expected(
        time=(first in times and asking <= times) or first in often,
        price=_is_price(tokens, first, (*phrase[:1], *heads), lexicon, counted=counted)
        or _is_cost(tokens, first, lexicon, counted=counted),
        holder=holder,
        company=_is_company(tokens, first, lexicon),
        duration=not after.isdisjoint(at(tokens, lexicon.time_nouns)),
        span=bool(phrases(tokens, lexicon.span_cues)),
        office=_office(phrase, lexicon) if holder else (),
    )


def _phrase(
    tokens: tuple[Token, ...], first: int, counting: frozenset[int], lexicon: Lexicon
) -> tuple[Token, ...]:
    """Return the phrase after what asks first, of which the last word is the head.

    The first run of words that are no small ones ("the annual fee | of the visits"). A language
    without prepositions has the head near the end of the question, before the place.
    """
    small = lexicon.function_words - lexicon.place_prepositions
    rest = (t for p, t in enumerate(tokens) if p > first and p not in counting)
    run = tuple(dropwhile(lambda t: t.surface in small, rest))
    if not lexicon.place_prepositions:
        return run[-MOST_AFTER_HEAD:]
    return tuple(takewhile(lambda t: t.surface not in lexicon.function_words, run))


def _is_price(
    tokens: tuple[Token, ...],
    first: int,
    heads: tuple[Token, ...],
    lexicon: Lexicon,
    *,
    counted: bool,
) -> bool:
    """Tell whether a price or a salary is asked for, alone or at the end of a compound."""
    what = either(lexicon.which_cues, lexicon.what_words)
    ends = tuple(lexicon.price_words)
    return (counted or first in at(tokens, what)) and any(
        head.surface in lexicon.price_words or (head.parts and head.surface.endswith(ends))
        for head in heads
    )


def _is_cost(tokens: tuple[Token, ...], first: int, lexicon: Lexicon, *, counted: bool) -> bool:
    """Tell whether what something costs is asked for: "what does it cost"."""
    asks = counted or first in at(tokens, lexicon.cost_cues)
    return asks and any(place > first for place in phrases(tokens, lexicon.cost_words))


def _is_company(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> bool:
    """Tell "which company", whatever its case."""
    which = either(lexicon.which_cues, lexicon.which_cases, lexicon.what_words)
    after = tokens[first + 1 : first + 2]
    return first in at(tokens, which) and bool(at(after, lexicon.company_words))


def _office(phrase: tuple[Token, ...], lexicon: Lexicon) -> tuple[Token, ...]:
    """Return a role with the words before it; as a compound it is one word."""
    named = [p for p, t in enumerate(phrase) if any(map(is_role, (t.surface, *t.lemmas)))]
    called = phrase[: named[-1] + 1] if named else ()
    return called if lexicon.place_prepositions else called[-1:]


def _is_role_asked(
    tokens: tuple[Token, ...], first: int, heads: tuple[Token, ...], lexicon: Lexicon
) -> bool:
    """Tell "who is the chair" and "who chairs": one person is meant."""
    after = first + 1
    is_one = any(token.surface in lexicon.copulas for token in tokens[after : after + 1])
    is_held = any(is_role(word) for token in heads for word in (token.surface, *token.lemmas))
    return (is_one and is_held) or after in phrases(tokens, lexicon.chairing_cues)
