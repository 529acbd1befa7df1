"""Learning the ranker's weights: what is learned from pools whose answer is known."""

from pathlib import Path

import numpy as np
import pytest

from eval import fit_ranker
from eval.fit_cases import Case, cases_of
from eval.fit_ranker import FREE, SCALE, START, cross_validated, fit, rank_of, table
from eval.fit_sources import Source
from eval.local import index_folder
from eval.sets import Question
from qa.rerank import FEATURES
from qa.settings import Settings

RIGHT = ("late", "document")
MORE = "Se katsoo ulos ikkunasta ja odottaa postia, joka tulee aamuisin. " * 3


def _cases(count: int, telling: tuple[str, ...], source: str = "squad-fi") -> list[Case]:
    """Pools of eight, of which the right row is the one that `telling` features point to."""
    random = np.random.default_rng(5)
    cases = []
    for number in range(count):
        features = random.random((8, len(FEATURES))).astype(np.float32)
        at = [FEATURES.index(name) for name in telling]
        right = features[:, at].sum(axis=1) == features[:, at].sum(axis=1).max()
        rows = np.arange(8)
        cases.append(Case(source, f"q{number}", rows, features, right, rows))
    return cases


def test_weight_goes_to_the_features_that_tell_the_right_passage() -> None:
    """Where two features decide what is right, they outweigh each of the others."""
    weights = dict(zip(FEATURES, fit(_cases(300, RIGHT)), strict=True))
    assert min(weights[name] for name in RIGHT) > max(
        abs(weight) for name, weight in weights.items() if name not in RIGHT
    )


def test_no_evidence_counts_against_a_passage() -> None:
    """Even where a feature is high on the wrong passages, its weight is not negative."""
    cases = [
        Case(c.source, c.question_id, c.rows, -c.features, c.right, c.groups)
        for c in _cases(100, ("lexical",))
    ]
    weights = dict(zip(FEATURES, fit(cases), strict=True))
    assert all(weight >= 0 for name, weight in weights.items() if name not in FREE)


def test_the_scale_of_scores_stays_from_fit_to_fit() -> None:
    """The weights of evidence sum to the same, whatever they were learned from."""
    for telling in (RIGHT, ("lexical",)):
        weights = dict(zip(FEATURES, fit(_cases(50, telling)), strict=True))
        evidence = sum(weight for name, weight in weights.items() if name not in FREE)
        assert evidence == pytest.approx(SCALE)


def test_the_same_cases_give_the_same_weights() -> None:
    """Nothing in a fit is left to chance."""
    assert np.array_equal(fit(_cases(40, RIGHT)), fit(_cases(40, RIGHT)))


def test_held_out_questions_are_ranked_by_weights_learned_elsewhere() -> None:
    """What one part of the questions teaches ranks the other part."""
    cases = _cases(200, ("length", "document"))
    by_hand = np.array([START.get(name, 0.0) for name in FEATURES])
    before, after = [rank_of(case, by_hand) for case in cases], cross_validated(cases)
    assert np.mean(np.equal(after, 1)) > np.mean(np.equal(before, 1)) + 0.1
    assert "squad-fi" in table(cases, before=before, after=after)


def test_near_duplicates_count_as_one_rank() -> None:
    """Three copies before the right passage push it to rank 2, not 4."""
    features = np.zeros((4, len(FEATURES)), np.float32)
    features[:, 0] = [4, 3, 2, 1]
    right = np.array([False, False, False, True])
    weights = np.eye(len(FEATURES))[0]
    case = Case("x", "q", np.arange(4), features, right, np.array([7, 7, 7, 8]))
    assert rank_of(case, weights) == 2
    none = np.zeros(4, dtype=bool)
    assert rank_of(Case("x", "q", np.arange(4), features, none, np.arange(4)), weights) == 0


def test_look_alike_pages_are_held_out_seed_by_seed() -> None:
    """Questions over one seed's pages share wordings, so they share a part."""
    cases = _cases(30, RIGHT, "lookalikes-11")
    assert {case.kind for case in cases} == {"lookalikes"}
    assert len({case.fold(4) for case in cases}) == 1
    assert len({case.fold(4) for case in _cases(30, RIGHT)}) > 1


def test_shipped_weights_are_of_the_features_there_are() -> None:
    """Every feature has a weight, and matching a passage never counts against it."""
    weights = dict(zip(FEATURES, fit_ranker.current(), strict=True))
    assert all(weight >= 0 for name, weight in weights.items() if name not in FREE)
    assert weights["late"] > 0


def test_a_pool_is_judged_by_document_and_text(tmp_path: Path) -> None:
    """Of an indexed question the rows that hold the gold text in the right document are right."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "kissa.txt").write_text(f"Kissa istuu matolla. {MORE}\n", "utf-8")
    (pages / "koira.txt").write_text(f"Koira istuu matolla. {MORE}\n", "utf-8")
    settings = Settings(data=tmp_path / "data")
    index_folder(pages, settings)
    gold = ("matolla",)
    question = Question(
        "q", "fi", "passage", "Missä kissa istuu?", "answered", doc="kissa.txt", gold=gold
    )
    silent = Question("r", "fi", "unanswerable", "Missä norsu istuu?", "not_found")
    (case,) = cases_of(Source("pages", settings, (question, silent)))
    assert case.right.sum() == 1
    assert len(case.right) == 2
    assert case.features.shape == (2, len(FEATURES))
    assert rank_of(case, fit_ranker.current()) == 1
