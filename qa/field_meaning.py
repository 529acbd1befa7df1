"""Which field a question asks for by meaning, when no alias of any field stands in it.

Knows the aliases and the questions of `field_questions.toml`, compared by the encoder. Does not
know words, names or documents. Questions that ask for no field compete with those that do.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from corpus.model import LANGUAGES
from corpus.profiles import FieldType
from embeddings.encoder import Encoder
from embeddings.model import Floats

QUESTIONS = Path(__file__).parent / "field_questions.toml"
NO_FIELD = "none"
MEANING_FLOOR = 0.6  # cosine from which a pattern is taken for the question's meaning
WHO_FLOOR = 0.4
WHO_MARGIN = 0.0
MEANING_MARGIN = 0.05  # ... when no pattern of another field, or of none, comes this near


class FieldMeaning:
    """Chooses the field whose patterns are nearest; `texts` are (field, alias)."""

    def __init__(
        self,
        texts: Sequence[tuple[str, str]],
        types: Mapping[str, FieldType],
        encoder: Encoder,
    ) -> None:
        known = {*types, NO_FIELD}
        self._texts = [*texts, *((name, text) for name, text in _questions() if name in known)]
        self._types = types
        self._encoder = encoder
        self._table: Floats | None = None

    def nearest(
        self, text: str, allows: Callable[[FieldType], bool], *, asks_who: bool = False
    ) -> tuple[str, float] | None:
        """Return the field meant with its cosine; None when none is near and alone.

        "Who" already says that a person is meant: then it is enough to be the nearest.
        """
        if not text.strip():
            return None
        similarities = self._rows() @ self._encoder.encode_queries([text])[0]
        best: dict[str, float] = {}
        for (name, _), similarity in zip(self._texts, similarities.tolist(), strict=True):
            if name == NO_FIELD or allows(self._types[name]):
                best[name] = max(best.get(name, -1.0), similarity)
        (first, top), *others = sorted(best.items(), key=lambda item: -item[1])
        runner_up = others[0][1] if others else -1.0
        floor, margin = (WHO_FLOOR, WHO_MARGIN) if asks_who else (MEANING_FLOOR, MEANING_MARGIN)
        if first == NO_FIELD or top < floor or top - runner_up < margin:
            return None
        return first, top

    def _rows(self) -> Floats:
        if self._table is None:
            self._table = self._encoder.encode_queries([text for _, text in self._texts])
        return self._table


@cache
def _questions() -> tuple[tuple[str, str], ...]:
    table = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    return tuple(
        (name, text)
        for name, languages in table.items()
        for language in LANGUAGES
        for text in languages.get(language, ())
    )
