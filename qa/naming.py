"""The names of a snapshot's documents, found by key.

Knows which keys the documents of one snapshot have. Does not know questions.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence

from corpus.language import Analyzer
from corpus.model import Field
from corpus.name_keys import NameKind, PlaceNames, document_names, squeeze
from corpus.profiles import FieldSpec
from embeddings.snapshot import Snapshot

TYPO_LENGTH = 4


class Names:
    """A `NameIndex` in memory."""

    def __init__(
        self,
        titles: Sequence[str],
        entries: Mapping[str, Mapping[NameKind, Sequence[int]]],
        saying: Callable[[str], Collection[int]] = lambda key: (),
    ) -> None:
        """`saying` tells which documents have a word in their text."""
        self._titles = titles
        self._entries = entries
        self._saying = saying
        self._by_length = sorted((key for key in entries if len(key) >= TYPO_LENGTH), key=len)

    @property
    def titles(self) -> Sequence[str]:
        """The squeezed title of each document, by ordinal."""
        return self._titles

    def lookup(self, keys: Sequence[str]) -> Mapping[str, Mapping[NameKind, Sequence[int]]]:
        """Return the ordinals of the documents of each key that is known, by kind."""
        found = {key: self._entries[key] for key in keys if key in self._entries}
        return {key: self._own(key, kinds) for key, kinds in found.items()}

    def _own(
        self, key: str, kinds: Mapping[NameKind, Sequence[int]]
    ) -> Mapping[NameKind, Sequence[int]]:
        """Leave out a short name that others say, too: a product's, or a law's."""
        giving = kinds.get("acronym")
        if giving is None or set(giving).issuperset(self._saying(key)):
            return kinds
        return {kind: ordinals for kind, ordinals in kinds.items() if kind != "acronym"}

    def keys(self, shortest: int, longest: int) -> Sequence[str]:
        """Return every key of so many letters and four at least, for typos."""
        first = bisect_left(self._by_length, shortest, key=len)
        return self._by_length[first : bisect_right(self._by_length, longest, key=len)]


def names_of(
    snapshot: Snapshot,
    catalogue: Mapping[str, FieldSpec],
    analyzer: Analyzer,
    places: PlaceNames,
) -> Names:
    """Return the names of every document of a snapshot."""
    types = {name: spec.type for name, spec in catalogue.items()}
    fields: dict[int, list[Field]] = {}
    for ordinal, field in snapshot.fields():
        fields.setdefault(ordinal, []).append(field)
    entries: dict[str, dict[NameKind, list[int]]] = {}
    for entry in snapshot.documents:
        for name in document_names(
            entry.title, fields.get(entry.ordinal, ()), types, analyzer, places
        ):
            entries.setdefault(name.key, {}).setdefault(name.kind, []).append(entry.ordinal)
    return Names([squeeze(entry.title) for entry in snapshot.documents], entries, snapshot.saying)
