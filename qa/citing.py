"""Passages and values as they are shown: with citations that open the document at the place.

Knows snapshots and citations. Does not know why something is cited.
"""

from collections.abc import Sequence

from corpus.model import Field, Passage
from embeddings.model import Rows
from embeddings.snapshot import Snapshot
from qa.model import Citation, RankedPassage


class Citer:
    """Builds citations into one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def passage(
        self,
        rank: int,
        row: int,
        passage: Passage,
        score: float,
        highlights: Sequence[tuple[int, int]] = (),
        also_in: Sequence[str] = (),
    ) -> RankedPassage:
        """Return a passage of the snapshot as a ranked source."""
        ordinal = int(self._snapshot.passage_document[row])
        return RankedPassage(
            rank=rank,
            score=round(score, 4),
            text=passage.text,
            highlights=tuple(highlights),
            citation=self.citation(ordinal, passage.heading_path, passage.start, passage.end),
            language=passage.language,
            also_in=tuple(also_in),
        )

    def citation(
        self, ordinal: int, heading_path: tuple[str, ...], start: int, end: int
    ) -> Citation:
        """Return the citation of `[start, end)` in a document."""
        entry = self._snapshot.documents[ordinal]
        return Citation(
            document_id=entry.document_id,
            title=entry.title,
            source=entry.source,
            url=entry.url,
            section=heading_path,
            start=start,
            end=end,
            modified=entry.modified,
            sha256=entry.sha256,
        )

    def field(self, ordinal: int, field: Field) -> Citation:
        """Return the citation of a field's words."""
        return self.citation(ordinal, field.heading_path, field.start, field.end)

    def row_of(self, ordinal: int, field: Field) -> int:
        """Return the row of the passage that holds a field; -1 when none does."""
        return self._snapshot.row_at(ordinal, field.start, field.end)

    def rows_of(self, ordinal: int, field: Field) -> list[int]:
        """Return the rows of the passages that share a character with a field, in order."""
        return [int(row) for row in self._snapshot.rows_over(ordinal, field.start, field.end)]

    def verbatim(self, ordinal: int, field: Field) -> str:
        """Return what the page says for a field, word for word."""
        row = self.row_of(ordinal, field)
        if row < 0:
            entry = self._snapshot.documents[ordinal]
            return self._snapshot.document(entry.document_id).text[field.start : field.end]
        passage = self._snapshot.passages([row])[0]
        return passage.text[field.start - passage.start : field.end - passage.start]

    def passages(self, rows: Sequence[int] | Rows) -> tuple[Passage, ...]:
        """Return the passages of rows, in that order."""
        return self._snapshot.passages(rows)
