"""Questions that no page of the look-alikes answers, to learn refusals from.

Knows wordings, here and in `near_misses.toml`: of a person, what pages do not tell of people; of a
project, what they do not tell of projects; of nothing in the pages at all. Does not know how they
are refused.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

from corpus.model import Language
from eval.lookalikes import World
from eval.sets import Question

_PERSON: dict[Language, tuple[str, ...]] = {
    "fi": (
        "Minä vuonna {person} on syntynyt?",
        "Missä {person} asuu?",
        "Mitä {person} on opiskellut?",
        "Kenen kanssa {person} on naimisissa?",
        "Mikä on henkilön {person} palkka?",
    ),
    "sv": (
        "När föddes {person}?",
        "Var bor {person}?",
        "Vad har {person} studerat?",
        "Vilken lön har {person}?",
        "Vem är {person} gift med?",
    ),
    "en": (
        "When was {person} born?",
        "Where does {person} live?",
        "What did {person} study?",
        "What is the salary of {person}?",
        "Who is {person} married to?",
    ),
}
_PROJECT: dict[Language, tuple[str, ...]] = {
    "fi": (
        "Mikä lehti kirjoitti hankkeesta {title}?",
        "Montako valitusta hankkeesta {title} tehtiin?",
        "Mitä mieltä presidentti on hankkeesta {title}?",
        "Minkä värinen on hankkeen {title} logo?",
        "Kuka suunnitteli rakennuksen, jossa {title} toimii?",
    ),
    "sv": (
        "Vilken tidning skrev om {title}?",
        "Hur många besvär anfördes över {title}?",
        "Vad tycker presidenten om {title}?",
        "Vilken färg har logotypen för {title}?",
        "Vilken domstol behandlar {title}?",
    ),
    "en": (
        "Which newspaper wrote about {title}?",
        "How many complaints were filed about {title}?",
        "What does the president think of {title}?",
        "Which colour is the logo of {title}?",
        "Which court is hearing the case against {title}?",
    ),
}
_ELSEWHERE: dict[Language, tuple[str, ...]] = {
    "fi": (
        "Kuka on Ruotsin kuningas?",
        "Mikä on Australian pääkaupunki?",
        "Kuka keksi puhelimen?",
        "Kuka voitti jääkiekon maailmanmestaruuden?",
        "Mitä maito maksaa?",
        "Milloin juna lähtee Turkuun?",
        "Kuka on valtiovarainministeri?",
    ),
    "sv": (
        "Vem är kung i Sverige?",
        "Vad heter Australiens huvudstad?",
        "Vem uppfann telefonen?",
        "Vad kostar en liter mjölk?",
        "När går tåget till Åbo?",
        "Vem är finansminister?",
    ),
    "en": (
        "Who is the king of Sweden?",
        "What is the capital of Australia?",
        "Who invented the telephone?",
        "How much is a litre of milk?",
        "When does the train to Turku leave?",
        "Who is the minister of finance?",
    ),
}


def unanswerable(world: World, seed: int, each: int = 4) -> tuple[Question, ...]:
    """Return `each` questions of every wording about drawn people and projects of `world`."""
    random = Random(seed)
    named = [(page.title, page.contact.name) for page in world.pages]
    asked = [*_worded(world, random, each), *_plain(), *_missed(named, random)]
    return _questions(f"u{seed}", asked)


def near_misses(titles: Sequence[str], seed: int) -> tuple[Question, ...]:
    """Return a question of every wording about a project, each about one drawn of `titles`."""
    return _questions(f"n{seed}", _missed([(title, "") for title in titles], Random(seed)))


def _questions(name: str, asked: Iterable[tuple[Language, str]]) -> tuple[Question, ...]:
    return tuple(
        Question(f"{name}-{number:04d}", lang, "unanswerable", text, "not_found")
        for number, (lang, text) in enumerate(asked)
    )


def _missed(named: Sequence[tuple[str, str]], random: Random) -> Iterator[tuple[Language, str]]:
    """Yield each near miss about one drawn (title, person); without persons those of titles."""
    for table in _near_misses().values():
        for lang, wordings in table.items():
            for wording in wordings:
                title, person = random.choice(named)
                if person or "{person}" not in wording:
                    yield lang, wording.format(title=title, person=person)


@cache
def _near_misses() -> Mapping[str, Mapping[Language, Sequence[str]]]:
    text = (Path(__file__).parent / "near_misses.toml").read_text(encoding="utf-8")
    table: Mapping[str, Mapping[Language, Sequence[str]]] = tomllib.loads(text)
    return table


def _worded(world: World, random: Random, each: int) -> Iterator[tuple[Language, str]]:
    for table in (_PERSON, _PROJECT):
        for lang, wordings in table.items():
            for wording in wordings:
                for page in random.sample(world.pages, min(each, len(world.pages))):
                    yield lang, wording.format(person=page.contact.name, title=page.title)


def _plain() -> Iterator[tuple[Language, str]]:
    return ((lang, text) for lang, texts in _ELSEWHERE.items() for text in texts)
