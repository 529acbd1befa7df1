"""What kind of thing an answer must have, told by what is asked: a time, a price, a name, years.

The expected answer type of question answering (Li and Roth, 2002). Knows words and the lexicon of
one language. Does not know passages.
"""

from dataclasses import dataclass
from itertools import dropwhile, takewhile

from corpus.language import Token
from corpus.names import is_role
from qa.cues import at, is_plural, phrases
from qa.lexicon import Lexicon, either

MOST_BEFORE_COPULA = 3  # words from "who" to "is": "who in Itä-Savo is", and "who's"
NO_WORDS: frozenset[int] = frozenset()
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
    office = _office(tokens, first, lexicon) if first in who else ()
    return Expected(
        time=(first in times and asking <= times) or first in often,
        price=_is_price(tokens, first, (*phrase[:1], *heads), lexicon, counted=counted)
        or _is_cost(tokens, first, lexicon, counted=counted),
        holder=bool(office) or (first in who and _is_chairing(tokens, first, lexicon)),
        company=_is_company(tokens, first, lexicon),
        duration=not after.isdisjoint(at(tokens, lexicon.time_nouns)),
        span=bool(phrases(tokens, lexicon.span_cues)),
        office=office,
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
    """Tell "which company", whatever its case, and "which software company", as one word or two.

    Not "what do suppliers need": a compound is one in the singular.
    """
    which = either(lexicon.which_cues, lexicon.which_cases, lexicon.what_words)
    if first not in at(tokens, which):
        return False
    after = tokens[first + 1 : first + 2]
    kinds = {t.parts[-1] for t in after if t.parts and not is_plural(t, lexicon)}
    pairs = phrases(tokens, lexicon.company_words)
    called = bool(at(after, lexicon.company_words)) or first + 1 in pairs
    return called or not kinds.isdisjoint(lexicon.company_words)


def _office(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> tuple[Token, ...]:
    """Return the role in "who is the main coordinator", with the words before it.

    A language without prepositions calls it in one word.
    """
    near = range(first, min(first + 1 + MOST_BEFORE_COPULA, len(tokens)))
    copula = next((p for p in near if tokens[p].surface in lexicon.copulas), None)
    phrase = _phrase(tokens, copula, NO_WORDS, lexicon) if copula is not None else ()
    roles = [p for p, t in enumerate(phrase) if any(map(is_role, (t.surface, *t.lemmas)))]
    if not lexicon.place_prepositions:
        return phrase[roles[-1] : roles[-1] + 1] if roles else ()
    return phrase if roles and roles[-1] == len(phrase) - 1 else ()


def _is_chairing(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> bool:
    """Tell "who chairs": one person is meant."""
    return first + 1 in phrases(tokens, lexicon.chairing_cues)
