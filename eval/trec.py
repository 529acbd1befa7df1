"""TREC files: runs (`qid Q0 docid rank score tag`) and qrels (`qid 0 docid grade`), and topics.

Reads what others wrote with errors by line, and writes ours so that trec_eval reads them.
Does not know what a query asks nor how a run is scored.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from corpus.errors import KysyError

Run = Mapping[str, Mapping[str, float]]
"""Query id -> item id -> score, higher is better."""

Qrels = Mapping[str, Mapping[str, int]]
"""Query id -> item id -> grade; above zero is relevant."""


def identifier(text: str) -> str:
    """Return `text` without white space (percent-encoded), as TREC's columns need it."""
    return quote(text, safe="/#:@+,;=!$&'()*~[]") if re.search(r"\s", text) else text


def read_run(path: Path) -> dict[str, dict[str, float]]:
    """Return the run in `path`; of an item that comes twice for a query the best score counts."""
    run: dict[str, dict[str, float]] = {}
    for where, parts in _rows(path, (6,), "qid Q0 docid rank score tag"):
        items = run.setdefault(parts[0], {})
        score = _number(parts[4], where)
        items[parts[2]] = max(score, items.get(parts[2], score))
    return run


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Return the judgements in `path`: TREC's four columns, or BEIR's three with a header."""
    qrels: dict[str, dict[str, int]] = {}
    for where, parts in _rows(path, (3, 4), "qid 0 docid grade"):
        if len(parts) == 3 and parts[2] == "score":
            continue
        qrels.setdefault(parts[0], {})[parts[-2]] = int(_number(parts[-1], where))
    return qrels


def read_topics(path: Path) -> dict[str, str]:
    """Return query id -> text from tab-separated lines or from TREC's `<top>` records."""
    text = _text(path)
    if "<top>" in text:
        return dict(_tagged_topics(text, path))
    topics: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, tab, question = line.partition("\t")
        if not tab or not question.strip():
            raise KysyError("has no question after a tab", where=f"{path}:{number}")
        topics[name.strip()] = question.strip()
    return topics


def _tagged_topics(text: str, path: Path) -> Iterator[tuple[str, str]]:
    for record in re.findall(r"<top>(.*?)</top>", text, flags=re.DOTALL):
        number = re.search(r"<num>\s*(?:Number:)?\s*(\S+)", record)
        title = re.search(r"<title>\s*(?:Topic:)?\s*([^<]+)", record)
        if not number or not title:
            raise KysyError("a topic has no <num> or no <title>", where=str(path))
        yield number.group(1), " ".join(title.group(1).split())


def _rows(path: Path, widths: tuple[int, ...], form: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (place, columns): at white space, or at tabs in BEIR's three columns."""
    for number, line in enumerate(_text(path).splitlines(), 1):
        parts = line.split("\t") if line.count("\t") == 2 else line.split()
        if not line.strip():
            continue
        if len(parts) not in widths:
            raise KysyError(f"has {len(parts)} columns, not {form}", where=f"{path}:{number}")
        yield f"{path}:{number}", parts


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KysyError("cannot be read as UTF-8 text", where=str(path)) from error


def _number(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise KysyError(f'"{text}" is not a number', where=where) from error
    if not math.isfinite(number):
        raise KysyError(f'"{text}" puts an item nowhere in an order', where=where)
    return number


def write_run(path: Path, rankings: Mapping[str, Iterable[str]], tag: str) -> None:
    """Write rankings (query id -> item ids, best first) with scores that keep their order."""
    lines = []
    for query, items in rankings.items():
        ranked = list(items)
        for rank, item in enumerate(ranked, 1):
            score = len(ranked) - rank + 1
            lines.append(
                f"{identifier(query)} Q0 {identifier(item)} {rank} {score} {identifier(tag)}\n"
            )
    path.write_text("".join(lines), "utf-8")


def write_qrels(path: Path, qrels: Qrels) -> None:
    """Write judgements in TREC's four columns."""
    lines = [
        f"{identifier(query)} 0 {identifier(item)} {grade}\n"
        for query, items in qrels.items()
        for item, grade in items.items()
    ]
    path.write_text("".join(lines), "utf-8")
