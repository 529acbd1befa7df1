"""Questions over look-alike pages: which page is meant decides what is right.

Knows each kind of question, what answers it and how it is damaged into a typo. Does not know how
pages are made. Kinds: field, inflected, cross_language, passage, time, followup, typo, list,
ambiguous, unanswerable (near misses, off-topic, gibberish).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from corpus.model import LANGUAGES, Language
from eval.lookalike_page import Page, contact_line, organisation
from eval.lookalike_people import ascii_word
from eval.lookalikes import World

_EACH = 4
"""Questions of each kind and language."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Asker:
    """Draws pages and wordings; one seeded source for all."""

    world: World
    random: Random

    def words(self, kind: str, lang: Language, page: Page, **more: str) -> str:
        """Return a wording of `kind` about `page`."""
        wordings: Sequence[str] = self.world.words["questions"][kind][lang]
        return self.random.choice(wordings).format(**_names(page), **more)

    def pages(self, count: int, pages: Sequence[Page] | None = None) -> list[Page]:
        """Return up to `count` pages, none twice."""
        pool = self.world.pages if pages is None else pages
        return self.random.sample(pool, min(count, len(pool)))


def _names(page: Page) -> dict[str, str]:
    """Return everything that a wording may name of a page."""
    spot, programme = page.spot, page.programme
    return {
        "title": page.title,
        "place": spot.fi,
        "gen": spot.gen or spot.fi,
        "loc": spot.loc or spot.fi,
        "place_sv": spot.sv,
        "place_en": spot.en,
        "programme": programme["fi"],
        "programme_gen": programme["gen"],
        "programme_sv": programme["sv"],
        "programme_en": programme["en"],
    }


def questions(world: World, seed: int) -> list[Row]:
    """Return the question rows over `world`, numbered; the same seed gives the same rows."""
    asker = _Asker(world, Random(seed))
    makers = (_fields, _named, _passages, _times, _followups, _typos, _lists, _ambiguous, _silent)
    rows = [row for make in makers for row in make(asker)]
    return [{"id": f"l{number:04d}", **row} for number, row in enumerate(rows, 1)]


def _row(lang: Language, kind: str, question: str, **more: Any) -> Row:  # noqa: ANN401
    return {
        "lang": lang,
        "type": kind,
        "question": question,
        "doc": None,
        "gold": [],
        "history": [],
        **more,
    }


def _about(page: Page, kind: str) -> dict[str, Any]:
    """Return document, gold text and short answer of a field question about `page`."""
    values = {
        "contact": (contact_line(page), page.contact.name),
        "organisation": (organisation(page), organisation(page)),
        "email": (page.contact.email(page.spot.fi), page.contact.email(page.spot.fi)),
        "funder": (page.funder["fi"], page.funder["fi"]),
        "period": (page.period, page.period),
    }
    gold, answer = values[kind]
    return {"doc": page.file, "gold": [gold], "answer": answer}


def _fields(asker: _Asker) -> Iterator[Row]:
    for kind in ("contact", "organisation", "email", "funder", "period"):
        for lang in LANGUAGES:
            for page in asker.pages(_EACH):
                yield _row(lang, "field", asker.words(kind, lang, page), **_about(page, kind))


def _named(asker: _Asker) -> Iterator[Row]:
    """Ask by an inflected name in Finnish, and by the other languages' names."""
    known = [page for page in asker.world.pages if page.spot.loc]
    for page in asker.pages(4 * _EACH, known):
        question = asker.words("inflected", "fi", page)
        yield _row("fi", "inflected", question, **_about(page, "contact"))
    others: tuple[Language, ...] = ("sv", "en")
    for lang in others:
        for page in asker.pages(2 * _EACH, known):
            question = asker.words("cross", lang, page)
            yield _row(lang, "cross_language", question, **_about(page, "contact"))


def _passages(asker: _Asker) -> Iterator[Row]:
    for lang in LANGUAGES:
        for kind in ("sites", "pilot", "evaluator"):
            for page in asker.pages(_EACH):
                gold = _passage_gold(asker, page, kind)
                question = asker.words(kind, lang, page)
                yield _row(lang, "passage", question, doc=page.file, gold=[gold])


