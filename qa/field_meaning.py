"""Which field a question asks for by meaning, where no alias says it, or says it too roughly.

Knows the aliases and the questions of `field_questions.json`, compared by the encoder: how people
ask for a field without naming it, and under "none" how they ask for no field, which compete. (JSON
is read a hundred times as fast as TOML, and there are eleven thousand.) Does not know words, names
or documents.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import numpy as np

from corpus.model import LANGUAGES, Language
from corpus.profiles import FieldType
from embeddings.encoder import Encoder
from embeddings.kept import default_folder, kept
from embeddings.model import Floats
from qa.pattern_fit import DIRECTIONS, METHOD, along, directions, fit, kernel, landmarks

QUESTIONS = Path(__file__).parent / "field_questions.json"
NO_FIELD = "none"
WORD = re.compile(r"[\w'-]*\w")
Bar = Literal[
    "open", "who", "whoever", "other", "among", "more", "same", "said", "clear", "instead"
]
BARS: Mapping[Bar, tuple[float, float]] = {
    "open": (0.45, 0.1),
    "who": (0.3, 0.0),
    "whoever": (0.35, 0.05),
    "other": (0.45, 0.1),
    "among": (0.3, 0.0),
    "more": (0.4, 0.1),
    "same": (0.58, 0.2),
    "said": (0.43, 0.2),
    "clear": (0.35, 0.1),
    "instead": (0.5, 0.2),
}
"""The nearness from which a field is taken for the question's meaning, and the lead that it must
have over every other. "who" already says that a person is meant, "whoever" the same in a longer
question, and "other" question words ("where", "how") seldom ask for a field; "among" is for fields
that may be meant, one of them for sure, "more" for what stands beside a person, and "clear" for
what must be told from one other. Where an alias has named a field, the whole text confirms it as
the "same", or means another "instead"; of one document that is named, what is said beside its name
confirms it as "said"."""


class FieldMeaning:
    """Chooses the field whose patterns are nearest; `texts` are (field, alias)."""

    def __init__(
        self,
        texts: Sequence[tuple[str, str]],
        types: Mapping[str, FieldType],
        encoder: Encoder,
    ) -> None:
        known = {*types, NO_FIELD}
        every = [*texts, *((name, text) for name, text in _questions() if name in known)]
        every.sort(key=lambda pair: pair[0])
        self._texts = [text for _, text in every]
        self._names = list(dict.fromkeys(name for name, _ in every))
        self._starts = np.searchsorted([name for name, _ in every], self._names)
        self._types = types
        self._encoder = encoder
        self._table: tuple[Floats, Floats, Floats] | None = None
        self._last: tuple[str, dict[str, float]] = ("", {})  # one question is compared a few times

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words in which patterns and aliases ask for fields, in lower case."""
        spans = zip(self._names, self._starts, [*self._starts[1:], len(self._texts)], strict=True)
        texts = (t for name, a, b in spans if name != NO_FIELD for t in self._texts[a:b])
        return frozenset(word for text in texts for word in WORD.findall(text.casefold()))

    def nearest(
        self, text: str, allows: Callable[[FieldType], bool], bar: Bar = "open"
    ) -> tuple[str, float] | None:
        """Return the field meant and how near it is; None when none is near and alone."""
        if not text.strip():
            return None
        best = {
            name: similarity
            for name, similarity in self._similarities(text).items()
            if name == NO_FIELD or allows(self._types[name])
        }
        found = _alone(best, bar)
        return found if found and found[0] != NO_FIELD else None

    def nearest_of(self, text: str, names: Sequence[str], bar: Bar = "open") -> str | None:
        """Return which of the fields `names` a text means; None when none is near and alone.

        What asks for no field competes, and may be returned, only where `names` has `NO_FIELD`.
        """
        similarities = self._similarities(text)
        best = {name: similarities[name] for name in names if name in similarities}
        found = _alone(best, bar)
        return found[0] if found else None

    def _similarities(self, text: str) -> dict[str, float]:
        """Return how near each field is: the mean of its nearest pattern's cosine and the fit."""
        said, known = self._last
        if known and said == text:
            return known
        axes, rows, weights = self._fitted()
        cosines = rows @ along(self._encoder.encode_queries([text]), axes)[0]
        nearest = np.maximum.reduceat(cosines, self._starts)
        spoken_for = kernel(cosines[landmarks(len(cosines))]) @ weights
        similarities = dict(zip(self._names, ((nearest + spoken_for) / 2).tolist(), strict=True))
        self._last = (text, similarities)
        return similarities

    def _fitted(self) -> tuple[Floats, Floats, Floats]:
        """Return directions, the patterns' rows along them and the landmarks' weights.

        Read, or made at first use.
        """
        if self._table is None:
            encoder, folder = self._encoder, default_folder()
            said, columns = (METHOD, encoder.identity, *self._texts), min(DIRECTIONS, encoder.dim)
            made = kept(f"patterns {encoder.identity}", said, self._turned, columns, folder)
            axes, rows = made[: encoder.dim], made[encoder.dim :]
            labels = np.repeat(np.arange(len(self._names)), np.diff([*self._starts, len(rows)]))
            weights = kept(
                f"weights {encoder.identity}",
                (*map(str, self._starts), *said),
                lambda: fit(rows, labels),
                len(self._names),
                folder,
            )
            self._table = (axes, rows, weights)
        return self._table

    def _turned(self) -> Floats:
        """Return the patterns' directions, and below them the patterns' rows along these."""
        rows = self._encoder.encode_queries(self._texts)
        axes = directions(rows)
        return np.concatenate([axes, along(rows, axes)])


def _alone(best: Mapping[str, float], bar: Bar) -> tuple[str, float] | None:
    if not best:
        return None
    (first, top), *others = sorted(best.items(), key=lambda item: -item[1])
    runner_up = others[0][1] if others else -1.0
    floor, margin = BARS[bar]
    return (first, top) if top >= floor and top - runner_up >= margin else None


def questions_in(language: Language) -> list[str]:
    """Return every pattern of a language, whatever it asks for."""
    return [text for languages in _table().values() for text in languages.get(language, ())]


@cache
def _questions() -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, text)
        for name, languages in _table().items()
        for language in LANGUAGES
        for text in languages.get(language, ())
    )


@cache
def _table() -> Mapping[str, Mapping[Language, Sequence[str]]]:
    table: Mapping[str, Mapping[Language, Sequence[str]]]
    table = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    return table
