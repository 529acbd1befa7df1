"""`kysy eval`: run, score, compare, gate, report and the rest, as commands.

Knows arguments and what is printed. Does not know how anything is computed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import KysyError
from eval.compare import Comparison, Pair, compare, most_changed, pairs
from eval.gate import Check, parse_floor
from eval.gate import check as check_gate
from eval.making import ablate_command, convert_command, feedback_command, lookalikes_command
from eval.measures import STANDARD, mean, measure_run
from eval.report import render_report
from eval.results import Result, brief, read_result, write_result
from eval.runner import write_trec
from eval.running import Plan, Topics, run_plan
from eval.tables import SHORT, figure, plain_table, result_table
from eval.terminal import AsJson, Data, plain_errors, settings_for, show, wide_console
from eval.trec import read_qrels, read_run

app = typer.Typer(
    help="Measure the answers: question sets, comparisons, gates and reports.",
    no_args_is_help=True,
)

Seed = Annotated[int, typer.Option(help="seed of the resampling")]


@app.command("run")
def run_command(
    sets: Annotated[
        list[Path] | None, typer.Argument(help="question sets: .jsonl files, BEIR folders")
    ] = None,
    data: Data = None,
    url: Annotated[str | None, typer.Option(help="measure a running server instead")] = None,
    out: Annotated[Path | None, typer.Option(help="write result.json and TREC files here")] = None,
    depth: Annotated[int, typer.Option(min=1, max=50, help="passages looked at")] = 10,
    topics: Annotated[Path | None, typer.Option(help="TREC topics instead of a set")] = None,
    qrels: Annotated[Path | None, typer.Option(help="judgements of the topics")] = None,
    seed: Annotated[int, typer.Option(help="kept in the result")] = 0,
    check: Annotated[bool, typer.Option(help="check gold texts against the documents")] = True,
    as_json: AsJson = False,
) -> None:
    """Score question sets: one table in total, by language and by type."""
    with plain_errors():
        plan = Plan(
            tuple(sets or ()),
            settings_for(data),
            url,
            depth=depth,
            seed=seed,
            check=check,
            topics=_topics(topics, qrels),
        )
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


def _topics(topics: Path | None, qrels: Path | None) -> Topics | None:
    if (topics is None) != (qrels is None):
        raise KysyError("topics and judgements go together", fix="give --topics and --qrels")
    return Topics(topics, qrels) if topics and qrels else None


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


@app.command("compare")
def compare_command(
    first: Annotated[Path, typer.Argument(help="result.json, or the folder it is in")],
    second: Annotated[Path, typer.Argument(help="the result to judge against the first")],
    changed: Annotated[int, typer.Option(min=0, help="most changed questions shown")] = 10,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Compare two results of the same questions: is the second better, and is it chance."""
    with plain_errors():
        both = pairs(_result(first), _result(second))
        rows = compare(both, seed=seed)
    if as_json:
        show([{name: getattr(row, name) for name in Comparison.__slots__} for row in rows])
        return
    heads = ("measure", "n", "first", "second", "difference", "95% interval", "p", "w/t/l")
    console = wide_console()
    console.print(plain_table(f"{first} → {second}", heads, [_compared(row) for row in rows]))
    shown = [_changed(pair) for pair in most_changed(both, changed)]
    if shown:
        console.print(
            plain_table("Most changed", ("question", "first", "second"), shown, justify="left")
        )


@app.command("gate")
def gate_command(
    sets: Annotated[list[Path], typer.Argument(help="question sets")],
    baseline: Annotated[Path, typer.Option(help="result.json that must not be undercut")],
    floor: Annotated[list[str] | None, typer.Option(help="bound, hit@1=0.9; repeatable")] = None,
    data: Data = None,
    url: Annotated[str | None, typer.Option(help="judge a running server instead")] = None,
    update: Annotated[bool, typer.Option(help="write the baseline instead of judging")] = False,
    seed: Seed = 0,
) -> None:
    """Run the sets and fail (exit 1) on a drop beyond chance or a figure below its floor."""
    with plain_errors():
        floors = dict(parse_floor(text) for text in floor or ())
        before = None if update else _result(baseline)
        depth = before.depth if before else 10
        now, _ = run_plan(Plan(tuple(sets), settings_for(data), url, depth=depth))
        if before is None:
            write_result(baseline, brief(now))
            typer.echo(f"wrote {baseline}")
            return
        checks = check_gate(before, now, floors, seed=seed)
    heads = ("slice", "measure", "baseline", "now", "verdict")
    rows = [_checked(one) for one in checks]
    wide_console().print(plain_table("Gate", heads, rows, justify="left"))
    shared = len(pairs(before, now))
    if shared < len(before.questions):
        typer.echo(f"{len(before.questions) - shared} questions of the baseline are not in the set")
    if not all(one.passed for one in checks):
        raise typer.Exit(1)


@app.command("report")
def report_command(
    result: Annotated[Path, typer.Argument(help="result.json, or the folder it is in")],
    out: Annotated[Path, typer.Option(help="HTML file to write")] = Path("report.html"),
    baseline: Annotated[Path | None, typer.Option(help="result to compare with")] = None,
) -> None:
    """Write one self-contained HTML page of a result."""
    with plain_errors():
        before = _result(baseline) if baseline else None
        page = render_report(_result(result), before)
        try:
            out.write_text(page, "utf-8")
        except OSError as error:
            raise KysyError(f"cannot be written ({error.strerror})", where=str(out)) from error
    typer.echo(f"wrote {out}")


def _result(path: Path) -> Result:
    return read_result(path / "result.json" if path.is_dir() else path)


def _compared(row: Comparison) -> Sequence[str]:
    return (
        SHORT.get(row.measure, row.measure),
        str(row.n),
        figure(row.first),
        figure(row.second),
        f"{row.difference:+.3f}",
        f"[{row.low:+.3f}, {row.high:+.3f}]",
        f"{row.p:.4f}",
        f"{row.wins}/{row.ties}/{row.losses}",
    )


def _changed(pair: Pair) -> Sequence[str]:
    first, second = pair
    sides = [f"{one.answer or one.status} (rank {one.rank or '–'})" for one in pair]
    return (f"{second.id} {first.question}", *sides)


def _checked(one: Check) -> Sequence[str]:
    return (
        one.slice,
        SHORT.get(one.measure, one.measure),
        figure(one.baseline),
        figure(one.now),
        one.reason or "fine",
    )


app.command("ablate")(ablate_command)
app.command("from-feedback")(feedback_command)
app.command("lookalikes")(lookalikes_command)
app.command("convert-squad")(convert_command)
