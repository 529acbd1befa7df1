"""Any sentence-transformers model as an encoder.

Knows that library's models and their own query and passage prompts. Does not know the bundled
table. The only module that imports sentence_transformers (and torch with it), so it is itself
imported only when such a model is asked for.

On a busy machine one thread is faster than several: set OMP_NUM_THREADS=1.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from huggingface_hub import snapshot_download
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from corpus.errors import KysyError
from embeddings.model import Floats

# Prose about a model does not change its vectors.
_NOT_THE_MODEL = {".md", ".gitattributes", ".lock"}
_PART = 1 << 20
# What model authors call the two sides, the commonest first.
_QUERY_PROMPTS = ("query", "question")
_PASSAGE_PROMPTS = ("document", "passage", "corpus")


class TransformerEncoder:
    """An `Encoder` over a loaded model; prompts come from the model's own configuration."""

    def __init__(self, model: SentenceTransformer, identity: str) -> None:
        self._model = model
        self._identity = identity
        self._query_prompt = _prompt(model, _QUERY_PROMPTS, _PASSAGE_PROMPTS)
        self._passage_prompt = _prompt(model, _PASSAGE_PROMPTS, _QUERY_PROMPTS)
        self._dim = int(np.asarray(model.encode(["dim"], show_progress_bar=False)).shape[1])

    @property
    def identity(self) -> str:
        """Last part of the model's name and hash of its files."""
        return self._identity

    @property
    def dim(self) -> int:
        """Length of a row."""
        return self._dim

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        """Return rows for questions, with the model's query prompt where it has one."""
        if not texts:
            return np.zeros((0, self._dim), dtype=np.float32)
        rows = self._model.encode_query(
            list(texts),
            prompt=self._query_prompt,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Return rows for passages, with the model's passage prompt where it has one."""
        if not texts:
            return np.zeros((0, self._dim), dtype=np.float32)
        rows = self._model.encode_document(
            list(texts),
            prompt=self._passage_prompt,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, dtype=np.float32)


def open_transformer(name: str) -> TransformerEncoder:
    """Open a model by the path of its folder, or by its name (from the local cache or the hub)."""
    # "Loading weights" would stand between a command and its one line.
    disable_progress_bar()  # type: ignore[no-untyped-call]  # not annotated
    local = Path(name).is_dir()
    try:
        model = SentenceTransformer(name, local_files_only=local)
        folder = Path(name) if local else Path(snapshot_download(name, local_files_only=True))
        identity = f"{folder.resolve().name if local else name}:{_digest(folder)}"
    except Exception as error:  # the hub, torch and tokenizers each raise types of their own
        reason = str(error).strip().partition("\n")[0]
        raise KysyError(
            f"the sentence-transformers model cannot be opened ({type(error).__name__}: {reason})",
            where=name,
            fix="check the name or path in KYSY_ENCODER",
        ) from error
    return TransformerEncoder(model, identity)


def _prompt(model: SentenceTransformer, names: tuple[str, ...], others: tuple[str, ...]) -> str:
    """Return the model's prompt for one side: by its name, or its default one, or none.

    The library adds an empty "document" prompt to every model and would take that one before a
    model's own "passage"; and a default prompt that belongs to the other side is not for this one.
    """
    for name in names:
        if prompt := model.prompts.get(name):
            return prompt
    default = model.default_prompt_name
    return "" if default is None or default in others else model.prompts.get(default) or ""


def _digest(folder: Path) -> str:
    """Hash of every file that makes the model: weights, configuration, tokenizer, prompts."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if not path.is_file() or path.suffix in _NOT_THE_MODEL or relative.name.startswith("."):
            continue
        digest.update(relative.as_posix().encode() + b"\0")
        with path.open("rb") as file:
            while part := file.read(_PART):
                digest.update(part)
    return digest.hexdigest()[:16]
