"""Read typed values from the sections that stand under a known label.

One function per type, chosen by a table; each returns values with the span that says them word
for word. Does not know which labels exist (`profiles`) nor running text (`people`, `acronyms`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from corpus.acronyms import find_acronyms
from corpus.dates import Validity, find_dates, find_ranges, find_validity, iso
from corpus.model import Field
from corpus.names import EMAIL, Spanned, name_pattern, role_before, without_role
from corpus.people import find_people
from corpus.profiles import FieldSpec, FieldType, label_key
from corpus.sections import Block
from corpus.sentences import Span, lines
from corpus.words import load_words

_BULLET = re.compile(r"(?:[•●◦▪*+·–—-]|\d{1,2}[.)])\s+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()]+[^\s<>().,;:!?]")
_NAME_WORDS = 5  # longer runs of capitals are titles or headings
_PHONE = re.compile(r"(?:\+|\b0)\d[\d\s()/-]{4,24}\d")


@dataclass(frozen=True, slots=True)
class _Value:
    """A value and the span that says it."""

    value: str
    start: int
    end: int
    valid_from: date | None = None
    valid_to: date | None = None


def find_fields(text: str, blocks: Iterable[Block]) -> tuple[Field, ...]:
    """All fields of a document in the order of its text, persons in running text included.

    After them come the short names that it gives.
    """
    blocks = tuple(blocks)
    fields: list[Field] = []
    for block in blocks:
        section = block.section
        if block.spec:
            fields.extend(_fields(text, block, block.spec))
        elif block.is_pair:
            fields.append(
                Field(
                    field_name(block.label),
                    block.label,
                    _one_line(text, section.start, section.end),
                    section.start,
                    section.end,
                    section.heading_path,
                )
            )
        fields.extend(find_people(text, section))
    return (*fields, *find_acronyms(text, [block.section for block in blocks]))


def field_name(label: str) -> str:
    """Name a field that no catalogue knows: its label in lower case with underscores."""
    return re.sub(r"\W+", "_", label_key(label)).strip("_") or "field"


def _fields(text: str, block: Block, spec: FieldSpec) -> Iterator[Field]:
    section = block.section
    for found in _PARSERS[spec.type](text, (section.start, section.end)):
        yield Field(
            name=spec.name,
            label=block.label,
            value=found.value,
            start=found.start,
            end=found.end,
            heading_path=section.heading_path,
            valid_from=found.valid_from,
            valid_to=found.valid_to,
        )


def _one_line(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())


def _whole(text: str, span: Span) -> tuple[_Value, ...]:
    return (_Value(_one_line(text, *span), *span),)


def _list(text: str, span: Span) -> tuple[_Value, ...]:
    """One value a line, without its bullet."""
    found: list[_Value] = []
    for low, high in lines(text, *span):
        bullet = _BULLET.match(text, low, high)
        start = bullet.end() if bullet else low
        found.append(_Value(_one_line(text, start, high), start, high))
    return tuple(found)


def _every(pattern: re.Pattern[str], *, fold: bool = False) -> Callable[..., tuple[_Value, ...]]:
    """Every match of a pattern; the whole section where there is none."""

    def parse(text: str, span: Span) -> tuple[_Value, ...]:
        found = tuple(
            _Value(match.group().casefold() if fold else match.group(), match.start(), match.end())
            for match in pattern.finditer(text, *span)
        )
        return found or _whole(text, span)

    return parse


def _date(text: str, span: Span) -> tuple[_Value, ...]:
    dates = find_dates(text, *span)
    found = tuple(_Value(iso(dated), dated.start, dated.end) for dated in dates)
    return found[:1] or _whole(text, span)


def _period(text: str, span: Span) -> tuple[_Value, ...]:
    """Take one range as printed; else the whole section, normalised if one date bounds it."""
    ranges = find_ranges(text, *span)
    if len(ranges) == 1:
        only = ranges[0]
        value = f"{iso(only.since)}/{iso(only.until, last=True)}"
        return (_Value(value, only.start, only.end),)
    dates = find_dates(text, *span)
    if len(dates) != 1 or ranges:
        return _whole(text, span)
    bound = find_validity(text, *span)[0]
    if bound.valid_from:
        return (_Value(f"{iso(dates[0])}/..", *span),)
    governed = bound.end - bound.start > dates[0].end - dates[0].start
    value = f"../{iso(dates[0], last=True)}" if governed else iso(dates[0])
    return (_Value(value, *span),)


def _persons(text: str, span: Span) -> tuple[_Value, ...]:
    """Each person with the words that say when; the whole section where no name is found."""
    pieces: list[tuple[Span, list[Spanned]]] = []
    for low, high in _segments(text, *span):
        names = _names(text, low, high)
        if pieces and not names:  # a date, a role or an address after a comma
            (first, _), known = pieces.pop()
            pieces.append(((first, high), known))
        else:
            pieces.append(((low, high), names))
    found = [
        value
        for piece, names in pieces
        for value in _dated_names(text, span[0], names, find_validity(text, *piece))
    ]
    return tuple(found) or _whole(text, span)


def _segments(text: str, start: int, end: int) -> Iterator[Span]:
    """Pieces between newlines, commas, semicolons, slashes and words such as "and"."""
    joiners = "|".join(load_words().joiners)
    border = re.compile(rf"\n|[,;]|\s/\s|(?<!\w)(?:{joiners})(?!\w)|&")
    low = start
    for match in border.finditer(text, start, end):
        yield low, match.start()
        low = match.end()
    yield low, end


def _names(text: str, start: int, end: int) -> list[Spanned]:
    """Find the names of a segment; a role in front of one belongs to the words, not to the name."""
    runs = name_pattern().finditer(text, start, end)
    names = (without_role(text, Spanned(m.group(), m.start(), m.end())) for m in runs)
    return [name for name in names if 2 <= len(name.text.split()) <= _NAME_WORDS]


def _dated_names(
    text: str, start: int, names: list[Spanned], validities: tuple[Validity, ...]
) -> Iterator[_Value]:
    """Give each validity to the name before it, unless that has one; then to the name after."""
    owned: list[list[Validity]] = [[] for _ in names]
    starts, ends = [name.start for name in names], [name.end for name in names]
    for validity in validities:
        before = bisect_right(ends, validity.start) - 1
        after = bisect_left(starts, validity.end)
        if before >= 0 and (not owned[before] or after == len(names)):
            owned[before].append(validity)
        elif after < len(names):
            owned[after].append(validity)
    for index, name in enumerate(names):
        own = owned[index]
        role = role_before(text, start, name.start)
        low = min([name.start, *(v.start for v in own), *([role.start] if role else [])])
        yield _Value(
            value=_one_line(name.text, 0, len(name.text)),
            start=low,
            end=max(name.end, *(v.end for v in own)) if own else name.end,
            valid_from=next((v.valid_from for v in own if v.valid_from), None),
            valid_to=next((v.valid_to for v in own if v.valid_to), None),
        )


_PARSERS: Mapping[FieldType, Callable[..., tuple[_Value, ...]]] = MappingProxyType(
    {
        "text": _whole,
        "line": _whole,
        "address": _whole,
        "list": _list,
        "person": _persons,
        "email": _every(EMAIL, fold=True),
        "date": _date,
        "period": _period,
        "url": _every(_URL),
        "phone": _every(_PHONE),
        "number": _whole,
    }
)
