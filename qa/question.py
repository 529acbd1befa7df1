"""What a question means: its language, field, documents, time, and what a follow-up leaves out.

Knows how to read a question and its history. Does not know how passages are found or answers made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.language import Analyzer, Token, detect
from corpus.model import Language
from qa.asked import AskedField, FieldFinder
from qa.lexicon import Lexicon, load_lexicon
from qa.mentions import Mention, Namer, Naming
from qa.model import Turn
from qa.when import When, find_when

HISTORY_TURNS = 8  # older turns no longer shape a follow-up
EXPLAINED_ENOUGH = 0.6  # share of telling words that a field and names must explain


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    `text` is what is searched (a follow-up completed from its history), `asked_text` what was
    typed, `tokens` are the words of `text`. `telling` are the positions of words that neither
    steer nor are function words; `explained` is the share of them that the field and the names
    account for, in [0, 1]. `carried` tells what came from the history.
    """

    asked_text: str
    text: str
    interpreted: str
    language: Language
    tokens: tuple[Token, ...]
    telling: frozenset[int]
    asked: AskedField | None
    naming: Naming
    when: When | None
    wants_list: bool
    wants_every: bool
    opens: bool
    refers: bool
    carried: tuple[str, ...] = ()

    @property
    def explained(self) -> float:
        """Share of the telling words that a field or a name accounts for; 1 without any."""
        if not self.telling:
            return 1.0
        known = self.naming.words | (self.asked.words if self.asked else frozenset())
        return len(self.telling & known) / len(self.telling)

    @property
    def is_field_question(self) -> bool:
        """Whether a field is asked for and little else is said."""
        return self.asked is not None and self.explained >= EXPLAINED_ENOUGH


class Reader:
    """Reads questions against the names and fields of one snapshot."""

    def __init__(self, analyzer: Analyzer, namer: Namer, finder: FieldFinder) -> None:
        self._analyzer = analyzer
        self._namer = namer
        self._finder = finder

    def read(
        self, text: str, history: Sequence[Turn] = (), language: Language | None = None
    ) -> Question:
        """Return what `text` means after `history` (oldest turn first)."""
        question = self._alone(text, language)
        if not history:
            return question
        return self._follow(question, history[-HISTORY_TURNS:])

    def _alone(self, text: str, language: Language | None) -> Question:
        text = " ".join(text.split())
        tokens = self._analyzer.tokens(text)
        language = language or detect(text)
        lexicon = load_lexicon(language)
        quiet = _positions(tokens, lexicon.function_words | lexicon.project_nouns)
        cues = _positions(tokens, lexicon.list_cues | lexicon.every_cues | lexicon.anaphora)
        places = self._namer.resolve(tokens, quiet | cues, places_only=True)
        asked = self._finder.find(tokens, places.words)
        skip = quiet | cues | (asked.words if asked else frozenset())
        naming = self._namer.resolve(tokens, skip)
        time_words = _positions(tokens, _time_words(lexicon)) | _digits(tokens)
        telling = frozenset(range(len(tokens))) - quiet - cues - time_words
        if asked is None and naming.words >= telling and not _only_names(tokens, quiet, naming):
            asked = self._finder.find_by_meaning(_without(text, tokens, naming.words))
        return Question(
            asked_text=text,
            text=text,
            interpreted=text,
            language=language,
            tokens=tokens,
            telling=telling - _openers(tokens, lexicon),
            asked=asked,
            naming=naming,
            when=find_when(text, [token.surface for token in tokens], lexicon),
            wants_list=_wants_list(tokens, lexicon),
            wants_every=_has_cue(tokens, lexicon.every_cues),
            opens=bool(_openers(tokens, lexicon)),
            refers=bool(_positions(tokens, lexicon.anaphora)),
        )

    def _follow(self, question: Question, history: Sequence[Turn]) -> Question:
        """Complete a follow-up; a question that stands alone carries nothing over."""
        names = bool(question.naming.documents or question.naming.unknown)
        if names and question.asked is None and question.telling <= question.naming.words:
            return self._with_new_name(question, history)
        leaning = question.opens or question.refers or question.asked is not None
        if not names and leaning and not question.wants_every:
            return self._with_old_name(question, history)
        return question

    def _with_new_name(self, question: Question, history: Sequence[Turn]) -> Question:
        """Read "Entä Itä-Savon?": the earlier question, asked of another document."""
        earlier = self.read(history[-1].question, history[:-1])
        old, new = _named(earlier), _named(question)
        if new is None or (earlier.asked is None and old is None):
            return question
        said = question.text[question.tokens[new.first].start : question.tokens[new.last - 1].end]
        text = _swap(earlier, old, said)
        completed = self._alone(text, question.language if old is None else earlier.language)
        return replace(
            completed,
            asked_text=question.asked_text,
            language=question.language,
            asked=completed.asked or earlier.asked,
            naming=question.naming,
            when=question.when or earlier.when,
            carried=("field",),
        )

    def _with_old_name(self, question: Question, history: Sequence[Turn]) -> Question:
        """Read "Kuka sen rahoittaa?": another question of the earlier document or person."""
        earlier = self.read(history[-1].question, history[:-1])
        answered = self._namer.resolve(self._analyzer.tokens(history[-1].answer))
        person = next((m for m in answered.mentions if m.kind == "person"), None)
        naming = earlier.naming
        if person is not None and (question.refers or not naming.documents):
            naming = _narrowed(naming, person)
        if not naming.documents and not naming.unknown:
            return question
        said = person.text if person is not None and question.refers else _said(earlier)
        return replace(
            question,
            text=f"{question.text} {said}".strip(),
            interpreted=f"{question.text} ({said})" if said else question.text,
            tokens=self._analyzer.tokens(f"{question.text} {said}".strip()),
            naming=naming,
            carried=("document",),
        )


