"""The plain rendering of a file: text, and where its headings and label-value pairs stand.

Every reader writes into a `Rendering`; spans stay exact because each block is normalised before
it is placed. Does not know any file format.
"""

import unicodedata
from dataclasses import dataclass

BLOCK_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading printed at `[start, end)`; level 1 is the highest."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at `[label_start, label_end)` and its value at `[start, end)`."""

    label_start: int
    label_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file as text (NFC) with what its markup says; `sha256` is of the file's bytes."""

    text: str
    headings: tuple[Heading, ...] = ()
    pairs: tuple[Pair, ...] = ()
    title: str | None = None
    language: str | None = None
    url: str | None = None
    sha256: str = ""


class Rendering:
    """Blocks of text, joined by an empty line, with the spans of headings and pairs."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last: str | None = None
        self.headings: list[Heading] = []
        self.pairs: list[Pair] = []

    def block(self, text: str, *, kind: str = "text") -> tuple[int, int]:
        """Place a block and return its span; items of one list stand on adjacent lines."""
        text = clean(text)
        if not text:
            return self._length, self._length
        if self._parts:
            self._add("\n" if kind == self._last and kind in {"item", "row"} else BLOCK_GAP)
        self._last = kind
        start = self._length
        self._add(text)
        return start, self._length

    def heading(self, text: str, level: int) -> None:
        """Place a heading; an empty one is nothing."""
        start, end = self.block(" ".join(text.split()), kind="heading")
        if end > start:
            self.headings.append(Heading(start, end, level))

    def pair(self, label: str, value: str) -> None:
        """Place "label: value" on a line; a label without a value, or the reverse, is a row."""
        label, value = clean(" ".join(label.split()).rstrip(": ")), clean(value)
        if not label or not value:
            self.block(label or value, kind="row")
            return
        start, end = self.block(f"{label}: {value}", kind="row")
        self.pairs.append(Pair(start, start + len(label), end - len(value), end))

    def row(self, cells: list[str]) -> None:
        """Place a table row of any width."""
        self.block(" | ".join(" ".join(cell.split()) for cell in cells), kind="row")

    def table(self, rows: list[list[str]], *, header: bool = False) -> None:
        """Place a table; two columns are pairs, except a header row."""
        filled = [row for row in rows if any(cell.strip() for cell in row)]
        two = bool(filled) and all(len(row) == 2 for row in filled)
        self._last = None
        for number, row in enumerate(filled):
            if two and not (header and number == 0):
                self.pair(row[0], row[1])
            else:
                self.row(row)
        self._last = None

    def result(
        self, *, title: str | None = None, language: str | None = None, url: str | None = None
    ) -> ReadResult:
        """Give what was rendered; the title is the file's own, never a heading."""
        text = "".join(self._parts)
        named = " ".join(title.split()) if title else None
        return ReadResult(
            text, tuple(self.headings), tuple(self.pairs), named or None, language, url
        )

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def clean(text: str) -> str:
    """NFC, newlines as one character, no white space around it or around its lines' ends."""
    lines = newlines(unicodedata.normalize("NFC", text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def newlines(text: str) -> str:
    r"""Every newline as `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
