"""Names of persons, roles and e-mail addresses by their general shape.

Knows capitals, particles and role endings (`words.toml`). Does not know any name, nor what a
person is to a document: that is `people` (running text) and `fields` (labelled values).
"""

import re
from dataclasses import dataclass
from functools import cache

from corpus.words import load_words

# Bounded as in RFC 5321, so that a text of one endless word is read in linear time.
EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,24}(?![\w-])")

_UPPER = "A-ZÀ-ÖØ-ÞŠŽČĆĐŁŚŹŻĀĒĪŌŪŐŰ"
_WORD = rf"[{_UPPER}](?:[^\W\d_]|['’]|-(?=[^\W\d_]))*"
_REACH = 120  # characters beside a name in which its role is looked for
_LONGEST_RUN = 7  # words, a role in capitals in front of the name included
_INITIAL = rf"[{_UPPER}]\."


@dataclass(frozen=True, slots=True)
class Spanned:
    """A piece of text and where it stands: `[start, end)`."""

    text: str
    start: int
    end: int


@cache
def name_pattern() -> re.Pattern[str]:
    """Match a run of capitalised words on one line, a role among them, particles inside."""
    particles = "|".join(load_words().particles)
    word = rf"(?:{_INITIAL}(?!\w)|{_WORD})"
    return re.compile(
        rf"(?<![\w@.]){_WORD}(?:[^\S\n]+(?:(?:{particles})[^\S\n]+)*{word}){{1,{_LONGEST_RUN - 1}}}"
    )


def is_role(word: str) -> bool:
    """Say whether the word names a role: it is one, or a compound that ends in one."""
    plain, words = word.casefold().rstrip(".:,"), load_words()
    return plain in words.role_words or plain.endswith(words.roles)


def words_of(text: str, start: int, end: int) -> tuple[Spanned, ...]:
    """Find the words of `text[start:end]` between white space."""
    found = re.compile(r"\S+").finditer(text, start, end)
    return tuple(Spanned(match.group(), match.start(), match.end()) for match in found)


def role_before(text: str, start: int, end: int) -> Spanned | None:
    """Find the role that ends right before `end` ("Senior project manager"), on the same line."""
    start = max(start, end - _REACH)
    line = max(start, text.rfind("\n", start, end) + 1)
    words = words_of(text, line, end)
    if not words or not is_role(words[-1].text) or words[-1].text.endswith((",", ".", ";")):
        return None
    first = len(words) - 1
    while first and words[first - 1].text.casefold() in load_words().modifiers:
        first -= 1
    return _cleaned(text, words[first].start, words[-1].end)


def role_after(text: str, start: int, end: int) -> Spanned | None:
    """Find the role that follows a name and a comma: "Jane Doe, project manager"."""
    match = re.compile(r",[^\S\n]*").match(text, start, end)
    if not match:
        return None
    for word in words_of(text, match.end(), min(end, match.end() + _REACH))[:4]:
        if "\n" in text[match.end() : word.start] or "@" in word.text:
            return None
        if is_role(word.text.rstrip(")(,;.")):
            return _cleaned(text, match.end(), word.end)
        if word.text.casefold() not in load_words().modifiers:
            return None
    return None


def without_role(text: str, name: Spanned) -> Spanned:
    """Cut a capitalised role off the name behind it ("Projektipäällikkö Anna Salo")."""
    words = list(words_of(text, name.start, name.end))
    while len(words) > 1 and any(is_role(word.text) for word in words[:-1]):
        words = words[1:]
    return Spanned(text[words[0].start : name.end], words[0].start, name.end)


def _cleaned(text: str, start: int, end: int) -> Spanned:
    role = text[start:end].rstrip(":;,.)(")
    return Spanned(role, start, start + len(role))
