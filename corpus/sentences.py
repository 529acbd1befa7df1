"""Sentence borders in Finnish, Swedish and English text, by rule.

Knows abbreviations (`words.toml`), dates, ordinals, list markers and hard-wrapped lines. Does not
know grammar; where in doubt it does not split, so that a quoted sentence is never cut short.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from corpus.words import load_words

Span = tuple[int, int]

_STOP = re.compile(r"[.!?…]+[)\]\"”’'»]*(?=\s)")
_TOKEN = re.compile(r"[\w.]*\Z")
_MARKER = re.compile(r"\s*(?:[•●◦▪*+·-]|[–—]|\d{1,2}[.)]|[a-zåäö]\))\s+(?=\S)")
_TOKEN_REACH = 24
_WRAPPED_LINE = 60  # a line this long without an end of a sentence goes on below


def is_list_item(line: str) -> bool:
    """Say whether a line starts with a bullet or a number."""
    return _MARKER.match(line) is not None


def sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Find the sentences of `text[start:end]`, in order, trimmed; only space is between."""
    stop = len(text) if end is None else end
    runs = merged(lines(text, start, stop), partial(wraps, text))
    return tuple(span for low, high in runs for span in _sentences(text, low, high))


def trimmed(text: str, start: int, end: int) -> Span:
    """Take the white space around a span away; empty at `end` when nothing is left."""
    body = text[start:end]
    low = start + len(body) - len(body.lstrip())
    return (low, start + len(body.rstrip())) if low < end else (end, end)


def lines(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Find the lines of `text[start:end]` that hold something, trimmed."""
    found = (match.span() for match in re.compile(r"[^\n]+").finditer(text, start, end))
    spans = (trimmed(text, low, high) for low, high in found)
    return tuple(span for span in spans if span[0] < span[1])


def merged(spans: Iterable[Span], goes_on: Callable[[Span, Span], bool]) -> Iterator[Span]:
    """Join each span with the one before it where it goes on with that."""
    pending: Span | None = None
    for low, high in spans:
        if pending and goes_on(pending, (low, high)):
            pending = (pending[0], high)
            continue
        if pending:
            yield pending
        pending = (low, high)
    if pending:
        yield pending


def wraps(text: str, before: Span, after: Span) -> bool:
    """Say whether a line only goes on with what is before it."""
    gap = text[before[1] : after[0]]
    if gap.count("\n") > 1 or is_list_item(text[after[0] : after[1]]):
        return False
    previous = text[max(before[0], text.rfind("\n", before[0], before[1]) + 1) : before[1]]
    if previous.endswith((".", "!", "?", ":", ";", "…")):
        return False
    return text[after[0]].islower() or len(previous) >= _WRAPPED_LINE


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    low = start
    for match in _STOP.finditer(text, start, end):
        if _ends(text, low, match, end):
            yield trimmed(text, low, match.end())
            low = match.end()
    span = trimmed(text, low, end)
    if span[0] < span[1]:
        yield span


def _ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    following = text[match.end() : end].lstrip()[:1]
    if not following or following.islower() or following in ",;:)%":
        return False
    if match.group()[0] != ".":
        return True
    reach = text[max(start, match.start() - _TOKEN_REACH) : match.start()]
    token = (found.group() if (found := _TOKEN.search(reach)) else "").strip(".")
    if re.fullmatch(r"\d{1,2}", token) or (len(token) == 1 and token.isupper()):
        return False
    return token.casefold() not in load_words().abbreviations
