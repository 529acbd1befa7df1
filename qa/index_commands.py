"""The commands that change and show the index: `index`, `add`, `remove`, `status`.

Knows options, progress bars and how a report is printed. Does not know how a snapshot is built.
Errors are left to the command line's `main`, which shows them as one line.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from corpus.language import open_analyzer
from embeddings.build import BuildReport, Options, add, build, remove
from embeddings.encoder import open_encoder
from embeddings.snapshot import Snapshot, catalogue
from qa.confidence import shipped_table
from qa.options import Data, Json
from qa.settings import Settings, load_settings

Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="files or folders")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="ids, as `kysy status` lists them")]
Verify = Annotated[bool, typer.Option("--verify", help="check the SHA-256 of every file")]

_STAGES = {
    "read": "Reading files",
    "embed": "Embedding passages",
    "words": "Analysing words",
    "write": "Writing the snapshot",
}


def index_command(paths: Paths, data: Data = None, as_json: Json = False) -> None:
    """Build a snapshot of the documents at PATH... and publish it in place of the one before."""
    _publish(build, paths, data, as_json)


def add_command(paths: Paths, data: Data = None, as_json: Json = False) -> None:
    """Add the documents at PATH..., or read them again where they are known."""
    _publish(add, paths, data, as_json)


def remove_command(ids: Ids, data: Data = None, as_json: Json = False) -> None:
    """Remove the documents ID..."""
    _publish(remove, ids, data, as_json)


def status_command(data: Data = None, as_json: Json = False, verify: Verify = False) -> None:
    """Show what is indexed, with which encoder."""
    manifest, documents = catalogue(load_settings(data).data, verify=verify)
    facts = manifest.model_dump(mode="json", exclude={"files", "format"})
    listed = [
        {"id": d.document_id, "title": d.title, "language": d.language, "passages": d.passages}
        for d in documents
    ]
    if as_json:
        typer.echo(json.dumps({**facts, "list": listed}, ensure_ascii=False, indent=2))
        return
    for name, value in facts.items():
        typer.echo(f"{name:<10} {value}")
    for document in listed:
        typer.echo(f"  {document['id']}  {document['title']}  ({document['passages']} passages)")


def _publish(
    change: Callable[..., BuildReport],
    given: Sequence[Path] | Sequence[str],
    data: Path | None,
    as_json: bool,
) -> None:
    """Change the index by what is given, with progress, and print what came of it."""
    settings = load_settings(data)
    encoder, analyzer = open_encoder(settings.encoder), open_analyzer()
    with _options(settings, as_json) as options:
        report = change(given, settings.data, encoder, analyzer, **options)
    _show(report, as_json)


@contextmanager
def _options(settings: Settings, as_json: bool) -> Iterator[Options]:
    """Show progress on stderr while the block runs, unless that is for machines."""
    columns = (
        TextColumn("{task.description:<21}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=as_json or not console.is_terminal) as bars:
        yield Options(
            max_bytes=settings.max_file_bytes, progress=_progress(bars), calibrate=_calibrate
        )


def _calibrate(snapshot: Snapshot) -> Mapping[str, Any]:
    """Return what is stored with a snapshot: the calibration of the encoder that made it."""
    return shipped_table(snapshot.manifest.encoder)


def _progress(bars: Progress) -> Callable[[str, int, int], None]:
    tasks: dict[str, TaskID] = {}

    def tell(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(_STAGES.get(stage, stage), total=total)
        bars.update(tasks[stage], completed=done, total=total)

    return tell


def _show(report: BuildReport, as_json: bool) -> None:
    """Print a report: the outcome on stdout, files that were left out on stderr."""
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
        return
    for skipped in report.skipped:
        typer.echo(f"kysy: {skipped.source}: {skipped.reason} (skipped)", err=True)
    typer.echo(
        f"{report.documents} documents, {report.passages} passages"
        f" ({report.embedded} embedded, {report.reused} unchanged): snapshot {report.snapshot_id}"
    )
