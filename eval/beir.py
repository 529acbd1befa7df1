"""BEIR folders (`corpus.jsonl`, `queries.jsonl`, `qrels/*.tsv`): read, written, indexed once.

The corpus goes through the normal path: each document becomes an HTML file (title and paragraphs,
escaped), the files are indexed as any folder is, and the index is kept under the data directory
by the hash of the corpus and the encoder's identity. Does not know measures.

Format: Thakur et al. 2021, "BEIR: a heterogeneous benchmark for zero-shot evaluation".
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, cast, get_args

from corpus.errors import KysyError
from corpus.model import Language
from eval.local import encoder_identity, index_folder, language_of
from eval.sets import Question, QuestionSet
from eval.trec import Qrels, read_qrels, read_topics
from qa.settings import Settings

_PER_FOLDER = 1000


@dataclass(frozen=True, slots=True)
class BeirDocument:
    """A document of a collection."""

    document_id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class BeirQuery:
    """A query of a collection; `lang` is None when the collection does not say."""

    query_id: str
    text: str
    lang: Language | None = None


def is_beir(path: Path) -> bool:
    """Return whether `path` is a folder, which only a BEIR collection is."""
    return path.is_dir()


def read_corpus(folder: Path) -> Iterator[BeirDocument]:
    """Yield the documents in file order; errors by line."""
    for where, row in _rows(folder / "corpus.jsonl"):
        yield BeirDocument(_text(row, "_id", where), _text(row, "text", where), _title(row))


def read_queries(folder: Path) -> Iterator[BeirQuery]:
    """Yield the queries in file order; errors by line."""
    for where, row in _rows(folder / "queries.jsonl"):
        metadata = row.get("metadata")
        lang = metadata.get("lang") if isinstance(metadata, dict) else None
        known = cast("Language", lang) if lang in get_args(Language) else None
        yield BeirQuery(_text(row, "_id", where), _text(row, "text", where), known)


def read_judgements(folder: Path) -> Qrels:
    """Return the judgements of the test split, or of every split where there is no such file."""
    test = folder / "qrels" / "test.tsv"
    files = [test] if test.exists() else sorted((folder / "qrels").glob("*.tsv"))
    if not files:
        raise KysyError("has no qrels/*.tsv", where=str(folder), fix="is it a BEIR folder?")
    merged: dict[str, dict[str, int]] = {}
    for file in files:
        for query, items in read_qrels(file).items():
            merged.setdefault(query, {}).update(items)
    return merged


def write_beir(
    folder: Path,
    documents: Iterable[BeirDocument],
    queries: Iterable[BeirQuery],
    qrels: Qrels,
) -> None:
    """Write a collection with its judgements as the test split."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_rows(
        folder / "corpus.jsonl",
        ({"_id": one.document_id, "title": one.title, "text": one.text} for one in documents),
    )
    _write_rows(
        folder / "queries.jsonl",
        (
            {"_id": one.query_id, "text": one.text, "metadata": {"lang": one.lang}}
            for one in queries
        ),
    )
    lines = ["query-id\tcorpus-id\tscore\n"]
    lines += [f"{q}\t{d}\t{g}\n" for q, items in qrels.items() for d, g in items.items()]
    (folder / "qrels" / "test.tsv").write_text("".join(lines), "utf-8")


def open_beir(folder: Path, settings: Settings) -> tuple[QuestionSet, Settings]:
    """Return the collection's questions and the settings of its own index, built if it is not."""
    documents = list(read_corpus(folder))
    home, digest = corpus_home(documents, settings)
    own = settings.model_copy(update={"data": home})
    if not (home / "current").exists():
        index_documents(documents, own)
    return beir_questions(folder, documents, digest), own


def corpus_home(documents: Iterable[BeirDocument], settings: Settings) -> tuple[Path, str]:
    """Return the data directory of a corpus's own index, and the hash of its content."""
    content = hashlib.sha256()
    for one in documents:
        row = (one.document_id, one.title, one.text)
        content.update(json.dumps(row, ensure_ascii=False).encode("utf-8"))
    digest = content.hexdigest()
    named = hashlib.sha256(f"{digest} {encoder_identity(settings)}".encode()).hexdigest()
    return settings.data / "eval" / named[:16], digest


def index_documents(documents: Iterable[BeirDocument], settings: Settings) -> None:
    """Index the documents through the normal path into `settings.data`."""
    settings.data.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="corpus-", dir=settings.data))
    try:
        for place, document in enumerate(documents):
            if document.text.strip() or document.title.strip():
                path = folder / file_name(place)
                path.parent.mkdir(exist_ok=True)
                path.write_text(_page(document), "utf-8")
        index_folder(folder, settings)
    finally:
        shutil.rmtree(folder)


def file_name(place: int) -> str:
    """Return the file (and document id) of the document at `place` in the corpus, from 0."""
    return f"{place // _PER_FOLDER:04d}/{place:07d}.html"


def beir_questions(folder: Path, documents: Iterable[BeirDocument], digest: str) -> QuestionSet:
    """Return the judged queries as a question set; queries without judgements are left out."""
    qrels = read_judgements(folder)
    questions = tuple(
        judged_question(query.query_id, query.text, qrels[query.query_id], query.lang)
        for query in read_queries(folder)
        if query.query_id in qrels
    )
    if not questions:
        raise KysyError("no query is judged", where=str(folder), fix="do the ids agree?")
    names = {file_name(place): one.document_id for place, one in enumerate(documents)}
    queries = hashlib.sha256(repr((digest, questions)).encode("utf-8")).hexdigest()
    return QuestionSet(folder.name, queries, questions, names)


def topic_questions(topics: Path, qrels: Path) -> QuestionSet:
    """Return TREC topics as a question set judged by the ids of the indexed documents."""
    judgements = read_qrels(qrels)
    questions = tuple(
        judged_question(name, text, judgements[name])
        for name, text in read_topics(topics).items()
        if name in judgements
    )
    if not questions:
        raise KysyError("no topic is judged", where=str(topics), fix="do the ids agree?")
    digest = hashlib.sha256(topics.read_bytes() + qrels.read_bytes()).hexdigest()
    return QuestionSet(topics.name, digest, questions)


def judged_question(
    name: str, text: str, judgements: Mapping[str, int], lang: Language | None = None
) -> Question:
    """Return a question that is judged by documents with grades."""
    return Question(
        question_id=name,
        lang=lang or language_of(text),
        type="retrieval",
        question=text,
        expected="answered",
        judgements=tuple(judgements.items()),
    )


def _page(document: BeirDocument) -> str:
    """Return the document as HTML; one without a title is called by a dash.

    Left without any, a page is called by its first line, which would then be no passage.
    """
    title = escape(document.title or "–")
    heading = f"<h1>{title}</h1>" if document.title else ""
    paragraphs = "".join(f"<p>{escape(part)}</p>\n" for part in document.text.split("\n\n"))
    return f"<!doctype html><meta charset=utf-8><title>{title}</title>{heading}\n{paragraphs}"


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KysyError("cannot be read as UTF-8 text", where=str(path)) from error
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise KysyError(f"is not JSON ({error.msg})", where=where) from error
        if not isinstance(row, dict):
            raise KysyError("is no JSON object", where=where)
        if row.get("_id") in seen:
            raise KysyError(f'the id "{row["_id"]}" stands there twice', where=where)
        seen.add(str(row.get("_id")))
        yield where, row


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise KysyError(f'has no text "{key}"', where=where)
    return value


def _title(row: Mapping[str, Any]) -> str:
    title = row.get("title")
    return title.strip() if isinstance(title, str) else ""


def _write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
