"""What a question means: its language, field, documents, time, and what a follow-up leaves out.

Knows how to read a question and its history. Does not know how passages are found or answers made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.language import Analyzer, Token, detect
from corpus.model import LANGUAGES, Language
from corpus.profiles import FieldType
from qa.asked import AskedField, FieldFinder, Pointer
from qa.field_meaning import Bar
from qa.lexicon import load_lexicon
from qa.mentions import Mention, Namer, Naming
from qa.model import Turn
from qa.steering import Steering, steer
from qa.title_meaning import TitleMeaning
from qa.when import When, find_when

SEVERAL_WORDS = 4  # telling words beside the names up to which the whole may mean a field
MOST_COUNTED = 3  # words of what is counted: "local service points"
FEW_WORDS = 2  # telling words beside the names in "who looks after X these days"
HISTORY_TURNS = 8  # older turns no longer shape a follow-up
NO_WORDS: frozenset[int] = frozenset()
NOTHING: frozenset[Pointer] = frozenset()
WHEN: frozenset[Pointer] = frozenset({"when"})
WHO: frozenset[Pointer] = frozenset({"who"})
OVERVIEW = "purpose"  # the field meant when nothing but one document is named
EXPLAINED_ENOUGH = 0.6  # share of the telling words that a field and names must explain
EXPLAINED_OF_ONE = 0.5  # the same, where one document is named for sure


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    `asked_text` is what was typed, `text` what is searched (a follow-up completed from its
    history), `expanded` the same with places in the documents' language, `tokens` the words of
    `text`. `steering` tells what its small words say; `carried` what came from the history.
    """

    asked_text: str
    text: str
    expanded: str
    interpreted: str
    language: Language
    tokens: tuple[Token, ...]
    steering: Steering
    asked: AskedField | None
    naming: Naming
    when: When | None
    carried: tuple[str, ...] = ()

    @property
    def telling(self) -> frozenset[int]:
        """Positions of the words that neither steer nor are function words."""
        return self.steering.telling

    @property
    def counted(self) -> str:
        """What a question of "how many" counts: its first telling words that name nothing."""
        free = sorted(self.telling - self.naming.words - self.steering.quantity_words)
        run = [p for i, p in enumerate(free[:MOST_COUNTED]) if p == free[0] + i]
        return " ".join(self.tokens[p].surface for p in run)

    @property
    def explained(self) -> float:
        """Share of the telling words that a field or a name accounts for; 1 without any."""
        if not self.telling:
            return 1.0
        known = self.naming.words | (self.asked.words if self.asked else frozenset())
        return len(self.telling & known) / len(self.telling)

    def about(self, ordinal: int) -> str:
        """Return what is said about a document: the text without the words that name it."""
        named = (m for m in self.naming.mentions if ordinal in m.documents)
        return _without(self.text, self.tokens, frozenset(p for m in named for p in m.words))

    @property
    def rest(self) -> str:
        """What is said about the documents named: the text without their names."""
        return _without(self.text, self.tokens, self.naming.words)

    @property
    def wants_many(self) -> bool:
        """Whether values of several documents are asked for: several named, or none and many."""
        if self.steering.wants_list:
            return True
        if len({m.key for m in self.naming.mentions if m.places and m.documents}) > 1:
            return self.asked is not None
        named = self.naming.documents or self.naming.unknown
        return self.asked is not None and self.steering.many(self.asked.exact) and not named

    @property
    def only_names(self) -> bool:
        """Whether nothing is said but names: "Savon hanke"."""
        return self.asked is None and self.naming.strong and self.telling <= self.naming.words

    @property
    def is_field_question(self) -> bool:
        """Whether a field is asked for and little else is said."""
        sure = self.naming.strong and len(self.naming.documents) == 1
        enough = EXPLAINED_OF_ONE if sure else EXPLAINED_ENOUGH
        return self.asked is not None and self.explained >= enough


