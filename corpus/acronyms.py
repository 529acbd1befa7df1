"""Short names that a page gives, told by their shape: "POSOTE20", "eSavo", "LaNuPe".

A word of four letters and digits at least is one where a capital or a digit stands after its first
letter and the page says it more than once; shorter ones ("ICT", "STM") are said everywhere. Does
not know what it stands for, whether a dictionary has it ("OSA", "ALUE" in a line of capitals) or
other pages say it, too.
"""

import re
from collections.abc import Sequence

from corpus.model import Field, Section

ACRONYM = "acronym"
_OFTEN = 2  # times that a page says it
_WORD = re.compile(r"(?<![\w@./-])[^\W\d_][^\W_]{3,30}(?![\w@]|-\d|\.\w)")


def find_acronyms(text: str, sections: Sequence[Section]) -> tuple[Field, ...]:
    """Return one field for each short name, at the first place in `sections` that has it."""
    said: dict[str, list[Field]] = {}
    for section in sections:
        for match in _WORD.finditer(text, section.start, section.end):
            if _has_shape(match.group()):
                field = Field(ACRONYM, "", match.group(), *match.span(), section.heading_path)
                said.setdefault(match.group(), []).append(field)
    return tuple(fields[0] for fields in said.values() if len(fields) >= _OFTEN)


def _has_shape(word: str) -> bool:
    return any(letter.isupper() or letter.isdigit() for letter in word[1:])
