"""Question sets in our own form: JSON Lines, judged by document and text.

Reads `{"id", "lang", "type", "question", "doc": FILE or null, "gold": [...], "history": [...]}` and
finds what is wrong with it, by line. The keys `answer` (the expected short answer), `status`
(expected status), `docs` (every document a list answer must name) and `spans`
(`[document, start, end]`) are optional; other keys are left alone. Because a question is judged by
document and text, cutting the documents into other passages breaks no set.

Does not know how questions are answered, nor how answers are graded.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import KysyError
from corpus.model import Language
from eval.wording import plain
from qa.model import Status, Turn


@dataclass(frozen=True, slots=True)
class Span:
    """A right place: `[start, end)` in code points of the document's text."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question with everything it is judged by.

    `expected` is the status a right answer has. `judgements` (document, grade) are the relevance
    judgements of a retrieval collection; a question has either these or texts, never both.
    """

    question_id: str
    lang: Language
    type: str
    question: str
    expected: Status
    doc: str | None = None
    gold: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    answer: str | None = None
    docs: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    judgements: tuple[tuple[str, int], ...] = ()
    line: int = 0

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it."""
        return self.expected == "answered"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions in the order of their file; `sha256` is of the file's bytes.

    `names` maps a document id of the index to the collection's own name of it, where they differ.
    """

    name: str
    sha256: str
    questions: tuple[Question, ...]
    names: Mapping[str, str] | None = None


class _TurnRow(BaseModel):
    question: str
    answer: str = ""


class _QuestionRow(BaseModel):
    """One line as it stands in the file; the one place where its types are checked."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)

    id: str = Field(min_length=1)
    lang: Language
    type: str = Field(min_length=1)
    question: str = Field(min_length=1)
    doc: str | None = None
    gold: list[str]
    history: list[_TurnRow] = []
    answer: str | None = None
    status: Status | None = None
    docs: list[str] = []
    spans: list[tuple[str, int, int]] = []

    def expected(self) -> Status:
        """Return the status asked for, or what the other keys imply."""
        if self.status is not None:
            return self.status
        return "answered" if self.gold or self.docs or self.spans else "not_found"


def read_set(path: Path) -> QuestionSet:
    """Return the questions of the JSON Lines file `path`; every fault names file and line."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise KysyError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise KysyError("is not UTF-8 text", where=str(path), fix="save it as UTF-8") from error
    questions = tuple(
        _question(line, f"{path}:{number}", number)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    )
    if not questions:
        raise KysyError("holds no question", where=str(path), fix="write one JSON object a line")
    _refuse_duplicates(questions, path)
    return QuestionSet(path.name, hashlib.sha256(data).hexdigest(), questions)


def _question(line: str, where: str, number: int) -> Question:
    row = _row(line, where)
    if any(not text for text in row.gold):
        raise KysyError("an empty gold text", where=where, fix="every passage would match it")
    if row.expected() == "not_found" and (row.gold or row.docs or row.spans):
        raise KysyError("is not_found but has gold texts", where=where, fix="drop one of the two")
    if row.expected() == "answered" and not (row.gold or row.docs or row.spans):
        raise KysyError("is answered but has no gold text", where=where, fix="say what is right")
    return Question(
        question_id=row.id,
        lang=row.lang,
        type=row.type,
        question=row.question,
        expected=row.expected(),
        doc=row.doc,
        gold=tuple(row.gold),
        history=tuple(Turn(turn.question, turn.answer) for turn in row.history),
        answer=row.answer,
        docs=tuple(row.docs),
        spans=tuple(Span(*span) for span in row.spans),
        line=number,
    )


def _row(line: str, where: str) -> _QuestionRow:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise KysyError("is no JSON object", where=where, fix='write {"id": ...} on each line')
        return _QuestionRow.model_validate(row)
    except json.JSONDecodeError as error:
        raise KysyError(f"is not JSON ({error.msg})", where=f"{where}:{error.colno}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the row"
        raise KysyError(f'"{key}": {first["msg"]}', where=where) from error


def _refuse_duplicates(questions: Iterable[Question], path: Path) -> None:
    seen: dict[str, int] = {}
    for question in questions:
        first = seen.setdefault(question.question_id, question.line)
        if first != question.line:
            raise KysyError(
                f'the id "{question.question_id}" stands already on line {first}',
                where=f"{path}:{question.line}",
                fix="give each question an id of its own",
            )


def same_document(expected: str, *names: str) -> bool:
    """Return whether a set's `doc` means the document called `names` (its id, its file name)."""
    return any(name == expected or name.endswith(f"/{expected}") for name in names)


def check_gold(questions: QuestionSet, texts: Mapping[str, str], path: Path) -> tuple[str, ...]:
    """Raise for the first question that no document in `texts` (id -> text) can answer.

    That is one whose document is not there, or none of whose gold texts is in it. Gold texts are
    alternatives: one that is missing beside one that is there is returned as a warning.
    """
    normal = {name: plain(text) for name, text in texts.items()}
    warnings: list[str] = []
    for question in questions.questions:
        where = f"{path}:{question.line}"
        wanted = [question.doc] if question.doc else list(question.docs)
        for document in wanted:
            if not any(same_document(document, name) for name in normal):
                raise KysyError(
                    f'no document is called "{document}"', where=where, fix="index it first"
                )
        missing = _missing_gold(question, wanted, normal)
        if missing and len(missing) == len(question.gold):
            raise KysyError(
                f'the gold text "{missing[0]}" is in no document it is asked of',
                where=where,
                fix="copy it word for word from the document",
            )
        warnings += [f'{where}: the gold text "{text}" is in no document' for text in missing]
    return tuple(warnings)


def _missing_gold(
    question: Question, wanted: list[str], normal: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the gold texts that stand in none of the documents asked of."""
    if not question.gold:
        return ()
    places = [
        text
        for name, text in normal.items()
        if not wanted or any(same_document(document, name) for document in wanted)
    ]
    return tuple(
        gold for gold in question.gold if not any(plain(gold) in place for place in places)
    )
