"""Read PDF: text line by line, paragraphs by gaps, headings by font size.

The only module that imports pypdfium2. Does not know scanned pages (no text recognition), forms
or layout beyond one column; tables come out as lines.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # the same

from corpus.errors import KysyError
from corpus.rendering import ReadResult, Rendering

_HEADING_RATIO = 1.15  # a line in type this much larger than the body's is a heading
_HEADING_CHARS = 200
_MAX_LEVEL = 6


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: its text, type size in points, and top and bottom on its page."""

    text: str
    size: float
    top: float
    bottom: float
    page: int


def read_pdf(data: bytes, max_bytes: int) -> ReadResult:
    """Read a PDF with a text layer."""
    del max_bytes
    try:
        with pdfium.PdfDocument(data) as pdf:
            title = pdf.get_metadata_value("Title") or None
            lines = [line for number in range(len(pdf)) for line in _page_lines(pdf, number)]
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise KysyError("protected by a password", fix="save an open copy") from error
        raise KysyError("damaged, or not a PDF file") from error
    rendering = Rendering()
    _render(lines, rendering)
    return rendering.result(title=title)


def _page_lines(pdf: pdfium.PdfDocument, number: int) -> Iterator[_Line]:
    page = pdf[number]
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range()
        if textpage.count_chars() != len(text):  # outside the BMP: indexes would not match
            text = "".join(chr(_unicode(textpage, i)) for i in range(textpage.count_chars()))
        for match in re.finditer(r"[^\r\n]+", text):
            if match.group().strip():
                yield _line(textpage, match, number)
    finally:
        textpage.close()
        page.close()


def _unicode(textpage: pdfium.PdfTextPage, index: int) -> int:
    code: int = pdfium_c.FPDFText_GetUnicode(textpage, index)
    return code if code and not 0xD800 <= code < 0xE000 else 0xFFFD


def _line(textpage: pdfium.PdfTextPage, match: re.Match[str], page: int) -> _Line:
    boxes = [
        _loose_box(textpage, match.start() + offset)
        for offset, character in enumerate(match.group())
        if not character.isspace()
    ]
    bottoms, tops = [box[0] for box in boxes], [box[1] for box in boxes]
    sizes = Counter(round(top - bottom, 1) for bottom, top in boxes)
    text = match.group().replace("\ufffe", "-").replace("\x02", "-")
    return _Line(text.strip(), sizes.most_common(1)[0][0], max(tops), min(bottoms), page)


def _loose_box(textpage: pdfium.PdfTextPage, index: int) -> tuple[float, float]:
    """Bottom and top of a character's line box, which grows with the type size."""
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
    return float(box.bottom), float(box.top)


def _render(lines: list[_Line], out: Rendering) -> None:
    body = _body_size(lines)
    sizes = sorted({ln.size for ln in lines if _is_heading(ln, body)}, reverse=True)
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and not _continues(paragraph[-1], line, body):
            _flush(paragraph, body, sizes, out)
            paragraph = []
        paragraph.append(line)
    _flush(paragraph, body, sizes, out)


def _body_size(lines: list[_Line]) -> float:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return max(weights, key=lambda size: (weights[size], -size), default=0.0)


def _is_heading(line: _Line, body: float) -> bool:
    return line.size >= body * _HEADING_RATIO and len(line.text) <= _HEADING_CHARS


def _continues(previous: _Line, line: _Line, body: float) -> bool:
    """Say whether a line goes on: same type size, no wide gap, no list marker.

    A paragraph goes on across pages only inside a sentence.
    """
    if abs(previous.size - line.size) > 0.5 or re.match(r"(?:[-–•*]|\d{1,2}[.)])\s", line.text):
        return False
    if previous.page != line.page:
        return line.text[:1].islower() and not _is_heading(line, body)
    gap = previous.bottom - line.top
    return -line.size * 2 < gap < 0.55 * line.size


def _flush(paragraph: list[_Line], body: float, sizes: list[float], out: Rendering) -> None:
    if not paragraph:
        return
    text = _joined([line.text for line in paragraph])
    if _is_heading(paragraph[0], body) and len(text) <= _HEADING_CHARS:
        out.heading(text, min(sizes.index(paragraph[0].size) + 1, _MAX_LEVEL))
    else:
        item = re.match(r"(?:[-–•*]|\d{1,2}[.)])\s", text) is not None
        out.block(text, kind="item" if item else "text")


def _joined(lines: list[str]) -> str:
    """Lines of a paragraph as one: a short line ends it, a hyphen at an end is kept as printed."""
    longest = max(map(len, lines))
    text = lines[0]
    for previous, line in pairwise(lines):
        if previous.endswith("-") and line[:1].islower():
            text = text[:-1] + line
        elif len(previous) < 0.6 * longest or previous.endswith(":"):
            text = f"{text}\n{line}"
        else:
            text = f"{text} {line}"
    return text
