"""Grading: what counts as the right passage, the right answer, the right refusal."""

import pytest

from eval.sets import Span
from tests.eval.answers import answer, outcome, passage, question


def test_the_first_right_passage_gives_the_rank() -> None:
    """Rank is of the first passage with document and gold text, both."""
    asked = question(doc="d.txt", gold=("Maija",))
    given = answer(
        (passage(1, "e.txt", "Maija"), passage(2, "d.txt", "Olli"), passage(3, "x/d.txt", "Maija"))
    )
    assert outcome(asked, given).rank == 3


def test_any_gold_text_makes_a_passage_right_whatever_its_white_space() -> None:
    """Gold texts are alternatives, matched in NFC with white space evened out."""
    asked = question(gold=("puuttuu", "yksi  kaksi"))
    assert outcome(asked, answer((passage(1, "d", "on yksi\n kaksi tässä"),))).rank == 1


def test_case_matters_in_passages() -> None:
    """A gold text is word for word."""
    asked = question(gold=("Maija",))
    assert outcome(asked, answer((passage(1, "d", "maija"),))).rank is None


def test_passages_beyond_the_depth_do_not_count() -> None:
    """Only what was looked at can be right."""
    asked = question(gold=("b",))
    given = answer((passage(1, "d", "a"), passage(2, "d", "b", 5)))
    assert outcome(asked, given, depth=1).rank is None


@pytest.mark.parametrize(
    ("text", "correct", "exact"),
    [
        ("Maija Testaaja", True, True),
        ("maija testaaja.", True, True),
        ("Yhteyshenkilö on Maija Testaaja", True, False),
        ("Maija Testaajan", False, False),
        ("Olli", False, False),
    ],
)
def test_a_short_answer_is_right_when_it_says_the_expected_words(
    text: str, correct: bool, exact: bool
) -> None:
    """Case and punctuation do not matter, whole words do; exact means nothing else beside."""
    asked = question(doc="d", gold=("Maija Testaaja",))
    given = outcome(asked, answer((passage(1, "d", "Maija Testaaja"),), text))
    assert (given.correct, given.exact) == (correct, exact)


def test_a_value_inside_a_longer_gold_line_is_right() -> None:
    """The gold may be the whole line where the answer is the value in it."""
    asked = question(doc="d", gold=("Mari Kokeilija 1.1.2023 alkaen",))
    line = (passage(1, "d", "Mari Kokeilija 1.1.2023 alkaen"),)
    assert outcome(asked, answer(line, "Mari Kokeilija")).correct
    assert not outcome(asked, answer(line, "alkaen")).correct


def test_the_expected_short_answer_decides_when_it_is_given() -> None:
    """With `answer`, the rest of the gold line is not an answer."""
    asked = question(doc="d", gold=("Antti (2022) Mari 2023",), answer="Mari")
    line = (passage(1, "d", "Antti (2022) Mari 2023"),)
    assert outcome(asked, answer(line, "Mari")).exact
    assert not outcome(asked, answer(line, "Antti")).correct


def test_the_right_words_from_another_document_are_wrong() -> None:
    """Two projects may share a funder; the answer must cite the one asked about."""
    asked = question(doc="d", gold=("STM",))
    assert not outcome(asked, answer((passage(1, "e", "STM"),), "STM")).correct


def test_an_answer_that_was_not_given_is_not_correct() -> None:
    """Refused and ambiguous answers are not right answers."""
    asked = question(doc="d", gold=("STM",))
    found = (passage(1, "d", "STM"),)
    assert outcome(asked, answer(found, None, "not_found")).correct is False
    assert outcome(asked, answer(found, "STM", "ambiguous")).correct is False


def test_an_unanswerable_question_has_no_rank_and_no_answer_to_grade() -> None:
    """Its nearest passages are never right, and answering it is no matter of words."""
    asked = question(expected="not_found")
    given = outcome(asked, answer((passage(1, "d", "x"),), "x"))
    assert (given.rank, given.targets, given.correct, given.refused) == (None, (), None, False)


def test_span_f1_compares_the_highlight_with_the_gold() -> None:
    """Marking exactly the gold is 1, marking the whole passage costs precision."""
    asked = question(doc="d", gold=("kaksi",))
    text = "yksi kaksi kolme"
    exact = outcome(asked, answer((passage(1, "d", text, 100, ((5, 10),)),), "kaksi"))
    whole = outcome(asked, answer((passage(1, "d", text, 100),), "kaksi"))
    assert exact.span_f1 == 1.0
    assert whole.span_f1 == pytest.approx(2 * 5 / (16 + 5))


def test_span_f1_uses_the_given_span() -> None:
    """A span in the set is judged in the document's own offsets."""
    asked = question(doc="d", gold=("kaksi",), spans=(Span("d", 105, 110),))
    given = answer((passage(1, "d", "yksi kaksi kolme", 100, ((5, 10),)),), "kaksi")
    assert outcome(asked, given).span_f1 == 1.0


def test_a_span_alone_judges_a_passage() -> None:
    """A question may say where instead of what."""
    asked = question(spans=(Span("d", 5, 9),))
    given = answer((passage(1, "d", "abc"), passage(2, "d", "defghi", 4)))
    assert outcome(asked, given).rank == 2


def test_a_list_is_right_only_when_it_is_complete() -> None:
    """Every document once: one missing lowers F1 and is not a right answer."""
    asked = question(docs=("a", "b"), gold=("STM",), type="list")
    whole = answer((), "2", rows=(("a", "STM"), ("b", "STM")))
    part = answer((), "1", rows=(("a", "STM"),))
    assert (outcome(asked, whole).list_f1, outcome(asked, whole).correct) == (1.0, True)
    assert outcome(asked, part).list_f1 == pytest.approx(2 / 3)
    assert outcome(asked, part).correct is False


def test_each_document_of_a_list_is_a_target_of_its_own() -> None:
    """Recall of a list counts documents, and a missing one stays missing."""
    asked = question(docs=("a", "b"), gold=("STM",))
    given = outcome(asked, answer((passage(1, "a", "STM"), passage(2, "a", "STM", 9))))
    assert [name for name, _ in given.targets] == ["a@0-3", "missing:b"]


def test_a_judged_collection_ranks_documents_once_each() -> None:
    """Two passages of one document are one place in its ranking."""
    asked = question(judgements=(("b", 2),))
    given = answer((passage(1, "a", "x"), passage(2, "a", "y", 5), passage(3, "b", "z")))
    assert outcome(asked, given).items == ("a", "b")
    assert outcome(asked, given).rank == 2
    assert outcome(asked, given).correct is None
