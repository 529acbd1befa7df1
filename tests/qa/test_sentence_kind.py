"""Which sentences have the number or the time that is asked for."""

import pytest

from corpus.language import Analyzer
from corpus.model import Language, Passage
from corpus.name_keys import keys_of
from embeddings.encoder import Encoder
from qa.assistant import Assistant
from qa.counted import alike, counting
from qa.sentence_kind import named, priced, timed


def passage(text: str, language: Language = "fi") -> Passage:
    """Return a passage of its own document."""
    return Passage("p", "d", (), 0, len(text), text, language)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Mukana on 18 kuntaa. Hanke alkoi 1.2.2020.", ["Mukana on 18 kuntaa."]),
        ("Hanke alkoi vuonna 2020 ja päättyi 2021-05-31.", []),
        ("Mukana on kolme kuntaa. Muita ei ole.", ["Mukana on kolme kuntaa."]),
        ("1. Ensimmäinen\n2. Toinen kohta", []),
        ("Mukana oli 2000 asiakasta.", ["Mukana oli 2000 asiakasta."]),
        ("Avustus on myönnetty vuoden 2022 loppuun.", []),
        ("Covid-19 kuormitti. POSOTE20 auttaa.", []),
        ("Hyöty jaetaan 1) asiakkaille 2) johdolle.", []),
        ("Palvelussa kävi 2013 asiakasta.", ["Palvelussa kävi 2013 asiakasta."]),
        ("Mukana oli (noin 25) kuntaa.", ["Mukana oli (noin 25) kuntaa."]),
        ("Hinta on EUR500.", ["Hinta on EUR500."]),
    ],
)
def test_dates_years_and_marks_count_nothing(
    text: str, numbers: list[str], analyzer: Analyzer
) -> None:
    """Only a sentence with a number of something can answer how many."""
    found = counting(passage(text), analyzer)
    assert [text[start:end] for start, end in found] == numbers


@pytest.mark.parametrize(
    ("text", "language", "times"),
    [
        ("Hanke alkoi 1.2.2020. Mukana on kuntia.", "fi", ["Hanke alkoi 1.2.2020."]),
        ("Ryhmä kokoontuu. Keväällä se lopettaa.", "fi", ["Keväällä se lopettaa."]),
        ("Ohjausryhmä valvoo rahankäyttöä.", "fi", []),
        ("Tällä hankkeella valmistaudutaan.", "fi", []),
        ("Projektet börjar i april. Kommuner deltar.", "sv", ["Projektet börjar i april."]),
        ("The pilot may be wide. It ends after the pilot.", "en", ["It ends after the pilot."]),
    ],
)
def test_dates_seasons_and_what_comes_after_are_times(
    text: str, language: Language, times: list[str], analyzer: Analyzer
) -> None:
    """Only a sentence that says a time can answer when; "may" is no month by itself."""
    found = timed(passage(text, language), analyzer)
    assert [text[start:end] for start, end in found] == times


def test_what_is_counted_is_like_what_is_asked(encoder: Encoder, analyzer: Analyzer) -> None:
    """Regions are no complaints; a number that nothing follows may count anything."""
    text = "Mukana on neljä maakuntaa. Kyselyyn tuli 30 vastausta. Valituksia on 7."
    every = counting(passage(text), analyzer)

    def found(said: str) -> list[str]:
        spans = alike(said, passage(text), every, encoder, analyzer)
        return [text[start:end] for start, end in spans]

    assert found("counties") == ["Mukana on neljä maakuntaa.", "Valituksia on 7."]
    assert found("complaints") == ["Valituksia on 7."]
    assert len(found("")) == 3


def test_a_name_that_the_question_says_is_none_that_it_asks_for(analyzer: Analyzer) -> None:
    """Who asks which company supplies Sosteri's system is told nothing by "Sosteri"."""
    text = "Sosterin alueella se uudistetaan. Sosterille sen toimittaa Qvantex."
    said = keys_of("Mikä yritys toimittaa järjestelmän Sosterille?", analyzer)
    found = [text[start:end] for start, end in named(passage(text), analyzer, said)]
    assert found == ["Sosterille sen toimittaa Qvantex."]


def test_money_and_nothing_to_pay_are_prices(analyzer: Analyzer) -> None:
    """A number of something else is no price."""
    text = "Mukana on 18 kuntaa. Käynti maksaa 40 euroa. Chat on maksuton. Se vei 300 €."
    found = [text[start:end] for start, end in priced(passage(text), analyzer)]
    assert found == ["Käynti maksaa 40 euroa.", "Chat on maksuton.", "Se vei 300 €."]


def test_who_holds_a_role_has_first_and_last_name(analyzer: Analyzer) -> None:
    """A group, or a region, chairs nothing."""
    text = "Ohjausryhmä valvoo Keski-Suomen rahoja. Puheenjohtaja on Anna Salo."
    found = [text[start:end] for start, end in named(passage(text), analyzer)]
    assert found == ["Puheenjohtaja on Anna Salo."]


def test_a_group_that_holds_a_role_is_no_group_whose_people_do(analyzer: Analyzer) -> None:
    """An abbreviation in another case is none that chairs or coordinates."""
    text = "HUS toimii koordinaattorina. Ryhmässä on jäseniä THL:stä."
    found = [text[start:end] for start, end in named(passage(text), analyzer)]
    assert found == ["HUS toimii koordinaattorina."]


