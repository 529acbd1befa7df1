"""What the commands share: options, exit codes, printing.

Exit codes: 0 fine, 1 the check failed, 2 wrong use or an error in one line on stderr. Does not know
any command.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from corpus.errors import KysyError
from qa.settings import Settings

Data = Annotated[Path | None, typer.Option("--data", help="data directory", envvar="KYSY_DATA")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON for machines")]


@contextmanager
def plain_errors() -> Iterator[None]:
    """Show an error of ours or of the file system as one line on stderr; leave with exit code 2."""
    try:
        yield
    except KysyError as error:
        _complain(str(error))
        raise typer.Exit(2) from error
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}")
        raise typer.Exit(2) from error


def _complain(line: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"kysy: {line}", markup=False)


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
