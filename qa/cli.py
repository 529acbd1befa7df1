"""The command `kysy`: asking, indexing, and whatever other packages add to it.

Knows how answers and errors are printed. Does not know how answers are found; commands of other
packages join through the entry-point group `kysy.commands`, so that `qa` imports none of them.
"""

import json
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.errors import KysyError
from corpus.model import LANGUAGES, Language
from qa.compose import open_assistant
from qa.index_commands import Data, Json, add_command, index_command, remove_command, status_command
from qa.model import Answer, RankedPassage
from qa.serialising import answer_to_dict
from qa.settings import load_settings

GROUP = "kysy.commands"


def ask_command(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="what you want to know")],
    data: Data = None,
    as_json: Json = False,
    top_k: Annotated[int | None, typer.Option("--top-k", min=1, max=50, help="passages")] = None,
    language: Annotated[str | None, typer.Option(help="fi, sv or en; recognised if unset")] = None,
    document: Annotated[list[str] | None, typer.Option(help="only this document id")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="show how it was found")] = False,
) -> None:
    """Answer QUESTION with citations; exit 1 when the documents do not say."""
    settings = load_settings(data)
    answer = open_assistant(settings).ask(
        question,
        documents=document,
        language=_language(language),
        top_k=top_k or settings.top_k,
        explain=explain,
    )
    if as_json:
        sys.stdout.write(json.dumps(answer_to_dict(answer), ensure_ascii=False) + "\n")
    else:
        _show(answer, Console())
    if answer.status == "not_found":
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; a `KysyError` is one line on stderr and exit code 2."""
    app = make_app()
    try:
        app()
    except KysyError as error:
        sys.stderr.write(f"kysy: {error}\n")
        sys.exit(2)
    except ValidationError as error:
        sys.stderr.write(f"kysy: {_setting_errors(error)}\n")
        sys.exit(2)


def make_app() -> typer.Typer:
    """Return the command with the subcommands of every installed package."""
    app = typer.Typer(
        name="kysy",
        help="Ask project documents; get the passage that answers, word for word, with its source.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.command("index")(index_command)
    app.command("add")(add_command)
    app.command("remove")(remove_command)
    app.command("status")(status_command)
    app.command("ask")(ask_command)
    if len(sys.argv) > 1 and sys.argv[1] in app_commands(app):
        return app
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        _join(app, entry.name, entry.load())
    return app


def app_commands(app: typer.Typer) -> frozenset[str]:
    """Return the names of the commands that are joined already."""
    return frozenset(command.name for command in app.registered_commands if command.name)


def _join(app: typer.Typer, name: str, found: typer.Typer | Callable[..., Any]) -> None:
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name)
    else:
        app.command(name)(found)


def _language(text: str | None) -> Language | None:
    if text is None:
        return None
    if text in LANGUAGES:
        return text
    raise KysyError("there is no such language", where=text, fix="use fi, sv or en")


def _setting_errors(error: ValidationError) -> str:
    found = error.errors()[0]
    name = "_".join(str(part) for part in found["loc"]).upper()
    return f"KYSY_{name}: {found['msg']}"


def _show(answer: Answer, console: Console) -> None:
    if answer.interpreted_question != answer.question:
        console.print(Text(f"({answer.interpreted_question})", style="dim"))
    if answer.answer is not None and answer.answer.rows:
        _show_rows(answer, console)
    elif answer.answer is not None:
        _show_finding(answer, console)
    elif answer.status == "ambiguous":
        console.print("Which one do you mean?")
        for candidate in answer.candidates:
            console.print(Text(f"  kysy ask {json.dumps(candidate.question, ensure_ascii=False)}"))
    else:
        console.print(Text("The documents do not say. Nearest passages:", style="bold"))
    for passage in answer.passages:
        _show_passage(passage, console)
    if answer.explanation is not None:
        console.print_json(data=answer.explanation)


def _show_finding(answer: Answer, console: Console) -> None:
    assert answer.answer is not None
    numbers = "".join(f" [{number}]" for number in answer.answer.citations)
    console.print(Text(answer.answer.text, style="bold") + Text(numbers, style="cyan"))
    for related in answer.answer.related:
        console.print(Text(f"  {related.label}: {related.value}"))


def _show_rows(answer: Answer, console: Console) -> None:
    assert answer.answer is not None
    table = Table("Document", answer.answer.label or "Value", "Source")
    for row in answer.answer.rows:
        place = f"{row.citation.source}:{row.citation.start}-{row.citation.end}"
        table.add_row(Text(row.title), Text(row.value), Text(place))
    console.print(table)


def _show_passage(passage: RankedPassage, console: Console) -> None:
    cited = passage.citation
    place = " › ".join((cited.title, *cited.section))
    console.print(Text(f"[{passage.rank}] {place}", style="cyan"))
    text = Text(passage.text)
    for start, end in passage.highlights:
        text.stylize("bold", start, end)
    console.print(text)
    edited = f", page edited {cited.modified:%d.%m.%Y}" if cited.modified else ""
    console.print(Text(f"    {cited.source}:{cited.start}-{cited.end}{edited}", style="dim"))
