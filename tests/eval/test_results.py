"""Results: reproducible to the byte, read back whole, refused when they are something else."""

import json
from pathlib import Path

import pytest

from corpus.errors import KysyError
from eval.measures import measure_run
from eval.results import read_result, summarise, write_result
from eval.runner import run_set, write_trec
from eval.sets import read_set
from eval.systems import LocalSystem
from eval.trec import read_qrels, read_run
from qa.settings import Settings
from tests.eval.answers import results_with
from tests.eval.pages import FakeAssistant


def _written(path: Path, question_file: Path, system: LocalSystem) -> str:
    run = run_set(read_set(question_file), system, depth=10)
    write_result(path, summarise([run], system.identity(), seed=4, depth=10))
    return path.read_text("utf-8")


def test_two_runs_differ_only_in_their_timing(
    tmp_path: Path, question_file: Path, system: LocalSystem
) -> None:
    """Up to the block "timing", the same system over the same set writes the same bytes."""
    first = _written(tmp_path / "a.json", question_file, system)
    second = _written(tmp_path / "b.json", question_file, system)
    assert first.split(' "timing": ')[0] == second.split(' "timing": ')[0]
    assert first.count(' "timing": ') == 1


def test_a_result_says_what_made_it(
    tmp_path: Path, question_file: Path, system: LocalSystem
) -> None:
    """Commit, snapshot, encoder, settings, versions and seed are in the file."""
    data = json.loads(_written(tmp_path / "a.json", question_file, system))
    made = data["system"]
    assert (made["snapshot"], made["encoder"], data["seed"]) == ("snap-1", "fake:0", 4)
    assert made["settings"]["encoder"] == "bundled"
    assert "data" not in made["settings"]
    assert {"python", "numpy"} <= set(made["versions"])
    assert "commit" in made
    assert len(data["timing"]["questions"]) == len(data["questions"]) == 5


def test_a_result_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Writing and reading lose nothing."""
    result = results_with([1, 2, None])
    write_result(tmp_path / "r.json", result)
    assert read_result(tmp_path / "r.json") == result


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 1}'])
def test_another_file_is_no_result(tmp_path: Path, content: str) -> None:
    """A file of another kind is refused by name."""
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    with pytest.raises(KysyError, match=r"x\.json.*no result"):
        read_result(path)


def test_a_result_of_another_format_says_so(tmp_path: Path) -> None:
    """A result of a later version is not misread."""
    path = tmp_path / "r.json"
    write_result(path, results_with([1]).model_copy(update={"format": 99}))
    with pytest.raises(KysyError, match="format 99"):
        read_result(path)


def test_the_trec_files_score_to_the_same_figures(tmp_path: Path, question_file: Path) -> None:
    """Anyone can score our run and judgements and gets the figures of the result."""
    system = LocalSystem(FakeAssistant(blind=frozenset({"a/ruovo.txt"})), Settings())
    run = run_set(read_set(question_file), system, depth=10)
    write_trec(tmp_path, [run], "kysy")
    scores = measure_run(read_qrels(tmp_path / "small.qrels"), read_run(tmp_path / "small.run"))
    for one in run.scored:
        name = one.outcome.question.question_id
        for measure, values in scores.items():
            assert values.get(name) == one.values.get(measure)
    assert 0 < sum(scores["hit@1"].values()) < len(scores["hit@1"])


def test_history_reaches_the_system(question_file: Path, assistant: FakeAssistant) -> None:
    """A follow-up is asked with its earlier turns, and every question once, in order."""
    run_set(read_set(question_file), LocalSystem(assistant, Settings()), depth=3)
    assert [len(history) for _, history in assistant.asked] == [0, 0, 0, 0, 1]
