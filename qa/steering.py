"""What the small words of a question say: that a list is wanted, who or when, a follow-up.

Knows the lexicon of one language. Does not know names, fields or history.
"""

from dataclasses import dataclass, replace

from corpus.language import Token
from qa.aliases import Pointer
from qa.cues import after_which, at, has, is_plural, phrases, said
from qa.expected import Expected, expected
from qa.lexicon import Lexicon, but, either, one_by_one
from qa.list_cues import counts_projects, list_of_projects, wants_every

NEAR_NUMBER = 2  # words after "number of" of which one is a plural


@dataclass(frozen=True, slots=True)
class Steering:
    """Positions and readings of the steering words.

    `telling` are the positions of the words that are left; `quiet` those that can name nothing,
    `common` those that name nothing alone though a title has them, `languages` those of "in
    Swedish", `asking` those of question words, `yes_no` those of "is" and "includes";
    `openers` the position of an opening "and" or "entä", `repeats` those of "same"; `plural` those
    of words in the plural, `plural_words` those of "which" and "are", `quantity_words` those of
    "how many", `extremes` those of "first" and "latest", `preamble` those of "do you know".
    `expected` tells what an answer must have, `asks_party` a "who" that is no person ("which
    body"), `asks_which_place` a "which town" or "first town", `asks_places` that "towns" are
    spoken of, `asks_which_project` a "which project" and `counts_projects` a "how many projects".
    """

    telling: frozenset[int]
    quiet: frozenset[int]
    preamble: frozenset[int]
    common: frozenset[int]
    languages: frozenset[int]
    asking: frozenset[int]
    yes_no: frozenset[int]
    openers: frozenset[int]
    repeats: frozenset[int]
    refers: bool
    refers_to_person: bool
    wants_list: bool
    wants_every: bool
    asks_who: bool
    asks_party: bool
    asks_when: bool
    asks_where: bool
    asks_why: bool
    expected: Expected
    asks_which_place: bool
    asks_places: bool
    asks_which: bool
    asks_which_project: bool
    counts_projects: bool
    asks_other: bool
    asks_quantity: bool
    negated: bool
    quantity_words: frozenset[int]
    plural: frozenset[int]
    plural_words: frozenset[int]
    latest: bool
    earliest: bool
    extremes: frozenset[int]

    def asking_as(self, clause: "Steering") -> "Steering":
        """Return the same with the question words of `clause`, whatever else is said."""
        return replace(
            self,
            asks_which_project=clause.asks_which_project,
            counts_projects=clause.counts_projects,
            asks_who=clause.asks_who,
            asks_party=clause.asks_party,
            asks_when=clause.asks_when,
            asks_where=clause.asks_where,
            asks_why=clause.asks_why,
            expected=clause.expected,
            asks_which_place=clause.asks_which_place,
            asks_places=clause.asks_places,
            asks_which=clause.asks_which,
            asks_other=clause.asks_other,
            asks_quantity=clause.asks_quantity,
        )

    def listing_as(self, wider: "Steering") -> "Steering":
        """Return the same, wanting a list only if `wider` does, unless this must be one."""
        if self.asks_which or self.counted:
            return self
        return replace(self, wants_list=wider.wants_list, wants_every=wider.wants_every)

    @property
    def counted(self) -> bool:
        """Whether it is read as a list of what is counted."""
        return self.counts_projects and not self.asks_quantity

    def projects_listed(self) -> "Steering":
        """Return the same, read as "which projects" where their number is asked for."""
        telling = self.telling - self.quantity_words
        return replace(
            self, telling=telling, asks_quantity=False, wants_list=True, wants_every=True
        )

    @property
    def asks_place(self) -> bool:
        """Whether a place is asked for."""
        return self.asks_where or self.asks_which_place

    @property
    def open(self) -> bool:
        """Whether no question word says what is asked, so that an alias may bring its own."""
        pointed = self.asks_who or self.asks_when or self.asks_quantity
        return not (pointed or self.asks_which or self.asks_other)

    def many(self, noun: frozenset[int]) -> bool:
        """Whether the plural is asked for: "which", "are", or a noun at `noun` in the plural."""
        return bool(self.plural_words) or (bool(noun & self.plural) and not self.asks_who)

    @property
    def points(self) -> frozenset[Pointer]:
        """What the question word points to."""
        found: dict[Pointer, bool] = {
            "who": self.asks_who,
            "when": self.asks_when,
            "where": self.asks_where,
        }
        return frozenset(pointer for pointer, said in found.items() if said)


