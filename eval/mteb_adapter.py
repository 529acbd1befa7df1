"""Kysy as an mteb model: `index` and `search` of mteb's SearchProtocol, so that its tasks run.

    import mteb
    from eval.mteb_adapter import KysySearch
    model = KysySearch(Settings(data=Path("mteb-data")))
    mteb.evaluate(model, mteb.get_tasks(tasks=["..."]))

Knows the two methods' shapes (mteb 2). mteb is no dependency: nothing of it is imported, except
its `ModelMeta` when mteb itself asks for `mteb_model_meta`. Does not know measures.
"""

import importlib
from collections.abc import Iterable, Mapping
from typing import Any

from corpus.errors import KysyError
from eval.beir import BeirDocument, corpus_home, file_name, index_documents
from eval.local import open_local
from eval.systems import System
from qa.settings import Settings

_MOST_PASSAGES = 50


class KysySearch:
    """The whole of Kysy's retrieval over whatever corpus mteb hands in."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._system: System | None = None
        self._names: dict[str, str] = {}

    @property
    def mteb_model_meta(self) -> Any:  # noqa: ANN401 - mteb's own type
        """Who this is, as mteb's ModelMeta."""
        meta = importlib.import_module("mteb.models.model_meta").ModelMeta
        return meta.create_empty({"name": "kysy/kysy", "revision": self.settings.encoder})

    def index(self, corpus: Iterable[Mapping[str, Any]], **task: Any) -> None:  # noqa: ANN401
        """Index rows of `id`, `text` and perhaps `title`; a corpus seen before is reopened."""
        documents = [
            BeirDocument(str(row["id"]), str(row["text"]), str(row.get("title") or ""))
            for row in corpus
        ]
        home, _ = corpus_home(documents, self.settings)
        own = self.settings.model_copy(update={"data": home})
        if not (home / "current").exists():
            index_documents(documents, own)
        self._names = {file_name(place): one.document_id for place, one in enumerate(documents)}
        self._system = open_local(own)

    def search(
        self,
        queries: Iterable[Mapping[str, Any]],
        *,
        top_k: int,
        **task: Any,  # noqa: ANN401 - mteb's description of the task
    ) -> dict[str, dict[str, float]]:
        """Return query id -> document id -> score for rows of `id` and `text`.

        A document's score is the reciprocal of its place: the scores only order.
        """
        return {str(row["id"]): self._ranked(str(row["text"]), top_k) for row in queries}

    def _ranked(self, question: str, top_k: int) -> dict[str, float]:
        if self._system is None:
            raise KysyError("nothing is indexed", where="KysySearch", fix="call index first")
        answer = self._system.ask(question, (), min(max(top_k, 1), _MOST_PASSAGES))
        found = dict.fromkeys(passage.citation.document_id for passage in answer.passages)
        return {self._names[name]: 1 / place for place, name in enumerate(found, 1)}
