"""Reads one question by itself: its language, field, documents and time.

Knows the names and fields of one snapshot. Does not know history, ranking or answers.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from corpus.language import Analyzer, Token, detect
from corpus.model import LANGUAGES, Language
from qa.aliases import Pointer
from qa.asked import NAME, PERSON, AskedField, FieldFinder
from qa.diacritics import Diacritics
from qa.field_meaning import Bar
from qa.field_types import REACHED, allowed, meant
from qa.focus import told_aside
from qa.lexicon import load_lexicon, project_nouns
from qa.mentions import Mention, Namer, Naming
from qa.office import is_other_office
from qa.question import Question, without
from qa.said import Said, visible
from qa.steering import Steering, steer
from qa.title_meaning import TitleMeaning
from qa.title_run import before_places, beside_places, enclosed, runs
from qa.typos import Typos
from qa.when import When, find_when

SEVERAL_WORDS = 4  # telling words beside the names up to which the whole may mean a field
FEW_WORDS = 2  # telling words beside the names in "who looks after X these days"
UNTIMED = frozenset({"text", "list", "line"})  # types of which "the first" is one, not an older
NOTHING: frozenset[Pointer] = frozenset()
NO_WORDS: frozenset[int] = frozenset()
WHEN: frozenset[Pointer] = frozenset({"when"})
WHO: frozenset[Pointer] = frozenset({"who"})


class Reader:
    """Reads questions against the names and fields of one snapshot.

    `languages` are those of the documents, the commonest first; `diacritics` spells what is typed
    without any, and `typos` what is mistyped.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        namer: Namer,
        finder: FieldFinder,
        titles: TitleMeaning,
        diacritics: Diacritics,
        typos: Typos,
        languages: Sequence[Language] = ("fi",),
    ) -> None:
        self._analyzer = analyzer
        self._namer = namer
        self._finder = finder
        self._titles = titles
        self._diacritics = diacritics
        self._typos = typos
        self._languages = languages

    def read(self, text: str, language: Language | None = None) -> Question:
        """Return what `text` means by itself."""
        asked_text = " ".join(visible(text).split())
        text = self._apart(self._spelled(unicodedata.normalize("NFC", asked_text)))
        tokens = self._analyzer.tokens(text)
        loose = self._namer.mentions(tokens, _function_words(tokens))
        language = language or self._language(text, tokens, loose.words)
        lexicon = load_lexicon(language)
        steering = self._listed(tokens, steer(tokens, lexicon))
        said = Said(text, tokens, steering, lexicon, told_aside(text, tokens, steering, lexicon))
        when = find_when(text, tokens, lexicon)
        said = said.with_keywords(loose.words)
        said, asked = self._by_words(said, loose, when)
        when = find_when(text, said.clause, lexicon) or when
        steering = said.steering
        skip = steering.quiet | (asked.exact if asked else frozenset())
        naming = self._named(said, skip | steering.languages | steering.yes_no)
        naming = self._one_meant(said, steering.telling - skip, naming)
        asked = self._by_meaning(said, asked, naming)
        if asked is not None:
            asked = self._confirmed(said, self._in_person(said, asked, naming), naming)
        when = when or _first(steering, asked)
        if asked is None or self._finder.type_of(asked.name) in UNTIMED:
            steering = replace(steering, telling=steering.telling | steering.extremes)
        return Question(
            asked_text=asked_text,
            text=text,
            expanded=self.expanded(text, naming),
            interpreted=asked_text,
            language=language,
            tokens=tokens,
            steering=steering,
            asked=asked,
            naming=naming,
            when=when,
            aside=said.aside,
            likely=self._likely(said, asked, naming),
        )

    def _likely(self, said: Said, asked: AskedField | None, naming: Naming) -> str:
        """Return the field asked for, or the nearest to what is said about one document."""
        if asked is not None:
            return "" if asked.other_office else asked.name
        if not naming.strong or len(naming.documents) != 1:
            return ""
        text = said.without(naming.words | said.aside)
        found = self._finder.find_by_meaning(text, NO_WORDS, meant(said.steering), "who")
        return found.name if found else ""

    def _listed(self, tokens: tuple[Token, ...], steering: Steering) -> Steering:
        """Read "how many projects" as a list, unless a title is named, which may count its own."""
        if not steering.counts_projects:
            return steering
        skip = steering.quiet | steering.quantity_words
        named = self._namer.mentions(tokens, skip, steering.common).mentions
        titled = any(mention.kind == "title" and mention.documents for mention in named)
        return steering if titled else steering.projects_listed()

    def _named(self, said: Said, skip: frozenset[int]) -> Naming:
        """Return what is named; a place that the asking clause names outdoes those told aside."""
        common = said.steering.common
        if said.aside:
            own = self._namer.resolve(said.tokens, skip | said.aside, common)
            if any(mention.places and mention.documents for mention in own.mentions):
                return own
        return self._namer.resolve(said.tokens, skip, common)

    def _by_words(
        self, said: Said, loose: Naming, when: When | None
    ) -> tuple[Said, AskedField | None]:
        """Return the field that the words name, and what is said with what is told aside.

        What runs into the asking clause counts where it says a field and the clause does not: "the
        contact of the project for people who live alone"; or points back: "..., which one was it".
        """
        taken = loose.place_words | said.steering.quiet
        tells = len(said.telling - loose.words)
        whole = self._found(said, loose, when, taken)
        if not said.aside or not tells:
            return replace(said, aside=NO_WORDS), whole
        if whole is not None and self._is_relative(said, whole):
            return replace(said, aside=NO_WORDS), whole
        clause = said.narrowed()
        asked = self._found(said, loose, when, taken | said.aside)
        reaching = whole is not None and bool(whole.words - said.aside)  # "e-mail ... the address"
        if not reaching and self._alone(said, loose, clause.steering):
            return clause, asked
        if reaching and whole is not None and self._is_reached(whole, asked):
            return clause, whole
        pointed = bool(clause.steering.points - {"where"}) or tells > 1
        near = said.leading if pointed else said.aside
        before = self._found(said, loose, when, taken | (said.every - near))
        if before is None or (asked is not None and (pointed or not said.steering.refers)):
            return clause, asked
        return replace(said, aside=NO_WORDS), whole

    def _is_relative(self, said: Said, whole: AskedField) -> bool:
        """Tell "the e-mail of the guy who leads it": an address, and a "who" that runs on."""
        is_near = said.runs_on and not whole.words.isdisjoint(said.leading)
        return is_near and self._finder.type_of(whole.name) in REACHED

    def _is_reached(self, whole: AskedField, asked: AskedField | None) -> bool:
        """Tell "e-mail the one who ...: what is the address", of which the clause says a part."""
        part = asked is None or asked.words <= whole.words
        return part and self._finder.type_of(whole.name) in REACHED

    def _found(
        self, said: Said, loose: Naming, when: When | None, taken: frozenset[int]
    ) -> AskedField | None:
        """Return the field that the words outside `taken` name, not by a title alone.

        The "work" of "the adapted work exchange in Lapland" says nothing of where anyone works.
        """
        steering = said.steering
        dated = when is not None and when.mode == "dates"
        points = steering.points | (WHEN if dated else NOTHING) | (WHO if loose.person else NOTHING)
        is_open = steering.open or steering.wants_list

        def find(more: frozenset[int]) -> AskedField | None:
            allows = allowed(steering)
            return self._finder.find(said.tokens, taken | more, allows, points, is_open=is_open)

        asked = find(NO_WORDS)
        free = said.telling - taken
        title = before_places(loose.mentions, free, steering.quiet, said.joining, said.numbers)
        if asked is None or not asked.words & title or title <= asked.words:
            return asked
        return find(title) or asked

    def _alone(self, said: Said, loose: Naming, steering: Steering) -> AskedField | None:
        """Return the field that the asking clause means by itself, whatever is told aside."""
        text = said.without(loose.words | said.aside | steering.preamble)
        return self._finder.find_by_meaning(text, NO_WORDS, meant(steering), "clear")

    def _by_meaning(
        self, said: Said, asked: AskedField | None, naming: Naming
    ) -> AskedField | None:
        """Return the field as the meaning of its sentence has it, beside the names."""
        steering = said.steering
        left = said.telling - naming.words
        if naming.person and _asks_role(said, left):
            return AskedField(PERSON, 1.0, left, by_meaning=True)
        words = said.sentences(asked.words if asked else _last(left)) - said.aside
        text = said.without(naming.words | steering.preamble | (said.every - words))
        left &= words
        if asked is not None:
            asked = self._finder.between(asked, text)
            if steering.asks_who or steering.asks_when:
                pointer: Pointer = "who" if steering.asks_who else "when"
                asked = self._finder.pointed(asked, text, pointer)
            asked = self._finder.refined(asked, text, left - asked.words)
            asked = self._finder.as_a_whole(
                asked, text, left, meant(steering), doer=steering.asks_who
            )
            if asked is not None or not steering.asks_who:
                return asked
        bar = _bar(left, naming, steering)
        return self._finder.find_by_meaning(text, left, meant(steering), bar) if bar else None

    def _confirmed(self, said: Said, asked: AskedField, naming: Naming) -> AskedField:
        """Take all that is said of one document for the field, where it means that as a whole."""
        if not naming.strong or len(naming.documents) != 1:
            return asked
        left = said.telling - naming.words
        text = said.without(naming.words | said.aside)
        return self._finder.confirmed(asked, text, left, meant(said.steering))

    def _is_other_office(self, said: Said, asked: AskedField, naming: Naming) -> bool:
        """Tell a role that no person of a page's own has, names beside: "finance director"."""
        office = said.office(naming.words)
        if not office or self._finder.is_called(asked, office[-1]):
            return False
        return is_other_office([said.tokens[place] for place in office], said.lexicon)

    def _in_person(self, said: Said, asked: AskedField, naming: Naming) -> AskedField:
        """Return the person or the party that a "who" means; a name is a person's if it is said."""
        steering = said.steering
        if self._is_other_office(said, asked, naming):
            return replace(asked, other_office=True)
        if steering.asks_party:
            return self._finder.party(asked)
        of_person = steering.refers_to_person or (steering.asks_who and asked.by_meaning)
        if asked.name == NAME and of_person:  # "what is their name", "the one who is called"
            return self._finder.person(asked, said.without(naming.words), sure=True)
        more = said.telling - naming.words - asked.words
        if not steering.asks_who and not (asked.name == NAME and more):
            return asked
        return self._finder.person(asked, said.without(naming.words | said.aside))

    def _language(self, text: str, tokens: tuple[Token, ...], named: frozenset[int]) -> Language:
        """Return the language of what is said about the names; a title keeps its own."""
        said = [token for p, token in enumerate(tokens) if p not in named]
        return self._finder.spoken(said) or detect(without(text, tokens, named) or text)

    def _one_meant(self, said: Said, telling: frozenset[int], naming: Naming) -> Naming:
        """Choose one of several documents named alike by what else is said."""
        free = telling - naming.words
        beside = beside_places(
            naming.mentions, free, said.steering.quiet, said.joining, said.numbers
        )
        every = dict.fromkeys((*beside, *runs(free, said.numbers)))
        found = [run for run in every if self._may_name(said, run)]
        texts = [said.without(said.every - run) for run in found]
        chosen = self._titles.choose(texts, naming.documents, near=len(set(beside) & set(found)))
        if chosen is None:
            return naming
        ordinal, number = chosen
        named = frozenset(p for p in found[number] if not self._may_ask(said, p))
        named = named | enclosed(found[number] - named, named, naming.place_words)
        words = sorted((named or found[number]) | self._meant(said, free, ordinal))
        surfaces = [(p, said.tokens[p].surface) for p in words]
        mentions = [Mention(p, p + 1, word, "title", "", {ordinal: 1.0}) for p, word in surfaces]
        return replace(naming, documents=(ordinal,), mentions=(*naming.mentions, *mentions))

    def _may_name(self, said: Said, run: frozenset[int]) -> bool:
        """Tell a run that may be a title from words that ask: "who has been | designated"."""
        return not all(self._may_ask(said, p) for p in run)

    def _may_ask(self, said: Said, place: int) -> bool:
        """Tell whether fields are asked for in that word."""
        return self._finder.asks({said.tokens[place].surface})

    def _meant(self, said: Said, free: frozenset[int], ordinal: int) -> frozenset[int]:
        """Return which of the words at `free` the document's title means."""
        left = sorted(free)
        meant = self._titles.meant([said.tokens[p].surface for p in left], ordinal)
        return frozenset(p for p, is_meant in zip(left, meant, strict=True) if is_meant)

    def _apart(self, text: str) -> str:
        """Take "Itä-Savo-hanke" apart into the name and the word for what it is."""
        cuts = []
        for token in self._analyzer.tokens(text):
            head, hyphen, last = text[token.start : token.end].rpartition("-")
            if hyphen and head and self._is_project_noun(last):
                cuts.append(token.start + len(head))
        return "".join(" " if place in cuts else letter for place, letter in enumerate(text))

    def _spelled(self, text: str) -> str:
        """Return `text` as its words are spelled; names are left for those who know them."""
        text = self._diacritics.restored(text, self._is_name)
        tokens = self._analyzer.tokens(text)
        doubtful = self._typos.doubtful(text, tokens)
        if doubtful:
            doubtful -= self._namer.mentions(tokens, _function_words(tokens)).words
        return self._typos.mended(text, tokens, doubtful) if doubtful else text

    def _is_name(self, word: str) -> bool:
        return self._namer.is_name(self._analyzer.tokens(word))

    def _is_project_noun(self, word: str) -> bool:
        forms = {form for t in self._analyzer.tokens(word) for form in (t.surface, *t.lemmas)}
        return not project_nouns().isdisjoint(forms)

    def expanded(self, text: str, naming: Naming) -> str:
        """Return `text` with the names of the places mentioned in the documents' language."""
        names = (n for lang in self._languages[:1] for n in self._namer.place_names(naming, lang))
        return " ".join((text, *(name for name in names if name.casefold() not in text.casefold())))

    def by_meaning(self, question: Question) -> Question:
        """Return the question with the field that its words mean, if any."""
        allows, text = (
            meant(question.steering),
            without(question.text, question.tokens, question.aside),
        )
        found = self._finder.find_by_meaning(text, question.telling, allows, "whoever")
        return replace(question, asked=found)

    def names_in(self, text: str) -> Naming:
        """Return what a text names."""
        return self._namer.resolve(self._analyzer.tokens(text))


