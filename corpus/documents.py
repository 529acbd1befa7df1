"""Find document files and read each into a `Document`.

Puts reading, profile, sections and fields together. Does not know how any of them works, nor
passages, vectors or questions.
"""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.errors import KysyError
from corpus.fields import find_fields
from corpus.language import detect
from corpus.model import LANGUAGES, Document, Field, Language
from corpus.profiles import Profile, generic_profile, recognise
from corpus.readers import SUFFIXES, ReadResult, read
from corpus.sections import find_blocks, without_title

_TITLE_CHARS = 120
_DETECTED_CHARS = 5000  # the language of a document shows in its beginning


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read and the stable name it goes by."""

    path: Path
    document_id: str


def find_files(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """List the document files of files and folders, sorted by id; hidden ones are skipped.

    A file below a given folder is named by its path there, with forward slashes; a file given
    itself by its name.

    Raises:
        KysyError: a path does not exist, or two files would go by one name.

    """
    found: dict[str, Path] = {}
    for given in paths:
        for path, name in _files(given):
            document_id = unicodedata.normalize("NFC", name)
            known = found.setdefault(document_id, path)
            if known.resolve() != path.resolve():
                raise KysyError(
                    f"{known} and {path} would both be {document_id!r}",
                    fix="rename one, or index the folder above both",
                )
    return tuple(SourceFile(path, name) for name, path in sorted(found.items()))


def read_document(
    path: Path, document_id: str, profiles: Sequence[Profile], *, max_bytes: int
) -> Document:
    """Read one file.

    Raises:
        KysyError: the file cannot be read; the error names it.

    """
    result = read(path, max_bytes=max_bytes)
    profile = recognise(result.text, profiles)
    blocks = find_blocks(result, profile, generic_profile(profiles))
    fields = find_fields(result.text, blocks)
    title = _title(result, fields, path)
    kept = without_title(blocks, result.text, title)
    return Document(
        document_id=document_id,
        title=title,
        source=path.name,
        text=result.text,
        language=_language(result),
        sha256=result.sha256,
        sections=tuple(block.section for block in kept),
        fields=fields,
        profile=profile.name if profile else None,
        url=result.url,
        modified=_day(fields, "modified"),
        created=_day(fields, "created"),
    )


def _files(given: Path) -> Iterator[tuple[Path, str]]:
    if given.is_file():
        yield given, given.name
        return
    if not given.is_dir():
        raise KysyError("no such file or folder", where=str(given))
    for folder, names, files in os.walk(given):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES:
                yield path, path.relative_to(given).as_posix()


def _title(result: ReadResult, fields: Sequence[Field], path: Path) -> str:
    """Take the page's name for itself, else its top heading or title, else a short first line."""
    named = next((field.value for field in fields if field.name == "name"), None)
    headings = [(h.level, result.text[h.start : h.end]) for h in result.headings]
    top = next((text for level, text in headings if level == 1), None)
    first_heading = next((text for _, text in headings), None)
    first_line = result.text.lstrip().split("\n", 1)[0]
    for candidate in (top, result.title, first_heading, first_line):
        line = " ".join((candidate or "").split())
        if not named and 0 < len(line) <= _TITLE_CHARS:
            return line
    return named or path.stem


def _language(result: ReadResult) -> Language:
    """As the page declares it, else as its text shows."""
    declared = (result.language or "").lower().replace("_", "-").partition("-")[0]
    known: dict[str, Language] = {language: language for language in LANGUAGES}
    if declared in known:
        return known[declared]
    return detect(result.text[:_DETECTED_CHARS])


def _day(fields: Sequence[Field], name: str) -> date | None:
    for field in fields:
        if field.name == name:
            try:
                return date.fromisoformat(field.value)
            except ValueError:
                continue
    return None
