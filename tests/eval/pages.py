"""A small assistant over four lines of text, the outer border that the evaluation tests ask.

It looks words up by overlap, which is enough to be right, wrong and silent in a known way.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.errors import KysyError
from corpus.model import Document
from qa.model import (
    Answer,
    Citation,
    DocumentInfo,
    Finding,
    IndexStatus,
    RankedPassage,
    Turn,
)

PAGES = {
    "a/kaisla.txt": "Kaislan hanke\n\nYhteyshenkilö\nMaija Testaaja\n\nRahoittaja\nKoesäätiö",
    "a/ruovo.txt": "Ruovon hanke\n\nYhteyshenkilö\nOlli Kokeilija\n\nRahoittaja\nToinen säätiö",
}


@dataclass
class FakeAssistant:
    """Answers by counting shared words; `blind` documents are never found."""

    pages: dict[str, str] = field(default_factory=lambda: dict(PAGES))
    blind: frozenset[str] = frozenset()
    deaf_to: frozenset[str] = frozenset()
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)

    def ask(self, question: str, *, history: Sequence[Turn] = (), top_k: int = 5) -> Answer:
        """Return the paragraphs that share most words with the question."""
        self.asked.append((question, tuple(history)))
        words = _words(" ".join([*(turn.question for turn in history), question]))
        scored = sorted(
            (
                (len(words & _words(f"{name} {t}")), name, s, e, t)
                for name, s, e, t in self._parts()
            ),
            key=lambda row: (-row[0], row[1], row[2]),
        )
        found = [row for row in scored if row[1] not in self.blind][:top_k]
        silent = question in self.deaf_to or not found or not found[0][0]
        passages = tuple(_passage(rank, *row) for rank, row in enumerate(found, 1))
        finding = None
        if not silent:
            text = passages[0].text.split("\n")[-1]
            share = found[0][0] / max(len(words), 1)
            finding = Finding(text, "field", round(share, 3), (1,))
        return Answer(
            question,
            question,
            "fi",
            "not_found" if silent else "answered",
            finding,
            passages,
            "snap-1",
            "fake:0",
            0.1,
        )

    def _parts(self) -> list[tuple[str, int, int, str]]:
        parts = []
        for name, text in self.pages.items():
            title = text.split("\n")[0]
            for match in re.finditer(r"[^\n]+\n[^\n]+", text.split("\n\n", 1)[-1]):
                offset = len(text) - len(text.split("\n\n", 1)[-1])
                start, end = match.start() + offset, match.end() + offset
                parts.append((name, start, end, text[start:end] if title else text))
        return parts

    def status(self) -> IndexStatus:
        """Return what is indexed."""
        return IndexStatus("snap-1", "fake:0", "2026-01-01T00:00:00Z", 2, 4, 4, "flat")

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Return the pages."""
        return tuple(
            DocumentInfo(name, name, name.split("/")[-1], "fi", None, None, 2)
            for name in self.pages
        )

    def document(self, document_id: str) -> Document:
        """Return one page."""
        if document_id not in self.pages:
            raise KysyError("no such document", where=document_id)
        text = self.pages[document_id]
        return Document(document_id, text.split("\n")[0], document_id, text, "fi", "0" * 64)


def _words(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[^\W_]+", text.casefold())}


def _passage(rank: int, shared: int, name: str, start: int, end: int, text: str) -> RankedPassage:
    line = text.rfind("\n") + 1
    citation = Citation(name, name, name.split("/")[-1], None, (), start, end, None, "0" * 64)
    return RankedPassage(rank, float(shared), text, ((line, len(text)),), citation, "fi")
