"""Sample questions made from the loaded corpus, so that each has an answer.

Knows fields and titles. Does not know how they are answered.
"""

from collections.abc import Mapping

from corpus.model import Language
from corpus.profiles import FieldSpec
from embeddings.snapshot import Snapshot
from qa.answer_field import field_label

MOST_SAMPLES = 6
WANTED_TYPES = ("person", "list", "period", "email", "line", "date")


def sample_questions(
    snapshot: Snapshot, catalogue: Mapping[str, FieldSpec], language: Language
) -> tuple[str, ...]:
    """Return up to six questions of different fields and documents; titles when no field is."""
    samples: dict[str, str] = {}
    used: set[int] = set()
    for kind in WANTED_TYPES:
        for spec in (s for s in catalogue.values() if s.type == kind and s.name != "name"):
            ordinal = _document_with(spec.name, used, snapshot)
            if ordinal is not None and spec.name not in samples:
                used.add(ordinal)
                title = snapshot.documents[ordinal].title
                samples[spec.name] = f"{field_label(spec, language)}: {title}"
    titles = [entry.title for entry in snapshot.documents]
    return tuple(dict.fromkeys([*samples.values(), *titles]))[:MOST_SAMPLES]


def _document_with(name: str, used: set[int], snapshot: Snapshot) -> int | None:
    carrying = list(dict.fromkeys(ordinal for ordinal, _ in snapshot.fields([name])))
    fresh = [ordinal for ordinal in carrying if ordinal not in used]
    return next(iter(fresh or carrying), None)
