"""What a question means, alone and after others."""

import pytest

from corpus.language import Analyzer
from corpus.name_keys import PlaceNames
from embeddings.encoder import Encoder
from qa.assistant import Assistant
from qa.model import Turn
from qa.question import Question, sentences_of
from qa.title_meaning import TitleMeaning
from qa.when import When

CONTACT = (Turn("Kuka on Itä-Savon yhteyshenkilö?", "Pia Karttunen"),)


def read(
    assistant: Assistant, text: str, history: tuple[Turn, ...] = ()
) -> tuple[Question, list[str]]:
    """Read a question; gives it with the ids of the documents meant, without suffix."""
    question, snapshot = assistant.read(text, history)
    ids = [snapshot.documents[o].document_id for o in question.naming.documents]
    return question, [document.rpartition(".")[0] for document in ids]


@pytest.mark.parametrize(
    ("text", "language", "field"),
    [
        ("kuka on Itä-Savon yhteyshenkilö", "fi", "contact_name"),
        ("vem är kontaktperson för Itä-Savo", "sv", "contact_name"),
        ("who is the contact for Itä-Savo", "en", "contact_name"),
        ("Kuka rahoittaa Itä-Savon hanketta?", "fi", "funder"),
        ("Vem finansierar projektet i Itä-Savo?", "sv", "funder"),
        ("Who funds the Itä-Savo project?", "en", "funder"),
        ("Milloin Itä-Savon sivua on viimeksi muokattu?", "fi", "modified"),
        ("When was the Itä-Savo page created?", "en", "created"),
        ("keneen otan yhteyttä Itä-Savossa", "fi", "contact_name"),
    ],
)
def test_language_field_and_document(
    samples: Assistant, text: str, language: str, field: str
) -> None:
    """A question in each language is read into its language, its field and its document."""
    question, meant = read(samples, text)
    assert (question.language, meant) == (language, ["ita-savo"])
    assert question.asked is not None
    assert question.asked.name == field
    assert question.is_field_question


def test_a_title_does_not_decide_the_language(pages: Assistant) -> None:
    """A Swedish title in an English question leaves the question English."""
    question, meant = read(pages, "who is the contact person for Biblioteket på hjul")
    assert (question.language, meant) == ("en", ["library"])


@pytest.mark.parametrize(
    "text", ["Kuka rahoittaa Itä-Savo-hanketta?", "Itä-Savo-hankkeen rahoittaja"]
)
def test_compounds_with_a_word_for_a_project_come_apart(samples: Assistant, text: str) -> None:
    """The word "Itä-Savo-hanke" names Itä-Savo, and the typed question stays as it is."""
    question, meant = read(samples, text)
    assert meant == ["ita-savo"]
    assert question.asked_text == question.interpreted == text


def test_places_are_searched_in_the_documents_language(samples: Assistant) -> None:
    """The Finnish name of a place said in Swedish is added to what is searched."""
    question, _ = read(samples, "vem är kontaktperson i Östra Nyland")
    assert "Itä-Uusimaa" in question.expanded
    assert "Itä-Uusimaa" not in question.interpreted


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Entä Pohjois-Savon?", "pohjois-savo"),
        ("och i Östra Nyland?", "ita-uusimaa"),
        ("what about Central Finland?", "keski-suomi"),
    ],
)
def test_a_new_name_keeps_the_field(samples: Assistant, text: str, document: str) -> None:
    """A bare name after a question asks the same of another document, in its own language."""
    question, meant = read(samples, text, CONTACT)
    assert meant == [document]
    assert question.asked is not None
    assert question.asked.name == "contact_name"
    assert question.carried == ("field",)
    assert question.interpreted != text


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Kuka sen rahoittaa?", "funder"),
        ("and what is her email?", "contact_email"),
        ("När skapades sidan?", "created"),
    ],
)
def test_a_new_field_keeps_the_document(samples: Assistant, text: str, field: str) -> None:
    """A question that names no document is about the one before, and shows it."""
    question, meant = read(samples, text, CONTACT)
    assert meant == ["ita-savo"]
    assert question.asked is not None
    assert question.asked.name == field
    assert question.carried == ("document",)
    assert question.interpreted.startswith(text)
    assert question.interpreted != text


