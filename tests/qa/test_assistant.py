"""The assistant's contract: cited answers, refusals, and errors that say what to do."""

from pathlib import Path

import pytest

from corpus.errors import KysyError
from corpus.language import Analyzer
from embeddings.build import add, build
from embeddings.encoder import Encoder
from qa.assistant import Assistant
from qa.model import Answer, Turn
from tests.qa.conftest import SAMPLES, TODAY, found_in, open_at
from tests.qa.pages import PAGES

QUESTIONS = (
    "who is the contact for Itä-Savo",
    "Kuka oli Etelä-Savon yhteyshenkilö vuonna 2022?",
    "ketkä ovat kaikkien hankkeiden yhteyshenkilöt",
    "kuka on yhteyshenkilö?",
    "Kuinka monta kuntaa Pohjois-Savossa on?",
    "Vad vill man uppnå i Östra Nyland?",
    "what is the capital of France",
    '<b>Itä-Savo</b> & "yhteyshenkilö"; DROP TABLE passages; --',
    "🙂",
    "?",
)


def citations_of(answer: Answer) -> list[tuple[str, int, int, str]]:
    """Return (document, start, end, text) of everything that an answer cites."""
    finding = answer.answer
    cited = [(p.citation, p.text) for p in answer.passages]
    cited += [(row.citation, row.value) for row in finding.rows] if finding else []
    cited += [(r.citation, r.value) for r in finding.related] if finding else []
    return [(c.document_id, c.start, c.end, text) for c, text in cited]


@pytest.mark.parametrize("text", QUESTIONS)
def test_every_citation_is_word_for_word(samples: Assistant, text: str) -> None:
    """Slicing the cited document by `[start, end)` gives passages, rows and values exactly."""
    for document_id, start, end, quoted in citations_of(samples.ask(text)):
        assert samples.document(document_id).text[start:end] == quoted


@pytest.mark.parametrize("text", QUESTIONS)
def test_an_answer_keeps_the_contract(samples: Assistant, text: str) -> None:
    """Status, answer and candidates agree; ranks count from 1; cited passages are there."""
    answer = samples.ask(text)
    assert (answer.answer is not None) == (answer.status == "answered")
    assert bool(answer.candidates) == (answer.status == "ambiguous")
    assert [p.rank for p in answer.passages] == list(range(1, len(answer.passages) + 1))
    for passage in answer.passages:
        assert all(0 <= s < e <= len(passage.text) for s, e in passage.highlights)
    if answer.answer is not None:
        assert 0 <= answer.answer.confidence <= 1
        assert answer.answer.citations
        assert set(answer.answer.citations) <= {p.rank for p in answer.passages}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who is the contact for Itä-Savo", "en"),
        ("kuka on Itä-Savon yhteyshenkilö", "fi"),
        ("vem är kontaktperson för Östra Savolax", "sv"),
    ],
)
def test_the_contact_for_ita_savo(samples: Assistant, text: str, language: str) -> None:
    """In each language it is Pia Karttunen, first, with the citation of exactly that line."""
    answer = samples.ask(text)
    assert (answer.status, answer.language) == ("answered", language)
    assert answer.answer is not None
    assert (answer.answer.text, answer.answer.field) == ("Pia Karttunen", "contact_name")
    first = answer.passages[0]
    assert first.citation.document_id == "ita-savo.txt"
    assert first.citation.section[-1] == "Yhteyshenkilön nimi"
    line = samples.document("ita-savo.txt").text[first.citation.start : first.citation.end]
    assert line == first.text == "Pia Karttunen"
    assert found_in(answer) == ["Pia Karttunen"]
    assert [s.document_id for s in answer.subjects] == ["ita-savo.txt"]


def test_not_found_still_shows_the_nearest_passages(samples: Assistant) -> None:
    """A refusal comes with as many passages as were asked for, and claims none of them."""
    answer = samples.ask("what is the capital of France", top_k=3)
    assert (answer.status, answer.answer, answer.subjects) == ("not_found", None, ())
    assert len(answer.passages) == 3


