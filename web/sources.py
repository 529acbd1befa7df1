"""A document as a reader sees it: headings, paragraphs, and the cited places marked in them.

Knows spans and how text is cut at them. Does not know HTML or answers. What stands outside every
section (labels, artefacts of an export) is not shown again: headings come from the sections.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.model import Document, Section
from web.links import Span

PARAGRAPH = re.compile(r"\S(?:.|\n(?![^\S\n]*\n))*")
Kind = Literal["plain", "hit", "other"]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters, stressed or not."""

    text: str
    key: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one kind: plain text, the cited place, or another hit; `first` opens it."""

    kind: Kind
    parts: tuple[Part, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level in the document (1 is the highest) and its anchor."""

    text: str
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, cut at the places that are marked."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """The places to mark: the cited one, the words to stress in it, and the other hits."""

    place: Span | None = None
    keys: tuple[Span, ...] = ()
    hits: tuple[Span, ...] = ()

    def kind(self, position: int) -> Kind:
        """Return what the character at this position belongs to."""
        if self.place and _inside(position, self.place):
            return "hit"
        return "other" if any(_inside(position, hit) for hit in self.hits) else "plain"

    def key(self, position: int) -> bool:
        """Whether the character is stressed."""
        return any(_inside(position, key) for key in self.keys)

    def cuts(self, start: int, end: int) -> list[int]:
        """Return the borders of every mark that fall into `[start, end]`, sorted, both ends too."""
        spans = [*self.keys, *self.hits, *([self.place] if self.place else [])]
        inner = {edge for span in spans for edge in span if start < edge < end}
        return sorted({start, end} | inner)


def _inside(position: int, span: Span) -> bool:
    return span[0] <= position < span[1]


def sections_of(document: Document) -> Sequence[Section]:
    """Return the sections, or the whole text as one when there is none."""
    return document.sections or (Section((), 0, len(document.text)),)


def headings(document: Document) -> Iterator[tuple[Section, tuple[Heading, ...]]]:
    """Yield each section with the headings that newly open before it."""
    path: tuple[str, ...] = ()
    for ordinal, section in enumerate(sections_of(document)):
        shared = 0
        while shared < min(len(path), len(section.heading_path) - 1) and (
            path[shared] == section.heading_path[shared]
        ):
            shared += 1
        yield (
            section,
            tuple(
                Heading(text, level, f"s{ordinal}-{level}")
                for level, text in enumerate(section.heading_path, 1)
                if level > shared
            ),
        )
        path = section.heading_path


def blocks(document: Document, marks: Marks) -> Iterator[Heading | Paragraph]:
    """Yield the document from top to bottom."""
    shown = False
    for section, opening in headings(document):
        yield from opening
        body = document.text[section.start : section.end]
        for found in PARAGRAPH.finditer(body):
            span = (section.start + found.start(), section.start + found.end())
            paragraph = Paragraph(_runs(document.text, span, marks, shown))
            shown = shown or any(run.kind == "hit" for run in paragraph.runs)
            yield paragraph


def _runs(text: str, span: Span, marks: Marks, shown: bool) -> tuple[Run, ...]:
    runs: list[Run] = []
    cuts = marks.cuts(*span)
    for start, end in pairwise(cuts):
        kind, part = marks.kind(start), Part(text[start:end], marks.key(start))
        if runs and runs[-1].kind == kind and start not in {hit[0] for hit in marks.hits}:
            runs[-1] = Run(kind, (*runs[-1].parts, part), runs[-1].first)
        else:
            first = kind == "hit" and not shown and all(run.kind != "hit" for run in runs)
            runs.append(Run(kind, (part,), first))
    return tuple(runs)


def is_shown(document: Document, place: Span) -> bool:
    """Whether some section holds a part of this place."""
    return any(
        section.start < place[1] and place[0] < section.end for section in sections_of(document)
    )


def neighbours(marks: Marks) -> tuple[Span | None, Span | None, int, int]:
    """Return the hit before and after the cited place, its number (from 1), and how many."""
    if marks.place is None:
        return None, None, 0, len(marks.hits)
    spans = sorted({*marks.hits, marks.place})
    at = spans.index(marks.place)
    before = spans[at - 1] if at else None
    after = spans[at + 1] if at + 1 < len(spans) else None
    return before, after, at + 1, len(spans)
