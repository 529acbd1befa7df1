"""Running sets of either form over the system that was asked for, with a progress bar.

Knows how paths become sets and which system answers each. Does not know measures or printing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.errors import KysyError
from eval.beir import is_beir, open_beir, topic_questions
from eval.local import check_set, open_local
from eval.remote import HttpSystem
from eval.results import Result, SetRun, summarise
from eval.runner import Progress as Told
from eval.runner import run_set
from eval.sets import QuestionSet, read_set
from eval.systems import Identity, LocalSystem, System
from qa.settings import Settings

BEIR_DEPTH = 100
"""Passages asked for at least when documents are ranked: several may come from one document."""


@dataclass(frozen=True, slots=True)
class Topics:
    """TREC topics with their judgements, over the documents that are indexed."""

    topics: Path
    qrels: Path


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: sets, where the data is, or the server's address, and how deep to look.

    `options` switch legs and stages of the assistant (`qa.retrieve.RankingOptions`), `variant` is
    what the result calls it.
    """

    sets: tuple[Path, ...]
    settings: Settings
    url: str | None = None
    depth: int = 10
    seed: int = 0
    check: bool = True
    options: Any = None
    variant: str = "kysy"
    topics: Topics | None = None


def run_plan(plan: Plan, system: System | None = None) -> tuple[Result, tuple[SetRun, ...]]:
    """Run every set; `system` answers those of our own form when it is given."""
    _refuse_same_names(plan.sets)
    runs = []
    identity: Identity | None = None
    for path in plan.sets:
        if is_beir(path):
            run, identity = _run_beir(path, plan)
        else:
            system = system or _system(plan)
            run, identity = _run_own(path, plan, system), system.identity()
        runs.append(run)
    if plan.topics:
        system = system or _system(plan)
        judged = topic_questions(plan.topics.topics, plan.topics.qrels)
        runs.append(_run(judged, system, max(plan.depth, BEIR_DEPTH)))
        identity = system.identity()
    if identity is None:
        raise KysyError("no question set given", fix="name a .jsonl file or a BEIR folder")
    return summarise(runs, identity, seed=plan.seed, depth=plan.depth), tuple(runs)


def _refuse_same_names(paths: tuple[Path, ...]) -> None:
    names = [path.name for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise KysyError(f'two sets are called "{name}"', fix="rename one of them")


def _system(plan: Plan) -> System:
    return HttpSystem(plan.url) if plan.url else _local(plan, plan.settings)


def _local(plan: Plan, settings: Settings) -> LocalSystem:
    return open_local(settings, variant=plan.variant, options=plan.options)


def _run_own(path: Path, plan: Plan, system: System) -> SetRun:
    questions = read_set(path)
    if plan.check and isinstance(system, LocalSystem):
        for warning in check_set(questions, system, path):
            Console(stderr=True, soft_wrap=True).print(warning, markup=False, highlight=False)
    return _run(questions, system, plan.depth)


def _run_beir(path: Path, plan: Plan) -> tuple[SetRun, Identity]:
    if plan.url:
        raise KysyError(
            "a BEIR folder brings its own documents, a server has others",
            where=str(path),
            fix="run it without --url",
        )
    questions, settings = open_beir(path, plan.settings)
    system = _local(plan, settings)
    return _run(questions, system, max(plan.depth, BEIR_DEPTH)), system.identity()


def _run(questions: QuestionSet, system: System, depth: int) -> SetRun:
    with progress_bar(questions.name, len(questions.questions)) as told:
        return run_set(questions, system, depth=depth, progress=told)


@contextmanager
def progress_bar(name: str, total: int) -> Iterator[Told]:
    """Show a progress bar on stderr while a set runs."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(name, total=total)
        yield lambda done: bar.update(task, completed=done)
