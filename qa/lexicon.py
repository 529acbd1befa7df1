"""Words that steer a question: question words, list and time cues, openers of follow-ups.

Knows the word lists of `lexicon/*.toml`. Does not know documents, fields or how a question is
put together.
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from corpus.model import LANGUAGES, Language

FOLDER = Path(__file__).parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The steering words of one language, casefolded; an entry may be a phrase.

    `place_prepositions` are those before a place's name ("in"), `preambles` are what is said before
    a question ("do you know"), `uninflected` cues that are met in that very form alone ("list", not
    "listed"), `numbers` what counts as one in a passage, `percent_words` what a per cent sign is
    read as, `agent_nouns` what "which" makes a "who" ("which party"), `place_nouns` what it makes a
    "where" ("which town"), `greetings` what may stand before an opener, `language_words` languages,
    which are no places, `quantity_nouns` those of the quantity cues that are no question words
    ("number"), `counting_cues` those that count ("how many"), `document_nouns` the project nouns
    that are papers ("page"), `conjunctions` what stands between two questions, `repeat_words` what
    asks the last question again ("the same role"), `then_cues` what makes a time told before the
    one asked of ("notes from 2018: who was it then"), `which_cases` what "which" is in other cases,
    `partitives` what may stand between it and its noun ("which of the projects"), `preceding_cues`
    what stands before "the present one" where the one before is asked for, `succession_cues` what
    says so, in that very form, anywhere beside it ("did the present one take over from"),
    `consequences` what stands between what is told and what is asked ("so could you"),
    `place_plurals` places in the plural ("in which towns"), `reason_words` what asks why,
    `what_words` and `doing_words` what asks for the role of somebody named ("what does N.N. do"),
    `role_nouns` what does so with any question word ("in which role"), `number_kinds` whose number
    counts nothing ("phone number"), `time_words` what says a time in a passage ("spring"),
    `often_cues` what asks how many times ("how often"), `when_idioms` what asks no time though it
    has a "when" ("when it comes to"), `span_cues` what asks for more than one day
    ("between which years"), `copulas` what stands between "who" and a role ("is"), `chairing_cues`
    what is to hold one ("chairs"), `office_words` what stands before a role or begins it without
    making it another's ("main", "project-"), `undertakings` what one leads beside a project
    ("reform"), `genitive_endings` those of a name ("N.N.'s"), `company_words` businesses, which
    have names ("supplier"), `price_words` what is told in money where "what" asks for it
    ("salary"), `cost_words` what is so after `cost_cues` ("what does it cost"), `money_words` what
    tells a price in a passage ("euro", "free").
    """

    function_words: frozenset[str]
    project_nouns: frozenset[str]
    place_prepositions: frozenset[str]
    list_cues: frozenset[str]
    which_cues: frozenset[str]
    which_cases: frozenset[str]
    partitives: frozenset[str]
    every_cues: frozenset[str]
    follow_up_openers: frozenset[str]
    anaphora: frozenset[str]
    person_anaphora: frozenset[str]
    current_cues: frozenset[str]
    past_cues: frozenset[str]
    from_cues: frozenset[str]
    after_cues: frozenset[str]
    yes_no_openers: frozenset[str]
    before_cues: frozenset[str]
    preceding_cues: frozenset[str]
    succession_cues: frozenset[str]
    time_nouns: frozenset[str]
    who_words: frozenset[str]
    other_question_words: frozenset[str]
    when_words: frozenset[str]
    where_words: frozenset[str]
    quantity_cues: frozenset[str]
    latest_cues: frozenset[str]
    earliest_cues: frozenset[str]
    plural_words: frozenset[str]
    common_words: frozenset[str]
    preambles: frozenset[str]
    uninflected: frozenset[str]
    consequences: frozenset[str]
    numbers: frozenset[str]
    percent_words: frozenset[str]
    plural_endings: frozenset[str]
    plural_marks: frozenset[str]
    agent_nouns: frozenset[str]
    place_nouns: frozenset[str]
    greetings: frozenset[str]
    language_words: frozenset[str]
    quantity_nouns: frozenset[str]
    negations: frozenset[str]
    counting_cues: frozenset[str]
    document_nouns: frozenset[str]
    conjunctions: frozenset[str]
    repeat_words: frozenset[str]
    then_cues: frozenset[str]
    place_plurals: frozenset[str]
    reason_words: frozenset[str]
    doing_words: frozenset[str]
    time_words: frozenset[str]
    often_cues: frozenset[str]
    when_idioms: frozenset[str]
    span_cues: frozenset[str]
    chairing_cues: frozenset[str]
    copulas: frozenset[str]
    office_words: frozenset[str]
    undertakings: frozenset[str]
    genitive_endings: frozenset[str]
    company_words: frozenset[str]
    price_words: frozenset[str]
    cost_words: frozenset[str]
    cost_cues: frozenset[str]
    money_words: frozenset[str]
    role_nouns: frozenset[str]
    what_words: frozenset[str]
    number_kinds: frozenset[str]


def vocabulary(lexicon: Lexicon) -> frozenset[str]:
    """Return every word of a lexicon, whatever it steers."""
    return frozenset().union(*(getattr(lexicon, f.name) for f in fields(Lexicon)))


@cache
def load_lexicon(language: Language) -> Lexicon:
    """Return the lexicon of a language; it ships with the package."""
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Lexicon(**{f.name: frozenset(table[f.name]) for f in fields(Lexicon)})


@cache
def project_nouns() -> frozenset[str]:
    """Return the words for "project" and "page" of all languages."""
    return frozenset().union(*(load_lexicon(language).project_nouns for language in LANGUAGES))


# What is kept by a set of words is found at once when the set is the very same object.
@cache
def either(*sets: frozenset[str]) -> frozenset[str]:
    """Return the words of any of the sets."""
    return frozenset().union(*sets)


@cache
def but(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Return the words that are not among the others."""
    return words - others


@cache
def one_by_one(phrases: frozenset[str]) -> frozenset[str]:
    """Return the words of all phrases one by one."""
    return frozenset(word for phrase in phrases for word in phrase.split())
