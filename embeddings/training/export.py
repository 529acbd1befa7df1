"""Writes a trained table as one folder that model2vec and sentence-transformers both load.

It knows the folder's format. It does not know how the table was trained. Storage is float16: both
libraries compute with it as it stands (sentence-transformers 6 cannot load int8 tables). Vectors
are plain means, not unit length: a normalising module of half precision makes NaN of an empty text.
"""

import json
import os
import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_LARGEST = 1.0
_STATIC = "sentence_transformers.models.StaticEmbedding"


def export(rows: NDArray[np.float32], tokenizer: Tokenizer, card: str, folder: Path) -> None:
    """Write `rows` (vocabulary, dim) and the tokenizer to `folder`, replacing what is there.

    The folder is written aside and renamed. `card` becomes README.md. Vectors do not depend on the
    table's overall scale, so it is set to fill the range of half precision well.
    """
    aside = folder.with_name(folder.name + ".new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    scaled = rows * (_LARGEST / np.abs(rows).max())
    save_file({"embeddings": scaled.astype(np.float16)}, aside / "model.safetensors")
    (aside / "model.safetensors").chmod(0o644)  # the library writes it for its owner alone
    tokenizer.save(str(aside / "tokenizer.json"), pretty=False)
    _write_json(aside / "config.json", _configuration(rows.shape[1]))
    module = {"idx": 0, "name": "0", "path": ".", "type": _STATIC}
    _write_json(aside / "modules.json", [module])
    (aside / "README.md").write_text(card, encoding="utf-8")
    _replace(aside, folder)


def _configuration(dim: int) -> dict[str, object]:
    return {
        "model_type": "model2vec",
        "architectures": ["StaticModel"],
        "tokenizer_name": "",
        "apply_pca": dim,
        "apply_zipf": False,
        "hidden_dim": dim,
        "seq_length": 1_000_000,
        "max_length": None,
        "normalize": False,
        "embedding_dtype": "float16",
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def _replace(aside: Path, folder: Path) -> None:
    """Put `aside` in the place of `folder`."""
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(aside, folder)
    shutil.rmtree(old, ignore_errors=True)
