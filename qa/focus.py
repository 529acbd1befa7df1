"""Which words of a question ask, and which are told beside it: "I read of X, so who leads it".

Knows sentences and question words. Does not know names, fields or what is asked.
"""

from corpus.language import Token
from qa.lexicon import Lexicon
from qa.question import sentence_numbers
from qa.steering import Steering


def told_aside(
    text: str, tokens: tuple[Token, ...], steering: Steering, lexicon: Lexicon
) -> frozenset[int]:
    """Return the positions of the words outside the clauses that ask.

    A clause asks from its first question word, and the small word before that ("till vilken"), to
    the end of its sentence; without one from a "so" before what is said before a question ("so
    could you give me the address"). Sentences with a question mark as well outdo those with
    either, and a mark without a question word makes the whole sentence ask. Without either nothing
    is aside.
    """
    numbers = sentence_numbers(text, tokens)
    marked = _marked(text, tokens, numbers)
    opening: dict[int, int] = {}  # the first question word of each sentence that asks
    for place in sorted(steering.asking):
        opening.setdefault(numbers[place], place)
    both = opening.keys() & marked
    for place in sorted(steering.preamble):
        if place and tokens[place - 1].surface in lexicon.consequences:
            opening.setdefault(numbers[place], place)
    asking = both or opening.keys() | marked
    first = {
        number: _with_small_word(opening[number], text, tokens, steering)
        if number in opening
        else numbers.index(number)
        for number in asking
    }
    return frozenset(
        place
        for place, number in enumerate(numbers)
        if first and place < first.get(number, len(tokens))
    )


def leading(text: str, tokens: tuple[Token, ...], aside: frozenset[int]) -> frozenset[int]:
    """Return the words told aside that run into a clause without a stop: "people | who care"."""
    found: set[int] = set()
    for place in reversed(range(len(tokens) - 1)):
        follows = place + 1 in found or (place + 1 not in aside)
        if (
            place in aside
            and follows
            and not text[tokens[place].end : tokens[place + 1].start].strip()
        ):
            found.add(place)
    return frozenset(found)


def _marked(text: str, tokens: tuple[Token, ...], numbers: list[int]) -> frozenset[int]:
    """Return the numbers of the sentences that a question mark ends."""
    ends = [*(token.start for token in tokens[1:]), len(text)][: len(tokens)]
    said = zip(tokens, ends, numbers, strict=True)
    return frozenset(number for token, end, number in said if "?" in text[token.end : end])


def _with_small_word(place: int, text: str, tokens: tuple[Token, ...], steering: Steering) -> int:
    """Return where a clause begins: at the small word right before its question word, if any."""
    small = place - 1 in steering.quiet - steering.preamble
    joined = small and not text[tokens[place - 1].end : tokens[place].start].strip()
    return place - 1 if joined else place
