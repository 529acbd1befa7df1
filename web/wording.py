"""The interface's texts in Finnish, Swedish and English, and which of them a reader gets.

Knows keys, plural forms and the browser's wish. Does not know pages or answers.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from corpus.model import LANGUAGES, Language

FOLDER = Path(__file__).parent / "wording"
NAMES: dict[Language, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of one language by its key ("ask.label"); an unknown key is a KeyError."""

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text with its `{names}` filled in (plain text: templates escape it)."""
        return self.texts[key].format(**values)

    def count(self, key: str, number: int) -> str:
        """Return `key.one` or `key.other` by the number, filled in as `{count}`."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", count=number)


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat


def load_wordings() -> dict[Language, Wording]:
    """Read the three text files that ship with the package."""
    return {
        language: Wording(
            language, _flat(tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")))
        )
        for language in LANGUAGES
    }


def known_language(code: str | None) -> Language | None:
    """Return the interface language a code such as `sv-FI` stands for, if there is one."""
    primary = (code or "").strip().lower().partition("-")[0]
    return next((language for language in LANGUAGES if language == primary), None)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def wished_language(accept_language: str) -> Language:
    """Return the best language of an `Accept-Language` header (RFC 9110, 12.5.4); else Finnish."""
    best: tuple[float, Language] = (0.0, "fi")
    for item in accept_language.split(","):
        code, _, parameters = item.partition(";")
        language, weight = known_language(code), _weight(parameters)
        if language and weight > best[0]:
            best = (weight, language)
    return best[1]


def day(value: date | None) -> str:
    """Return a date as these pages write it: 11.12.2020."""
    return f"{value.day}.{value.month}.{value.year}" if value else ""


def moment(iso: str) -> str:
    """Return an ISO 8601 time as `21.11.2026 22:30 UTC`; what is no time stays as it is."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day(at)} {at:%H:%M} UTC"
