"""Makes the model from the data: tokenizer, tokens, training, export.

It knows which part comes after which and what is kept in the work folder for a resumed run. It
does not know the command line or the benchmarks' figures.
"""

import logging
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from corpus.errors import KysyError
from embeddings.training.benchmarks import held_out
from embeddings.training.data import Source, load_sources
from embeddings.training.export import export
from embeddings.training.mining import mined
from embeddings.training.prepare import Tokens, prepare, vocabulary_texts
from embeddings.training.recipe import Draw, Recipe
from embeddings.training.tokenizer import train_tokenizer
from embeddings.training.train import Training, first_rows

logger = logging.getLogger(__name__)

_PROBE_STEPS = 20
_CARD = Path(__file__).with_name("card.md")


def make_model(
    data: Path,
    out: Path,
    work: Path,
    recipe: Recipe,
    minutes: float | None = None,
    sources: tuple[Source, ...] | None = None,
) -> None:
    """Write the model folder `out`; `work` keeps tokens and checkpoints to go on from.

    `sources` are those of the shipped table unless given. With `minutes`, the number of steps
    follows from the speed of a few. Raises `TrainingDataError` for the data and
    `KysyError` for the work folder.
    """
    work.mkdir(parents=True, exist_ok=True)
    sources = load_sources() if sources is None else sources
    kept_out = held_out(data)
    tokenizer = _tokenizer(sources, data, kept_out, work, recipe)
    tokens = [prepare(source, data, tokenizer, kept_out, work / "tokens") for source in sources]
    first = first_rows(tokens, tokenizer.get_vocab_size(), recipe)
    tokens = [mined(t, first.numpy(), recipe.seed) if t.source.mined else t for t in tokens]
    if minutes:
        recipe = recipe.scaled(_total(tokens, first, recipe, work / "steps", minutes))
    rows = _trained(tokens, first, recipe, work)
    export(rows.numpy(), tokenizer, _CARD.read_text(encoding="utf-8"), out)
    logger.info("written: %s", out)


def _trained(tokens: Sequence[Tokens], rows: Tensor, recipe: Recipe, work: Path) -> Tensor:
    """Return the rows that the last stage ends with; each draw keeps a checkpoint in `work`."""
    for draws in recipe.draws():
        rows = torch.stack([_drawn(tokens, rows, recipe, draw, work) for draw in draws]).mean(0)
    return rows


def _drawn(
    tokens: Sequence[Tokens], rows: Tensor, recipe: Recipe, draw: Draw, work: Path
) -> Tensor:
    training = Training(tokens, rows, recipe, draw)
    checkpoint = work / f"{draw.name}.npz"
    if checkpoint.exists():
        training.load(checkpoint)
        logger.info("%s: going on from step %d", draw.name, training.progress.done)
    training.run(checkpoint)
    return training.table.averaged()


def _tokenizer(
    sources: tuple[Source, ...], data: Path, kept_out: frozenset[str], work: Path, recipe: Recipe
) -> Tokenizer:
    path = work / "tokenizer.json"
    if path.exists():
        try:
            return Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare Exception
            raise KysyError(f"damaged ({error})", where=str(path), fix="delete it") from error
    logger.info("learning %d pieces", recipe.vocabulary)
    texts = vocabulary_texts(sources, data, kept_out, recipe.seed)
    tokenizer = train_tokenizer(texts, recipe.vocabulary, recipe.pieces)
    tokenizer.save(str(path))
    return tokenizer


def _total(
    tokens: Sequence[Tokens], first: Tensor, recipe: Recipe, path: Path, minutes: float
) -> int:
    """Return the steps in all that fit into `minutes`, as a stopped run wrote them down in `path`.

    Raises `KysyError` when the file holds no number.
    """
    if not path.exists():
        path.write_text(str(_steps_in(tokens, first, recipe, minutes)), encoding="utf-8")
    try:
        return int(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise KysyError("not a number of steps", where=str(path), fix="delete it") from error


def _steps_in(tokens: Sequence[Tokens], first: Tensor, recipe: Recipe, minutes: float) -> int:
    """Return how many steps fit, by the time of a few that are thrown away."""
    (draw, *_) = next(recipe.draws())
    training = Training(tokens, first, recipe, draw)
    started = time.monotonic()
    for _ in range(_PROBE_STEPS):
        training.step()
    return max(_PROBE_STEPS, round(minutes * 60 * _PROBE_STEPS / (time.monotonic() - started)))
