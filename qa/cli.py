"""The command `kysy`: finds its subcommands, shows every error as one line.

Knows the entry-point group `kysy.commands`, through which each package brings its own commands:
`qa` imports neither `web` nor `eval`, and a command loads only what it needs. Does not know what
any command does.
"""

import atexit
import gc
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import typer
from pydantic import ValidationError

from corpus.errors import KysyError

GROUP = "kysy.commands"
# Objects made between two looks for garbage: a start makes many and drops few, and so do answers.
GARBAGE_THRESHOLD = 100_000
ORDER = ("index", "add", "remove", "status", "ask", "serve", "eval")


def main() -> None:
    """Run the command line; a `KysyError` is one line on stderr and exit code 2."""
    gc.set_threshold(GARBAGE_THRESHOLD)
    atexit.register(gc.freeze)  # what is left goes with the process: looking it through takes .1 s
    try:
        make_app(sys.argv[1:])()
    except KysyError as error:
        sys.stderr.write(f"kysy: {error}\n")
        sys.exit(2)
    except ValidationError as error:
        sys.stderr.write(f"kysy: {_setting_error(error)}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def make_app(arguments: Sequence[str]) -> typer.Typer:
    """Return the command with the subcommand that is called, or with all of them for help."""
    app = typer.Typer(
        name="kysy",
        help="Ask project documents; get the passage that answers, word for word, with its source.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_several)
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    called = [found[name] for name in arguments[:1] if name in found]
    for entry in called or sorted(found.values(), key=_place):
        _join(app, entry.name, entry.load())
    return app


def _several() -> None:
    """Keep a lone subcommand a subcommand."""


def _place(entry: EntryPoint) -> tuple[int, str]:
    return (ORDER.index(entry.name) if entry.name in ORDER else len(ORDER), entry.name)


def _join(app: typer.Typer, name: str, found: typer.Typer | Callable[..., Any]) -> None:
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name)
    else:
        app.command(name)(found)


def _setting_error(error: ValidationError) -> str:
    found = error.errors()[0]
    name = "_".join(str(part) for part in found["loc"]).upper()
    return f"KYSY_{name}: {found['msg']}"
