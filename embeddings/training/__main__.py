"""The recipe's command: `python -m embeddings.training DATA_DIR --out DIR`.

It knows the order of the recipe: tokenizer, tokens, training, export, figures. It does not know
how any of them works.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import KysyError
from embeddings.encoder import BUNDLED, open_encoder
from embeddings.training.baseline import bm25_figures
from embeddings.training.benchmarks import retrieval
from embeddings.training.evaluate import evaluate, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the recipe, or only its evaluation; 0 when all went well, 2 on an error."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    try:
        if not options.evaluate:
            _make(options)
        encoder = open_encoder(options.evaluate or str(options.out))
        measured = evaluate(encoder, options.data, options.every)
        if options.bm25:
            measured += bm25_figures(retrieval(options.data, options.every))
        figures = table(measured) + "\n"
        sys.stdout.write(figures)
        if not options.evaluate:
            with (options.out / "README.md").open("a", encoding="utf-8") as card:
                card.write(figures)
    except KysyError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _make(options: argparse.Namespace) -> None:
    from embeddings.training.recipe import Recipe  # noqa: PLC0415 - evaluation needs no torch
    from embeddings.training.run import make_model  # noqa: PLC0415 - evaluation needs no torch

    recipe = Recipe(seed=options.seed)
    if options.steps:
        recipe = recipe.scaled(options.steps)
    make_model(options.data, options.out, options.work, recipe, options.minutes)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m embeddings.training", description=__doc__)
    parser.add_argument("data", type=Path, help="directory with parallel/, eval/ and so on")
    parser.add_argument("--out", type=Path, default=Path("kysy-static"), help="folder to write")
    parser.add_argument(
        "--work", type=Path, default=Path("build/training"), help="tokens and checkpoint"
    )
    parser.add_argument("--minutes", type=float, help="train about so long instead of --steps")
    parser.add_argument("--steps", type=int, help="number of training steps in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="score every n-th question only")
    parser.add_argument("--bm25", action="store_true", help="score the word search beside it")
    parser.add_argument(
        "--evaluate",
        metavar="MODEL",
        nargs="?",
        const=BUNDLED,
        help="train nothing; score this model (a name or a folder; default: the bundled one)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