class Reader:
    """Reads questions against the names and fields of one snapshot.

    `languages` are those of the documents, the commonest first.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        namer: Namer,
        finder: FieldFinder,
        titles: TitleMeaning,
        languages: Sequence[Language] = ("fi",),
    ) -> None:
        self._analyzer = analyzer
        self._namer = namer
        self._finder = finder
        self._titles = titles
        self._languages = languages

    def read(
        self, text: str, history: Sequence[Turn] = (), language: Language | None = None
    ) -> Question:
        """Return what `text` means after `history` (oldest turn first)."""
        question = self._alone(text, language)
        if history:
            question = self._follow(question, history[-HISTORY_TURNS:])
        if question.only_names and len(question.naming.documents) == 1:
            return replace(question, asked=AskedField(OVERVIEW, 0.0, NO_WORDS, by_meaning=True))
        return question

    def _alone(self, text: str, language: Language | None) -> Question:
        asked_text = " ".join(text.split())
        text = self._apart(asked_text)
        tokens = self._analyzer.tokens(text)
        loose = self._namer.resolve(tokens, _function_words(tokens))
        language = language or self._language(text, tokens, loose.words)
        lexicon = load_lexicon(language)
        when = find_when(text, [token.surface for token in tokens], lexicon)
        steering = steer(tokens, lexicon)
        allows = _allowed(steering)
        dated = when is not None and when.mode == "dates"
        points = steering.points | (WHEN if dated else NOTHING) | (WHO if loose.person else NOTHING)
        taken = loose.place_words | steering.quiet
        is_open = steering.open or steering.wants_list
        asked = self._finder.find(tokens, taken, allows, points, is_open=is_open)
        skip = steering.quiet | (asked.exact if asked else frozenset())
        naming = self._namer.resolve(tokens, skip | steering.common)
        naming = self._one_meant(text, tokens, steering.telling - skip, naming)
        left = steering.telling - naming.words
        said = _without(text, tokens, naming.words)
        if asked is not None:
            asked = self._finder.who(asked, said) if steering.asks_who else asked
            asked = self._finder.refined(asked, said, left - asked.words)
        elif bar := _bar(left, naming, steering):
            asked = self._finder.find_by_meaning(said, left, allows, bar)
        return Question(
            asked_text=asked_text,
            text=text,
            expanded=self._expanded(text, naming),
            interpreted=asked_text,
            language=language,
            tokens=tokens,
            steering=steering,
            asked=asked,
            naming=naming,
            when=when,
        )

    def _language(self, text: str, tokens: tuple[Token, ...], named: frozenset[int]) -> Language:
        """Return the language of what is said about the names; a title keeps its own."""
        said = [token for p, token in enumerate(tokens) if p not in named]
        return self._finder.spoken(said) or detect(_without(text, tokens, named) or text)

    def _one_meant(
        self, text: str, tokens: tuple[Token, ...], telling: frozenset[int], naming: Naming
    ) -> Naming:
        """Choose one of several documents named alike by what else is said."""
        said = _without(text, tokens, frozenset(range(len(tokens))) - telling | naming.words)
        chosen = self._titles.choose(said, naming.documents)
        if len(chosen) == len(naming.documents):
            return naming
        words = Mention(0, 0, said, "title", "", dict.fromkeys(chosen, 1.0))
        return replace(naming, documents=chosen, mentions=(*naming.mentions, words))

    def _apart(self, text: str) -> str:
        """Take "Itä-Savo-hanke" apart into the name and the word for what it is."""
        cuts = []
        for token in self._analyzer.tokens(text):
            head, hyphen, last = text[token.start : token.end].rpartition("-")
            if hyphen and head and self._is_project_noun(last):
                cuts.append(token.start + len(head))
        return "".join(" " if place in cuts else letter for place, letter in enumerate(text))

    def _is_project_noun(self, word: str) -> bool:
        forms = {form for t in self._analyzer.tokens(word) for form in (t.surface, *t.lemmas)}
        return any(forms & load_lexicon(language).project_nouns for language in LANGUAGES)

    def _expanded(self, text: str, naming: Naming) -> str:
        """Add the names that the documents' language has for the places mentioned."""
        names = (n for lang in self._languages[:1] for n in self._namer.place_names(naming, lang))
        return " ".join((text, *(name for name in names if name.casefold() not in text.casefold())))

    def _follow(self, question: Question, history: Sequence[Turn]) -> Question:
        """Complete a follow-up; a question that stands alone carries nothing over."""
        names = bool(question.naming.documents or question.naming.unknown)
        steering = question.steering
        bare = not _asks(question) and question.telling <= question.naming.words
        if names and bare:
            return self._with_new_name(question, history)
        if names or steering.wants_list:
            return question
        if bare and question.when is not None:
            return self._with_new_time(question, history)
        question = self._asked_in_talk(question)
        if steering.openers or steering.refers or question.is_field_question:
            return self._with_old_name(question, history)
        return question

    def _asked_in_talk(self, question: Question) -> Question:
        """Take a short question for a field that it means: the subject is on the page already."""
        words = question.telling
        if question.asked is not None or not 0 < len(words) <= SEVERAL_WORDS:
            return question
        allows = _allowed(question.steering)
        return replace(question, asked=self._finder.find_by_meaning(question.text, words, allows))

    def _with_new_name(self, question: Question, history: Sequence[Turn]) -> Question:
        """Read "Entä Itä-Savon?": the earlier question, asked of another document."""
        earlier = self.read(history[-1].question, history[:-1])
        if earlier.asked is None and not earlier.naming.mentions:
            return question
        completed = self._alone(_swap(earlier, _said(question)), earlier.language)
        return replace(
            completed,
            asked_text=question.asked_text,
            language=question.language,
            asked=completed.asked or earlier.asked,
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
        answered = self._namer.resolve(self._analyzer.tokens(history[-1].answer))
        person = next((m for m in answered.mentions if m.kind == "person"), None)
        naming = earlier.naming
        if person is not None and question.steering.refers_to_person:
            naming = _narrowed(naming, person)
        if not naming.documents and not naming.unknown:
            return question
        said = person.text if naming.person and person else _said(earlier)
        text = f"{question.text} {said}".strip()
        asked = question.asked
        if asked is None and naming.person:
            allows = _allowed(question.steering)
            asked = self._finder.find_by_meaning(question.text, question.telling, allows)
        return replace(
            question,
            text=text,
            expanded=self._expanded(text, earlier.naming),
            interpreted=f"{question.asked_text} ({said})" if said else question.asked_text,
            asked=asked,
            naming=replace(naming, mentions=()),
            carried=("document",),
        )


def _function_words(tokens: tuple[Token, ...]) -> frozenset[int]:
    """Return the positions of what is a function word in any language."""
    lexicons = [load_lexicon(language) for language in LANGUAGES]
    quiet = frozenset().union(*(lexicon.function_words for lexicon in lexicons))
    return frozenset(p for p, token in enumerate(tokens) if token.surface in quiet)


def _bar(left: frozenset[int], naming: Naming, steering: Steering) -> Bar | None:
    """Return how near a field's meaning must come; None when the question can mean none.

    `left` are the telling words that name nothing. "Where" and "how" rarely ask for a field.
    """
    if len(left) > SEVERAL_WORDS:
        return None
    if steering.asks_who and naming.strong and len(left) <= FEW_WORDS:
        return "who"
    if steering.points - {"where"} or (left and naming.strong and naming.person):
        return "open"
    if steering.asks_other:
        return "other" if left else None
    return "open" if left and naming.strong else None


def _allowed(steering: Steering) -> Callable[[FieldType], bool]:
    """Return which types of field can answer to the question word."""
    if steering.asks_quantity:
        return lambda kind: kind == "number"
    if steering.asks_when:
        return lambda kind: kind in {"date", "period", "text", "person"}
    if steering.asks_who:
        return lambda kind: kind not in {"date", "period", "number"}
    if steering.asks_where:
        return lambda kind: kind not in {"date", "period", "number", "person"}
    return lambda kind: True


def _narrowed(naming: Naming, person: Mention) -> Naming:
    """Add the person an answer named to what the question named; both must be possible."""
    both = tuple(o for o in person.documents if o in naming.documents)
    documents = both or naming.documents or tuple(person.documents)
    return replace(naming, documents=documents, person=person.key, strong=True)


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


def _without(text: str, tokens: tuple[Token, ...], words: frozenset[int]) -> str:
    return " ".join(
        text[token.start : token.end] for p, token in enumerate(tokens) if p not in words
    )
