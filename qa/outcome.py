"""What a way of answering came to, before it is numbered and cited for the reader.

Knows rows and spans. Does not know how passages are shown.
"""

from dataclasses import dataclass

from qa.model import Candidate, Finding, Status


@dataclass(frozen=True, slots=True)
class Lead:
    """A passage that carries the answer; `highlights` are `[start, end)` inside its text."""

    row: int
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A status with what belongs to it; `leads` come first among the passages, in order."""

    status: Status
    finding: Finding | None = None
    leads: tuple[Lead, ...] = ()
    candidates: tuple[Candidate, ...] = ()


NOT_FOUND = Outcome("not_found")
