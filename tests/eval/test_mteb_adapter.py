"""Kysy behind mteb's two methods, called the way mteb 2 calls them."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from corpus.errors import KysyError
from eval.mteb_adapter import KysySearch
from qa.settings import Settings

CORPUS = [
    {"id": "a", "title": "Majakka", "text": "Majakka valaisee saaren pohjoiskärjen."},
    {"id": "b", "title": "", "text": "Kirjaston kokoelmassa on harvinaisia karttoja."},
]
TASK = {"task_metadata": None, "hf_split": "test", "hf_subset": "default", "encode_kwargs": {}}


def test_index_and_search_give_mteb_what_it_scores(tmp_path: Path) -> None:
    """Query id -> document id -> score, the right document with the highest."""
    model = KysySearch(Settings(data=tmp_path))
    model.index(CORPUS, num_proc=1, **TASK)
    found = model.search(
        [{"id": "1", "text": "mikä valaisee saaren"}, {"id": "2", "text": "vanhat kartat"}],
        top_k=10,
        top_ranked=None,
        **TASK,
    )
    assert set(found) == {"1", "2"}
    assert max(found["1"], key=lambda name: found["1"][name]) == "a"
    assert set(found["2"]) <= {"a", "b"}


def test_search_before_index_is_refused(tmp_path: Path) -> None:
    """The order of calls is said, not guessed."""
    with pytest.raises(KysyError, match="index first"):
        KysySearch(Settings(data=tmp_path)).search([{"id": "1", "text": "x"}], top_k=1, **TASK)


def test_mteb_is_told_who_it_measures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model's name and encoder reach mteb's own ModelMeta, which only mteb brings."""
    module = ModuleType("mteb.models.model_meta")
    made = SimpleNamespace(create_empty=lambda overwrites: overwrites)
    monkeypatch.setattr(module, "ModelMeta", made, raising=False)
    monkeypatch.setitem(sys.modules, "mteb.models.model_meta", module)
    monkeypatch.setitem(sys.modules, "mteb", ModuleType("mteb"))
    monkeypatch.setitem(sys.modules, "mteb.models", ModuleType("mteb.models"))
    meta = KysySearch(Settings(data=tmp_path)).mteb_model_meta
    assert meta == {"name": "kysy/kysy", "revision": "bundled"}
