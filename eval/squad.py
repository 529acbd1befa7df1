"""`squad2_fi_retrieval` as BEIR folders: Finnish passages, questions in Finnish and in English.

Knows the two gzipped files (`passages.jsonl.gz`: id, fi; `queries.jsonl.gz`: id, passage, fi, en).
Does not know how they are searched.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.errors import KysyError
from corpus.model import Language
from eval.beir import BeirDocument, BeirQuery, write_beir

_LANGUAGES: tuple[Language, ...] = ("fi", "en")


def convert_squad(data: Path, out: Path) -> tuple[Path, ...]:
    """Write `out/squad2-fi` and `out/squad2-en` from the folder `data` and return them."""
    passages = list(_rows(data / "passages.jsonl.gz", ("id", "fi")))
    queries = list(_rows(data / "queries.jsonl.gz", ("id", "passage", *_LANGUAGES)))
    documents = [BeirDocument(row["id"], row["fi"]) for row in passages]
    qrels = {row["id"]: {row["passage"]: 1} for row in queries}
    folders = []
    for lang in _LANGUAGES:
        folder = out / f"squad2-{lang}"
        asked = [BeirQuery(row["id"], row[lang], lang) for row in queries]
        write_beir(folder, documents, asked, qrels)
        folders.append(folder)
    return tuple(folders)


def _rows(path: Path, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KysyError("cannot be read as gzipped JSON Lines", where=str(path)) from error
    for number, line in enumerate(lines, 1):
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise KysyError(f"is not JSON ({error.msg})", where=where) from error
        missing = [key for key in keys if not isinstance(row.get(key), str)]
        if missing:
            raise KysyError(f'has no text "{missing[0]}"', where=where)
        yield row
