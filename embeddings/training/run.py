"""Makes the model from the data: tokenizer, tokens, training, export.

It knows which part comes after which and what is kept in the work folder for a resumed run. It
does not know the command line or the benchmarks' figures.
"""

import logging
import time
from pathlib import Path

from tokenizers import Tokenizer

from corpus.errors import KysyError
from embeddings.training.benchmarks import held_out
from embeddings.training.data import Source, load_sources
from embeddings.training.export import export
from embeddings.training.prepare import prepare, vocabulary_texts
from embeddings.training.recipe import Recipe
from embeddings.training.tokenizer import train_tokenizer
from embeddings.training.train import Training

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
    """Write the model folder `out`; `work` keeps tokens and a checkpoint to go on from.

    `sources` are those of the shipped table unless given. With `minutes`, the number of steps
    follows from the speed of the first ones. Raises `TrainingDataError` for the data and
    `KysyError` for the work folder.
    """
    work.mkdir(parents=True, exist_ok=True)
    sources = load_sources() if sources is None else sources
    kept_out = held_out(data)
    tokenizer = _tokenizer(sources, data, kept_out, work, recipe)
    tokens = [prepare(source, data, tokenizer, kept_out, work / "tokens") for source in sources]
    training = Training(tokens, tokenizer.get_vocab_size(), recipe)
    checkpoint = work / "checkpoint.npz"
    if checkpoint.exists():
        training.load(checkpoint)
        logger.info("going on from step %d", training.progress.done)
    elif minutes:
        training.progress.steps = _steps_in(training, minutes)
    training.run(checkpoint)
    export(training.table.averaged().numpy(), tokenizer, _CARD.read_text(encoding="utf-8"), out)
    logger.info("written: %s", out)


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


def _steps_in(training: Training, minutes: float) -> int:
    """Return how many steps fit, by the time of the first ones, which are kept."""
    started = time.monotonic()
    for _ in range(_PROBE_STEPS):
        training.step()
    return max(_PROBE_STEPS, round(minutes * 60 * _PROBE_STEPS / (time.monotonic() - started)))
