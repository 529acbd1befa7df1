"""Small project pages written by the tests: enough of them, each a little different."""

from pathlib import Path

_PLACES = ("Porvoo", "Loviisa", "Savonlinna", "Mikkeli", "Kuopio", "Jyväskylä", "Vaasa", "Turku")
_TASKS = ("neuvontaa", "kotihoitoa", "liikuntaa", "etäpalveluja", "kirjastoja", "joukkoliikennettä")
_NAMES = ("Aino Virta", "Eero Salo", "Maija Koski", "Olli Ranta", "Sari Harju")


def page(number: int) -> str:
    """Return a Markdown page with headings, prose and a table of fields."""
    place, task = _PLACES[number % 8], _TASKS[number % 6]
    return f"""# Hanke {number}: {task} ({place})

## Tausta

Hankkeessa {number} kehitetään paikkakunnalla {place} asukkaille {task}. Työ alkoi talvella.

## Tulokset

Hanke {number} tuotti {number + 3} uutta tapaa järjestää {task}.

## Kaikille sama

Tämä kappale on jokaisella sivulla aivan sama, koska se kertoo ohjelmasta eikä hankkeesta.

## Perustiedot

| Tieto | Arvo |
| --- | --- |
| Yhteyshenkilö | {_NAMES[number % 5]} |
"""


def write_pages(folder: Path, numbers: range) -> Path:
    """Write pages, every third into a folder below; returns `folder`."""
    (folder / "alempi").mkdir(parents=True, exist_ok=True)
    for number in numbers:
        below = folder / "alempi" if number % 3 == 0 else folder
        (below / f"sivu{number:03}.md").write_text(page(number), encoding="utf-8")
    return folder
