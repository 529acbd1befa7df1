"""Read HTML: headings, paragraphs, lists, definition lists and tables, as text only.

The only module that imports selectolax. Scripts, styles, navigation and hidden parts are dropped;
nothing is fetched. Does not know what the text means.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.readers_plain import decode
from corpus.rendering import ReadResult, Rendering

_DROPPED = (
    "script, style, nav, noscript, template, svg, iframe, object, button, select, textarea, "
    "input, [hidden], [aria-hidden=true]"
)
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s "
        "samp small span strong sub sup time tt u var wbr img",
    )
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LAYOUT = ", ".join(f"td {tag}" for tag in ("table", "h1", "h2", "h3", "h4", "h5", "h6"))
_BREAK = "\x0b"  # stands for <br> until white space is collapsed


def read_html(data: bytes, max_bytes: int) -> ReadResult:
    """Read an HTML page; its title, language and canonical address come from its head."""
    del max_bytes
    tree = LexborHTMLParser(_decoded(data))
    title = tree.css_first("head > title")
    root, canonical = tree.root, tree.css_first('link[rel="canonical"]')
    named = title.text() if title else None
    language = root.attributes.get("lang") if root else None
    url = canonical.attributes.get("href") if canonical else None
    tree.strip_tags(_DROPPED.split(", "))
    rendering = Rendering()
    if tree.body:
        _Walk(rendering).children(tree.body)
    return rendering.result(title=named, language=language, url=url)


def plain_text(html: str) -> str:
    """Keep only the text of a piece of HTML, for formats that may hold some."""
    return read_html(html.encode(), 0).text


def _decoded(data: bytes) -> str:
    declared = _CHARSET.search(data[:2048])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


class _Walk:
    """A walk over block elements; runs of inline content between them are paragraphs."""

    def __init__(self, rendering: Rendering) -> None:
        self._out = rendering

    def children(self, node: LexborNode, *, kind: str = "text", lead: str = "") -> None:
        """Render what is inside a block; `lead` goes before its first own text."""
        inline: list[str] = []
        for child in node.iter(include_text=True):
            if _is_inline(child):
                inline.append(_inline_text(child))
                continue
            lead = self._flush(inline, kind, lead)
            self._block(child, lead)
        self._flush(inline, kind, lead)

    def _flush(self, inline: list[str], kind: str, lead: str) -> str:
        text = _collapsed("".join(inline))
        inline.clear()
        if not text:
            return lead
        self._out.block(lead + text, kind=kind)
        return ""

    def _block(self, node: LexborNode, lead: str) -> None:
        tag = node.tag or ""
        if re.fullmatch("h[1-6]", tag):
            self._out.heading(_collapsed(_inline_text(node)), int(tag[1]))
        elif tag in {"ul", "ol"}:
            self._list(node, ordered=tag == "ol")
        elif tag == "dl":
            self._definitions(node)
        elif tag == "table":
            self._table(node)
        elif tag == "pre":
            self._out.block(node.text())
        elif not tag.startswith(("-", "!")):
            self.children(node, kind="item" if lead else "text", lead=lead)

    def _list(self, node: LexborNode, *, ordered: bool) -> None:
        for number, item in enumerate(node.iter(), start=1):
            marker = f"{number}. " if ordered else "- "
            self.children(item, kind="item", lead=marker if item.tag == "li" else "")

    def _definitions(self, node: LexborNode) -> None:
        term, values = "", list[str]()
        for part in _parts(node):
            text = _collapsed(_inline_text(part))
            if part.tag == "dd":
                values.append(text)
                continue
            if term or values:
                self._out.pair(term, "\n".join(values))
            term, values = text, []
        if term or values:
            self._out.pair(term, "\n".join(values))

    def _table(self, node: LexborNode) -> None:
        if any(inner != node for inner in node.css(_LAYOUT)):
            self.children(node)  # it arranges the page; its cells are no row
            return
        rows, heads = list[list[str]](), list[bool]()
        caption = node.css_first("caption")
        if caption:
            self._out.block(_collapsed(_inline_text(caption)))
        for row in node.css("tr"):
            cells = [cell for cell in row.iter() if cell.tag in {"td", "th"}]
            rows.append([_collapsed(_inline_text(cell)) for cell in cells])
            heads.append(bool(cells) and all(cell.tag == "th" for cell in cells))
        self._out.table(rows, header=bool(heads) and heads[0])


def _parts(node: LexborNode) -> Iterator[LexborNode]:
    """Find the dt and dd of a list, also when divs wrap them."""
    for child in node.iter():
        if child.tag in {"dt", "dd"}:
            yield child
        else:
            yield from _parts(child)


def _is_inline(node: LexborNode) -> bool:
    if node.tag == "br" or node.tag == "-text":
        return True
    blocks = "p, div, ul, ol, dl, table, pre, h1, h2, h3, h4, h5, h6, section, article"
    return node.tag in _INLINE and node.css_first(blocks) is None


def _inline_text(node: LexborNode) -> str:
    if node.tag == "-text":
        return node.text_content or ""
    if node.tag == "br":
        return _BREAK
    parts: list[str] = []
    for child in node.iter(include_text=True):
        inner = _inline_text(child)
        inline = child.tag in _INLINE or child.tag in {"-text", "br"}
        parts.append(inner if inline else f"{_BREAK}{inner}{_BREAK}")
    return "".join(parts)


def _collapsed(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)
