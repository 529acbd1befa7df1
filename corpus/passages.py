"""Cut sections into passages: the pieces that are indexed, ranked and quoted.

A passage lies within one section, on paragraph, line and sentence borders; it is never longer
than asked where sentences allow. Does not know titles inside the quoted text: what a passage is
about, `context`, is for indexing only.
"""

from collections.abc import Iterator, Sequence

from corpus.language import detect
from corpus.model import Document, Language, Passage, Section
from corpus.sentences import Span, is_list_item, lines, merged, sentences, trimmed

_OWN_LANGUAGE_CHARS = 200  # shorter passages speak the document's language
_LEAD_IN_CHARS = 160
_SENTENCE_ENDS = (".", "!", "?", "…", ";", ",")


def passages(document: Document, *, max_chars: int = 700) -> tuple[Passage, ...]:
    """All passages of a document, in order.

    A single sentence may run to twice `max_chars`; beyond that it is cut between words.
    """
    return tuple(
        _passage(document, section, f"{number}.{ordinal}", span)
        for number, section in enumerate(document.sections)
        for ordinal, span in enumerate(cut(document.text, section.start, section.end, max_chars))
    )


def context(document: Document, passage: Passage) -> str:
    """Say what the passage stands under: title and heading path on lines of their own."""
    return "\n".join(dict.fromkeys((document.title, *passage.heading_path)))


def cut(text: str, start: int, end: int, max_chars: int) -> tuple[Span, ...]:
    """Cut `text[start:end]` into the spans of its passages, trimmed, in order."""
    low, high = trimmed(text, start, end)
    if high - low <= max_chars:
        return ((low, high),) if low < high else ()
    units: list[Span] = []
    for paragraph in _paragraphs(text, low, high):
        leads = bool(units) and _leads_in(text, units[-1], paragraph)
        room = max_chars - (paragraph[0] - units[-1][0] if leads else 0)
        units.extend(_units(text, paragraph, room, max_chars))
    return tuple(_packed(text, units, max_chars))


def _passage(document: Document, section: Section, ordinal: str, span: Span) -> Passage:
    text = document.text[span[0] : span[1]]
    language: Language = document.language
    if len(text) >= _OWN_LANGUAGE_CHARS:
        language = detect(text)
    return Passage(
        passage_id=f"{document.document_id}#{ordinal}",
        document_id=document.document_id,
        heading_path=section.heading_path,
        start=span[0],
        end=span[1],
        text=text,
        language=language,
    )


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Find the runs of lines between empty lines."""

    def adjacent(before: Span, after: Span) -> bool:
        return text.count("\n", before[1], after[0]) == 1

    return merged(lines(text, start, end), adjacent)


def _units(text: str, paragraph: Span, room: int, max_chars: int) -> tuple[Span, ...]:
    """Keep a paragraph, or cut one that is too long into sentences, evened out."""
    size = paragraph[1] - paragraph[0]
    if size <= room:
        return (paragraph,)
    pieces = [
        piece
        for sentence in sentences(text, *paragraph)
        for piece in _words(text, sentence, max_chars)
    ]
    target = size / max(2, -(-size // max_chars))
    return tuple(_joined(pieces, room, max_chars, target))


def _words(text: str, sentence: Span, max_chars: int) -> Iterator[Span]:
    """Keep a sentence, or cut one of more than twice the limit between words."""
    low, high = sentence
    while high - low > 2 * max_chars:
        space = max(text.rfind(" ", low, low + max_chars), text.rfind("\n", low, low + max_chars))
        stop = space if space > low else low + max_chars
        yield trimmed(text, low, stop)
        low = trimmed(text, stop, high)[0]
    if low < high:
        yield low, high


def _joined(pieces: Sequence[Span], room: int, limit: int, target: float) -> Iterator[Span]:
    """Join neighbours until they reach the target, so that no stump is left at the end.

    The first of them has only `room`, for a lead-in goes before it.
    """
    current: Span | None = None
    for low, high in pieces:
        full = current is not None and current[1] - current[0] >= target
        if current and (full or high - current[0] > room):
            yield current
            current, room = None, limit
        current = (current[0] if current else low, high)
    if current:
        yield current


def _packed(text: str, units: Sequence[Span], limit: int) -> Iterator[Span]:
    """Pack short paragraphs together, long ones alone, a lead-in with what it leads to."""
    held: list[Span] = []
    for unit in units:
        if held and _starts_anew(text, held, unit, limit):
            keep = len(held)
            while keep > 1 and _leads_in(text, held[keep - 1], unit):
                keep -= 1
            if keep < len(held) and unit[1] - held[keep][0] > limit:
                keep = len(held)  # the lead-in has no room before what it leads to
            yield held[0][0], held[keep - 1][1]
            held = held[keep:]
        held.append(unit)
    if held:
        yield held[0][0], held[-1][1]


def _starts_anew(text: str, held: Sequence[Span], unit: Span, limit: int) -> bool:
    if unit[1] - held[0][0] > limit:
        return True
    if _leads_in(text, held[-1], unit):
        return False
    size = held[-1][1] - held[0][0]
    heading = not text[unit[0] : unit[1]].endswith(":") and _is_lead_in(text, unit)
    return max(size, unit[1] - unit[0]) >= limit / 2 or (heading and size >= limit / 4)


def _leads_in(text: str, unit: Span, following: Span) -> bool:
    """Say whether a short line, with a colon or like a title, belongs to what follows it."""
    if is_list_item(text[following[0] : following[1]]) and text[unit[1] - 1] == ":":
        return unit[1] - unit[0] <= _LEAD_IN_CHARS
    return _is_lead_in(text, unit)


def _is_lead_in(text: str, unit: Span) -> bool:
    body = text[unit[0] : unit[1]]
    short = len(body) <= _LEAD_IN_CHARS and "\n" not in body
    return short and not body.endswith(_SENTENCE_ENDS) and not _is_bullet(body)


def _is_bullet(body: str) -> bool:
    return is_list_item(body) and not body[0].isdigit()
