"""Look-alike project pages, seeded: one template, many places, programmes, people and values.

Every page has the same labels and its programme's boilerplate; no two have the same title, and
titles are nearly alike. The first pages are regions times programmes, of which some pairs are
left out (a question about one of those has no answer); beyond that come municipalities. The
sentences and words are in `lookalikes.toml` and, for the families after it, `lookalikes_b.toml`
and on. Does not know how questions are put.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, Literal, get_args

from corpus.errors import KysyError
from corpus.places import load_places
from eval.lookalike_page import Page, Spot, page_text
from eval.lookalike_people import Contact, contacts

Family = Literal[
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "v",
]
"""Which words a world is made of; each family has its own programmes, sentences and wordings.

Ranker and calibration are fitted on "a" to "q", in worlds of other seeds, and not on "r" to "v".
"c" and on were written blind, by people who knew neither the answering code nor our wordings: each
was measured, then most were read to mend what they showed. DECISIONS.md says which were in view of
what; "t", "u" and "v" were in view of nothing."""

FAMILIES: tuple[Family, ...] = get_args(Family)

DENSE_SHARE = 5 / 6
"""Of all region and programme pairs, how many become pages; the others stay unanswerable."""

RARE_FUNDER_PAGES = 6
"""Pages that the last funder of the list has, so that a complete list stays short."""


@dataclass(frozen=True, slots=True)
class World:
    """All pages, the titles that no page has, and the words they were made of."""

    pages: tuple[Page, ...]
    absent: tuple[str, ...]
    words: Mapping[str, Any]


def load_words(family: Family = "a") -> Mapping[str, Any]:
    """Return the words and sentences that pages and questions are made of."""
    words = _read("lookalikes.toml")
    return words if family == "a" else {**words, **_read(f"lookalikes_{family}.toml")}


def _read(name: str) -> dict[str, Any]:
    with (Path(__file__).parent / name).open("rb") as file:
        return tomllib.load(file)


def make_world(count: int, seed: int, family: Family = "a") -> World:
    """Return `count` pages; the same seed makes the same pages."""
    words, random = load_words(family), Random(seed)
    spots = [Spot(**region) for region in words["regions"]]
    dense = list(product(spots, words["programmes"]))
    random.shuffle(dense)
    kept = int(len(dense) * DENSE_SHARE)
    sparse = [*product(_municipalities({spot.fi for spot in spots}), words["programmes"])]
    random.shuffle(sparse)
    pairs = [*dense[:kept], *sparse][:count]
    people = contacts(words, random)
    if count > min(kept + len(sparse), len(people)):
        raise KysyError(f"{count} pages are too many", fix=f"at most {len(people)}")
    pages = tuple(_pages(pairs, people, words, random))
    titles = {page.title for page in pages}
    absent = tuple(title_of(spot, programme, plain=False) for spot, programme in dense[kept:])
    return World(pages, tuple(title for title in absent if title not in titles), words)


def _municipalities(taken: set[str]) -> list[Spot]:
    spots = []
    for place in load_places():
        if place.kind == "municipality" and place.names["fi"]:
            names = {lang: found[0] for lang, found in place.names.items() if found}
            if names["fi"] not in taken:
                taken.add(names["fi"])
                fi = names["fi"]
                spots.append(Spot(fi, names.get("sv", fi), names.get("en", fi)))
    return sorted(spots, key=lambda spot: spot.fi)


def title_of(spot: Spot, programme: Mapping[str, str], *, plain: bool) -> str:
    """Return a page's name: "Kainuun rakenneuudistus", or with `plain` "Kainuu: ..."."""
    if plain or spot.gen is None:
        return f"{spot.fi}: {programme['fi']}"
    return f"{spot.gen} {programme['fi']}"


def _pages(
    pairs: Sequence[tuple[Spot, Mapping[str, str]]],
    people: Sequence[Contact],
    words: Mapping[str, Any],
    random: Random,
) -> Iterator[Page]:
    towns = sorted(spot.fi for spot in _municipalities(set()))
    rare = set(random.sample(range(len(pairs)), min(RARE_FUNDER_PAGES, len(pairs))))
    for number, (spot, programme) in enumerate(pairs):
        funder = words["funders"][-1] if number in rare else random.choice(words["funders"][:-1])
        first = random.randint(2018, 2023)
        created = date(first, 1, 1) + timedelta(days=random.randrange(330))
        replaced = random.random() < 0.15
        yield Page(
            file=f"{number:04d}_{random.randrange(16**8):08x}.txt",
            title=title_of(spot, programme, plain=random.random() < 0.2),
            spot=spot,
            programme=programme,
            contact=people[number],
            earlier=random.choice(people[len(pairs) :] or people) if replaced else None,
            changed=first + 1,
            funder=funder,
            period=f"{first}-{first + random.randint(1, 4)}",
            created=created,
            modified=created + timedelta(days=random.randint(400, 900)),
            sites=random.randint(3, 40),
            answers=random.randint(210, 4900),
            trained=random.randint(25, 600),
            pilot=random.choice(towns),
            members=tuple(sorted(random.sample(towns, 3))),
            evaluator=random.choice(words["evaluators"]),
            theme=random.choice(words["themes"]),
            phenomenon=random.choice(words["phenomena"]),
        )


def write_pages(folder: Path, world: World) -> None:
    """Write every page as a text file into `folder`, which must hold no other page."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise KysyError("is not empty", where=str(folder), fix="name a new folder")
        for page in world.pages:
            (folder / page.file).write_text(page_text(page, world.words["sentences"]), "utf-8")
    except OSError as error:
        raise KysyError(f"cannot be written ({error.strerror})", where=str(folder)) from error