def test_a_business_has_a_name_that_is_neither_word_nor_place(analyzer: Analyzer) -> None:
    """A region, or a programme named in common words, supplies nothing."""
    text = (
        "Järjestelmää käyttävät Keski-Suomen kunnat. Työ tukee Tulevaisuuden ohjelmaa. "
        "Järjestelmän toimittaa Qvantex. Sitä arvioi Selvitystalo Hilla."
        " Mukana on väkeä THL:stä."
    )
    found = [text[start:end] for start, end in named(passage(text), analyzer)]
    assert found == ["Järjestelmän toimittaa Qvantex.", "Sitä arvioi Selvitystalo Hilla."]


@pytest.mark.parametrize(
    "text",
    [
        "What does the digital service cost in South Savo?",
        "Which company supplies the patient record system in Central Finland?",
        "Minkä toimittajan potilastietojärjestelmä Keski-Suomessa otetaan käyttöön?",
        "Vilket företag levererar patientdatasystemet i Mellersta Finland?",
        "Milloin Keski-Suomen ohjausryhmä kokoontuu seuraavan kerran?",
        "When does the steering group of Central Finland meet next?",
        "Vad är priset på den nya chatten i Östra Nyland?",
        "What is the fee of the new chat service in Itä-Uusimaa?",
        "Mikä on kokemusasiantuntijoiden palkkio Keski-Suomessa?",
        "Kuka on Keski-Suomen hankkeen ohjausryhmän puheenjohtaja?",
        "Who chairs the steering group of the Pohjois-Savo project?",
        "Who is the chair of the steering group of the Central Finland project?",
        "Who is the finance director of South Savo?",
        "Kuka on Pohjois-Savon rakenneuudistuksen viestintäpäällikkö?",
        "Vem är ekonomichef i projektet i Södra Savolax?",
        "Who is Mari Teittinen's boss?",
        "Kuka on Mari Teittisen esihenkilö?",
        "Kuka on Mikaelin esihenkilö?",
        "Vad tjänar Mari Teittinen i månaden?",
        "Kuka muokkasi Itä-Savon sivua viimeksi?",
        "How many complaints have residents made about the Pohjois-Savo reform?",
        "Hur många klagomål har kommit in om reformen i Östra Nyland?",
        "Who in Itä-Savo is the finance director?",
        "Who's the communications manager in Itä-Savo?",
    ],
)
def test_a_page_that_speaks_of_it_and_does_not_tell_it_is_no_answer(
    samples: Assistant, text: str
) -> None:
    """The passage has the very words, and neither a time, a price nor a person."""
    assert samples.ask(text).status == "not_found"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Milloin Joroinen liittyy Pohjois-Savon maakuntaan?", "kesken hankkeen"),
        ("Who is Mikael Polala in Central Finland?", "Palola"),
        ("What is Ms Forslund's email in Itä-Uusimaa?", "jaana.forslund@porvoo.fi"),
        ("Can you answer in English: who is the contact in South Savo?", "Mari Teittinen"),
        ("Voisitko vastata suomeksi, kuka Etelä-Savossa on yhteyshenkilö?", "Mari Teittinen"),
        ("Is the Central Finland project on Facebook, Twitter and LinkedIn?", "@"),
        ("Minkä ajan Keski-Suomen hankkeessa tehdään työtä?", "2020-2021"),
        ("Kuinka usein Itä-Savossa turvaudutaan erikoissairaanhoitoon?", "usein"),
        ("Milloin sähköistä asiointia voi käyttää Keski-Suomessa?", "ajasta"),
        ("Kuinka kauan Keski-Suomen sivua ei ole muokattu?", "2021"),
        ("Vad heter den som man når projektet i Mellersta Finland genom?", "Palola"),
        ("Kuka on Keski-Suomen hankejohtaja?", "Palola"),
        ("Vem är projektsamordnare i Mellersta Finland?", "Palola"),
        ("Who is the main contact for Central Finland?", "Palola"),
        ("Is it Pia Karttunen who is the contact for Itä-Savo?", "Karttunen"),
        ("Who is the contact for Itä-Savo, Pia Karttunen?", "Karttunen"),
        ("Pia Karttunenko on se joka on yhteyshenkilö Itä-Savossa?", "Karttunen"),
        ("Vem leder Pia Karttunens projekt?", "Karttunen"),
        ("Who is the acting project manager in Itä-Savo?", "Karttunen"),
        ("What does Pia Karttunen's reform aim at?", "Sosteri"),
        ("Who replaced Antti Mäkelä?", "Teittinen"),
        ("How many municipalities does North Savo have?", "18"),
    ],
)
def test_what_is_told_is_not_refused(samples: Assistant, text: str, told: str) -> None:
    """A time in the page's words, a misspelt name, a title and a language are no strangers."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert told in answer.text


def test_when_is_answered_by_the_sentence_that_says_it(samples: Assistant) -> None:
    """Of the passage that is found the sentence with the time is quoted."""
    answer = samples.ask("Milloin Etelä-Savon toinen avustushaku järjestetään?").answer
    assert answer is not None
    assert "2022" in answer.text
