"""The command `kysy ask`: one question from the command line, answered with citations.

Knows options and how an answer is printed. Does not know how it is found.
"""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.errors import KysyError
from corpus.model import LANGUAGES, Language
from qa.compose import open_assistant
from qa.model import Answer, RankedPassage
from qa.options import Data, Json
from qa.serialising import answer_to_dict
from qa.settings import load_settings


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


def _language(text: str | None) -> Language | None:
    if text is None:
        return None
    if text in LANGUAGES:
        return text
    raise KysyError("there is no such language", where=text, fix="use fi, sv or en")


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
