"""One answer as the page shows it: finding, quotes with marks, citations, what to do next.

Knows what a reader needs to check an answer. Does not know HTML or how answers are found.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.model import Language
from qa.model import Answer, Citation, Finding, RankedPassage
from web.conversation import Conversation
from web.links import Links, Span, mail_link
from web.sources import PARAGRAPH
from web.wording import Wording, day

LONG_ANSWER = 90
SORTS = ("title", "-title", "value", "-value")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of quoted text, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A source passage with its number, marks and the address of its place."""

    number: int
    paragraphs: tuple[tuple[Stretch, ...], ...]
    language: Language
    url: str
    crumbs: tuple[str, ...]
    edited: str
    edited_iso: str
    also_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list answer, or a field beside the answer."""

    title: str
    value: str
    url: str
    document_url: str
    section: tuple[str, ...]
    mail: str | None


@dataclass(frozen=True, slots=True)
class Short:
    """The short answer: its label in the reader's language, its words, what stands beside it."""

    text: str
    label: str
    language: Language
    kind: str
    long: bool
    mail: str | None
    numbers: tuple[int, ...]
    rows: tuple[Line, ...]
    related: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading of an ambiguous question."""

    title: str
    url: str
    language: Language | None


@dataclass(frozen=True, slots=True)
class TurnView:
    """A question with everything the page shows to it."""

    ordinal: int
    question: str
    understood: str | None
    status: str
    about: tuple[str, ...]
    about_language: Language | None
    short: Short | None
    cited: tuple[Quote, ...]
    others: tuple[Quote, ...]
    choices: tuple[Choice, ...]
    query: str
    link: str
    edit: str
    ready: str
    copy: str
    sort: str
    sort_links: dict[str, str]
    answer: Answer


def stretches(text: str, highlights: Sequence[Span]) -> tuple[Stretch, ...]:
    """Return the text cut where marks begin and end; overlapping marks are one."""
    marked = [False] * len(text)
    for start, end in highlights:
        for place in range(max(0, start), min(end, len(text))):
            marked[place] = True
    cuts = [0, *(i for i in range(1, len(text)) if marked[i] != marked[i - 1]), len(text)]
    pairs = pairwise(cuts)
    return tuple(Stretch(text[a:b], marked[a]) for a, b in pairs if a < b)


def paragraphs(text: str, highlights: Sequence[Span]) -> tuple[tuple[Stretch, ...], ...]:
    """Return the paragraphs of a text, each cut where marks begin and end."""
    return tuple(
        stretches(found[0], [(a - found.start(), b - found.start()) for a, b in highlights])
        for found in PARAGRAPH.finditer(text)
    )


def quote(passage: RankedPassage, passages: Sequence[RankedPassage], links: Links) -> Quote:
    """Return a passage as the page quotes it; its link lets the reader step to the other hits."""
    citation = passage.citation
    place = (citation.start, citation.end)
    keys = [(citation.start + a, citation.start + b) for a, b in passage.highlights]
    hits = [
        (other.citation.start, other.citation.end)
        for other in passages
        if other is not passage and other.citation.document_id == citation.document_id
    ]
    return Quote(
        number=passage.rank,
        paragraphs=paragraphs(passage.text, passage.highlights),
        language=passage.language,
        url=links.document(citation.document_id, place, keys, hits),
        crumbs=(citation.title, *citation.section),
        edited=day(citation.modified),
        edited_iso=citation.modified.isoformat() if citation.modified else "",
        also_in=passage.also_in,
    )


def _line(title: str, value: str, citation: Citation, links: Links) -> Line:
    place = (citation.start, citation.end)
    return Line(
        title=title,
        value=value,
        url=links.document(citation.document_id, place),
        document_url=links.document(citation.document_id),
        section=citation.section,
        mail=mail_link(value),
    )


def _sorted(rows: tuple[Line, ...], sort: str) -> tuple[Line, ...]:
    if sort not in SORTS:
        return rows
    name = sort.removeprefix("-")
    return tuple(
        sorted(rows, key=lambda row: str(getattr(row, name)).casefold(), reverse=sort[0] == "-")
    )


def _short(finding: Finding, label: Callable[[str], str], links: Links, sort: str) -> Short:
    rows = tuple(_line(row.title, row.value, row.citation, links) for row in finding.rows)
    return Short(
        text=finding.text,
        label=label(finding.field) if finding.field else "",
        language=finding.language,
        kind=finding.kind,
        long=len(finding.text) > LONG_ANSWER,
        mail=mail_link(finding.text),
        numbers=finding.citations,
        rows=_sorted(rows, sort),
        related=tuple(
            _line(label(one.field), one.value, one.citation, links) for one in finding.related
        ),
    )


def _ready(answer: Answer, sources: int, rows: int, wording: Wording) -> str:
    if answer.status == "not_found":
        return wording("status.not_found")
    if answer.status == "ambiguous":
        return wording.count("status.ambiguous", len(answer.candidates))
    return wording.count("status.rows" if rows else "status.answered", rows or sources)


def _copied(short: Short | None, cited: Sequence[Quote], wording: Wording) -> str:
    """Return the answer with its citations as plain text, for the clipboard."""
    if short is None:
        return ""
    lines = [f"{row.title}: {row.value}" for row in short.rows] or [short.text]
    for one in cited:
        edited = f" ({wording('source.edited')} {one.edited})" if one.edited else ""
        lines.append(f"[{one.number}] {' › '.join(one.crumbs)}{edited}")
    return "\n".join(lines)


def understood(answer: Answer) -> str | None:
    """Return how the question was understood, where that says more than the question itself."""
    meant = answer.interpreted_question.strip()
    same = meant.casefold() == answer.question.strip().casefold()
    return None if not meant or same else meant


def _choices(
    answer: Answer, before: Conversation, links: Links, spoken: Mapping[str, Language]
) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.title, links.ask(before.query(one.question)), spoken.get(one.document_id))
        for one in answer.candidates
    )


def turn_view(
    answer: Answer,
    ordinal: int,
    conversation: Conversation,
    *,
    label: Callable[[str], str],
    links: Links,
    wording: Wording,
    sort: str = "",
) -> TurnView:
    """Return the view of the question at position `ordinal`; `label` names fields for readers."""
    before = conversation.until(ordinal)
    query = before.query(answer.question)
    spoken = {one.citation.document_id: one.language for one in answer.passages}
    finding = answer.answer if answer.status != "not_found" else None
    short = _short(finding, label, links, sort) if finding else None
    quotes = [quote(passage, answer.passages, links) for passage in answer.passages]
    numbers = finding.citations if finding else ()
    cited = tuple(one for one in quotes if one.number in numbers)
    rows = len(short.rows) if short else 0
    return TurnView(
        ordinal=ordinal + 1,
        question=answer.question,
        understood=understood(answer),
        status=answer.status,
        about=tuple(subject.title for subject in answer.subjects),
        about_language=next((spoken.get(one.document_id) for one in answer.subjects), None),
        short=short,
        cited=cited,
        others=tuple(one for one in quotes if one.number not in numbers),
        choices=_choices(answer, before, links, spoken),
        query=query,
        link=links.permanent(f"/?{query}"),
        edit=links.ask(before.query(edit=answer.question)),
        ready=_ready(answer, len(cited) or len(quotes), rows, wording),
        copy=_copied(short, cited, wording),
        sort=sort,
        sort_links={one: links.ask(before.query(answer.question, sort=one)) for one in SORTS},
        answer=answer,
    )