def steer(tokens: tuple[Token, ...], lexicon: Lexicon) -> Steering:
    """Return what the steering words of a question say."""
    openers, agents = _openers(tokens, lexicon), _agents(tokens, lexicon)
    preamble, idioms = phrases(tokens, lexicon.preambles), _idioms(tokens, lexicon)
    quiet = _small(tokens, lexicon) | openers | preamble | idioms | agents
    return Steering(
        telling=frozenset(range(len(tokens))) - quiet - _timely(tokens, lexicon),
        quiet=quiet,
        preamble=preamble,
        common=at(tokens, lexicon.common_words),
        languages=at(tokens, lexicon.language_words),
        asking=_asking(tokens, lexicon),
        yes_no=frozenset(p for p, t in enumerate(tokens) if t.surface in lexicon.yes_no_openers),
        openers=openers,
        repeats=at(tokens, lexicon.repeat_words),
        refers=bool(at(tokens, either(lexicon.anaphora, lexicon.person_anaphora))),
        refers_to_person=bool(at(tokens, lexicon.person_anaphora)),
        wants_list=_wants_list(tokens, lexicon),
        wants_every=wants_every(tokens, lexicon),
        asks_who=bool(agents) or has(tokens, lexicon.who_words),
        asks_party=bool(agents),
        asks_when=_asks_when(tokens, lexicon, openers, idioms),
        asks_where=said(tokens, lexicon.where_words),
        asks_why=bool(phrases(tokens, lexicon.reason_words)),
        expected=_expected(tokens, lexicon, preamble | idioms),
        asks_which_place=_asks_which_place(tokens, lexicon),
        asks_places=said(tokens, lexicon.place_plurals),
        asks_which=said(tokens, either(lexicon.which_cues, lexicon.plural_words)),
        asks_which_project=_asks_which_project(tokens, lexicon),
        counts_projects=counts_projects(tokens, lexicon),
        asks_other=said(tokens, lexicon.other_question_words),
        asks_quantity=has(tokens, lexicon.quantity_cues) or bool(_numbers_of(tokens, lexicon)),
        negated=said(tokens, lexicon.negations),
        quantity_words=_quantity_words(tokens, lexicon),
        plural=frozenset(p for p, token in enumerate(tokens) if is_plural(token, lexicon)),
        plural_words=at(tokens, lexicon.plural_words),
        latest=has(tokens, lexicon.latest_cues),
        earliest=has(tokens, lexicon.earliest_cues),
        extremes=at(tokens, either(lexicon.latest_cues, lexicon.earliest_cues)),
    )


def _expected(tokens: tuple[Token, ...], lexicon: Lexicon, idle: frozenset[int]) -> Expected:
    asking = _asking(tokens, lexicon) - idle
    return expected(tokens, lexicon, asking, _quantity_words(tokens, lexicon))


def _asks_when(
    tokens: tuple[Token, ...],
    lexicon: Lexicon,
    openers: frozenset[int],
    idioms: frozenset[int],
) -> bool:
    """Tell "when" that asks from one that joins clauses: "what number do I ring when it burns".

    `idioms` are the positions of "when it comes to", which asks nothing either.
    """
    times = at(tokens, lexicon.when_words) | phrases(tokens, lexicon.when_words)
    single = frozenset(p for p, token in enumerate(tokens) if token.surface in lexicon.when_words)
    if times <= idioms or not single or times - single - idioms:
        return bool(times - idioms)
    return not all(_joins(p, tokens, lexicon, openers) for p in single - idioms)


