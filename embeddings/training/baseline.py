"""The word search as a baseline: BM25 over the project's own analysis, on the same questions.

It knows the lexical index. It does not know models.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from corpus.language import open_analyzer
from embeddings.lexical import LexicalEntry, LexicalIndex, write_lexical
from embeddings.training.benchmarks import Retrieval
from embeddings.training.evaluate import DEPTH, Figure


def bm25_figures(questions: Retrieval) -> list[Figure]:
    """Measure hit@1 and recall@10 of the lexical index, by the questions' language."""
    analyzer = open_analyzer()
    with TemporaryDirectory() as folder:
        entries = (LexicalEntry("", "", passage) for passage in questions.passages)
        write_lexical(Path(folder), entries, analyzer)
        index = LexicalIndex.open(Path(folder), analyzer)
        return [
            _figure(f"squad2_fi_retrieval {language}, BM25", index, texts, questions)
            for language, texts in questions.questions.items()
        ]


def _figure(name: str, index: LexicalIndex, texts: list[str], questions: Retrieval) -> Figure:
    found = [index.search(text, DEPTH).rows for text in texts]
    pairs = list(zip(found, questions.gold, strict=True))
    first = np.mean([len(rows) > 0 and rows[0] == gold for rows, gold in pairs])
    among = np.mean([gold in rows for rows, gold in pairs])
    return Figure(name, ("hit@1", f"recall@{DEPTH}"), (float(first), float(among)))
