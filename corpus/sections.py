"""Cut a document's text into sections: by its profile's labels, or by its own markup.

A section is the body under one heading, trimmed; empty ones are dropped. Text before the first
heading is the lead, with the heading path `()`. Headings, labels and export artefacts are in no
section. Does not know how values are read (`fields`).
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model import Section
from corpus.profiles import FieldSpec, Profile, label_key
from corpus.rendering import Heading, ReadResult
from corpus.sentences import lines, trimmed, wraps

_VALUE_CHARS = 300  # a longer text under a heading of markup is no value
_SENTENCE_ENDS = (".", "!", "…", ";", ",")  # what a title does not end in
_LABELLED = re.compile(r"(?:[-–•*]\s+)?(?P<label>[^\W\d_][^:\n]{1,40}):[^\S\n]+(?=\S)")
_NESTED = 10  # markup headings inside a profile's page stand below every label


@dataclass(frozen=True, slots=True)
class Block:
    """A section, the label printed above it and the field it stands for, if any.

    `is_pair`: the label comes from a definition list, a two-column table or a line "label: value".
    """

    section: Section
    label: str = ""
    spec: FieldSpec | None = None
    is_pair: bool = False


@dataclass(frozen=True, slots=True)
class _Border:
    """A heading at `[start, end)`; without a text it only ends the section before it.

    A leaf (the label of a pair) is the last name of its own section's path and of no other's.
    """

    start: int
    end: int
    text: str = ""
    level: int = 0
    spec: FieldSpec | None = None
    leaf: bool = False


def find_blocks(result: ReadResult, profile: Profile | None, generic: Profile) -> tuple[Block, ...]:
    """Find the sections of a document, in order; `profile` is None for an unknown family."""
    borders = _pairs(result, profile, generic)
    if profile:
        borders += _profile_borders(result, profile)
    else:
        specs = generic.by_label()
        taken = {pair.label_start for pair in result.pairs} | {h.start for h in result.headings}
        borders += _labelled_lines(result.text, specs, taken)
        borders += [
            _Border(
                h.start, h.end, _text(result, h), h.level, specs.get(label_key(_text(result, h)))
            )
            for h in _own_headings(result)
        ]
    blocks = _blocks(result.text, sorted(borders, key=lambda border: border.start))
    return tuple(blocks if profile else map(_unless_prose, blocks))


def _unless_prose(block: Block) -> Block:
    """Take the field from a heading with a long text: "Funding" may head a chapter."""
    size = block.section.end - block.section.start
    typed = block.spec is not None and block.spec.type != "text"
    return replace(block, spec=None) if typed and size > _VALUE_CHARS else block


def without_title(blocks: Sequence[Block], text: str, title: str) -> tuple[Block, ...]:
    """Take a first line that only repeats the title out of the lead: it is a heading.

    A sentence, or all that there is, stays: a title is not quoted, so it would be lost.
    """
    if not blocks or blocks[0].section.heading_path or text[: blocks[0].section.start].strip():
        return tuple(blocks)
    lead = blocks[0].section
    line = text[lead.start : lead.end].split("\n", 1)[0].rstrip()
    if " ".join(line.split()) != title or line.endswith(_SENTENCE_ENDS):
        return tuple(blocks)
    start, end = trimmed(text, lead.start + len(line), lead.end)
    rest = tuple(blocks[1:])
    if start < end:
        return (replace(blocks[0], section=Section((), start, end)), *rest)
    return rest or tuple(blocks)


def _own_headings(result: ReadResult) -> tuple[Heading, ...]:
    """Leave out the page's own title, which is not a section's name."""
    if not result.headings:
        return ()
    first, rest = result.headings[0], result.headings[1:]
    alone = first.level == 1 and all(heading.level > 1 for heading in rest)
    return rest if alone else result.headings


def _text(result: ReadResult, heading: Heading) -> str:
    return result.text[heading.start : heading.end]


def _pairs(result: ReadResult, profile: Profile | None, generic: Profile) -> list[_Border]:
    specs = generic.by_label() | (profile.by_label() if profile else {})
    borders: list[_Border] = []
    for pair in result.pairs:
        label = result.text[pair.label_start : pair.label_end]
        spec = specs.get(label_key(label))
        borders.append(_Border(pair.label_start, pair.start, label, 0, spec, leaf=True))
        borders.append(_Border(pair.end, pair.end))
    return borders


def _labelled_lines(
    text: str, specs: Mapping[str, FieldSpec], taken: Container[int]
) -> Iterator[_Border]:
    """Find lines such as "Phone: 040 123" of known labels, with what their values wrap over.

    "Name" is left out: on such a line it is as often a person's as the page's.
    """
    end = 0
    for low, high in lines(text, 0, len(text)):
        match = None if low in taken else _LABELLED.match(text, low, high)
        spec = specs.get(label_key(match["label"])) if match else None
        if match and spec and spec.name != "name":
            if end:
                yield _Border(end, end)
            yield _Border(low, match.end(), match["label"], 0, spec, leaf=True)
            start, end = low, high
        elif end and wraps(text, (start, end), (low, high)):
            end = high
        elif end:
            yield _Border(end, end)
            end = 0
    if end:
        yield _Border(end, end)


def _profile_borders(result: ReadResult, profile: Profile) -> list[_Border]:
    """Labels, groups and artefacts on lines of their own; none of the labels before a group."""
    borders = list(_line_borders(result.text, profile))
    opening = next((b.start for b in borders if b.text and b.spec is None), 0)
    borders = [b for b in borders if b.start >= opening or b.spec is None]
    lines = {border.start for border in borders}
    nested = [
        _Border(heading.start, heading.end, _text(result, heading), _NESTED + heading.level)
        for heading in _own_headings(result)
        if heading.start not in lines and heading.start >= opening
    ]
    return borders + nested


def _line_borders(text: str, profile: Profile) -> Iterator[_Border]:
    specs = profile.by_label()
    groups = {label_key(group) for group in profile.groups}
    position = 0
    for raw in text.split("\n"):
        line, start = raw.strip(), position + len(raw) - len(raw.lstrip())
        position += len(raw) + 1
        litter = profile.artefact_end(line)
        rest = line[litter:].strip()
        end = start + len(line)
        if label_key(rest) in specs:
            spec = specs[label_key(rest)]
            yield _Border(start, end, rest, spec.level, spec)
        elif litter or label_key(rest) in groups:
            yield _Border(start, end, rest, 1)


def _blocks(text: str, borders: Sequence[_Border]) -> Iterator[Block]:
    path: list[tuple[int, str]] = []
    current, start = _Border(0, 0), 0
    for border in (*borders, _Border(len(text), len(text))):
        if border.leaf and text[start : border.start].strip() and _is_table_row(text, border.start):
            current = replace(current, spec=None)  # the head of a table is not the value
        yield from _block(text, start, border.start, path, current)
        if border.text and not border.leaf:
            path = [*(part for part in path if part[0] < border.level), (border.level, border.text)]
        current, start = border, border.end


def _is_table_row(text: str, start: int) -> bool:
    """Say whether a line follows another without an empty line between."""
    return text[max(0, start - 2) : start] != "\n\n"


def _block(
    text: str, start: int, end: int, path: list[tuple[int, str]], border: _Border
) -> Iterator[Block]:
    low, high = trimmed(text, start, end)
    if low < high:
        names = tuple(name for _, name in path) + ((border.text,) if border.leaf else ())
        yield Block(Section(names, low, high), border.text, border.spec, border.leaf)
