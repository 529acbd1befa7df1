"""Page profiles: what a family of pages looks like, and the catalogue of fields.

Reads `profiles/*.toml` and recognises a page's family from the page itself. Does not know how a
document is cut into sections (`sections`) nor how a value is read (`fields`).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

from corpus.errors import KysyError
from corpus.model import LANGUAGES, Language

FieldType = Literal[
    "text", "line", "list", "person", "email", "date", "period", "url", "phone", "number", "address"
]

GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: the labels it stands under, what people call it and what is shown beside it.

    `names[lang][0]` is what readers see; `aliases` are other ways to ask for it; `level` is the
    depth of its heading: 1 beside the groups, 2 below them.
    """

    name: str
    type: FieldType
    labels: tuple[str, ...]
    names: Mapping[Language, tuple[str, ...]]
    aliases: Mapping[Language, tuple[str, ...]]
    beside: tuple[str, ...] = ()
    level: int = 2


@dataclass(frozen=True, slots=True)
class Profile:
    """A family of pages; `groups` are headings above the labels, `artefacts` is export litter."""

    name: str
    min_labels: int
    artefacts: tuple[re.Pattern[str], ...]
    groups: tuple[str, ...]
    fields: tuple[FieldSpec, ...]

    def by_label(self) -> dict[str, FieldSpec]:
        """Normalised label -> field."""
        return {label_key(label): spec for spec in self.fields for label in spec.labels}

    def artefact_end(self, line: str) -> int:
        """How many characters at the start of a line are an export artefact; 0 for none."""
        return max((found.end() for a in self.artefacts if (found := a.match(line))), default=0)


def label_key(label: str) -> str:
    """Make a label comparable: case-folded, single spaces, no colon at its end."""
    return " ".join(label.casefold().split()).rstrip(" :")


@cache
def load_profiles() -> tuple[Profile, ...]:
    """Every profile that ships with the package, by name; `generic` is among them."""
    folder = files("corpus") / "profiles"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(parse_profile((folder / name).read_text("utf-8"), name) for name in names)


def parse_profile(toml: str, name: str) -> Profile:
    """Read a profile from TOML; `name` is its file name.

    Raises:
        KysyError: the TOML is broken, a key is missing or a type is unknown.

    """
    try:
        raw = tomllib.loads(toml)
        recognise = raw.get("recognise", {})
        return Profile(
            name=name.removesuffix(".toml"),
            min_labels=int(recognise.get("min_labels", 0)),
            artefacts=tuple(re.compile(pattern) for pattern in raw.get("artefacts", ())),
            groups=tuple(raw.get("groups", ())),
            fields=tuple(_spec(entry) for entry in raw["fields"]),
        )
    except (tomllib.TOMLDecodeError, re.error, KeyError, TypeError, ValueError) as error:
        raise KysyError(f"not a page profile: {error}", where=name) from error


def recognise(text: str, profiles: Sequence[Profile]) -> Profile | None:
    """Find the page's profile: by an artefact, or by enough labels on lines of their own."""
    lines = {line.strip() for line in text.split("\n") if line.strip()}
    keys = {label_key(line) for line in lines if len(line) <= 120}
    best: tuple[int, Profile] | None = None
    for profile in profiles:
        if not profile.min_labels:
            continue
        found = len(keys & profile.by_label().keys())
        littered = any(profile.artefact_end(line) for line in lines)
        if (littered or found >= profile.min_labels) and (best is None or found > best[0]):
            best = (found, profile)
    return best[1] if best else None


def generic_profile(profiles: Iterable[Profile]) -> Profile:
    """Pick the catalogue for documents of no known family; an empty one if none is given."""
    empty = Profile(GENERIC, 0, (), (), ())
    return next((profile for profile in profiles if profile.name == GENERIC), empty)


def field_catalogue(profiles: Iterable[Profile]) -> tuple[FieldSpec, ...]:
    """All fields of all profiles, merged by name: labels, names and aliases joined, in order."""
    ordered = sorted(profiles, key=lambda profile: (profile.name != GENERIC, profile.name))
    merged: dict[str, FieldSpec] = {}
    for spec in (spec for profile in ordered for spec in profile.fields):
        known = merged.get(spec.name)
        merged[spec.name] = _merged(known, spec) if known else spec
    return tuple(merged.values())


def _merged(first: FieldSpec, second: FieldSpec) -> FieldSpec:
    return replace(
        first,
        labels=_union(first.labels, second.labels),
        names=_union_by_language(first.names, second.names),
        aliases=_union_by_language(first.aliases, second.aliases),
        beside=_union(first.beside, second.beside),
    )


def _union(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _union_by_language(
    first: Mapping[Language, tuple[str, ...]], second: Mapping[Language, tuple[str, ...]]
) -> dict[Language, tuple[str, ...]]:
    return {lang: _union(first.get(lang, ()), second.get(lang, ())) for lang in LANGUAGES}


def _spec(raw: Mapping[str, Any]) -> FieldSpec:
    if raw["type"] not in get_args(FieldType):
        raise ValueError(f"unknown field type {raw['type']!r} of {raw['name']!r}")
    unknown = raw.keys() - {"name", "type", "labels", "names", "aliases", "beside", "level"}
    if unknown:
        raise ValueError(f"unknown key {min(unknown)!r} of {raw['name']!r}")
    return FieldSpec(
        name=raw["name"],
        type=raw["type"],
        labels=tuple(raw.get("labels", ())),
        names=_by_language(raw.get("names", {})),
        aliases=_by_language(raw.get("aliases", {})),
        beside=tuple(raw.get("beside", ())),
        level=int(raw.get("level", 2)),
    )


def _by_language(raw: Mapping[str, Sequence[str]]) -> dict[Language, tuple[str, ...]]:
    return {lang: tuple(raw.get(lang, ())) for lang in LANGUAGES}