def _function_words(tokens: tuple[Token, ...]) -> frozenset[int]:
    """Return the positions of what is a function word in any language, or asks "is", "has".

    "Ingår" is no form of "Ingå".
    """
    lexicons = [load_lexicon(language) for language in LANGUAGES]
    quiet = frozenset().union(*(lexicon.function_words for lexicon in lexicons))
    quiet |= frozenset().union(*(lexicon.yes_no_openers for lexicon in lexicons))
    return frozenset(p for p, token in enumerate(tokens) if token.surface in quiet)


def _asks_role(said: Said, left: frozenset[int]) -> bool:
    """Tell "who is N.N." and "what does N.N. do"; `left` are the telling words beside the name."""
    steering = said.steering
    if steering.asks_who:
        return not left
    if left & said.roles:  # "in which role", which in Finnish is a "where"
        return left <= said.doing and not steering.points - {"where"}
    return said.asks_what and not steering.points and left <= said.doing


def _first(steering: Steering, asked: AskedField | None) -> When | None:
    """Read "the first contact": the word right before the field's own."""
    governs = asked is not None and any(p + 1 in asked.words for p in steering.extremes)
    return When("first") if governs and steering.earliest and not steering.latest else None


def _last(words: frozenset[int]) -> frozenset[int]:
    """Return the last of the positions, if any."""
    return frozenset({max(words)}) if words else words


def _bar(left: frozenset[int], naming: Naming, steering: Steering) -> Bar | None:
    """Return how near a field's meaning must come; None when the question can mean none.

    `left` are the telling words that name nothing. "Where" and "how" rarely ask for a field.
    """
    if steering.wants_list and any(mention.kind == "value" for mention in naming.mentions):
        return "whoever"
    if len(left) > SEVERAL_WORDS:
        return "whoever" if naming.strong and steering.points - {"where"} else None
    if steering.asks_who and naming.strong and len(left) <= FEW_WORDS:
        return "who"
    if steering.asks_who and naming.strong:
        return "whoever"
    if steering.asks_when and naming.strong:
        return "whoever"
    if steering.points - {"where"} or (left and naming.strong and naming.person):
        return "open"
    if steering.asks_other:
        return "other" if left else None
    return "open" if left and naming.strong else None
