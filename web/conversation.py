"""A conversation as the address carries it: `/?h=first&h=second&q=third`.

Knows questions, breaks and bounds. Does not know answers, templates or HTTP. Nothing of a
conversation is kept on the server: the address is all of it, so that it can be reloaded, gone
back to, sent to a colleague, and used without JavaScript.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

MAX_TURNS = 8
BREAK = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A question with the positions of the earlier ones that it may refer to."""

    question: str
    refers_to: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions in order; an empty entry is a break: what follows starts a new subject."""

    entries: tuple[str, ...] = ()

    @classmethod
    def of(cls, earlier: Sequence[str], question: str = "") -> "Conversation":
        """Return the last `MAX_TURNS` questions of an address, trimmed, with their breaks."""
        entries = [" ".join(entry.split()) for entry in earlier]
        if question.strip():
            entries.append(" ".join(question.split()))
        positions = [place for place, entry in enumerate(entries) if entry]
        first = positions[-MAX_TURNS] if len(positions) > MAX_TURNS else 0
        return cls(tuple(entries[first:]))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The questions, each with what it may refer to: all since the last break."""
        steps: list[Step] = []
        since = 0
        for entry in self.entries:
            if entry == BREAK:
                since = len(steps)
            else:
                steps.append(Step(entry, tuple(range(since, len(steps)))))
        return tuple(steps)

    @property
    def broken(self) -> bool:
        """Whether the next question starts a new subject."""
        return not self.entries or self.entries[-1] == BREAK

    def until(self, step: int) -> "Conversation":
        """Return what was said before the question at this position."""
        seen = -1
        for place, entry in enumerate(self.entries):
            seen += entry != BREAK
            if seen == step:
                return Conversation(self.entries[:place])
        return self

    def broken_off(self) -> "Conversation":
        """Return the same with a break at its end."""
        return self if self.broken else Conversation((*self.entries, BREAK))

    def query(self, question: str = "", **more: str) -> str:
        """Return the query string of this conversation, with a next question if given."""
        pairs = [("h", entry) for entry in self.entries]
        if question:
            pairs.append(("q", question))
        return urlencode([*pairs, *more.items()])
