"""Opening the assistant that is measured, and asking whether a set fits its documents.

The engine is loaded here and only by the commands that ask questions: comparing two results
needs no index. Does not know measures or tables.
"""

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, cast

from corpus.model import Document, Language
from eval.sets import QuestionSet, check_gold
from eval.systems import Asker, LocalSystem
from qa.model import DocumentInfo
from qa.settings import Settings


class Library(Asker, Protocol):
    """An assistant whose documents can be read."""

    def documents(self) -> Sequence[DocumentInfo]:
        """Return what is indexed."""
        ...

    def document(self, document_id: str) -> Document:
        """Return one document."""
        ...


def open_local(settings: Settings, *, variant: str = "kysy", options: Any = None) -> LocalSystem:  # noqa: ANN401 - the ranker's own options, passed through
    """Return the assistant over `settings.data`; `options` switch its legs and stages."""
    compose = importlib.import_module("qa.compose")
    assistant = compose.open_assistant(settings, **({"options": options} if options else {}))
    return LocalSystem(assistant, settings, variant)


def encoder_identity(settings: Settings) -> str:
    """Return which encoder `settings` name, weights included."""
    encoder = importlib.import_module("embeddings.encoder").open_encoder(settings.encoder)
    return str(encoder.identity)


def index_folder(folder: Path, settings: Settings) -> None:
    """Index a folder into `settings.data` through the normal path."""
    build = importlib.import_module("embeddings.build").build
    encoder = importlib.import_module("embeddings.encoder").open_encoder(settings.encoder)
    analyzer = importlib.import_module("corpus.language").open_analyzer()
    build([folder], settings.data, encoder, analyzer, max_bytes=settings.max_file_bytes)


def language_of(text: str) -> Language:
    """Return the language of a text."""
    detect = importlib.import_module("corpus.language").detect
    return cast("Language", detect(text))


def texts_of(system: LocalSystem) -> dict[str, str]:
    """Return the indexed documents, id -> text."""
    library = cast("Library", system.assistant)
    return {
        info.document_id: library.document(info.document_id).text for info in library.documents()
    }


def check_set(questions: QuestionSet, system: LocalSystem, path: Path) -> tuple[str, ...]:
    """Raise when the system's documents cannot answer a question; return what is doubtful."""
    return check_gold(questions, texts_of(system), path)
