"""The command `kysy ask`: one question from the command line, answered with citations.

Knows options and how an answer is printed. Does not know how it is found.
"""

import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import Annotated

import typer

from corpus.errors import KysyError
from corpus.model import LANGUAGES, Language
from qa.compose import open_assistant
from qa.model import Answer, Finding, RankedPassage, Row
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
        _show(answer)
    if answer.status == "not_found":
        raise typer.Exit(1)


def _language(text: str | None) -> Language | None:
    if text is None:
        return None
    if text in LANGUAGES:
        return text
    raise KysyError("there is no such language", where=text, fix="use fi, sv or en")


def _show(answer: Answer) -> None:
    if answer.interpreted_question != answer.question:
        typer.secho(_plain(f"({answer.interpreted_question})"), dim=True)
    if answer.answer is not None and answer.answer.rows:
        _show_rows(answer.answer.rows)
    elif answer.answer is not None:
        _show_finding(answer.answer)
    elif answer.status == "ambiguous":
        typer.echo("Which one do you mean?")
        for candidate in answer.candidates:
            typer.echo(_plain(f"  kysy ask {json.dumps(candidate.question, ensure_ascii=False)}"))
    else:
        typer.secho("The documents do not say. Nearest passages:", bold=True)
    for passage in answer.passages:
        _show_passage(passage)
    if answer.explanation is not None:
        typer.echo(_plain(json.dumps(answer.explanation, ensure_ascii=False, indent=2)))


def _show_finding(finding: Finding) -> None:
    numbers = "".join(f" [{number}]" for number in finding.citations)
    typer.echo(typer.style(_plain(finding.text), bold=True) + typer.style(numbers, fg="cyan"))
    for related in finding.related:
        typer.echo(_plain(f"  {related.label}: {related.value}"))


def _show_rows(rows: Sequence[Row]) -> None:
    for row in rows:
        cited = row.citation
        typer.echo(_plain(f"{row.title}: ") + typer.style(_plain(row.value), bold=True))
        typer.secho(_plain(f"    {cited.source}:{cited.start}-{cited.end}"), dim=True)


def _show_passage(passage: RankedPassage) -> None:
    cited = passage.citation
    place = " › ".join((cited.title, *cited.section))
    typer.secho(_plain(f"[{passage.rank}] {place}"), fg="cyan")
    typer.echo(_marked(passage.text, passage.highlights))
    edited = f", page edited {cited.modified:%d.%m.%Y}" if cited.modified else ""
    typer.secho(_plain(f"    {cited.source}:{cited.start}-{cited.end}{edited}"), dim=True)


def _marked(text: str, highlights: Sequence[tuple[int, int]]) -> str:
    """Return the text with its highlights in bold, where the output is a terminal."""
    pieces, done = [], 0
    for start, end in sorted(highlights):
        first = max(start, done)  # of spans that overlap
        pieces += [_plain(text[done:first]), typer.style(_plain(text[first:end]), bold=True)]
        done = max(done, end)
    return "".join((*pieces, _plain(text[done:])))


def _plain(text: str) -> str:
    """Leave out what steers a terminal, controls and marks of direction: a document is text."""
    steering = ("Cc", "Cf")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in steering)
