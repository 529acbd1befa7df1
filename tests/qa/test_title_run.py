"""Words beside a place that may be a title in another language."""

import pytest

from corpus.language import Analyzer
from corpus.model import Language
from corpus.name_keys import PlaceNames
from qa.lexicon import load_lexicon
from qa.mentions import Mention
from qa.question import sentence_numbers
from qa.said import Said
from qa.steering import steer
from qa.title_run import before_places, beside_places, enclosed, runs


def found(
    text: str, language: Language, analyzer: Analyzer, places: PlaceNames
) -> tuple[list[str], str, list[str]]:
    """Give the runs beside the place, the one right before it, and all runs of telling words."""
    tokens = analyzer.tokens(text)
    lexicon = load_lexicon(language)
    steering = steer(tokens, lexicon)
    joining = Said(text, tokens, steering, lexicon, frozenset()).joining
    mentions = [
        Mention(first, last, "", "place", "", {}, ids)
        for first, last, ids in places.in_tokens(tokens)
    ]
    free = steering.telling - {p for mention in mentions for p in mention.words}
    sentences = sentence_numbers(text, tokens)

    def said(run: frozenset[int]) -> str:
        return " ".join(tokens[p].surface for p in sorted(run))

    beside = beside_places(mentions, free, steering.quiet, joining, sentences)
    before = before_places(mentions, free, steering.quiet, joining, sentences)
    return [said(run) for run in beside], said(before), [said(r) for r in runs(free, sentences)]


@pytest.mark.parametrize(
    ("text", "language", "beside"),
    [
        ("Who leads the adapted work exchange in Lapland?", "en", ["adapted work exchange"]),
        ("Vem leder restaureringen av myrarna i Lappland?", "sv", ["myrarna"]),
        ("South Karelia disc golf academy", "en", ["disc golf academy"]),
        ("Who leads some project in Lapland?", "en", []),
        ("I live in Lapland. Bees are nice.", "en", ["live"]),
    ],
)
def test_runs_stand_beside_the_place(
    text: str, language: Language, beside: list[str], analyzer: Analyzer, places: PlaceNames
) -> None:
    """Only "in" and "project" may come between, and a sentence ends what belongs together."""
    assert found(text, language, analyzer, places)[0][: len(beside)] == beside
    assert beside or not found(text, language, analyzer, places)[0]


def test_a_run_grows_over_small_words(analyzer: Analyzer, places: PlaceNames) -> None:
    """A title may have small words inside: it is given at every step, the nearest words first."""
    text = "Vem leder restaureringen av myrarna i Lappland?"
    beside, before, _ = found(text, "sv", analyzer, places)
    assert before == "myrarna"
    assert any(run.endswith("restaureringen myrarna") for run in beside)


def test_every_run_of_telling_words_is_known(analyzer: Analyzer, places: PlaceNames) -> None:
    """Words far from the place may be the title too."""
    text = "I live in Lapland and heard of the peer group for fathers."
    assert {"peer group", "fathers"} <= set(found(text, "en", analyzer, places)[2])


def test_words_between_those_of_a_title_are_the_title_s() -> None:
    """In "leads the adapted WORK exchange WORKS in Lapland" not what stands before all of them."""
    leads, adapted, work, exchange, works, lapland = range(6)
    words, named = frozenset({leads, work, works}), frozenset({adapted, exchange})
    assert enclosed(words, named, frozenset({lapland})) == {work, works}
    assert enclosed(words, named, frozenset()) == {work}
    assert not enclosed(words, frozenset(), frozenset({lapland}))
