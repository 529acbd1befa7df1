"""Read Markdown (CommonMark with tables): headings, lists, tables, link texts, front matter.

Does not keep markup in the text, nor run any HTML in it: inline tags are dropped.
"""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.readers_html import plain_text
from corpus.readers_plain import decode
from corpus.rendering import ReadResult, Rendering, newlines

_FRONT = re.compile(r"\A---[ \t]*\n(?P<body>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"(?P<key>\w[\w -]*):[ \t]+(?P<value>\S.*)")
_TITLE, _LANGUAGE, _URL = {"title"}, {"lang", "language"}, {"url", "canonical", "source_url"}


def read_markdown(data: bytes, max_bytes: int) -> ReadResult:
    """Read a Markdown file; front matter gives title, language and address, else pairs."""
    del max_bytes
    text = newlines(decode(data))
    front = _FRONT.match(text)
    known, rest = _front_matter(front.group("body") if front else "")
    rendering = Rendering()
    for key, value in rest:
        rendering.pair(key, value)
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    _Walk(rendering).run(tokens)
    return rendering.result(**known)


def _front_matter(body: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    known: dict[str, str] = {}
    rest: list[tuple[str, str]] = []
    for line in body.split("\n"):
        match = _FRONT_LINE.fullmatch(line.rstrip())
        if not match:
            continue
        key, value = match.group("key"), match.group("value").strip("\"' ")
        for name, keys in (("title", _TITLE), ("language", _LANGUAGE), ("url", _URL)):
            if key.casefold() in keys:
                known[name] = value
                break
        else:
            rest.append((key, value))
    return known, rest


class _Walk:
    """One pass over the flat token stream of markdown-it."""

    def __init__(self, rendering: Rendering) -> None:
        self._out = rendering
        self._lists = 0
        self._pending = ""
        self._rows: list[list[str]] = []
        self._level = 0
        self._in_table = False

    def run(self, tokens: Sequence[Token]) -> None:
        """Render every token."""
        for token in tokens:
            handler = getattr(self, f"_{token.type}", None)
            if handler:
                handler(token)

    def _heading_open(self, token: Token) -> None:
        self._level = int(token.tag[1])

    def _heading_close(self, token: Token) -> None:
        self._level = 0

    def _inline(self, token: Token) -> None:
        text = _inline_text(token.children or ())
        if self._in_table:
            self._rows[-1].append(text)
        elif self._level:
            self._out.heading(text, self._level)
        elif self._lists:
            self._out.block(self._pending + text, kind="item")
            self._pending = ""
        else:
            self._out.block(text)

    def _bullet_list_open(self, token: Token) -> None:
        self._lists += 1

    _ordered_list_open = _bullet_list_open

    def _bullet_list_close(self, token: Token) -> None:
        self._lists -= 1

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        number = f"{token.info}. " if token.info else "- "
        self._pending = number

    def _table_open(self, token: Token) -> None:
        self._rows, self._in_table = [], True

    def _tr_open(self, token: Token) -> None:
        self._rows.append([])

    def _table_close(self, token: Token) -> None:
        self._in_table = False
        self._out.table(self._rows, header=True)

    def _fence(self, token: Token) -> None:
        self._out.block(token.content)

    _code_block = _fence

    def _html_block(self, token: Token) -> None:
        self._out.block(plain_text(token.content))


def _inline_text(children: Sequence[Token]) -> str:
    parts: list[str] = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n" if child.type == "hardbreak" else " ")
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            parts.append("\n")
        elif child.type == "image":
            parts.append(_inline_text(child.children or ()))
    return "".join(parts)