def test_a_new_time_keeps_document_and_field(samples: Assistant) -> None:
    """A bare time asks the same question of another time."""
    history = (Turn("Kuka on Etelä-Savon yhteyshenkilö?", "Mari Teittinen"),)
    question, meant = read(samples, "Entä vuonna 2022?", history)
    assert meant == ["etela-savo"]
    assert question.asked is not None
    assert question.asked.name == "contact_name"
    assert question.when is not None
    assert question.when.mode == "dates"


def test_the_person_of_the_answer_is_meant_by_her(samples: Assistant) -> None:
    """A pronoun is the person whom the last answer named, not every contact of the document."""
    history = (Turn("Who is the contact for Etelä-Savo?", "Mari Teittinen 1.1.2023 alkaen"),)
    question, meant = read(samples, "what is her email?", history)
    assert meant == ["etela-savo"]
    assert "teittinen" in question.naming.person


def test_the_document_is_carried_over_several_turns(samples: Assistant) -> None:
    """A follow-up of a follow-up is still about the document of the first question."""
    history = (*CONTACT, Turn("Kuka sen rahoittaa?", "STM"))
    question, meant = read(samples, "Milloin sivu on luotu?", history)
    assert meant == ["ita-savo"]
    assert question.asked is not None
    assert question.asked.name == "created"


def test_a_new_name_leaves_behind_what_was_carried(samples: Assistant) -> None:
    """After "what is her e-mail", another project means the e-mail there, not that person's."""
    history = (
        Turn("Kuka on Pohjois-Savon yhteyshenkilö?", "Tarja Miettinen"),
        Turn("mikä on hänen sähköpostinsa?", "tarja.miettinen@pohjois-savo.fi"),
    )
    question, meant = read(samples, "entä Itä-Savon?", history)
    assert (meant, question.naming.person) == (["ita-savo"], "")
    answer = samples.ask("entä Itä-Savon?", history=history).answer
    assert answer is not None
    assert answer.text == "pia.karttunen@sosteri.fi"


@pytest.mark.parametrize(
    "text",
    [
        "Kuka on Keski-Suomen hankkeen yhteyshenkilö?",
        "who funds the project in Central Finland?",
        "ketkä ovat kaikkien hankkeiden yhteyshenkilöt",
    ],
)
def test_a_complete_question_carries_nothing(samples: Assistant, text: str) -> None:
    """A question that says all it needs is read as if nothing had been asked before."""
    alone, after = samples.read(text)[0], samples.read(text, CONTACT)[0]
    assert after.carried == ()
    assert (after.asked, after.naming, after.text) == (alone.asked, alone.naming, alone.text)


def test_white_space_is_no_part_of_a_question(samples: Assistant) -> None:
    """Newlines and runs of blanks are one blank each."""
    question, _ = read(samples, "  kuka on\n Itä-Savon\t yhteyshenkilö ")
    assert question.asked_text == "kuka on Itä-Savon yhteyshenkilö"


def test_the_language_said_by_the_caller_wins(samples: Assistant) -> None:
    """A language that is given is not guessed."""
    answer = samples.ask("Pia Karttunen", language="sv")
    assert answer.language == "sv"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Vem är kontaktperson i Pohjois-Savo?", "Och vem är det när det gäller Itä-Savo?"),
        ("Kuka on Pohjois-Savon yhteyshenkilö?", "Kuka se on hankkeessa Itä-Savo?"),
    ],
)
def test_who_is_it_elsewhere_asks_the_same(samples: Assistant, before: str, text: str) -> None:
    """A question word and a new name, and nothing else: the earlier field is meant."""
    question, meant = read(samples, text, (Turn(before, "Tarja Miettinen"),))
    assert meant == ["ita-savo"]
    assert question.asked is not None
    assert question.asked.name == "contact_name"


