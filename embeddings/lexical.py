"""BM25 over analysed words: the lexical leg of the search, kept in a tantivy directory.

Knows how a passage's title, headings and body become terms (surface, lemmas, stem and compound
parts, all without diacritics), how a question's words are weighed, and how a mistyped word finds
its neighbours. Does not know documents, vectors or fusion; a row is the ordinal of its entry.
The only importer of tantivy. BM25 after Robertson and Zaragoza (2009), k1 1.2 and b 0.75.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import tantivy
from rapidfuzz import fuzz, process

from corpus.errors import KysyError
from corpus.language import Analyzer, Token, fold
from corpus.stop_words import EVERY_STOP_WORD
from embeddings.model import Hits, Rows

BOOSTS: Mapping[str, float] = {"title": 2.0, "heading": 1.5, "body": 1.0}
# What a match of a form of the question's word is worth beside its lemma.
STEM_WEIGHT = 0.9
SURFACE_WEIGHT = 0.8
PART_WEIGHT = 0.5
FUZZY_WEIGHT = 0.8
FUZZY_SIMILARITY = 78.0  # of 100, by rapidfuzz.fuzz.ratio
FUZZY_TERMS = 4
FUZZY_LENGTHS = 2  # letters that a mistyped word may be longer or shorter
MOST_ROWS = 1_000  # looked up for one term
MAX_WORDS = 64  # different words of a question that are searched

_HEAP = 64_000_000  # bytes that the writer may hold before it writes a segment
_SPARE = 32  # hits fetched beyond k, so that ties at the border are cut by row


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """What is searched of one passage: its document's title, its headings and its text."""

    title: str
    heading: str
    body: str


