"""The list of all documents, with what readers choose by: funder, year, theme.

Knows fields by their canonical names. Does not know HTML. Years are those that a period spans, or
else the year the page was made.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Field
from qa.model import DocumentInfo

FIELDS = ("funder", "period", "themes", "created")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MAX_YEARS = 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader chose; an empty text chooses everything."""

    funder: str = ""
    year: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list."""

    info: DocumentInfo
    funders: tuple[str, ...]
    period: str
    years: tuple[str, ...]
    themes: tuple[str, ...]

    def fits(self, wanted: Wanted) -> bool:
        """Whether the document is among the wanted."""
        return (
            wanted.funder in {"", *self.funders}
            and wanted.year in {"", *self.years}
            and wanted.theme in {"", *self.themes}
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """Every value that can be chosen."""

    funders: tuple[str, ...]
    years: tuple[str, ...]
    themes: tuple[str, ...]


def years(texts: Iterable[str]) -> tuple[str, ...]:
    """Return every year that the values name or span ("2020/2022" spans three)."""
    found: set[int] = set()
    for text in texts:
        named = sorted(int(year) for year in YEAR.findall(text))
        if named and named[-1] - named[0] <= MAX_YEARS:
            found |= set(range(named[0], named[-1] + 1))
        else:
            found |= set(named)
    return tuple(map(str, sorted(found)))


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _shown_period(values: Sequence[str]) -> str:
    return ", ".join(value.replace("/", "–") for value in values)


def entries(
    documents: Sequence[DocumentInfo], values: Iterable[tuple[str, Field]]
) -> tuple[Entry, ...]:
    """Return the list in order of title."""
    by_document: Mapping[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for document_id, field in values:
        by_document[document_id][field.name].append(field.value)
    listed: list[Entry] = []
    for info in documents:
        fields = by_document[info.document_id]
        listed.append(
            Entry(
                info=info,
                funders=_unique(fields["funder"]),
                period=_shown_period(_unique(fields["period"])),
                years=years(fields["period"] or fields["created"]),
                themes=_unique(fields["themes"]),
            )
        )
    return tuple(sorted(listed, key=lambda entry: entry.info.title.casefold()))


def choices(listed: Iterable[Entry]) -> Choices:
    """Return what can be chosen from these entries."""
    all_entries = tuple(listed)
    return Choices(
        funders=_ordered(funder for entry in all_entries for funder in entry.funders),
        years=_ordered(year for entry in all_entries for year in entry.years),
        themes=_ordered(theme for entry in all_entries for theme in entry.themes),
    )


def _ordered(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values), key=str.casefold))
