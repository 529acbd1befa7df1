"""Calibrated probability and the threshold to abstain."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import Analyzer
from embeddings.encoder import Encoder
from qa.assistant import Assistant
from qa.confidence import Calibration, Signals, calibration_from, shipped_calibration
from qa.retrieve import RankingOptions
from tests.qa.conftest import open_at

NAMES = tuple(Signals.__slots__)
SHARE = st.floats(-1, 1, allow_nan=False)
SIGNALS = st.builds(Signals, **dict.fromkeys(NAMES, SHARE))


OTHER = "another-encoder:0123456789abcdef"


@pytest.fixture(scope="module", params=["bundled", "another"])
def calibration(request: pytest.FixtureRequest, encoder: Encoder) -> Calibration:
    """Give what ships for the bundled model, and for a model that nobody has fitted."""
    return shipped_calibration(encoder.identity if request.param == "bundled" else "another:0")


@given(signals=SIGNALS)
def test_a_confidence_is_a_probability(calibration: Calibration, signals: Signals) -> None:
    """Whatever is measured, the confidence lies between 0 and 1."""
    assert 0 <= calibration.probability(signals) <= 1


@given(st.floats(-1e9, 1e9))
def test_extreme_weights_overflow_nothing(bias: float) -> None:
    """A sum far out is the nearest probability, not an error."""
    assert 0 <= Calibration({}, bias, 0.5).probability(Signals(*[0.0] * len(NAMES))) <= 1


@given(signals=SIGNALS, name=st.sampled_from(NAMES), more=st.floats(0.01, 1))
def test_more_of_a_signal_moves_the_way_of_its_weight(
    calibration: Calibration, signals: Signals, name: str, more: float
) -> None:
    """The probability rises with a signal of positive weight and falls with a negative one."""
    raised = replace(signals, **{name: asdict(signals)[name] + more})
    before, after = calibration.probability(signals), calibration.probability(raised)
    assert (after - before) * calibration.weights.get(name, 0.0) >= 0


def test_shipped_weights_are_of_signals_that_are_measured(calibration: Calibration) -> None:
    """A weight under another name would silently do nothing."""
    assert set(calibration.weights) <= set(NAMES)
    assert 0 < calibration.threshold < 1


def test_what_speaks_against_an_answer_weighs_against_it(calibration: Calibration) -> None:
    """A name that the passage has not, or another document named, never raises the confidence."""
    assert calibration.weights.get("unknown", 0.0) <= 0
    assert calibration.weights.get("elsewhere", 0.0) <= 0


def test_one_encoder_s_similarities_mean_nothing_of_another_s(encoder: Encoder) -> None:
    """A model that nobody has fitted is judged by other weights than the bundled one."""
    assert shipped_calibration("another:0") != shipped_calibration(encoder.identity)


def test_a_calibration_is_read_from_its_json_form() -> None:
    """The form stored with a snapshot gives weights, bias and threshold back."""
    table = {"weights": {"late": 2.0}, "bias": -1, "threshold": 0.3, "fitted": "note"}
    assert calibration_from(table) == Calibration({"late": 2.0}, -1.0, 0.3)


def test_the_threshold_is_a_setting(
    sample_data: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    """At threshold 1 the same passage is refused, at 0 it is the answer; passages stay."""
    text = "Kuinka monta kuntaa Pohjois-Savossa on?"
    strict = open_at(sample_data, encoder, analyzer, threshold=1.0).ask(text)
    lax = open_at(sample_data, encoder, analyzer, threshold=0.0).ask(text)
    assert (strict.status, lax.status) == ("not_found", "answered")
    assert [p.text for p in strict.passages] == [p.text for p in lax.passages]


def test_without_calibration_every_best_passage_answers(
    sample_data: Path,
    encoder: Encoder,
    analyzer: Analyzer,
) -> None:
    """The option that switches abstention off answers what is refused with it."""
    text = "what is the capital of France"
    options = RankingOptions(calibrated=False)
    assert open_at(sample_data, encoder, analyzer).ask(text).status == "not_found"
    assert open_at(sample_data, encoder, analyzer, options=options).ask(text).status == "answered"


@pytest.mark.parametrize(
    "text", ["what is the capital of France", "asdf qwer zxcv", "Mikä on Itä-Savon puhelinnumero?"]
)
def test_what_the_documents_do_not_say_is_refused(samples: Assistant, text: str) -> None:
    """Off-topic, senseless and near-miss questions have no answer, but still nearest passages."""
    answer = samples.ask(text)
    assert answer.status == "not_found"
    assert answer.answer is None
    assert answer.passages


@pytest.mark.parametrize(("threshold", "status"), [(0.45, "answered"), (0.55, "not_found")])
def test_words_and_ranking_that_agree_answer_where_neither_is_sure(
    sample_data: Path, encoder: Encoder, analyzer: Analyzer, threshold: float, status: str
) -> None:
    """The value of the field likely meant is the best passage; a higher threshold refuses it."""
    assistant = open_at(sample_data, encoder, analyzer, threshold=threshold)
    answer = assistant.ask("hej söker kontaktpers verksamheten, Östra Savolax")
    assert answer.status == status
    if answer.answer is not None:
        found = answer.answer
        assert (found.kind, found.field, found.confidence) == ("field", "contact_name", 0.5)
        assert found.text == "Pia Karttunen"
