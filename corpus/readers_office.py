"""Read word-processor files (.docx, .odt) with the standard library's zip and safe XML.

A table with tables in it only arranges the page: its cells are text, not rows. Guards against zip
bombs by the size that is really unpacked. Does not know macros, images or formulas; deleted
(tracked) text and comments are left out.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # no types
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # the same

from corpus.errors import KysyError
from corpus.rendering import ReadResult, Rendering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MAX_RATIO = 1000  # an unpacked part this many times its packed size is an attack
_UNPACKING = (  # RuntimeError: encrypted; ValueError: bytes are missing before the part
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(RuntimeError, ValueError, NotImplementedError),  # the last: an unknown compression
)
_MAX_SPACES = 100  # one odt element may stand for at most this many spaces here


def read_docx(data: bytes, max_bytes: int) -> ReadResult:
    """Read a Word file; headings by outline level or heading style."""
    with _archive(data, "word/document.xml", "a Word file") as archive:
        body = _part(archive, "word/document.xml", max_bytes).find(f"{_W}body")
        styles = _docx_levels(_optional(archive, "word/styles.xml", max_bytes))
        core = _optional(archive, "docProps/core.xml", max_bytes)
    rendering = Rendering()
    if body is not None:
        _docx_blocks(body, styles, rendering)
    title, language = _dublin_core(core)
    return rendering.result(title=title, language=language)


def read_odt(data: bytes, max_bytes: int) -> ReadResult:
    """Read an OpenDocument text; headings by outline level."""
    with _archive(data, "content.xml", "an OpenDocument text") as archive:
        content = _part(archive, "content.xml", max_bytes)
        meta = _optional(archive, "meta.xml", max_bytes)
    rendering = Rendering()
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is not None:
        _odt_blocks(body, rendering, "")
    title, language = _dublin_core(meta)
    return rendering.result(title=title, language=language)


def _archive(data: bytes, member: str, kind: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNPACKING as error:
        raise KysyError(f"damaged, or not {kind}") from error
    if member not in archive.namelist():
        archive.close()
        raise KysyError(f"a zip archive, but not {kind}")
    return archive


def _part(archive: zipfile.ZipFile, name: str, max_bytes: int) -> Element:
    """One XML part, unpacked up to `max_bytes`."""
    info = archive.getinfo(name)
    too_large = KysyError(f"its part {name} unpacks to more than {max_bytes:,} bytes")
    if info.file_size > max_bytes or info.file_size > _MAX_RATIO * max(info.compress_size, 1):
        raise too_large
    try:
        with archive.open(info) as file:
            data = file.read(max_bytes + 1)
    except _UNPACKING as error:
        raise KysyError(f"its part {name} is damaged or protected") from error
    if len(data) > max_bytes:
        raise too_large
    try:
        root: Element = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise KysyError(f"its part {name} is not safe, well-formed XML") from error
    return root


def _optional(archive: zipfile.ZipFile, name: str, max_bytes: int) -> Element | None:
    return _part(archive, name, max_bytes) if name in archive.namelist() else None


def _dublin_core(root: Element | None) -> tuple[str | None, str | None]:
    if root is None:
        return None, None
    return root.findtext(f".//{_DC}title") or None, root.findtext(f".//{_DC}language") or None


def _docx_levels(styles: Element | None) -> dict[str, int]:
    """Style id -> heading level, from the outline level or the style's (English) name."""
    levels: dict[str, int] = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        identity = style.get(f"{_W}styleId") or ""
        name = style.find(f"{_W}name")
        called = (name.get(f"{_W}val") or "").casefold() if name is not None else ""
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        numbered = re.fullmatch(r"heading (\d)", called)
        if called == "title":
            levels[identity] = 1
        elif numbered:
            levels[identity] = int(numbered.group(1))
        elif outline is not None and (outline.get(f"{_W}val") or "9") < "9":
            levels[identity] = int(outline.get(f"{_W}val") or "0") + 1
    return levels


def _docx_level(paragraph: Element, styles: dict[str, int]) -> int:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    if outline is not None and (outline.get(f"{_W}val") or "9") < "9":
        return int(outline.get(f"{_W}val") or "0") + 1
    identity = style.get(f"{_W}val") or "" if style is not None else ""
    plain = re.fullmatch(r"[Hh]eading ?([1-9])", identity)
    return styles.get(identity, int(plain.group(1)) if plain else 0)


def _docx_blocks(parent: Element, styles: dict[str, int], out: Rendering) -> None:
    for node in parent:
        if node.tag == f"{_W}p":
            text, level = _docx_text(node), _docx_level(node, styles)
            if level:
                out.heading(text, level)
            elif node.find(f"{_W}pPr/{_W}numPr") is not None and text.strip():
                out.block(f"- {text.strip()}", kind="item")
            else:
                out.block(text)
        elif node.tag == f"{_W}tbl" and node.find(f".//{_W}tc//{_W}tbl") is None:
            rows = [
                ["\n".join(map(_docx_text, cell.iter(f"{_W}p"))) for cell in row.iter(f"{_W}tc")]
                for row in node.iter(f"{_W}tr")
            ]
            out.table(rows, header=node.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is not None)
        elif node.tag not in {f"{_W}sectPr", f"{_W}del"}:
            _docx_blocks(node, styles, out)


def _docx_text(paragraph: Element) -> str:
    return "".join(_docx_runs(paragraph))


def _docx_runs(node: Element) -> Iterator[str]:
    breaks = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in breaks:
            yield breaks[child.tag]
        elif child.tag not in {f"{_W}pPr", f"{_W}rPr", f"{_W}del", f"{_MC}Fallback"}:
            yield from _docx_runs(child)


def _odt_blocks(parent: Element, out: Rendering, marker: str) -> None:
    for node in parent:
        if node.tag == f"{_TEXT}h":
            level = node.get(f"{_TEXT}outline-level") or "1"
            out.heading(_odt_text(node), int(level) if level.isdecimal() else 1)
        elif node.tag == f"{_TEXT}p":
            text = _odt_text(node).strip()
            out.block(f"{marker}{text}" if text else "", kind="item" if marker else "text")
        elif node.tag == f"{_TEXT}list":
            for item in node:
                _odt_blocks(item, out, "- ")
        elif (
            node.tag == f"{_TABLE}table"
            and node.find(f".//{_TABLE}table-cell//{_TABLE}table") is None
        ):
            out.table(
                [list(map(_odt_cell, _odt_cells(r))) for r in node.iter(f"{_TABLE}table-row")]
            )
        elif node.tag not in {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation"}:
            _odt_blocks(node, out, marker)


def _odt_cells(row: Element) -> Iterator[Element]:
    return row.iter(f"{_TABLE}table-cell")


def _odt_cell(cell: Element) -> str:
    return "\n".join(map(_odt_text, cell.iter(f"{_TEXT}p")))


def _odt_text(node: Element) -> str:
    return "".join(_odt_runs(node))


def _odt_runs(node: Element) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c") or "1"
            yield " " * min(int(count) if count.isdecimal() else 1, _MAX_SPACES)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in {f"{_OFFICE}annotation", f"{_TEXT}note"}:
            yield from _odt_runs(child)
        yield child.tail or ""