def _passage_gold(asker: _Asker, page: Page, kind: str) -> str:
    """Return the words by which a passage of `page` answers."""
    if kind == "evaluator":
        return page.evaluator
    form: str = asker.world.words["gold"][kind]
    return form.format(sites=page.sites, pilot=page.pilot)


def _times(asker: _Asker) -> Iterator[Row]:
    changed = [page for page in asker.world.pages if page.earlier]
    for lang in LANGUAGES:
        for page in asker.pages(_EACH, changed):
            yield _row(lang, "time", asker.words("now", lang, page), **_about(page, "contact"))
        for page in asker.pages(_EACH, changed):
            question = asker.words("earlier", lang, page, year=str(page.changed - 1))
            name = page.earlier.name if page.earlier else ""
            gold = [contact_line(page)]
            yield _row(lang, "time", question, doc=page.file, gold=gold, answer=name)


def _followups(asker: _Asker) -> Iterator[Row]:
    for lang in LANGUAGES:
        for page in asker.pages(_EACH):
            before = _turn(asker, lang, page)
            question = asker.words("followup_email", lang, page)
            yield _row(lang, "followup", question, **{**_about(page, "email"), "history": before})
        for page in asker.pages(_EACH):
            before = _turn(asker, lang, asker.pages(1)[0])
            question = asker.words("followup_page", lang, page)
            yield _row(lang, "followup", question, **{**_about(page, "contact"), "history": before})


def _turn(asker: _Asker, lang: Language, page: Page) -> list[dict[str, str]]:
    question = asker.words("contact", lang, page)
    return [{"question": question, "answer": page.contact.name}]


def _typos(asker: _Asker) -> Iterator[Row]:
    for lang in LANGUAGES:
        for place, page in enumerate(asker.pages(2 * _EACH)):
            kind = "contact" if place % 2 else "email"
            question = damaged(asker.words(kind, lang, page), asker.random, bare=place % 4 < 2)
            yield _row(lang, "typo", question, **_about(page, kind))


def damaged(question: str, random: Random, *, bare: bool) -> str:
    """Return `question` with a letter lost or doubled in a long word; `bare` drops diacritics."""
    words = question.split()
    long = [place for place, word in enumerate(words) if len(word) > 6]
    if long:
        place = random.choice(long)
        word = words[place]
        cut = random.randrange(2, len(word) - 2)
        words[place] = word[:cut] + (word[cut + 1 :] if random.random() < 0.5 else word[cut - 1 :])
    return " ".join(map(ascii_word, words)) if bare else " ".join(words)


def _lists(asker: _Asker) -> Iterator[Row]:
    """Ask for every page of the rare funder: right only when the list is complete."""
    funder = asker.world.words["funders"][-1]
    docs = [page.file for page in asker.world.pages if page.funder == funder]
    if docs:
        page = asker.world.pages[0]
        names = {"funder": funder["fi"], "funder_sv": funder["sv"], "funder_en": funder["en"]}
        for lang in LANGUAGES:
            question = asker.words("list", lang, page, **names)
            yield _row(lang, "list", question, docs=docs, gold=[funder["fi"]])


def _ambiguous(asker: _Asker) -> Iterator[Row]:
    """Ask for "the project" of a region that has several."""
    often = Counter(page.spot.fi for page in asker.world.pages)
    several = [page for page in asker.world.pages if page.spot.gen and often[page.spot.fi] > 1]
    for lang in LANGUAGES:
        for page in asker.pages(_EACH, several):
            question = asker.words("ambiguous", lang, page)
            docs = [one.file for one in asker.world.pages if one.spot == page.spot]
            yield _row(lang, "ambiguous", question, status="ambiguous", docs=docs)


def _silent(asker: _Asker) -> Iterator[Row]:
    for lang in LANGUAGES:
        for kind in ("phone", "budget", "abroad"):
            for page in asker.pages(_EACH):
                yield _row(lang, "unanswerable", asker.words(kind, lang, page))
        for absent in asker.random.sample(asker.world.absent, min(_EACH, len(asker.world.absent))):
            page = asker.pages(1)[0]
            yield _row(lang, "unanswerable", asker.words("absent", lang, page, absent=absent))
        plain: Mapping[str, Any] = asker.world.words["questions"]
        for kind in ("offtopic", "gibberish"):
            for question in plain[kind][lang]:
                yield _row(lang, "unanswerable", question)
