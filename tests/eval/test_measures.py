"""Our retrieval measures are trec_eval's, whatever the run looks like."""

import importlib
from types import ModuleType

import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import KysyError
from eval.measures import STANDARD, mean, measure_run

DOCUMENTS = st.sampled_from([f"d{number}" for number in range(15)])
SCORES = st.sampled_from([0.0, 0.5, 1.0, 1.0 + 1e-12, 2.0, -3.0])
QUERIES = st.sampled_from(["q1", "q2", "q3", "q4"])
RUNS = st.dictionaries(QUERIES, st.dictionaries(DOCUMENTS, SCORES, min_size=1), max_size=4)
QRELS = st.dictionaries(
    QUERIES, st.dictionaries(DOCUMENTS, st.integers(0, 3), min_size=1), min_size=1
)
TREC = {
    "nDCG@10": "ndcg_cut_10",
    "Recall@10": "recall_10",
    "hit@1": "success_1",
    "hit@3": "success_3",
}


@settings(max_examples=150, deadline=None)
@given(qrels=QRELS, run=RUNS)
def test_measures_agree_with_trec_eval(
    qrels: dict[str, dict[str, int]], run: dict[str, dict[str, float]]
) -> None:
    """Ties, graded judgements and queries that the run misses give trec_eval's values."""
    ours = measure_run(qrels, run)
    kinds = {"ndcg_cut.10", "recall.10", "success.1,3"}
    theirs = pytrec_eval.RelevanceEvaluator(qrels, kinds).evaluate(run) if run else {}
    for name, trec in TREC.items():
        for query in qrels:
            expected = theirs.get(query, {}).get(trec, 0.0)
            assert ours[name][query] == pytest.approx(expected, abs=1e-6)


@settings(max_examples=150, deadline=None)
@given(qrels=QRELS, run=RUNS)
def test_reciprocal_rank_agrees_with_trec_eval_within_its_cutoff(
    qrels: dict[str, dict[str, int]], run: dict[str, dict[str, float]]
) -> None:
    """MRR@10 is trec_eval's reciprocal rank where that is of one of the first ten, else zero."""
    ours = measure_run(qrels, run, ["MRR@10"])["MRR@10"]
    theirs = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(run) if run else {}
    for query in qrels:
        whole = theirs.get(query, {}).get("recip_rank", 0.0)
        assert ours[query] == pytest.approx(whole if whole >= 0.1 else 0.0, abs=1e-6)


def test_a_missing_query_scores_zero_and_lowers_the_mean() -> None:
    """An empty answer cannot raise a mean by not being counted."""
    values = measure_run({"q1": {"a": 1}, "q2": {"b": 1}}, {"q1": {"a": 1.0}})["hit@1"]
    assert values == {"q1": 1.0, "q2": 0.0}
    assert mean(values) == 0.5


def test_an_empty_run_scores_zero_on_every_measure() -> None:
    """No run at all is the worst run, for each measure and query."""
    values = measure_run({"q1": {"a": 1}}, {})
    assert set(values) == set(STANDARD)
    assert all(one == {"q1": 0.0} for one in values.values())


def test_any_measure_of_the_library_can_be_named() -> None:
    """Measures beyond our list go by the library's own names."""
    assert measure_run({"q": {"a": 1}}, {"q": {"a": 1.0}}, ["AP"]) == {"AP": {"q": 1.0}}


def test_an_unknown_measure_is_named() -> None:
    """A misspelt measure is an error that names it, not a traceback of the library."""
    with pytest.raises(KysyError, match="nDGC"):
        measure_run({"q": {"a": 1}}, {"q": {"a": 1.0}}, ["nDGC@10"])


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ir-measures the error says what to install."""

    def refuse(name: str) -> ModuleType:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", refuse)
    with pytest.raises(KysyError, match=r"kysy\[eval\]"):
        measure_run({"q": {"a": 1}}, {"q": {"a": 1.0}})
