"""Dates, ranges of dates and "valid from / until" as Finnish, Swedish and English write them.

Finds them in a text by span. Does not know fields, persons or what a date belongs to; words come
from `words.toml`. Days are read day first (dd.mm.yyyy), ISO 8601 is read as it is.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from corpus.words import load_words

Precision = Literal["day", "month", "year"]

_BEFORE = 48  # characters looked at before a date for a word that governs it
_DASH = r"[-–—]"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at `[start, end)`; `first` to `last` are the days it covers, inclusive."""

    start: int
    end: int
    first: date
    last: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class DateRange:
    """From `since` to `until`, word for word at `[start, end)`."""

    start: int
    end: int
    since: Dated
    until: Dated


@dataclass(frozen=True, slots=True)
class Validity:
    """When something holds, inclusive on both sides, word for word at `[start, end)`."""

    start: int
    end: int
    valid_from: date | None
    valid_to: date | None


def iso(dated: Dated, *, last: bool = False) -> str:
    """ISO 8601 at the precision printed: "2020", "2020-03" or "2020-03-01"."""
    day = dated.last if last else dated.first
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[dated.precision]]


def find_dates(text: str, start: int = 0, end: int | None = None) -> tuple[Dated, ...]:
    """All dates in `text[start:end]`, in order; impossible ones (31.2.2020) are not dates."""
    stop = len(text) if end is None else end
    if not _DIGIT.search(text, start, stop):  # most questions: the long pattern is not even made
        return ()
    found = (_dated(match) for match in _date_pattern().finditer(text, start, stop))
    return tuple(dated for dated in found if dated)


def find_ranges(text: str, start: int = 0, end: int | None = None) -> tuple[DateRange, ...]:
    """All ranges in `text[start:end]`: "2020-2021", "1.3.-31.12.2021", "1 Jan 2020 to May 2021"."""
    dates = find_dates(text, start, end)
    ranges: list[DateRange] = []
    for index, dated in enumerate(dates):
        short = _short_start(text, start, dated)
        if short:
            ranges.append(DateRange(short.start, dated.end, short, dated))
        elif index and _joined(text[dates[index - 1].end : dated.start]):
            since = dates[index - 1]
            if since.first <= dated.last and not (ranges and ranges[-1].end > since.start):
                ranges.append(DateRange(since.start, dated.end, since, dated))
    return tuple(ranges)


def find_validity(text: str, start: int = 0, end: int | None = None) -> tuple[Validity, ...]:
    """All validity expressions of `text[start:end]`; a date alone is the last day it held.

    A date printed after a person without any word, as in "(31.12.2022)", marks the end.
    """
    stop = len(text) if end is None else end
    ranges = find_ranges(text, start, stop)
    starts = [found.start for found in ranges]
    found = [
        _widened(text, start, stop, item.start, item.end, item.since.first, item.until.last)
        for item in ranges
    ]
    for dated in find_dates(text, start, stop):
        nearest = bisect_right(starts, dated.start) - 1
        if nearest < 0 or ranges[nearest].end <= dated.start:
            found.append(_one_sided(text, start, stop, dated))
    return tuple(sorted(found, key=lambda item: item.start))


def _one_sided(text: str, start: int, stop: int, dated: Dated) -> Validity:
    before = _before_pattern().search(text, max(start, dated.start - _BEFORE), dated.start)
    after = _after_pattern().match(text, dated.end, stop)
    left = before.group("word") or before.group("dash") if before else None
    right = after.group("word") or after.group("dash") if after else None
    low = before.start("kept") if before and left else dated.start
    high = after.end("kept") if after and right else dated.end
    if _says_from(left, right):
        return _widened(text, start, stop, low, high, dated.first, None)
    return _widened(text, start, stop, low, high, None, dated.last)


def _says_from(left: str | None, right: str | None) -> bool:
    froms = load_words().valid_from
    if right and re.fullmatch(_DASH, right):
        return True
    return any(word is not None and word.casefold() in froms for word in (left, right))


