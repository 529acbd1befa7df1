"""Judged questions to learn from: look-alike pages, SQuAD passages in Finnish, the samples.

Writes documents into a folder, indexes them through the normal path and gives the questions with
what is right. None of them is a benchmark: look-alike seeds from 11 on, the rows of
`squad2_fi_qa.tsv.gz` (id, question, passage, kind) and their English twins in
`squad2_fi_en_deepl.tsv.gz` (id, lang, text, lang, text). Does not know what is learned.
"""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from corpus.errors import KysyError
from eval.feedback import write_rows
from eval.fit_unanswerable import near_misses, unanswerable
from eval.local import index_folder
from eval.lookalike_questions import questions as lookalike_questions
from eval.lookalikes import FAMILIES, Family, make_world, write_pages
from eval.sets import Question, read_set
from qa.compose import open_assistant
from qa.settings import Settings

PASSAGES = Path("paraphrase_fi/squad2_fi_qa.tsv.gz")
TWINS = Path("parallel/squad2_fi_en_deepl.tsv.gz")
FIRST_QUESTIONS = ("0", "1")  # SQuAD 2 puts the questions without an answer last
LEARNED: tuple[Family, ...] = FAMILIES[: FAMILIES.index("r")]
FIRST_SEED = 31  # the benchmarks' worlds have seeds up to 30
WORLDS = tuple((family, FIRST_SEED + number) for number, family in enumerate(LEARNED))
PAGES = 150


@dataclass(frozen=True, slots=True)
class Source:
    """Questions over one indexed folder; `settings.data` holds its snapshot."""

    name: str
    settings: Settings
    questions: tuple[Question, ...]


def all_sources(data: Path, work: Path, seed: int) -> tuple[Source, ...]:
    """Make and index every source below the folder `work`; `data` holds the SQuAD files."""
    made = [_lookalikes(work, family, number) for family, number in WORLDS]
    return (*made, *squad(data, work / "squad", seed), _samples(work / "samples"))


def _indexed(folder: Path, home: Path) -> Settings:
    settings = Settings(data=home / "index")
    index_folder(folder, settings)  # takes over what the same encoder made before
    return settings


def _lookalikes(work: Path, family: Family, seed: int) -> Source:
    home = work / f"lookalikes-{family}-{seed}"
    world = make_world(PAGES, seed, family)
    if not home.exists():
        write_pages(home / "pages", world)
        write_rows(home / "questions.jsonl", lookalike_questions(world, seed))
    questions = read_set(home / "questions.jsonl").questions
    asked = (*questions, *unanswerable(world, seed))
    return Source(f"lookalikes-{seed}", _indexed(home / "pages", home), asked)


def _samples(home: Path) -> Source:
    here = Path(__file__).parent
    questions = read_set(here / "sets" / "sample.jsonl").questions
    pairs = read_set(here / "fit_pairs.jsonl").questions
    folder = here.parent / "corpus" / "samples"
    settings = _indexed(folder, home)
    titles = [document.title for document in open_assistant(settings).documents()]
    return Source("samples", settings, (*questions, *pairs, *near_misses(titles, FIRST_SEED)))


def squad(data: Path, home: Path, seed: int, count: int = 2000, asked: int = 1500) -> list[Source]:
    """Take about `count` paragraphs as documents, and ask one question of `asked` of them.

    Articles are taken whole: a paragraph among others on its own subject is hard to find.
    """
    rows = _first_rows(data / PASSAGES)
    drawn = _whole_articles(sorted(rows), count, Random(seed))
    _write_passages(home / "passages", {key: rows[key][1] for key in drawn})
    settings = _indexed(home / "passages", home)
    finnish = tuple(_question(key, rows[key][0]) for key in drawn[:asked])
    wanted = {_twin(rows[key][2]): key for key in drawn[:asked]}
    english = tuple(
        replace(_question(wanted[name], text), lang="en")
        for name, text in _english(data / TWINS)
        if name in wanted
    )
    return [Source("squad-fi", settings, finnish), Source("squad-en", settings, english)]


def _first_rows(path: Path) -> dict[str, tuple[str, str, str]]:
    """Return question, passage and id of the first question of each paragraph, by paragraph."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in _rows(path, 4):
        paragraph, _, number = row[0].rpartition(".")
        if number in FIRST_QUESTIONS:
            found.setdefault(paragraph, (row[1], row[2], row[0]))
    return found


def _whole_articles(paragraphs: Sequence[str], count: int, random: Random) -> list[str]:
    articles: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        articles.setdefault(paragraph.rpartition(".")[0], []).append(paragraph)
    drawn: list[str] = []
    for article in random.sample(sorted(articles), len(articles)):
        if len(drawn) < count:
            drawn.extend(articles[article])
    random.shuffle(drawn)
    return drawn


def _twin(name: str) -> str:
    paragraph, _, number = name.rpartition(".")
    return f"{paragraph}.q{number}"


def _english(path: Path) -> Iterator[tuple[str, str]]:
    return ((row[0], row[2]) for row in _rows(path, 5))


def _question(paragraph: str, text: str) -> Question:
    doc = f"{_file(paragraph)}.txt"
    return Question(paragraph, "fi", "passage", text, "answered", doc=doc)


def _file(paragraph: str) -> str:
    return paragraph.replace(":", "-").replace(".", "-")


def _write_passages(folder: Path, texts: dict[str, str]) -> None:
    if folder.exists():
        return
    folder.mkdir(parents=True)
    for paragraph, text in texts.items():
        (folder / f"{_file(paragraph)}.txt").write_text(text, encoding="utf-8")


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = line.rstrip("\n").split("\t")
                if len(row) == columns:
                    yield row
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KysyError("cannot be read as gzipped columns", where=str(path)) from error
