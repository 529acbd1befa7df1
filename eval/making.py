"""Commands that make things: ablation tables, and question sets from feedback or from nothing.

Knows arguments and what is printed. Does not know how anything is computed.
"""

from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import KysyError
from eval.ablate import COLUMNS, Variant, ablate
from eval.feedback import FILE_NAME, harvest, read_feedback, write_rows
from eval.local import encoder_identity, index_folder, open_local, texts_of
from eval.lookalike_questions import questions as lookalike_questions
from eval.lookalikes import Family, make_world, write_pages
from eval.results import write_result
from eval.running import Plan
from eval.squad import convert_squad
from eval.tables import SHORT, figure, plain_table
from eval.terminal import Data, plain_errors, settings_for, wide_console
from qa.settings import Settings


def ablate_command(
    sets: Annotated[list[Path], typer.Argument(help="question sets: .jsonl files, BEIR folders")],
    data: Data = None,
    encoder: Annotated[list[str] | None, typer.Option(help="another encoder; repeatable")] = None,
    documents: Annotated[
        Path | None, typer.Option(help="the documents, to index with another encoder")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="write each row's result here")] = None,
    depth: Annotated[int, typer.Option(min=1, max=50, help="passages looked at")] = 10,
) -> None:
    """Print what each leg and stage is worth, and another encoder in the bundled one's place."""
    with plain_errors():
        settings = settings_for(data)
        others = [_variant(settings, name, documents) for name in encoder or ()]
        rows = []
        for result in ablate(Plan(tuple(sets), settings, depth=depth), others):
            rows.append((result.system.name, *(figure(result.total.get(one)) for one in COLUMNS)))
            if out is not None:
                out.mkdir(parents=True, exist_ok=True)
                write_result(out / f"{len(rows):02d}.json", result)
    heads = ("step", *(SHORT.get(name, name) for name in COLUMNS))
    wide_console().print(plain_table(", ".join(path.name for path in sets), heads, rows))


def _variant(settings: Settings, encoder: str, documents: Path | None) -> Variant:
    """Return the settings of an index made with another encoder, which is built if it is not.

    A BEIR folder brings its own documents, so none need be named for it.
    """
    changed = settings.model_copy(update={"encoder": encoder})
    if documents is None:
        return Variant(encoder, changed)
    if not documents.exists():
        raise KysyError("is not there", where=str(documents), fix="name the indexed folder")
    name = f"{documents.resolve()} {encoder_identity(changed)}"
    home = settings.data / "eval" / sha256(name.encode("utf-8")).hexdigest()[:16]
    own = changed.model_copy(update={"data": home})
    index_folder(documents, own)
    return Variant(encoder, own)


def feedback_command(
    out: Annotated[Path, typer.Argument(help="question set to write (.jsonl)")],
    data: Data = None,
) -> None:
    """Make a question set from the readers' feedback; what needs a person goes to *.open.jsonl."""
    with plain_errors():
        settings = settings_for(data)
        verdicts = read_feedback(settings.data / FILE_NAME)
        found = harvest(verdicts, texts_of(open_local(settings)))
        write_rows(out, found.judged)
        if found.open:
            write_rows(out.with_suffix(".open.jsonl"), found.open)
    typer.echo(f"{len(found.judged)} questions judged, {len(found.open)} for a person to judge")


def lookalikes_command(
    out: Annotated[Path, typer.Argument(help="folder to write pages and questions into")],
    count: Annotated[int, typer.Option(min=1, help="pages")] = 300,
    seed: Annotated[int, typer.Option(help="other names and values with another seed")] = 1,
    family: Annotated[
        Family, typer.Option(help="words and wordings; nothing is fitted on r to v")
    ] = "b",
) -> None:
    """Write project pages that are nearly alike, and questions that only one of them answers."""
    with plain_errors():
        world = make_world(count, seed, family)
        rows = lookalike_questions(world, seed)
        write_pages(out / "pages", world)
        write_rows(out / "questions.jsonl", rows)
    typer.echo(f"{count} pages in {out}/pages, {len(rows)} questions in {out}/questions.jsonl")


def convert_command(
    data: Annotated[Path, typer.Argument(help="folder with passages.jsonl.gz, queries.jsonl.gz")],
    out: Annotated[Path, typer.Argument(help="folder to write the BEIR folders into")],
) -> None:
    """Convert squad2_fi_retrieval to BEIR: Finnish passages, Finnish and English questions."""
    with plain_errors():
        for folder in convert_squad(data, out):
            typer.echo(str(folder))
