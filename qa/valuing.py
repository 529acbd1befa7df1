"""The values of a field in the documents meant: valid at the time, of the person meant.

Knows fields, validity and whose e-mail is whose. Does not know questions' words or ranking.
"""

from collections.abc import Sequence
from datetime import date

from corpus.model import Field
from corpus.name_keys import squeeze
from qa.when import When


def in_time(fields: Sequence[Field], when: When | None, today: date) -> tuple[Field, ...]:
    """Return the fields valid at the time asked about; without validity all of them are.

    With nothing said the time is now, and the last known value stands when none is valid now.
    "first" is the one that was valid before all others.
    """
    dated = [f for f in fields if f.valid_from or f.valid_to]
    if not dated:
        return tuple(fields)
    if when is not None and when.mode == "dates":
        return tuple(f for f in fields if when.meets(f.valid_from, f.valid_to))
    if when is not None and when.mode == "first":
        return (min(dated, key=lambda f: f.valid_from or f.valid_to or date.max),)
    ended = tuple(f for f in fields if f.valid_to and f.valid_to < today)
    if when is not None and when.mode == "past" and ended:
        return ended
    now = When("dates", today, today)
    current = tuple(f for f in fields if now.meets(f.valid_from, f.valid_to))
    return current or (max(dated, key=lambda f: f.valid_to or f.valid_from or date.min),)


def of_person(fields: Sequence[Field], people: Sequence[Field], person: str) -> tuple[Field, ...]:
    """Return the fields that belong to a person: in the same words, or an address of that name.

    `people` are the document's fields that hold persons; `person` is the key of a name, whole or
    the last name alone.
    """
    hers = [p for p in people if person in name_keys(p.value)]
    beside = tuple(f for f in fields if any(p.start <= f.start and f.end <= p.end for p in hers))
    if beside:
        return beside
    return tuple(f for f in fields if any(_address_of(f.value, p.value) for p in hers))


def owners(address: str, people: Sequence[Field]) -> tuple[Field, ...]:
    """Return the fields that hold the person whose name an e-mail address spells."""
    return tuple(p for p in people if _address_of(address, p.value))


def name_keys(name: str) -> frozenset[str]:
    """Return the keys a person goes by: the name either way round, and the last name."""
    words = [squeeze(word) for word in name.split()]
    return frozenset({"".join(words), "".join(reversed(words)), *words[-1:]})


def _address_of(address: str, name: str) -> bool:
    local = squeeze(address.split("@")[0])
    return all(squeeze(word) in local for word in name.split())