@pytest.mark.parametrize("top_k", [1, 2, 7])
def test_top_k_is_the_number_of_passages(samples: Assistant, top_k: int) -> None:
    """As many passages as are wanted, best first, and a smaller number is their beginning."""
    text = "Kuinka monta kuntaa Pohjois-Savossa on?"
    passages = samples.ask(text, top_k=top_k).passages
    assert len(passages) == top_k
    assert passages == samples.ask(text, top_k=10).passages[:top_k]


def test_a_question_can_be_put_to_some_documents_only(samples: Assistant) -> None:
    """With `documents` nothing else is searched, answered from or shown."""
    answer = samples.ask("kuka on yhteyshenkilö?", documents=["keski-suomi.txt"])
    assert answer.answer is not None
    assert answer.answer.text == "Mikael Palola"
    assert {p.citation.document_id for p in answer.passages} == {"keski-suomi.txt"}


def test_unknown_document_is_an_error(samples: Assistant) -> None:
    """A document id that is not indexed is named, for asking and for opening."""
    with pytest.raises(KysyError, match=r"missing\.txt"):
        samples.ask("kuka?", documents=["missing.txt"])
    with pytest.raises(KysyError, match=r"missing\.txt"):
        samples.document("missing.txt")


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_question_is_an_error(samples: Assistant, text: str) -> None:
    """Nothing asked is the asker's mistake, told in words."""
    with pytest.raises(KysyError, match="empty"):
        samples.ask(text)


def test_an_overlong_question_is_an_error(samples: Assistant) -> None:
    """The longest question allowed is a setting; one character more names both numbers."""
    assert samples.ask("a" * 2000).passages is not None
    with pytest.raises(KysyError, match=r"2001.*2000"):
        samples.ask("a" * 2001)


def test_hostile_text_stays_text(pages: Assistant) -> None:
    """Markup in a document is quoted as it is and obeyed by nobody."""
    answer = pages.ask("Mitä lomakkeeseen kirjoitetulle tapahtuu?")
    top = answer.passages[0]
    assert top.citation.title == "Turvallisuus <script>alert(1)</script>"
    assert "<img src=x onerror=alert(2)>" in top.text
    assert pages.ask("Ohita aiemmat ohjeet").passages[0].citation.document_id == "hostile.md"


def test_explaining_tells_what_was_understood(samples: Assistant) -> None:
    """With `explain` the reading, the signals and each leg's features are there; else nothing."""
    text = "kuka on Itä-Savon yhteyshenkilö"
    assert samples.ask(text).explanation is None
    explanation = samples.ask(text, explain=True).explanation
    assert explanation is not None
    understood = explanation["understood"]
    assert understood["field"] == "contact_name"
    assert understood["documents"] == ["ita-savo.txt"]
    assert (understood["language"], understood["list"]) == ("fi", False)
    assert {"late", "dense", "lexical", "margin"} <= set(explanation["signals"])
    assert {"row", "score", "dense", "late", "lexical"} <= set(explanation["passages"][0])


def test_the_same_question_has_the_same_answer(samples: Assistant) -> None:
    """Nothing is left from one question to the next."""
    first, second = (samples.ask(QUESTIONS[4]) for _ in range(2))
    assert (first.answer, first.passages) == (second.answer, second.passages)


def test_interpretation_shows_what_was_carried_over(samples: Assistant) -> None:
    """A follow-up is answered for the new name, and says how it was read."""
    history = [Turn("who is the contact for Itä-Savo", "Pia Karttunen")]
    answer = samples.ask("entä Pohjois-Savon?", history=history)
    assert answer.answer is not None
    assert answer.answer.text == "Tarja Miettinen"
    assert "Pohjois-Savo" in answer.interpreted_question
    assert answer.question == "entä Pohjois-Savon?"


def test_documents_and_status_tell_what_is_indexed(pages: Assistant) -> None:
    """Every document is listed in order, and the counts are theirs."""
    listed, status = pages.documents(), pages.status()
    assert [d.document_id for d in listed] == sorted(PAGES)
    assert status.documents == len(PAGES)
    assert status.passages == sum(d.passages for d in listed)
    assert status.snapshot == pages.ask("Aura").snapshot


def test_field_values_cover_all_documents(samples: Assistant) -> None:
    """The values of a field are given with the document of each."""
    funders = samples.field_values(["funder"])
    assert {document_id for document_id, _ in funders} == {p.name for p in SAMPLES.glob("*.txt")}
    assert {field.name for _, field in funders} == {"funder"}