def _widened(
    text: str, start: int, stop: int, low: int, high: int, since: date | None, until: date | None
) -> Validity:
    """Take the brackets around a validity into it."""
    opening = re.search(r"[(\[]\s*$", text[max(start, low - _BEFORE) : low])
    closing = re.match(r"\s*[)\]]", text[high : min(stop, high + _BEFORE)])
    if opening and closing:
        low, high = max(start, low - _BEFORE) + opening.start(), high + closing.end()
    return Validity(low, high, since, until)


def _short_start(text: str, start: int, dated: Dated) -> Dated | None:
    """Find the first end of "1.3.-31.12.2021" or "1.-31.3.2021": its year stands at the end."""
    start = max(start, dated.start - _BEFORE)
    match = re.search(
        rf"(?<![\d.])(\d{{1,2}})\.(?:(\d{{1,2}})\.)?\s?{_DASH}\s?$", text[start : dated.start]
    )
    if dated.precision != "day" or not match:
        return None
    month = int(match.group(2)) if match.group(2) else dated.first.month
    day = _day(dated.first.year, month, int(match.group(1)))
    if day is None or day > dated.last:
        return None
    return Dated(start + match.start(), start + match.end(), day, day, "day")


def _joined(between: str) -> bool:
    words = "|".join(re.escape(word) for word in load_words().range_words)
    return re.fullmatch(rf"\s*(?:{words})\s*", between, re.IGNORECASE) is not None


@cache
def _date_pattern() -> re.Pattern[str]:
    months = "|".join(re.escape(name) for name in load_words().months)
    return re.compile(
        rf"""(?<![\w.])(?:
            (?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})(?!\d)
          | (?P<d2>\d{{1,2}})[.]\s?(?P<m2>\d{{1,2}})[.]\s?(?P<y2>\d{{4}})(?!\d)
          | (?P<d3>\d{{1,2}})/(?P<m3>\d{{1,2}})/(?P<y3>\d{{4}})(?!\d)
          | (?P<d4>\d{{1,2}})(?:\.|st|nd|rd|th)?\s(?P<m4>{months})\.?,?\s(?P<y4>\d{{4}})(?!\d)
          | (?P<m5>{months})\.?\s(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y5>\d{{4}})(?!\d)
          | (?P<m6>\d{{1,2}})[/.](?P<y6>(?:19|20)\d{{2}})(?!\d)
          | (?P<m7>{months})\.?\s(?P<y7>\d{{4}})(?!\d)
          | (?P<y8>(?:19|20)\d{{2}})(?!\d)
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


def _dated(match: re.Match[str]) -> Dated | None:
    parts = {key: value for key, value in match.groupdict().items() if value is not None}
    form = next(iter(parts))[1]
    year = int(parts[f"y{form}"])
    month, day = parts.get(f"m{form}"), parts.get(f"d{form}")
    if month is None:
        return _spanning(match, _day(year, 1, 1), _day(year, 12, 31), "year")
    number = int(month) if month.isdigit() else load_words().months[month.casefold()]
    if day is None:
        if not 1 <= number <= 12 or year < 1:
            return None
        last = _day(year, number, monthrange(year, number)[1])
        return _spanning(match, _day(year, number, 1), last, "month")
    exact = _day(year, number, int(day))
    return _spanning(match, exact, exact, "day")


def _spanning(
    match: re.Match[str], first: date | None, last: date | None, precision: Precision
) -> Dated | None:
    if first is None or last is None:
        return None
    return Dated(match.start(), match.end(), first, last, precision)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _before_pattern() -> re.Pattern[str]:
    words = load_words()
    governing = "|".join(re.escape(word) for word in (*words.valid_from, *words.valid_until))
    fillers = "|".join(re.escape(word) for word in words.fillers)
    return re.compile(
        rf"(?P<kept>(?:(?<!\w)(?P<word>{governing})\s+(?:(?:{fillers})\s+)*"
        rf"|(?<!\w)(?P<dash>{_DASH})\s?))$",
        re.IGNORECASE,
    )


@cache
def _after_pattern() -> re.Pattern[str]:
    words = load_words()
    governing = "|".join(re.escape(word) for word in (*words.valid_from, *words.valid_until))
    return re.compile(
        rf"(?P<kept>\s+(?P<word>{governing})(?!\w)|\s?(?P<dash>{_DASH})(?!\s*\w))", re.IGNORECASE
    )