@pytest.mark.parametrize(
    "text",
    [
        "Teen juttua Itä-Savosta. Kuka on yhteyshenkilö?",
        "I have a question about the Itä-Savo project and its plans. Who is the contact person?",
        "Jag skriver om projektet i Itä-Savo just nu. Vem är kontaktperson?",
    ],
)
def test_other_sentences_do_not_blur_what_is_asked(samples: Assistant, text: str) -> None:
    """The sentence that asks for a field is a field question, whatever was said before it."""
    question, meant = read(samples, text)
    assert meant == ["ita-savo"]
    assert question.asked is not None
    assert question.asked.name == "contact_name"
    assert question.is_field_question


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Vad heter den som svarar på frågor om Itä-Savo?", "contact_name"),
        ("What is the name of the one who handles Itä-Savo?", "contact_name"),
        ("During which years is the Itä-Savo project carried out?", "period"),
    ],
)
def test_what_steers_may_say_the_field_too(samples: Assistant, text: str, field: str) -> None:
    """Who asks for "the name of the one who" means a person; "which years" names the period."""
    question, _ = read(samples, text)
    assert question.asked is not None
    assert question.asked.name == field
    assert question.is_field_question


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Kuka rahoittaa Itä-Savon hanketta? Tarvitsen tiedon raporttia varten.", "funder"),
        ("Who is the contact for Itä-Savo? My colleague lost her notes.", "contact_name"),
        ("Olen töissä naapurikunnassa. Kuka hoitaa Itä-Savon hanketta?", "contact_name"),
        ("Who funds Itä-Savo? How it works is clear to me.", "funder"),
    ],
)
def test_the_sentence_that_asks_decides(samples: Assistant, text: str, field: str) -> None:
    """What is told before a question or after it does not change what is asked."""
    question, _ = read(samples, text)
    assert question.asked is not None
    assert question.asked.name == field
    assert question.is_field_question


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Who is the first contact person of Etelä-Savo?", True),
        ("Kuka on Etelä-Savon ensimmäinen yhteyshenkilö?", True),
        ("First of all, who is the contact person of Etelä-Savo?", False),
        ("Kenelle soitan ensin Etelä-Savossa?", False),
        ("Vem ska jag kontakta först i Södra Savolax?", False),
    ],
)
def test_first_says_which_person_only_before_the_word(
    samples: Assistant, text: str, first: bool
) -> None:
    """Whom one calls first need not be who was there first."""
    question, _ = read(samples, text)
    assert (question.when == When("first")) == first


def test_thanks_before_a_follow_up_are_not_weighed(samples: Assistant) -> None:
    """Only the sentence with the new name tells whether it asks for something of its own."""
    text = "Tack, det var klart. Jag skulle behöva samma uppgift om Keski-Suomi också."
    question, meant = read(samples, text, (Turn("Vem är kontaktperson för Itä-Savo?", "x"),))
    assert meant == ["keski-suomi"]
    assert question.asked is not None
    assert question.asked.name == "contact_name"


def test_background_hides_no_title(
    analyzer: Analyzer, places: PlaceNames, encoder: Encoder
) -> None:
    """A title's words are met in what is said, whatever other runs of words are said."""
    titles = ["Oulu: perhekeskus", "Oulu: varhaiskasvatus", "Oulu: kirjasto"]
    said = ["mother lives nearby", "curious", "library", "days"]
    assert TitleMeaning(titles, encoder, analyzer, places).choose(said, (0, 1, 2)) == (2, 2)


