"""Kysy as an mteb model: `index` and `search` of mteb's SearchProtocol, so that its tasks run.

    import mteb
    from eval.mteb_adapter import KysySearch
    model = KysySearch(Settings(data=Path("mteb-data")))
    mteb.evaluate(model, mteb.get_tasks(tasks=["..."]))

A query longer than the settings' `max_question_chars` ends the run: raise it for such tasks.

Knows the two methods' shapes (mteb 2; run with 2.26). mteb is no dependency: nothing of it is
imported, except its `ModelMeta` when mteb itself asks for `mteb_model_meta`. Does not know
measures.
"""

import importlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any

from corpus.errors import KysyError
from eval.beir import BeirDocument, corpus_home, file_name, index_documents
from eval.local import encoder_identity, open_local
from eval.systems import System, code_commit
from qa.settings import Settings

_EVERY_PASSAGE = 1000
"""More than a ranking holds, so that a document of many passages pushes no other one out."""


class KysySearch:
    """The whole of Kysy's retrieval over whatever corpus mteb hands in."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._system: System | None = None
        self._names: dict[str, str] = {}

    @cached_property
    def mteb_model_meta(self) -> Any:  # noqa: ANN401 - mteb's own type
        """Who this is, as mteb's ModelMeta.

        The revision names the code and the encoder's weights: mteb keeps results by it, in a folder
        of that name, and does not ask a model again whose results it has.
        """
        meta = importlib.import_module("mteb.models.model_meta").ModelMeta
        revision = f"{code_commit() or version('kysy')}-{encoder_identity(self.settings)}"
        return meta.create_empty(
            {"name": "kysy/kysy", "revision": re.sub(r"[^\w.-]+", "-", revision)}
        )

    def index(self, corpus: Iterable[Mapping[str, Any]], **task: Any) -> None:  # noqa: ANN401
        """Index rows of `id`, `text` and perhaps `title`; a corpus seen before is reopened."""
        documents = [
            BeirDocument(str(row["id"]), str(row["text"] or ""), str(row.get("title") or ""))
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
        top_ranked: Mapping[str, Sequence[str]] | None = None,
        **task: Any,  # noqa: ANN401 - mteb's description of the task
    ) -> dict[str, dict[str, float]]:
        """Return query id -> document id -> score for rows of `id`, `text`, perhaps `instruction`.

        A document's score is the reciprocal of its place: the scores only order. A reranking task
        names the only documents a query may find in `top_ranked`; those not found have no score.
        """
        allowed = top_ranked or {}
        return {
            str(row["id"]): self._ranked(_question(row), top_k, allowed.get(str(row["id"])))
            for row in queries
        }

    def _ranked(
        self, question: str, top_k: int, allowed: Collection[str] | None
    ) -> dict[str, float]:
        if self._system is None:
            raise KysyError("nothing is indexed", where="KysySearch", fix="call index first")
        answer = self._system.ask(question, (), _EVERY_PASSAGE)
        found = dict.fromkeys(
            self._names[passage.citation.document_id] for passage in answer.passages
        )
        kept = [name for name in found if allowed is None or name in allowed]
        return {name: 1 / place for place, name in enumerate(kept[:top_k], 1)}


def _question(row: Mapping[str, Any]) -> str:
    """Return a query as mteb's own models read it: its text, then its instruction."""
    if not isinstance(row["text"], str):
        raise KysyError(
            "the query is a conversation", where=str(row["id"]), fix="choose a task of questions"
        )
    return f"{row['text']} {row.get('instruction') or ''}".strip()
