"""Which words of a question may be a title said in another language: those beside a place's name.

Knows positions of words, small words and mentions. Does not know titles, fields or meaning.
"""

from collections.abc import Iterator, Sequence

from qa.mentions import Mention


def beside_places(
    mentions: Sequence[Mention],
    left: frozenset[int],
    quiet: frozenset[int],
    joining: frozenset[int],
    sentences: Sequence[int],
) -> tuple[frozenset[int], ...]:
    """Return the runs of words in `left` next to a place: "restoration of the mires | in Lapland".

    Between the place and a run only "in" and "project" may stand, at `joining`; inside a run the
    small words at `quiet` are stepped over, and it is given at every such step, the nearest words
    first. Runs end with the sentence; `sentences` gives each word's.
    """
    runs = (
        run
        for mention in mentions
        if mention.places
        for walk in _walks(mention, sentences)
        for run in _grown(walk, left, quiet, joining)
    )
    return tuple(dict.fromkeys(runs))


def runs(left: frozenset[int], sentences: Sequence[int]) -> tuple[frozenset[int], ...]:
    """Return the runs of neighbouring words in `left`; none reaches over a sentence's end."""
    found: list[list[int]] = []
    for position in sorted(left):
        if (
            found
            and found[-1][-1] == position - 1
            and sentences[position] == sentences[position - 1]
        ):
            found[-1].append(position)
        else:
            found.append([position])
    return tuple(map(frozenset, found))


def before_places(
    mentions: Sequence[Mention],
    left: frozenset[int],
    quiet: frozenset[int],
    joining: frozenset[int],
    sentences: Sequence[int],
) -> frozenset[int]:
    """Return the words between the last small word and a place: "adapted work | in Lapland"."""
    found = (
        next(_grown(walk, left, quiet, joining), frozenset[int]())
        for mention in mentions
        if mention.places
        for walk in _walks(mention, sentences)[:1]
    )
    return frozenset().union(*found)


def enclosed(
    words: frozenset[int], named: frozenset[int], places: frozenset[int]
) -> frozenset[int]:
    """Return which words stand between the `named` ones, or between these and a place.

    The "work" of "the adapted work exchange in Lapland" says nothing of where anyone works, nor do
    the "works" of "the new enterprise works in Lapland".
    """
    ends = named | places
    return frozenset(p for p in words if named and min(ends) < p < max(ends))


def _walks(mention: Mention, sentences: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the positions before and after a mention in its sentence, nearest first."""
    here = sentences[mention.first]
    inside = [position for position, number in enumerate(sentences) if number == here]
    before = [position for position in reversed(inside) if position < mention.first]
    return before, [position for position in inside if position >= mention.last]


def _grown(
    walk: Sequence[int], left: frozenset[int], quiet: frozenset[int], joining: frozenset[int]
) -> Iterator[frozenset[int]]:
    """Yield the run of words in `left` along a walk, at each small word that it steps over."""
    run: list[int] = []
    yielded = 0
    for position in walk:
        if position in left:
            run.append(position)
        elif position not in (quiet if run else joining):
            break
        elif len(run) > yielded:
            yielded = len(run)
            yield frozenset(run)
    if len(run) > yielded:
        yield frozenset(run)