def test_refresh_opens_what_was_published(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    """The old snapshot answers until `refresh`, which tells whether there was a newer one."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "vaasa.md").write_text(PAGES["care/vaasa.md"], encoding="utf-8")
    build([pages], tmp_path / "data", encoder, analyzer)
    assistant = open_at(tmp_path / "data", encoder, analyzer)
    assert not assistant.refresh()
    (pages / "river.md").write_text(PAGES["river.md"], encoding="utf-8")
    add([pages / "river.md"], tmp_path / "data", encoder, analyzer)
    question = "Who funds the Aura river restoration?"
    assert assistant.ask(question).status == "not_found"
    assert assistant.refresh()
    found = assistant.ask(question).answer
    assert found is not None
    assert found.text == "Baltic Sea Fund"


def test_today_is_the_caller_s(sample_data: Path, encoder: Encoder, analyzer: Analyzer) -> None:
    """Who is the contact now depends on the day that the assistant is told."""
    assert TODAY.year > 2022
    finding = open_at(sample_data, encoder, analyzer).ask("South Savo contact person").answer
    assert finding is not None
    assert finding.text.startswith("Mari Teittinen")


@pytest.mark.parametrize(
    "text",
    [
        "Kuka vetää hanketta Kööpenhaminassa?",
        "Vem är kontaktperson i Köpenhamn?",
        "Who is the contact in Tromsø?",
    ],
)
def test_a_place_abroad_that_no_document_names_is_refused(samples: Assistant, text: str) -> None:
    """A place outside Finland is noticed, and its contact is not another place's."""
    answer = samples.ask(text)
    assert answer.status == "not_found"


def test_how_many_is_answered_by_a_number(samples: Assistant) -> None:
    """A passage without any number answers no question of quantity."""
    answer = samples.ask("Kuinka monta autoa Itä-Savossa on?")
    assert answer.status == "not_found" or any(c.isdigit() for c in answer.answer.text)


@pytest.mark.parametrize("text", ["66 kkkd wpåå", "2020 jjjs wräå", "18 dddk wprr"])
def test_a_number_among_gibberish_is_no_question(samples: Assistant, text: str) -> None:
    """Words that no dictionary has ask for nothing, though a page has the number beside them."""
    assert samples.ask(text).status == "not_found"


@pytest.mark.parametrize(
    "text",
    [
        "Mikä on Itä-Savon hankkeen nimi ruotsiksi?",
        "What is the Swedish name of the Itä-Savo project?",
        "Vad heter projektet i Östra Nyland på svenska?",
    ],
)
def test_a_name_in_another_language_is_not_made_up(samples: Assistant, text: str) -> None:
    """The page's own title is no answer to what the project is called in Swedish."""
    assert samples.ask(text).status == "not_found"


def test_a_field_meant_for_sure_is_not_answered_by_what_lies_near(samples: Assistant) -> None:
    """No page tells a cost, so whatever passage comes first answers no question for it."""
    assert samples.ask("Mitä Keski-Suomen hanke tulee maksamaan?").status == "not_found"


def test_words_that_stand_on_the_page_outdo_a_meaning(samples: Assistant) -> None:
    """Who runs one thing of several is told by the text that says so, not by the contact."""
    text = "Kuka hallinnoi päihdepalvelujen kehittämistä Itä-Uudenmaan hankkeessa?"
    answer = samples.ask(text).answer
    assert answer is not None
    assert "HUS" in answer.text


@pytest.mark.parametrize("text", ["ja", "so what then?", "och?"])
def test_small_words_alone_ask_nothing(samples: Assistant, text: str) -> None:
    """Who says nothing that tells is told nothing."""
    assert samples.ask(text).status == "not_found"


def test_a_stranger_beside_a_page_is_answered_only_where_it_is_told(samples: Assistant) -> None:
    """What a town does in a project is told by the page that names it, and by no other."""
    told = samples.ask("Mitä Helsinki tekee Itä-Uudenmaan hankkeessa?")
    assert told.answer is not None
    assert "Helsinki" in told.answer.text
    assert samples.ask("Mitä Helsinki tekee Itä-Savon hankkeessa?").status == "not_found"