def write_lexical(directory: Path, entries: Iterable[LexicalEntry], analyzer: Analyzer) -> None:
    """Write a new index of `entries` into `directory`, made when missing; row = ordinal.

    Memory stays bounded, whatever the number of entries. Raises KysyError when the folder cannot
    be written.
    """
    terms = lru_cache(maxsize=4096)(lambda text: _text_terms(text, analyzer))
    try:
        directory.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(directory), reuse=False)
        _register(index)
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for row, entry in enumerate(entries):
            body = _text_terms(entry.body, analyzer)
            writer.add_document(
                tantivy.Document(
                    row=row, title=terms(entry.title), heading=terms(entry.heading), body=body
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        _settle(directory)
    except (OSError, ValueError) as error:
        raise KysyError(f"cannot write the word index ({error})", where=str(directory)) from error


class LexicalIndex:
    """A written index, opened for searching; safe to share between threads."""

    def __init__(self, index: tantivy.Index, analyzer: Analyzer) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._analyzer = analyzer
        self._vocabulary = lru_cache(maxsize=64)(self._terms_by_length)

    @classmethod
    def open(cls, directory: Path, analyzer: Analyzer) -> "LexicalIndex":
        """Open the index of `directory`, which is only read; raises KysyError when damaged."""
        try:
            with TemporaryDirectory(prefix="kysy-", ignore_cleanup_errors=True) as mirror:
                index = _open_mirror(directory, Path(mirror))
                opened = cls(index, analyzer)
                opened.search("kysy", 1)
        except (OSError, ValueError) as error:
            raise KysyError(
                f"the word index is missing or damaged ({type(error).__name__})",
                where=str(directory),
                fix="build the index again",
            ) from error
        return opened

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, text: str, k: int) -> Hits:
        """Return at most `k` rows that share words with `text`; equal scores in order of row."""
        words = [self._word(token) for token in _telling(self._analyzer.tokens(text))]
        if not words or k < 1 or not len(self):
            return Hits(np.empty(0, np.int64), np.empty(0, np.float32))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
        found = self._searcher.search(query, limit=k + _SPARE, count=False).hits
        addresses = [address for _, address in found]
        rows = np.array(self._searcher.fast_field_values("row", addresses), dtype=np.int64)
        scores = np.array([score for score, _ in found], dtype=np.float32)
        order = np.lexsort((rows, -scores))[:k]
        return Hits(rows[order], scores[order])

    def rows_with(self, term: str) -> Rows:
        """Return the rows `(n,)` whose body has a term, `MOST_ROWS` of them at most."""
        query = tantivy.Query.term_query(self._schema, "body", term, "freq")
        found = self._searcher.search(query, limit=MOST_ROWS, count=False).hits
        addresses = [address for _, address in found]
        return np.array(self._searcher.fast_field_values("row", addresses), dtype=np.int64)

    def _word(self, token: Token) -> tantivy.Query:
        """Return the query of one word: the best of its variants in each field, summed."""
        variants = _variants(token)
        if not self._is_known(variants):
            variants |= self._neighbours(token)
        fields = [
            (tantivy.Occur.Should, _boosted(self._best(field, variants), boost))
            for field, boost in BOOSTS.items()
        ]
        return tantivy.Query.boolean_query(fields)

    def _best(self, field: str, variants: Mapping[str, float]) -> tantivy.Query:
        """Take the maximum, so that a word with many variants weighs no more than another."""
        queries = [
            _boosted(tantivy.Query.term_query(self._schema, field, term, "freq"), weight)
            for term, weight in variants.items()
        ]
        return tantivy.Query.disjunction_max_query(queries)

    def _is_known(self, terms: Iterable[str]) -> bool:
        return any(self._searcher.doc_freq(field, term) for term in terms for field in BOOSTS)

    def _neighbours(self, token: Token) -> dict[str, float]:
        """Return the index's terms that a mistyped word may mean, with their weights."""
        wanted = token.folded
        if len(wanted) < 4 or not wanted.isalpha():
            return {}
        by_length = self._vocabulary(wanted[0])
        lengths = range(len(wanted) - FUZZY_LENGTHS, len(wanted) + FUZZY_LENGTHS + 1)
        near = process.extract(
            wanted,
            [term for length in lengths for term in by_length.get(length, ())],
            scorer=fuzz.ratio,
            score_cutoff=FUZZY_SIMILARITY,
            limit=FUZZY_TERMS,
        )
        return {term: FUZZY_WEIGHT * score / 100 for term, score, _ in near}

    def _terms_by_length(self, initial: str) -> dict[int, list[str]]:
        """Return the index's terms that begin with `initial`, sorted, by their length."""
        terms = {
            term for field in BOOSTS for term, _ in self._searcher.terms_with_prefix(field, initial)
        }
        by_length: dict[int, list[str]] = {}
        for term in sorted(terms):
            by_length.setdefault(len(term), []).append(term)
        return by_length


def _open_mirror(directory: Path, mirror: Path) -> tantivy.Index:
    """Open an index through links, because tantivy writes a lock file beside what it opens.

    The segments are memory-mapped by then, so the links may go at once; a snapshot stays as it
    was written and may belong to another user.
    """
    for path in directory.iterdir():
        (mirror / path.name).symlink_to(path.resolve())
    index = tantivy.Index.open(str(mirror))
    index.config_reader(reload_policy="manual")
    _register(index)
    return index


def _settle(directory: Path) -> None:
    """Remove the writer's locks, and give all files the rights of their folder."""
    for path in directory.iterdir():
        if path.suffix == ".lock":
            path.unlink()
        else:
            path.chmod(directory.stat().st_mode & 0o666)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_integer_field("row", fast=True)
    for field in BOOSTS:
        builder = builder.add_text_field(field, tokenizer_name="terms", index_option="freq")
    return builder.build()


def _register(index: tantivy.Index) -> None:
    terms = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("terms", terms)


def _text_terms(text: str, analyzer: Analyzer) -> str:
    """Return the index terms of `text`, each variant once a word, separated by spaces."""
    return " ".join(term for token in analyzer.tokens(text) for term in _variants(token))


def _variants(token: Token) -> dict[str, float]:
    """Return the terms of one word with their weights, the highest where two are the same."""
    weighted = (
        *((_folded(lemma), 1.0) for lemma in token.lemmas),
        (_folded(token.stem), STEM_WEIGHT),
        (token.folded, SURFACE_WEIGHT),
        *((_folded(part), PART_WEIGHT) for part in token.parts),
    )
    variants: dict[str, float] = {}
    for term, weight in weighted:
        variants.setdefault(term, weight)
    return variants


def _telling(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the different words of a question, its function words only when it has no other."""
    words = {token.surface: token for token in tokens}
    telling = [token for surface, token in words.items() if surface not in EVERY_STOP_WORD]
    yield from (telling or list(words.values()))[:MAX_WORDS]


def _boosted(query: tantivy.Query, boost: float) -> tantivy.Query:
    return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)


@lru_cache(maxsize=200_000)
def _folded(term: str) -> str:
    return fold(term)
