"""What can be measured: anything that answers questions the way `/ask` does.

Knows the two questions put to a system: an answer, and who it is. Does not know how answers are
found or graded.
"""

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from subprocess import run
from typing import Any, Protocol

from qa.model import Answer, IndexStatus, Turn
from qa.settings import Settings

_PACKAGES = ("kysy", "faiss-cpu", "ir-measures", "model2vec", "numpy", "simplemma", "tantivy")
_SETTINGS = {"encoder", "top_k", "threshold", "max_question_chars"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What made the answers, as far as it can be told: it is kept with every result."""

    name: str
    commit: str | None = None
    snapshot: str = ""
    encoder: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


class System(Protocol):
    """Something that answers questions with ranked passages."""

    def ask(self, question: str, history: Sequence[Turn], depth: int) -> Answer:
        """Return the answer with up to `depth` passages."""
        ...

    def identity(self) -> Identity:
        """Return who answers."""
        ...


class Asker(Protocol):
    """The part of `qa.assistant.Assistant` that is measured."""

    def ask(self, question: str, *, history: Sequence[Turn] = ..., top_k: int = ...) -> Answer:
        """Return the answer to a question."""
        ...

    def status(self) -> IndexStatus:
        """Return what is indexed."""
        ...


@dataclass(frozen=True, slots=True)
class LocalSystem:
    """An assistant in this process; `variant` names what was switched off or changed."""

    assistant: Asker
    settings: Settings
    variant: str = "kysy"

    def ask(self, question: str, history: Sequence[Turn], depth: int) -> Answer:
        """Return the assistant's answer with up to `depth` passages."""
        return self.assistant.ask(question, history=tuple(history), top_k=depth)

    def identity(self) -> Identity:
        """Return the assistant's index with the code's commit and the libraries' versions.

        Of the settings only those that can change an answer are kept: a result does not depend on
        where its files lie.
        """
        status = self.assistant.status()
        return Identity(
            name=self.variant,
            commit=code_commit(),
            snapshot=status.snapshot,
            encoder=status.encoder,
            settings=self.settings.model_dump(mode="json", include=_SETTINGS),
            versions=library_versions(),
        )


def code_commit() -> str | None:
    """Return the git commit of the running code, None outside a clone."""
    here = Path(__file__).parent
    try:
        found = run(
            ["git", "-C", str(here), "rev-parse", "--verify", "HEAD"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    return found.stdout.strip() or None if found.returncode == 0 else None


def library_versions() -> dict[str, str]:
    """Return Python's version and that of each library that can change a figure."""
    versions = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions
