"""What the small words of a question say."""

import pytest

from corpus.language import Analyzer
from corpus.model import Language
from qa.lexicon import load_lexicon
from qa.steering import Steering, steer

AGENTS = {"taho", "tahot", "aktör", "party"}


def read(text: str, language: Language, analyzer: Analyzer) -> Steering:
    """Read the steering words of a question in one language."""
    return steer(analyzer.tokens(text), load_lexicon(language))


def test_telling_words_are_what_is_left(analyzer: Analyzer) -> None:
    """Question words, words for a project and words of time tell nothing of their own."""
    text = "kuka on hankkeen yhteyshenkilö vuonna 2022"
    tokens = analyzer.tokens(text)
    found = read(text, "fi", analyzer)
    assert [tokens[p].surface for p in sorted(found.telling)] == ["yhteyshenkilö"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mitkä hankkeet STM rahoittaa", "fi"),
        ("vilka projekt finansieras av STM", "sv"),
        ("which projects run in 2021", "en"),
        ("kaikki yhteyshenkilöt", "fi"),
        ("hankkeet rahoittaja STM", "fi"),
        ("projects funded by STM", "en"),
        ("in which of the projects is STM the funder", "en"),
        ("missä hankkeissa STM on rahoittajana", "fi"),
        ("räkna upp de projekt som STM finansierar", "sv"),
        ("en förteckning över de projekt som STM finansierar", "sv"),
    ],
)
def test_lists_are_recognised(text: str, language: Language, analyzer: Analyzer) -> None:
    """A word for "which" beside a word for projects, or one for "all", asks for a list."""
    assert read(text, language, analyzer).wants_list


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who is the contact for Itä-Savo", "en"),
        ("which municipalities take part in the Itä-Savo project", "en"),
        ("kuka on yhteyshenkilö", "fi"),
        ("montako iltaa hankkeessa järjestetään", "fi"),
        ("missä hankkeessa tehtävä työ näkyy", "fi"),
        ("what is the project about", "en"),
        ("hur många personer deltar i projektet", "sv"),
    ],
)
def test_one_thing_is_no_list(text: str, language: Language, analyzer: Analyzer) -> None:
    """A question about one document's field asks for no list of documents."""
    assert not read(text, language, analyzer).wants_list


@pytest.mark.parametrize(
    ("text", "language", "who", "when"),
    [
        ("kuka sen teki", "fi", True, False),
        ("milloin se alkoi", "fi", False, True),
        ("vem är det", "sv", True, False),
        ("when did it start", "en", False, True),
        ("what is it", "en", False, False),
    ],
)
def test_question_words_point(
    text: str, language: Language, who: bool, when: bool, analyzer: Analyzer
) -> None:
    """The word "who" points to persons and "when" to dates; other question words to neither."""
    found = read(text, language, analyzer)
    assert (found.asks_who, found.asks_when) == (who, when)


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("miksi se perustettiin", "fi", True),
        ("minkä takia se alkoi", "fi", True),
        ("varför började det", "sv", True),
        ("av vilken anledning", "sv", True),
        ("for what reason was it made", "en", True),
        ("what is it for", "en", False),
    ],
)
def test_a_reason_is_asked_for(
    text: str, language: Language, why: bool, analyzer: Analyzer
) -> None:
    """A word or a phrase asks why; "what" alone does not."""
    assert read(text, language, analyzer).asks_why == why


@pytest.mark.parametrize(
    ("text", "language", "duration"),
    [
        ("montako vuotta se kestää", "fi", True),
        ("hur många år pågår det", "sv", True),
        ("how many months does it take", "en", True),
        ("how many towns took part last year", "en", False),
    ],
)
def test_units_of_time_are_counted(
    text: str, language: Language, duration: bool, analyzer: Analyzer
) -> None:
    """So many years are a time as well as a number; a year elsewhere in the question is not."""
    assert read(text, language, analyzer).expected.duration == duration


def test_follow_ups_open_with_small_words(analyzer: Analyzer) -> None:
    """Words such as "entä" and "and" open a follow-up at the front alone."""
    assert read("entä Pohjois-Savon?", "fi", analyzer).openers == {0}
    assert read("what about North Savo", "en", analyzer).openers == {0, 1}
    assert not read("aims and results", "en", analyzer).openers


def test_pronouns_refer_back(analyzer: Analyzer) -> None:
    """The word "its" refers to what was said, "her" to a person."""
    its, hers = (read(f"who funds {w} work", "en", analyzer) for w in ("its", "her"))
    assert (its.refers, its.refers_to_person) == (True, False)
    assert (hers.refers, hers.refers_to_person) == (True, True)


def test_a_quantity_is_no_year(analyzer: Analyzer) -> None:
    """Asking "how many" asks for a number, in each language."""
    assert read("how many municipalities", "en", analyzer).asks_quantity
    assert read("montako kuntaa", "fi", analyzer).asks_quantity
    assert read("hur många kommuner", "sv", analyzer).asks_quantity
    assert read("number of municipalities", "en", analyzer).asks_quantity
    assert not read("which municipalities", "en", analyzer).asks_quantity
    assert read("what number of old bikes", "en", analyzer).asks_quantity
    assert not read("the phone number of the contacts", "en", analyzer).asks_quantity
    assert not read("the phone number of Tarja Miettinen", "en", analyzer).asks_quantity
    assert not read("number and e-mail addresses of the contact", "en", analyzer).asks_quantity
    assert not read("phone number of customer services", "en", analyzer).asks_quantity


@pytest.mark.parametrize(
    ("text", "language", "one", "several"),
    [
        ("Kanta-Häme ensimmäinen paikkakunta", "fi", True, False),
        ("first municipality", "en", True, False),
        ("första orten", "sv", True, False),
        ("työpaikka", "fi", False, False),
        ("kommunen kontaktperson", "sv", False, False),
        ("missä kunnissa", "fi", True, True),
        ("vilka städer", "sv", True, True),
        ("in which towns", "en", True, True),
    ],
)
def test_a_place_or_places_are_asked_for(
    text: str, language: Language, one: bool, several: bool, analyzer: Analyzer
) -> None:
    """The first town is asked for by its noun alone, and towns in the plural may be many."""
    said = read(text, language, analyzer)
    assert (said.asks_which_place, said.asks_places) == (one, several)


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [
        ("What number do I ring when it burns", "en", False),
        ("Till vilket nummer ringer jag när det brinner", "sv", False),
        ("what is the number and when does it end", "en", True),
        ("What is done when it comes to children", "en", False),
        ("Vad görs när det gäller barn", "sv", False),
        ("Hur är läget när det kommer till unga", "sv", False),
        ("När börjar projektet när det handlar om Itä-Savo", "sv", True),
        ("När det gäller", "sv", True),
        ("what about when it ended", "en", True),
        ("In what year did it end when it was over", "en", True),
        ("who knows when it ends", "en", True),
        ("Mitä Itä-Savo tekee? Milloin se päättyi?", "fi", True),
        ("I know what it is, so when did it start?", "en", True),
        ("Tell me what it is. When does it start?", "en", True),
    ],
)
def test_when_may_join_clauses(
    text: str, language: Language, asks: bool, analyzer: Analyzer
) -> None:
    """A "when" after "what" is no question of time, unless another asks for one."""
    assert read(text, language, analyzer).asks_when == asks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kuka on samassa roolissa Itä-Savossa", "fi"),
        ("vem har samma roll i Södra Savolax", "sv"),
        ("who is her counterpart in South Savo", "en"),
    ],
)
def test_the_same_is_asked_again(text: str, language: Language, analyzer: Analyzer) -> None:
    """A word for "the same" points back to what the last question asked."""
    assert read(text, language, analyzer).repeats
    assert not read(text.split()[0], language, analyzer).repeats


def test_a_listed_thing_is_no_list(analyzer: Analyzer) -> None:
    """Only the very word "list" asks for a list: "the contact listed for X" is one."""
    assert read("list the contacts", "en", analyzer).wants_list
    assert not read("who is the contact person listed there", "en", analyzer).wants_list


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Minua kiinnostaisi tietää, kuka maksaa", "fi"),
        ("kan du säga vem som betalar", "sv"),
        ("I'd like to know who pays", "en"),
    ],
)
def test_a_preamble_tells_nothing(text: str, language: Language, analyzer: Analyzer) -> None:
    """What is said before the question itself leaves one telling word."""
    found = read(text, language, analyzer)
    assert len(found.preamble) >= 3
    assert len(found.telling - found.preamble) == len(found.telling) == 1


def test_first_and_latest_are_kept_in_mind(analyzer: Analyzer) -> None:
    """The position of "first" is known: among texts it says which one."""
    assert read("which municipality goes first", "en", analyzer).extremes == {3}


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("mikä taho rahoittaa hanketta", "fi", True),
        ("mitkä tahot osallistuvat", "fi", False),
        ("vilken aktör finansierar projektet", "sv", True),
        ("which party pays for it", "en", True),
        ("the party in the park", "en", False),
    ],
)
def test_which_party_is_who(text: str, language: Language, who: bool, analyzer: Analyzer) -> None:
    """A "which" before a word for anybody who acts asks who; in the plural it asks for a group."""
    found = read(text, language, analyzer)
    agent = next(p for p, t in enumerate(analyzer.tokens(text)) if t.surface in AGENTS)
    assert found.asks_who == who
    assert (agent not in found.telling) == who


@pytest.mark.parametrize(
    ("text", "language", "openers"),
    [
        ("Kiitos. Entä Pohjois-Savon?", "fi", {1}),
        ("Tack! Och i Östra Nyland?", "sv", {1}),
        ("Great, thanks. What about Itä-Savo?", "en", {2, 3}),
        ("Kiitos paljon! Entä Keski-Suomen?", "fi", {2}),
        ("Tack så mycket! Och Norra Savolax?", "sv", {3}),
        ("Kiitos avusta", "fi", set()),
        ("Thanks", "en", set()),
    ],
)
def test_a_greeting_may_stand_before_an_opener(
    text: str, language: Language, openers: set[int], analyzer: Analyzer
) -> None:
    """Thanks for the last answer do not hide that the next question follows it up."""
    assert read(text, language, analyzer).openers == openers


def test_an_outspoken_time_is_no_word_of_a_field(analyzer: Analyzer) -> None:
    """The phrase "for what time" only points, and the clause begins with it."""
    found = read("mille ajalle hanke sijoittuu", "fi", analyzer)
    assert found.asks_when
    assert found.telling == {3}
    assert {0, 1} <= found.asking


def test_one_who_is_described_opens_no_clause(analyzer: Analyzer) -> None:
    """The phrase "the e-mail of the one who" asks for the e-mail: "den som" asks nothing."""
    found = read("mejladressen till den som är kontaktperson", "sv", analyzer)
    assert not found.asking


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [
        ("minkä kunnan alueella se alkaa", "fi", True),
        ("missä kunnassa se alkaa", "fi", True),
        ("i vilken kommun börjar det", "sv", True),
        ("which town comes first", "en", True),
        ("where does it begin", "en", True),
        ("which firm assesses it", "en", False),
        ("what does the town do", "en", False),
    ],
)
def test_a_place_is_asked_for_by_which_town(
    text: str, language: Language, asks: bool, analyzer: Analyzer
) -> None:
    """A "where" asks for a place, and so does a "which" right before a word for one."""
    assert read(text, language, analyzer).asks_place is asks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("montako hanketta STM rahoittaa", "fi"),
        ("kuinka monta eri hanketta on käynnissä", "fi"),
        ("hur många projekt finansieras av STM", "sv"),
        ("how many projects are there", "en"),
    ],
)
def test_projects_are_counted(text: str, language: Language, analyzer: Analyzer) -> None:
    """With "how many" right before the word for projects, or "different" between."""
    assert read(text, language, analyzer).counts_projects


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kuinka hanke rahoitetaan", "fi"),
        ("miten hanke etenee", "fi"),
        ("montako kuntaa hankkeessa on mukana", "fi"),
        ("paljonko hanke maksaa", "fi"),
        ("montako sivua raportissa on", "fi"),
        ("hur mycket kostar projektet", "sv"),
        ("hur är projektet organiserat", "sv"),
        ("how old project is this", "en"),
        ("how is project evaluation done", "en"),
        ("how many pages does the report have", "en"),
    ],
)
def test_other_things_are_not_projects(text: str, language: Language, analyzer: Analyzer) -> None:
    """Neither "how" alone nor the number of something else counts projects."""
    assert not read(text, language, analyzer).counts_projects


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Milloin hanke alkaa?", "fi", "time"),
        ("In what year did it end?", "en", "time"),
        ("Do you know when it starts?", "en", "time"),
        ("Vem höll talet när projektet började?", "sv", None),
        ("Vad är syftet när det gäller personalen?", "sv", None),
        ("Mikä on käynnin hinta?", "fi", "price"),
        ("Paljonko palkkaa koordinaattori saa?", "fi", "price"),
        ("Vad kostar tjänsten?", "sv", "price"),
        ("Hur mycket är klientavgiften?", "sv", "price"),
        ("Mitä käynti maksaa?", "fi", "price"),
        ("Which ministry pays the fee?", "en", None),
        ("Mikä ministeriö maksaa palkan?", "fi", None),
        ("Who pays the salary?", "en", None),
        ("How does it compare in costs?", "en", None),
        ("What does the visit cost?", "en", "price"),
        ("Mikä maksaa digipalvelut?", "fi", None),
        ("Kuka on ohjausryhmän puheenjohtaja?", "fi", "holder"),
        ("Vem är ordförande?", "sv", "holder"),
        ("Who was the secretary?", "en", "holder"),
        ("Who chairs the group?", "en", "holder"),
        ("Kuka toimii ohjausryhmän puheenjohtajana?", "fi", "holder"),
        ("Vem leder ordet på mötena?", "sv", "holder"),
        ("Kenelle johtajat raportoivat?", "fi", None),
        ("Which company built it?", "en", "company"),
        ("Which software company won it?", "en", "company"),
        ("Minkä järjestelmätoimittajan tuote se on?", "fi", "company"),
        ("Minkä toimittajan järjestelmä on käytössä?", "fi", "company"),
        ("Vilket företag byggde den?", "sv", "company"),
        ("Which party pays?", "en", None),
        ("Kuinka usein ryhmä kokoontuu?", "fi", "time"),
        ("How often does it meet?", "en", "time"),
        ("Hur ofta träffas de?", "sv", "time"),
        ("Hur länge pågår projektet?", "sv", "time"),
        ("Minkä vuosien välillä hanke toimii?", "fi", "time span"),
        ("Who is it for?", "en", None),
    ],
)
def test_what_kind_of_thing_must_be_told(
    text: str, language: Language, kind: str | None, analyzer: Analyzer
) -> None:
    """The first question word, and a price or a role beside it, tell what an answer must have."""
    found = read(text, language, analyzer).expected
    kinds = ("time", "price", "holder", "company", "duration", "span")
    assert [name for name in kinds if getattr(found, name)] == (kind.split() if kind else [])


@pytest.mark.parametrize(
    ("text", "language", "office"),
    [
        ("Who is the finance director of the project?", "en", "finance director"),
        ("Who is the director?", "en", "director"),
        ("Kuka on hankkeen talousjohtaja?", "fi", "talousjohtaja"),
        ("Vem är ny ekonomichef i projektet?", "sv", "ny ekonomichef"),
        ("Who directs the project?", "en", ""),
        ("Kuka johtaa hanketta?", "fi", ""),
    ],
)
def test_a_role_is_called_by_its_words(
    text: str, language: Language, office: str, analyzer: Analyzer
) -> None:
    """A role is asked for with what stands before it; in Finnish that is one compound."""
    found = read(text, language, analyzer).expected.office
    assert " ".join(token.surface for token in found) == office