def _idioms(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Return the positions of "when it comes to", where something else asks."""
    idioms = phrases(tokens, lexicon.when_idioms)
    return idioms if _asking(tokens, lexicon) - idioms else frozenset()


def _joins(
    place: int, tokens: tuple[Token, ...], lexicon: Lexicon, openers: frozenset[int]
) -> bool:
    """Tell whether a "which" runs into the word at `place` without a stop or an "and"."""
    if place and tokens[place - 1].surface in lexicon.conjunctions:
        return False
    for position in reversed(range(place)):
        if tokens[position + 1].start - tokens[position].end > 1:
            return False
        if tokens[position].surface in lexicon.which_cues and position not in openers:
            return True
    return False


def _small(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Return the positions of function words, of "project", and of what asks or points back."""
    small = either(
        lexicon.function_words,
        lexicon.project_nouns,
        lexicon.list_cues,
        lexicon.every_cues,
        lexicon.anaphora,
        lexicon.person_anaphora,
    )
    return at(tokens, small) | phrases(tokens, either(lexicon.who_words, lexicon.when_words))


def _asks_which_project(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    return bool(after_which(tokens, lexicon.project_nouns, lexicon, lexicon.where_words))


def _asks_which_place(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Whether "which town" is asked, or "first town" where nothing else asks."""
    if after_which(tokens, lexicon.place_nouns, lexicon):
        return True
    heads = frozenset().union(*({*token.lemmas, *token.parts[-1:]} for token in tokens))
    first = has(tokens, lexicon.earliest_cues)
    return first and not _asking(tokens, lexicon) and not heads.isdisjoint(lexicon.place_nouns)


def _timely(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Return the positions of the words and numbers that say a time."""
    times = either(
        lexicon.current_cues,
        lexicon.past_cues,
        lexicon.after_cues,
        lexicon.from_cues,
        lexicon.before_cues,
        lexicon.time_nouns,
        lexicon.latest_cues,
        lexicon.earliest_cues,
    )
    numbers = (p for p, token in enumerate(tokens) if token.surface[0].isdigit())
    return at(tokens, times) | frozenset(numbers)


def _openers(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Return the positions of "and" or "what about" at the start, after a greeting or thanks."""
    surfaces = [token.surface for token in tokens]
    start = next((p for p, s in enumerate(surfaces) if s not in lexicon.greetings), 0)
    if " ".join(surfaces[start : start + 2]) in lexicon.follow_up_openers:
        return frozenset({start, start + 1})
    opens = surfaces[start : start + 1] and surfaces[start] in lexicon.follow_up_openers
    return frozenset({start}) if opens else frozenset()


def _agents(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Return the positions of the nouns that make a "which" a "who": "which party".

    Not "in which firm", which is another case in Finnish and asks where.
    """
    nouns = after_which(tokens, lexicon.agent_nouns, lexicon)
    cues = lexicon.which_cues
    return frozenset(
        p for p in nouns if tokens[p - 1].surface in cues and not is_plural(tokens[p], lexicon)
    )


def _quantity_words(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    return at(tokens, one_by_one(lexicon.quantity_cues)) | _numbers_of(tokens, lexicon)


def _numbers_of(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Return the place of "number" in "number of old bikes", not in "number of the contact"."""
    of = phrases(tokens, lexicon.counting_cues) & at(tokens, lexicon.quantity_nouns)
    return frozenset(
        p
        for p in of
        if any(is_plural(t, lexicon) for t in tokens[p + 2 : p + 2 + NEAR_NUMBER])
        and not said(tokens[p + 2 : p + 3], lexicon.function_words)
        and not said(tokens[max(0, p - 1) : p], lexicon.number_kinds)
    )


def _wants_list(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    asks = _asks(tokens, lexicon)
    return wants_every(tokens, lexicon) or list_of_projects(tokens, lexicon, asks=asks)


def _asks(tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    pointing = either(lexicon.who_words, lexicon.when_words)
    return bool(_asking(tokens, lexicon)) or has(tokens, pointing)


def _asking(tokens: tuple[Token, ...], lexicon: Lexicon) -> frozenset[int]:
    """Return the positions of question words, and of the verbs that open a yes-or-no question."""
    which = either(lexicon.which_cues, but(lexicon.plural_words, lexicon.yes_no_openers))
    words = either(lexicon.other_question_words, which)
    opening = phrases(tokens[:1], lexicon.yes_no_openers)
    single = frozenset(p for p, token in enumerate(tokens) if token.surface in words)
    counting = but(lexicon.quantity_cues, lexicon.quantity_nouns)
    pointing = at(tokens, either(lexicon.who_words, lexicon.when_words, counting))
    return pointing | opening | single | phrases(tokens, lexicon.when_words)
