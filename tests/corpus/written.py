"""Files of the binary formats, written by hand so that the tests need no other library."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table")
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'

Block = tuple[str, str]  # (kind, text); kinds: h1, h2, p, item, row ("label|value")


def zipped(parts: dict[str, str]) -> bytes:
    """Make a zip archive of text parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def docx(blocks: Sequence[Block], title: str = "", extra: str = "") -> bytes:
    """Write a Word file whose heading styles have Finnish ids, as Finnish Word writes them."""
    style = (
        f'<w:style w:styleId="Otsikko{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2)
    )
    body = "".join(_docx_block(kind, text) for kind, text in blocks)
    return zipped(
        {
            "word/document.xml": f"<w:document {_W}><w:body>{body}{extra}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {_W}>{''.join(style)}</w:styles>",
            "docProps/core.xml": f"<core {_DC}><dc:title>{escape(title)}</dc:title></core>",
        }
    )


def _docx_block(kind: str, text: str) -> str:
    if kind == "row":
        cells = "".join(f"<w:tc>{_docx_block('p', cell)}</w:tc>" for cell in text.split("|"))
        return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    properties = {
        "h1": '<w:pPr><w:pStyle w:val="Otsikko1"/></w:pPr>',
        "h2": '<w:pPr><w:pStyle w:val="Otsikko2"/></w:pPr>',
        "item": "<w:pPr><w:numPr/></w:pPr>",
    }.get(kind, "")
    half = len(text) // 2  # Word cuts a paragraph into runs anywhere
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
    )
    return f"<w:p>{properties}{runs}</w:p>"


def odt(blocks: Sequence[Block], title: str = "") -> bytes:
    """Write an OpenDocument text."""
    body = "".join(_odt_block(kind, text) for kind, text in blocks)
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    meta = f"<dc:title>{escape(title)}</dc:title><dc:language>fi-FI</dc:language>"
    return zipped(
        {
            "content.xml": f"<office:document-content {_ODF}>{content}</office:document-content>",
            "meta.xml": f"<office:document-meta {_ODF} {_DC}>{meta}</office:document-meta>",
        }
    )


def _odt_block(kind: str, text: str) -> str:
    if kind in {"h1", "h2"}:
        return f'<text:h text:outline-level="{kind[1]}">{escape(text)}</text:h>'
    if kind == "item":
        return f"<text:list><text:list-item>{_odt_block('p', text)}</text:list-item></text:list>"
    if kind == "row":
        cells = (
            f"<table:table-cell>{_odt_block('p', c)}</table:table-cell>" for c in text.split("|")
        )
        return f"<table:table><table:table-row>{''.join(cells)}</table:table-row></table:table>"
    return f"<text:p>{escape(text).replace('  ', ' <text:s/>')}</text:p>"


def pdf(pages: Sequence[Sequence[tuple[float, str]]], trailer: str = "") -> bytes:
    """Write a PDF of pages of (type size, line); an empty line is a gap. Latin-1 text only."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        stream = _page_stream(page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _pdf_file(objects, trailer)


def _page_stream(page: Sequence[tuple[float, str]]) -> str:
    top, parts = 790.0, list[str]()
    for size, line in page:
        top -= size * 1.2
        if line:
            shown = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            parts.append(f"BT /F1 {size} Tf 60 {top:.1f} Td ({shown}) Tj ET")
    return "\n".join(parts)


def _pdf_file(objects: Sequence[str], trailer: str) -> bytes:
    data, offsets = b"%PDF-1.7\n", list[int]()
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    tail = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + tail.encode("latin-1")
