"""Kysy behind mteb's two methods, called with the arguments mteb 2.26 calls them with."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from corpus.errors import KysyError
from eval import mteb_adapter
from eval.mteb_adapter import KysySearch
from qa.settings import Settings

CORPUS: list[dict[str, Any]] = [
    {"id": "a", "title": "Majakka", "text": "Majakka valaisee saaren pohjoiskärjen."},
    {"id": "b", "title": "", "text": "Kirjaston kokoelmassa on harvinaisia karttoja."},
    {"id": "c", "title": None, "text": "Saaren lautta kulkee kesällä kahdesti päivässä."},
]
TASK: dict[str, Any] = {
    "task_metadata": None,
    "hf_split": "test",
    "hf_subset": "default",
    "encode_kwargs": {"show_progress_bar": False, "batch_size": 32},
    "num_proc": None,
}
LIGHT = {"id": "1", "text": "mikä valaisee saaren"}
MAPS = {"id": "2", "text": "vanhat kartat"}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> KysySearch:
    """Return a model that has indexed the corpus."""
    made = KysySearch(Settings(data=tmp_path_factory.mktemp("mteb")))
    made.index(corpus=CORPUS, **TASK)
    return made


def first(found: dict[str, float]) -> str:
    """Return the document with the highest score."""
    return max(found, key=lambda name: found[name])


def test_index_and_search_give_mteb_what_it_scores(model: KysySearch) -> None:
    """Query id -> document id -> score, the right document with the highest."""
    found = model.search(queries=[LIGHT, MAPS], top_k=1000, top_ranked=None, **TASK)
    assert set(found) == {"1", "2"}
    assert (first(found["1"]), first(found["2"])) == ("a", "b")
    assert set(found["1"]) | set(found["2"]) <= {"a", "b", "c"}


def test_no_two_documents_tie_and_no_more_come_than_asked_for(model: KysySearch) -> None:
    """The order is Kysy's own whatever mteb does with ties."""
    every = model.search(queries=[LIGHT], top_k=1000, **TASK)["1"]
    assert len(set(every.values())) == len(every) > 1
    assert list(model.search(queries=[LIGHT], top_k=1, **TASK)["1"]) == ["a"]


def test_reranking_finds_the_named_documents_only(model: KysySearch) -> None:
    """A reranking task's candidates bound the query they are for, and no other."""
    found = model.search(queries=[LIGHT, MAPS], top_k=1000, top_ranked={"1": ["b", "c"]}, **TASK)
    assert first(found["1"]) == "c"
    assert "a" not in found["1"]
    assert first(found["2"]) == "b"


def test_an_instruction_is_read_after_the_query(model: KysySearch) -> None:
    """A column that mteb joins to the query for its own models."""
    asked = {**MAPS, "text": "missä on", "instruction": "harvinaisia karttoja"}
    assert first(model.search(queries=[asked], top_k=1000, **TASK)["2"]) == "b"


def test_a_conversation_is_refused(model: KysySearch) -> None:
    """A list of turns is no question, and its brackets no words."""
    with pytest.raises(KysyError, match="conversation"):
        model.search(queries=[{"id": "1", "text": ["saari", "valo"]}], top_k=1000, **TASK)


def test_a_document_of_many_passages_hides_no_other(tmp_path: Path) -> None:
    """Documents are counted, not passages: the long one alone has more than fifty of them."""
    parts = (f"Majakka numero {n} valaisee saaren rannan yöllä ja syksyllä." for n in range(400))
    model = KysySearch(Settings(data=tmp_path))
    model.index(corpus=[{"id": "long", "title": "", "text": "\n\n".join(parts)}, *CORPUS], **TASK)
    assert len(model.search(queries=[LIGHT], top_k=1000, **TASK)["1"]) > 1


def test_search_before_index_is_refused(tmp_path: Path) -> None:
    """The order of calls is said, not guessed."""
    with pytest.raises(KysyError, match="index first"):
        KysySearch(Settings(data=tmp_path)).search(queries=[LIGHT], top_k=1, **TASK)


def test_the_revision_names_code_and_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results are kept by mteb in a folder of the revision: other weights need another one."""
    module = ModuleType("mteb.models.model_meta")
    made = SimpleNamespace(create_empty=lambda overwrites: overwrites)
    monkeypatch.setattr(module, "ModelMeta", made, raising=False)
    monkeypatch.setitem(sys.modules, "mteb.models.model_meta", module)
    monkeypatch.setitem(sys.modules, "mteb", ModuleType("mteb"))
    monkeypatch.setitem(sys.modules, "mteb.models", ModuleType("mteb.models"))
    monkeypatch.setattr(mteb_adapter, "code_commit", lambda: "c0de")
    monkeypatch.setattr(mteb_adapter, "encoder_identity", lambda settings: "group/model:1f")
    meta = KysySearch(Settings(data=tmp_path)).mteb_model_meta
    assert meta == {"name": "kysy/kysy", "revision": "c0de-group-model-1f"}
