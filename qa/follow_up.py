"""Reads a question after others: what a follow-up leaves out is carried over from the history.

Knows which kinds of follow-up there are and where the names stand in a question. Does not know
how a single question is read.
"""

from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Language
from qa.asked import PERSON, AskedField
from qa.mentions import Mention, Naming
from qa.model import Turn
from qa.question import Question, sentences_of
from qa.reading import FEW_WORDS, SEVERAL_WORDS, Reader

HISTORY_TURNS = 8  # older turns no longer shape a follow-up
NO_WORDS: frozenset[int] = frozenset()
OVERVIEW = "purpose"  # the field meant when nothing but one document is named


class Conversation:
    """Reads questions that may lean on earlier ones."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(
        self, text: str, history: Sequence[Turn] = (), language: Language | None = None
    ) -> Question:
        """Return what `text` means after `history` (oldest turn first)."""
        question = self._reader.read(text, language)
        if history:
            question = self._follow(question, history[-HISTORY_TURNS:])
        is_bare = question.only_names and not question.steering.asks_who
        if is_bare and len(question.naming.documents) == 1:
            return replace(question, asked=AskedField(OVERVIEW, 0.0, NO_WORDS, by_meaning=True))
        return question

    def _follow(self, question: Question, history: Sequence[Turn]) -> Question:
        """Complete a follow-up; a question that stands alone carries nothing over."""
        names = bool(question.naming.documents or question.naming.unknown)
        steering = question.steering
        bare = not _asks(question) and question.telling <= question.naming.words
        leans = bool(steering.openers) or (steering.refers and 0 not in steering.yes_no)
        said = sentences_of(question.naming.words, question.text, question.tokens)
        left = question.telling & said - question.naming.words
        few = question.asked is None and len(left) <= FEW_WORDS
        bare = bare or (leans and few and not steering.asks_quantity)
        bare = bare or (_asks_again(question) and len(left - steering.repeats) <= FEW_WORDS)
        if names and bare:
            return self._with_new_name(question, history)
        says_nothing = not question.telling and question.asked is None and steering.open
        if names or steering.wants_list or (says_nothing and question.when is None):
            return question
        if bare and question.when is not None:
            return self._with_new_time(question, history)
        question = self._asked_in_talk(question)
        if steering.openers or steering.refers or question.is_field_question:
            return self._with_old_name(question, history)
        return question

    def _asked_in_talk(self, question: Question) -> Question:
        """Take a short question for a field that it means: the subject is on the page already."""
        if question.asked is not None or not 0 < len(question.telling) <= SEVERAL_WORDS:
            return question
        return self._reader.by_meaning(question)

    def _with_new_name(self, question: Question, history: Sequence[Turn]) -> Question:
        """Read "Entä Itä-Savon?": the earlier question, asked of another document."""
        earlier = self.read(history[-1].question, history[:-1])
        if earlier.asked is None and not earlier.naming.mentions:
            return question
        completed = self._reader.read(_swap(earlier, _said(question)), earlier.language)
        return replace(
            completed,
            asked_text=question.asked_text,
            language=question.language,
            asked=completed.asked or _carried(earlier.asked, completed),
            when=question.when or earlier.when,
            carried=("field",),
        )

    def _with_new_time(self, question: Question, history: Sequence[Turn]) -> Question:
        """Read "Entä sitä ennen?": the earlier question, asked of another time."""
        earlier = self.read(history[-1].question, history[:-1])
        return replace(
            earlier,
            asked_text=question.asked_text,
            language=question.language,
            interpreted=f"{earlier.interpreted} ({question.asked_text})",
            when=question.when,
            carried=("document", "field"),
        )

    def _with_old_name(self, question: Question, history: Sequence[Turn]) -> Question:
        """Read "Kuka sen rahoittaa?": another question of the earlier document or person."""
        earlier = self.read(history[-1].question, history[:-1])
        answered = self._reader.names_in(history[-1].answer)
        person = next((m for m in answered.mentions if m.kind == "person"), None)
        naming = earlier.naming
        if person is not None and question.steering.refers_to_person:
            naming = _narrowed(naming, person)
        if not naming.documents and not naming.unknown:
            return question
        said = person.text if naming.person and person else _said(earlier)
        text = f"{question.text} {said}".strip()
        if question.asked is None and naming.person:
            question = self._reader.by_meaning(question)
        return replace(
            question,
            text=text,
            expanded=self._reader.expanded(text, earlier.naming),
            interpreted=f"{question.asked_text} ({said})" if said else question.asked_text,
            naming=replace(naming, mentions=()),
            carried=("document",),
        )


def _carried(asked: AskedField | None, question: Question) -> AskedField | None:
    """Return an earlier question's field as said by the words of `question` that name nothing."""
    left = question.telling - question.naming.words
    return replace(asked, words=left, exact=NO_WORDS, rivals=()) if asked else None


def _narrowed(naming: Naming, person: Mention) -> Naming:
    """Add the person an answer named to what the question named; both must be possible."""
    both = tuple(o for o in person.documents if o in naming.documents)
    documents = both or naming.documents or tuple(person.documents)
    return replace(naming, documents=documents, person=person.key, strong=True)


def _asks_again(question: Question) -> bool:
    """Tell "who has the same role there": no field is named but that of any person."""
    asked, steering = question.asked, question.steering
    unnamed = asked is None or asked.by_meaning or asked.name == PERSON
    return bool(steering.repeats) and steering.asks_who and unnamed


def _asks(question: Question) -> bool:
    """Tell whether a field is asked for, and not by the words of a time alone ("vuonna 2022")."""
    asked = question.asked
    if asked is None or (asked.by_meaning and not asked.words):
        return False
    return question.when is None or asked.by_meaning or bool(asked.words & question.telling)


def _named(question: Question) -> Mention | None:
    """Return the mention that tells most; what was chosen by meaning stands at no word."""
    return max(
        (mention for mention in question.naming.mentions if mention.words),
        key=lambda m: (bool(m.places), max(m.documents.values(), default=0.0)),
        default=None,
    )


def _run(question: Question) -> tuple[int, int] | None:
    """Return `[first, last)` of the words that name the document: the best name and what adjoins.

    Small words between two names belong to the run: "programmet i Norra Karelen".
    """
    best = _named(question)
    if best is None:
        return None
    named, quiet = question.naming.words, question.steering.quiet
    first, last = best.first, best.last
    while first > 0 and (first - 1 in named or (first - 2 in named and first - 1 in quiet)):
        first -= 1
    while last in named or (last + 1 in named and last in quiet):
        last += 1
    return first, last


def _said(question: Question) -> str:
    """Return the words that name the document, as typed; empty when none is named."""
    run = _run(question)
    if run is None:
        return ""
    return question.text[question.tokens[run[0]].start : question.tokens[run[1] - 1].end]


def _swap(earlier: Question, said: str) -> str:
    """Return the earlier question with another name in the place of its own.

    What it carried over itself is left behind: as it was typed it named no document.
    """
    run = _run(earlier)
    if "document" in earlier.carried or run is None:
        return f"{earlier.asked_text.rstrip('?')} {said}"
    start, end = earlier.tokens[run[0]].start, earlier.tokens[run[1] - 1].end
    return earlier.text[:start] + said + earlier.text[end:]
