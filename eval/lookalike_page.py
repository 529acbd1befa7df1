"""A look-alike page as text: the labels of a real template, each on a line of its own.

Knows the template's labels and order. Does not know where the values come from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from eval.lookalike_people import Contact


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with the forms that a text needs; `gen` and `loc` are None where they are unsure."""

    fi: str
    sv: str
    en: str
    gen: str | None = None
    loc: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page's values; `changed` is the year in which `contact` followed `earlier`."""

    file: str
    title: str
    spot: Spot
    programme: Mapping[str, str]
    contact: Contact
    earlier: Contact | None
    changed: int
    funder: Mapping[str, str]
    period: str
    created: date
    modified: date
    sites: int
    answers: int
    trained: int
    pilot: str
    members: tuple[str, ...]
    evaluator: str
    theme: str
    phenomenon: str


_ARTEFACT = "icon/chevron-down Created with Sketch. Perustiedot"


def page_text(page: Page, sentences: Mapping[str, str]) -> str:
    """Return the page's whole text."""
    intro = page.programme["intro"]
    goal = sentences["goal"].format(topic=page.programme["topic"], pilot=page.pilot)
    result = sentences["result"].format(trained=page.trained, evaluator=page.evaluator)
    blocks = (
        f"{intro}\n\n{_ARTEFACT}\n",
        f"Kokonaisuuden nimi\n{page.title}\nLyhyt kuvaus\n\n{intro}\n",
        f"Kokonaisuuden tarkoitus ja tavoitteet\n\n{_purpose(page, sentences)}\n",
        f"Toimiaika\n\n{sentences['period'].format(period=page.period)}\n",
        f"Toimijat\n\n{_participants(page, sentences)}\n",
        f"Rahoittaja\n{page.funder['fi']}\n{_contact(page)}\n",
        f"Luotu\n\n{day(page.created)}\n",
        f"Viimeksi muokattu\n\n{day(page.modified)}",
        f"Lähtötilanne ja strategiset liittymäkohdat\n\n"
        f"{sentences['start'].format(answers=page.answers)}\n",
        f"Päämäärä ja päätavoite\n\n{goal}\n",
        f"Tavoiteltavat tulokset, tuotokset ja vaikutukset\n\n{result}\n",
        f"Aihealueet\n\n{page.theme}\n",
        f"Ilmiöt\n\n{page.phenomenon}\n",
    )
    return "\n".join(blocks)


def _purpose(page: Page, sentences: Mapping[str, str]) -> str:
    if page.spot.gen is None:
        return sentences["purpose_plain"].format(place=page.spot.fi, sites=page.sites)
    return sentences["purpose"].format(place_gen=page.spot.gen, sites=page.sites)


def _participants(page: Page, sentences: Mapping[str, str]) -> str:
    *most, last = page.members
    return sentences["participants"].format(members=f"{', '.join(most)} ja {last}")


def _contact(page: Page) -> str:
    return "\n".join(
        (
            f"Yhteyshenkilön nimi\n{contact_line(page)}",
            f"Yhteyshenkilön organisaatio\n{organisation(page)}",
            f"Yhteyshenkilön sähköpostiosoite\n{page.contact.email(page.spot.fi)}\n",
        )
    )


def contact_line(page: Page) -> str:
    """Return the contact's name as the page has it, with the one before where there was one."""
    if page.earlier is None:
        return page.contact.name
    name, year = page.earlier.name, page.changed
    return f"{name} (31.12.{year - 1}) {page.contact.name} 1.1.{year} alkaen"


def organisation(page: Page) -> str:
    """Return the contact's organisation."""
    return f"{page.spot.gen} liitto" if page.spot.gen else f"Hyvinvointiyhtymä {page.spot.fi}"


def day(value: date) -> str:
    """Return a date as Finnish pages print it."""
    return f"{value.day:02d}.{value.month:02d}.{value.year}"