def test_words_that_chose_a_title_name_it(
    analyzer: Analyzer, places: PlaceNames, encoder: Encoder
) -> None:
    """What told one of several titles by meaning is explained by it; other words are not."""
    titles = ["Oulu: perhekeskus", "Oulu: varhaiskasvatus"]
    chooser = TitleMeaning(titles, encoder, analyzer, places)
    assert chooser.choose(["familjecentret"], (0, 1)) == (0, 0)
    assert chooser.meant(["familjecentret", "pengar"], 0) == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "Mikä on Itä-Savon hankkeen nimi ruotsiksi?",
        "Vad heter Itä-Savos projekt på svenska?",
        "What is the Itä-Savo project called in Swedish?",
    ],
)
def test_a_language_is_no_country(samples: Assistant, text: str) -> None:
    """What something is called in Swedish has nothing to do with Sweden."""
    question, meant = read(samples, text)
    assert meant == ["ita-savo"]
    assert not question.naming.unknown


def test_first_says_which_of_several(samples: Assistant) -> None:
    """Who asks for the first of something does not ask for the whole field."""
    plain, _ = read(samples, "Which municipalities are in Itä-Savo?")
    first, _ = read(samples, "Which municipality is first in Itä-Savo?")
    assert plain.explained == 1.0
    assert first.explained < 1.0


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("Who is the contact for Itä-Savo?", "I'd like to know the same about Keski-Suomi."),
        ("Vem är kontaktperson för Itä-Savo?", "Och hur är det i Mellersta Finland?"),
    ],
)
def test_the_same_is_asked_of_another_document(samples: Assistant, before: str, text: str) -> None:
    """A follow-up that only leans on what was asked keeps its field."""
    question, meant = read(samples, text, (Turn(before, "Pia Karttunen"),))
    assert meant == ["keski-suomi"]
    assert question.asked is not None
    assert question.asked.name == "contact_name"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Kuka vastaa esim. tammikuusta 31. joulukuuta asti", 1),
        ("Vem svarar t.ex. i Norra Savolax", 1),
        ("Kirjoitan hankkeesta. Kuka siitä vastaa", 2),
        ("Hei! Mistä on kyse (lyhyesti?) ja kuka vastaa", 3),
    ],
)
def test_an_abbreviation_ends_no_sentence(analyzer: Analyzer, text: str, sentences: int) -> None:
    """A full stop after "esim." or a number is inside its sentence."""
    tokens = analyzer.tokens(text)
    found = {sentences_of(frozenset({p}), text, tokens) for p in range(len(tokens))}
    assert len(found) == sentences


def test_a_nod_asks_nothing(samples: Assistant) -> None:
    """A word like "ok" after an answer is no new question about its document."""
    question, meant = read(samples, "Ok.", CONTACT)
    assert (question.asked, meant, question.carried) == (None, [], ())


def test_which_place_a_project_chose_is_no_list(samples: Assistant) -> None:
    """Of one document that is named no list of documents is wanted, unless all are."""
    question, _ = samples.read("Minkä paikan hanke Itä-Savo on valinnut?")
    assert question.steering.wants_list
    assert not question.wants_many
    assert samples.read("Luettele kaikki Itä-Savon hankkeet")[0].wants_many


def test_a_common_word_may_be_part_of_a_place(samples: Assistant) -> None:
    """Finland alone names no page that has it in its title; Central Finland does."""
    assert not read(samples, "Kuka on Suomen presidentti?")[1]
    assert read(samples, "Vem är kontaktperson i Mellersta Finland?")[1] == ["keski-suomi"]


def test_what_a_blog_is_called_is_no_project_name(samples: Assistant) -> None:
    """The name is the project's only where nothing else is asked about."""
    blog, _ = read(samples, "Vad heter projektets Twitter-konto i Mellersta Finland?")
    whole, _ = read(samples, "Vad heter projektet i Mellersta Finland?")
    assert (blog.is_field_question, whole.is_field_question) == (False, True)


def test_a_plural_noun_alone_asks_for_no_table(samples: Assistant) -> None:
    """A table of "which regions" is wanted only where little else is said."""
    wide, _ = read(samples, "Mitkä maakunnat kehittävät osaamiskeskusta yhdessä?")
    field, _ = read(samples, "Ketkä ovat yhteyshenkilöt?")
    assert (wide.wants_many, field.wants_many) == (False, True)
