"""Documents, sections, fields and passages: what the corpus is made of.

Knows spans and identity. Does not know files, vectors, questions or HTTP.

Every span is half-open, `[start, end)`, in Unicode code points of `Document.text` (NFC), and
slicing the text by it gives the text of the part back exactly.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Section:
    """A run of text under one heading; `[start, end)` is its body without the heading."""

    heading_path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A typed value found under a label.

    `name` is canonical ("contact_name"), `label` is as printed, `[start, end)` is what the page
    says word for word ("Mari Teittinen 1.1.2023 alkaen"), `value` is the same normalised ("Mari
    Teittinen"; dates as ISO 8601; periods as "2020/2021"). Validity is inclusive on both sides.
    """

    name: str
    label: str
    value: str
    start: int
    end: int
    heading_path: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of one section: `text == document.text[start:end]`."""

    passage_id: str
    document_id: str
    heading_path: tuple[str, ...]
    start: int
    end: int
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read: its text (NFC), what it is called, its sections and its fields.

    `document_id` is stable (the path below the indexed folder, with forward slashes), `source` is
    the file's name as shown, `sha256` is of the file's bytes, `modified` and `created` come from
    the page itself (never from the file system) and are None when it does not say.
    """

    document_id: str
    title: str
    source: str
    text: str
    language: Language
    sha256: str
    sections: tuple[Section, ...] = ()
    fields: tuple[Field, ...] = ()
    profile: str | None = None
    url: str | None = None
    modified: date | None = None
    created: date | None = None
