"""`kysy eval`: run, score, compare, gate, report and the rest, as commands.

Knows arguments, exit codes (0 fine, 1 the check failed, 2 wrong use) and printing. Does not know
how anything is computed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from corpus.errors import KysyError
from eval.measures import STANDARD, mean, measure_run
from eval.results import write_result
from eval.runner import write_trec
from eval.running import Plan, run_plan
from eval.tables import figure, plain_table, result_table
from eval.trec import read_qrels, read_run
from qa.settings import Settings

app = typer.Typer(
    help="Measure the answers: question sets, comparisons, gates and reports.",
    no_args_is_help=True,
)

Data = Annotated[Path | None, typer.Option("--data", help="data directory", envvar="KYSY_DATA")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON for machines")]


@contextmanager
def plain_errors() -> Iterator[None]:
    """Show a KysyError as one line on stderr and leave with exit code 2."""
    try:
        yield
    except KysyError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"kysy: {error}", markup=False)
        raise typer.Exit(2) from error


def show(value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Print `value` as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True))


def wide_console() -> Console:
    """Return a console that does not cut tables short when its output goes to a file."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=200)


def settings_for(data: Path | None, encoder: str | None = None) -> Settings:
    """Return the settings of the environment with what the command line says on top."""
    given: dict[str, Any] = {"data": data, "encoder": encoder}
    return Settings(**{name: value for name, value in given.items() if value is not None})


@app.command("run")
def run_command(
    sets: Annotated[list[Path], typer.Argument(help="question sets: .jsonl files, BEIR folders")],
    data: Data = None,
    url: Annotated[str | None, typer.Option(help="measure a running server instead")] = None,
    out: Annotated[Path | None, typer.Option(help="write result.json and TREC files here")] = None,
    depth: Annotated[int, typer.Option(min=1, max=50, help="passages looked at")] = 10,
    seed: Annotated[int, typer.Option(help="kept in the result")] = 0,
    check: Annotated[bool, typer.Option(help="check gold texts against the documents")] = True,
    as_json: AsJson = False,
) -> None:
    """Score question sets: one table in total, by language and by type."""
    with plain_errors():
        plan = Plan(tuple(sets), settings_for(data), url, depth, seed, check)
        result, runs = run_plan(plan)
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            write_result(out / "result.json", result)
            write_trec(out, runs, result.system.name)
        if as_json:
            show(result.model_dump(mode="json", exclude={"questions", "timing"}))
            return
        wide_console().print(result_table(result))
        timing = result.timing
        typer.echo(
            f"median {timing.median_ms:.1f} ms, p95 {timing.p95_ms:.1f} ms, "
            f"{len(result.questions)} questions in {timing.seconds:.1f} s"
        )


@app.command("score")
def score_command(
    run: Annotated[Path, typer.Argument(help="TREC run file, anyone's")],
    qrels: Annotated[Path, typer.Argument(help="TREC qrels, or BEIR's qrels/*.tsv")],
    measure: Annotated[list[str] | None, typer.Option(help="measure of ir_measures")] = None,
    as_json: AsJson = False,
) -> None:
    """Score a TREC run: a judged query that the run does not name scores zero."""
    with plain_errors():
        names = tuple(measure or STANDARD)
        scores = measure_run(read_qrels(qrels), read_run(run), names)
    figures = {name: mean(values) for name, values in scores.items()}
    queries = len(next(iter(scores.values()), {}))
    if as_json:
        show({"queries": queries, "measures": figures})
        return
    rows = [(name, figure(value)) for name, value in figures.items()]
    wide_console().print(plain_table(f"{run.name} · {queries} queries", ("measure", "mean"), rows))
