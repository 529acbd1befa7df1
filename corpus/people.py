"""Persons named in running text with a role or an e-mail address beside the name.

Finds them by shape ("Hankepäällikkö Anna Salo (anna.salo@example.fi)") and makes `person` and
`person_email` fields; the e-mail's span lies inside its person's. Does not know labels; a
capitalised run with neither role nor address beside it is no person here.
"""

import re
from collections.abc import Iterator

from corpus.model import Field, Section
from corpus.names import (
    EMAIL,
    Spanned,
    name_pattern,
    role_after,
    role_before,
    without_role,
    words_of,
)

_TO_EMAIL = re.compile(r"[^\S\n]*[,:/]?[^\S\n]*[(\[<]?[^\S\n]*")
_NAME_ENDS = re.compile(r"[^\S\n]*(?:[,;:/()<\[\n]|\.(?:\s|$)|$)")


def find_people(text: str, section: Section) -> tuple[Field, ...]:
    """Find the persons of a section, in order: `person`, each followed by its `person_email`."""
    fields: list[Field] = []
    for name in _names(text, section.start, section.end):
        role = role_before(text, section.start, name.start)
        after = None if role else role_after(text, name.end, section.end)
        email = _email_after(text, after.end if after else name.end, section.end)
        name = _shortened(text, name, email)
        if not (role or after or email):
            continue
        start = role.start if role else name.start
        end = _closed(text, email, section.end) if email else (after or name).end
        label = (role or after or Spanned("", 0, 0)).text
        fields.append(Field("person", label, name.text, start, end, section.heading_path))
        if email:
            address = email.text.casefold()
            span = (email.start, email.end)
            fields.append(Field("person_email", label, address, *span, section.heading_path))
    return tuple(fields)


def _names(text: str, start: int, end: int) -> Iterator[Spanned]:
    """Candidate names: a role in front cut off, at most three words."""
    for match in name_pattern().finditer(text, start, end):
        whole = Spanned(match.group(), match.start(), match.end())
        name = without_role(text, whole)
        words = words_of(text, name.start, name.end)
        if len(words) < 2:
            continue
        if len(words) > 2 and not _NAME_ENDS.match(text, name.end, end):
            role = role_before(text, start, name.start)
            if role and not EMAIL.match(text, name.end, end):
                stop = words[1].end
                name = Spanned(text[name.start : stop], name.start, stop)
        yield name


def _email_after(text: str, start: int, end: int) -> Spanned | None:
    gap = _TO_EMAIL.match(text, start, end)
    found = EMAIL.match(text, gap.end() if gap else start, end)
    return Spanned(found.group(), found.start(), found.end()) if found else None


def _shortened(text: str, name: Spanned, email: Spanned | None) -> Spanned:
    """Words before the name that the address does not know are not the name."""
    words = words_of(text, name.start, name.end)
    if email is None or len(words) < 3:
        return name
    local = _plain(email.text.partition("@")[0])
    for index, word in enumerate(words[:-1]):
        if _plain(word.text)[:4] in local:
            start = words[index].start
            return Spanned(text[start : name.end], start, name.end)
    return name


def _plain(text: str) -> str:
    table = str.maketrans({"ä": "a", "å": "a", "ö": "o", "ø": "o", "é": "e", "ü": "u"})
    return text.casefold().translate(table)


def _closed(text: str, email: Spanned, end: int) -> int:
    closing = re.compile(r"[^\S\n]*[)\]>]").match(text, email.end, end)
    return closing.end() if closing else email.end
