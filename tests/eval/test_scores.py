"""Figures: which questions each is over, and what a missing answer costs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.grading import Outcome
from eval.scores import risk_coverage, score, slices, totals
from tests.eval.answers import answer, outcome, passage, question

RIGHT = (passage(1, "d", "oikea"),)


def _answerable(name: str, *, right: bool, refused: bool = False, sure: float = 0.9) -> Outcome:
    asked = question(name, doc="d", gold=("oikea",))
    if refused:
        return outcome(asked, answer(RIGHT, None, "not_found"))
    return outcome(asked, answer(RIGHT, "oikea" if right else "väärä", confidence=sure))


def _unanswerable(name: str, *, refused: bool, sure: float = 0.9) -> Outcome:
    asked = question(name, expected="not_found", type="unanswerable")
    given = answer(RIGHT, None, "not_found") if refused else answer(RIGHT, "x", confidence=sure)
    return outcome(asked, given)


def test_refusals_are_counted_on_the_right_questions() -> None:
    """Recall over the unanswerable, precision over the refused, false ones over the answerable."""
    figures = totals(
        score(
            [
                _answerable("a", right=True),
                _answerable("b", right=True, refused=True),
                _unanswerable("c", refused=True),
                _unanswerable("d", refused=True),
                _unanswerable("e", refused=False),
            ]
        )
    )
    assert figures["refusal_recall"] == pytest.approx(2 / 3)
    assert figures["refusal_precision"] == pytest.approx(2 / 3)
    assert figures["false_refusal_rate"] == 0.5
    assert figures["answer_accuracy"] == 0.5


def test_passages_count_also_where_the_answer_was_refused() -> None:
    """Ranking and refusing are measured apart."""
    figures = totals(score([_answerable("a", right=True, refused=True)]))
    assert (figures["hit@1"], figures["answer_accuracy"]) == (1.0, 0.0)


def test_a_question_without_passages_scores_zero() -> None:
    """Nothing found is counted, not left out."""
    asked = question(doc="d", gold=("oikea",))
    figures = totals(score([outcome(asked, answer((), None, "not_found"))]))
    assert figures["hit@1"] == figures["MRR@10"] == figures["nDCG@10"] == 0.0


def test_measures_without_a_question_are_left_out() -> None:
    """A slice of unanswerable questions has no hit rate, and no risk-coverage curve."""
    figures = totals(score([_unanswerable("a", refused=True)]))
    assert set(figures) == {"refusal_precision", "refusal_recall"}


def test_recall_of_a_list_counts_documents() -> None:
    """Half of the documents found is a recall of one half."""
    asked = question(docs=("a", "b"), gold=("x",))
    figures = totals(score([outcome(asked, answer((passage(1, "a", "x"),), "x"))]))
    assert figures["Recall@10"] == 0.5


def test_ambiguous_questions_are_right_when_they_are_asked_back() -> None:
    """An ambiguous question answered outright is a miss of its own measure only."""
    asked = question(expected="ambiguous")
    back = outcome(asked, answer((), None, "ambiguous"))
    outright = outcome(asked, answer(RIGHT, "x"))
    assert totals(score([back]))["ambiguity"] == 1.0
    assert totals(score([outright])) == {"ambiguity": 0.0}


def test_the_risk_coverage_curve_by_hand() -> None:
    """Right at 0.9, wrong at 0.5, refused last: risks 0, 1/2 and 2/3."""
    scored = score(
        [
            _answerable("a", right=False, sure=0.5),
            _answerable("b", right=True, sure=0.9),
            _answerable("c", right=True, refused=True),
        ]
    )
    curve = risk_coverage(scored)
    assert [x for x, _ in curve] == pytest.approx([1 / 3, 2 / 3, 1])
    assert [y for _, y in curve] == pytest.approx([0, 1 / 2, 2 / 3])
    assert totals(scored)["aurc"] == pytest.approx((0 + 1 / 2 + 2 / 3) / 3)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([0.2, 0.5, 0.9])), min_size=1, max_size=12),
)
def test_the_risk_coverage_area_does_not_depend_on_the_order(
    cases: list[tuple[bool, float]],
) -> None:
    """Questions of equal confidence count with their mean."""
    made = [_answerable(f"q{n}", right=r, sure=s) for n, (r, s) in enumerate(cases)]
    turned = list(reversed(made))
    assert totals(score(made))["aurc"] == pytest.approx(totals(score(turned))["aurc"])


def test_slices_hold_every_question_once() -> None:
    """Cutting by a key loses nothing."""
    scored = score([_answerable("a", right=True), _unanswerable("b", refused=True)])
    parts = slices(scored, lambda one: one.question.type)
    assert {name: len(part) for name, part in parts.items()} == {"field": 1, "unanswerable": 1}
