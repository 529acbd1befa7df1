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
    for place in sorted(left):
        if found and found[-1][-1] == place - 1 and sentences[place] == sentences[place - 1]:
            found[-1].append(place)
        else:
            found.append([place])
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


def _walks(mention: Mention, sentences: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the positions before and after a mention in its sentence, nearest first."""
    here = sentences[mention.first]
    inside = [place for place, number in enumerate(sentences) if number == here]
    before = [place for place in reversed(inside) if place < mention.first]
    return before, [place for place in inside if place >= mention.last]


def _grown(
    walk: Sequence[int], left: frozenset[int], quiet: frozenset[int], joining: frozenset[int]
) -> Iterator[frozenset[int]]:
    """Yield the run of words in `left` along a walk, at each small word that it steps over."""
    run: list[int] = []
    yielded = 0
    for place in walk:
        if place in left:
            run.append(place)
        elif place not in (quiet if run else joining):
            break
        elif len(run) > yielded:
            yielded = len(run)
            yield frozenset(run)
    if len(run) > yielded:
        yield frozenset(run)
