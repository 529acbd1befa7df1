"""Sample questions made from the loaded corpus, so that each has an answer.

Knows the patterns of `samples.toml`, fields and titles. Does not know how they are answered.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from corpus.model import Language
from embeddings.snapshot import Snapshot

PATTERNS = Path(__file__).parent / "samples.toml"
MOST_OF_ONE = 4  # questions about one document each
MOST_SAMPLES = 6
Pattern = Mapping[str, str]


def sample_questions(snapshot: Snapshot, language: Language) -> tuple[str, ...]:
    """Return four to six questions where the fields allow it, else the documents' titles."""
    one, every = _patterns()
    samples = [
        *list(_of_one(snapshot, language, one))[:MOST_OF_ONE],
        *_of_all(snapshot, language, every),
    ]
    titles = [entry.title for entry in snapshot.documents]
    return tuple(dict.fromkeys([*samples, *titles]))[:MOST_SAMPLES]


@cache
def _patterns() -> tuple[tuple[Pattern, ...], tuple[Pattern, ...]]:
    table = tomllib.loads(PATTERNS.read_text(encoding="utf-8"))
    return tuple(table["one"]), tuple(table["all"])


def _of_one(snapshot: Snapshot, language: Language, patterns: tuple[Pattern, ...]) -> Iterator[str]:
    used: set[int] = set()
    for pattern in patterns:
        carrying = dict.fromkeys(o for o, _ in snapshot.fields([pattern["field"]]))
        fresh = [ordinal for ordinal in carrying if ordinal not in used] or list(carrying)
        if fresh:
            used.add(fresh[0])
            yield pattern[language].format(title=snapshot.documents[fresh[0]].title)


def _of_all(snapshot: Snapshot, language: Language, patterns: tuple[Pattern, ...]) -> Iterator[str]:
    for pattern in patterns:
        values = Counter(field.value for _, field in snapshot.fields([pattern["field"]]))
        if values.total() > 1:
            yield pattern[language].format(value=values.most_common(1)[0][0])