def _narrowed(naming: Naming, person: Mention) -> Naming:
    """Add the person an answer named to what the question named; both must be possible."""
    both = [o for o in person.documents if o in naming.documents]
    documents = tuple(both or naming.documents or person.documents)
    return replace(naming, documents=documents, person=person.text, strong=True)


def _named(question: Question) -> Mention | None:
    return max(
        question.naming.mentions,
        key=lambda m: (m.kind == "place", max(m.documents.values(), default=0.0)),
        default=None,
    )


def _said(question: Question) -> str:
    mention = _named(question)
    if mention is None or mention.last > len(question.tokens):
        return ""
    tokens = question.tokens
    return question.text[tokens[mention.first].start : tokens[mention.last - 1].end]


def _swap(earlier: Question, old: Mention | None, said: str) -> str:
    if old is None or old.last > len(earlier.tokens):
        return f"{earlier.text.rstrip('?')} {said}"
    start, end = earlier.tokens[old.first].start, earlier.tokens[old.last - 1].end
    return earlier.text[:start] + said + earlier.text[end:]


def _positions(tokens: tuple[Token, ...], words: frozenset[str]) -> frozenset[int]:
    return frozenset(
        p for p, t in enumerate(tokens) if t.surface in words or not words.isdisjoint(t.lemmas)
    )


def _time_words(lexicon: Lexicon) -> frozenset[str]:
    return (
        lexicon.current_cues | lexicon.past_cues | lexicon.from_cues | lexicon.before_cues
    ) | lexicon.time_nouns


def _digits(tokens: tuple[Token, ...]) -> frozenset[int]:
    return frozenset(p for p, token in enumerate(tokens) if token.surface[0].isdigit())


def _openers(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Return the position of an opening "and", "entä" or "what about"."""
    first = [token.surface for token in tokens[:2]]
    opens = bool(first) and (
        first[0] in lexicon.follow_up_openers or " ".join(first) in lexicon.follow_up_openers
    )
    return frozenset({0}) if opens else frozenset()


def _has_cue(tokens: tuple[Token, ...], cues: frozenset[str]) -> bool:
    text = " " + " ".join(token.surface for token in tokens) + " "
    return bool(_positions(tokens, cues)) or any(f" {c} " in text for c in cues if " " in c)


def _wants_list(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Whether several documents are asked for: "mitkä hankkeet", "all contacts"."""
    if _has_cue(tokens, lexicon.every_cues):
        return True
    plural = [p for p in _positions(tokens, lexicon.project_nouns)]
    return any(
        tokens[p - 1].surface in lexicon.list_cues or tokens[p - 2].surface in lexicon.list_cues
        for p in plural
        if p
    )


def _only_names(tokens: tuple[Token, ...], quiet: frozenset[int], naming: Naming) -> bool:
    return frozenset(range(len(tokens))) <= naming.words


def _without(text: str, tokens: tuple[Token, ...], words: frozenset[int]) -> str:
    return " ".join(
        text[token.start : token.end] for p, token in enumerate(tokens) if p not in words
    )
