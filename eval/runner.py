"""Running a question set through a system, question by question.

Knows the order of things: ask, time, grade, score. Does not know what system it asks, nor how
figures are shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from eval.grading import Outcome, grade
from eval.results import SetRun
from eval.scores import score
from eval.sets import QuestionSet
from eval.systems import System
from eval.trec import write_qrels, write_run
from qa.model import Answer

Progress = Callable[[int], None]
"""Told after each question how many are done."""


def run_set(
    questions: QuestionSet,
    system: System,
    *,
    depth: int,
    progress: Progress = lambda done: None,
) -> SetRun:
    """Ask every question and return the scored outcomes in the set's order."""
    outcomes: list[Outcome] = []
    milliseconds: dict[str, float] = {}
    for done, question in enumerate(questions.questions, 1):
        began = perf_counter()
        answer = system.ask(question.question, question.history, depth)
        milliseconds[question.question_id] = (perf_counter() - began) * 1000
        outcomes.append(grade(question, _named(answer, questions), depth))
        progress(done)
    return SetRun(questions.name, questions.sha256, score(outcomes), milliseconds)


def _named(answer: Answer, questions: QuestionSet) -> Answer:
    """Return `answer` with documents called what the collection calls them."""
    names = questions.names
    if not names:
        return answer
    passages = tuple(
        replace(
            passage,
            citation=replace(
                passage.citation,
                document_id=names.get(passage.citation.document_id, passage.citation.document_id),
            ),
        )
        for passage in answer.passages
    )
    return replace(answer, passages=passages)


def write_trec(folder: Path, runs: Iterable[SetRun], tag: str) -> None:
    """Write each set's run and judgements as TREC files, so that anyone can score them."""
    for run in runs:
        stem = Path(run.name).stem or run.name
        outcomes = [one.outcome for one in run.scored]
        judged = [one for one in outcomes if one.targets]
        rankings = {one.question.question_id: one.items for one in judged}
        qrels = {one.question.question_id: dict(one.targets) for one in judged}
        write_run(folder / f"{stem}.run", rankings, tag)
        write_qrels(folder / f"{stem}.qrels", qrels)
