"""Answers that are a sentence of the best passage, and its highlighting."""

import numpy as np
import pytest

from corpus.language import Analyzer
from corpus.model import Passage
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.snapshot import Snapshot
from qa.answer_passage import is_counted
from qa.assistant import Assistant
from qa.highlighting import best_sentence, neighbour, sentence_scores
from qa.rerank import rank
from qa.retrieve import RankingOptions, retrieve

SENTENCES = (
    "Joki suoristettiin vuonna 1950.",
    "Taimen ei noussut koskeen.",
    "Talkoolaiset palauttavat kiviä joka kesä.",
)


def passage(text: str) -> Passage:
    """Return a passage of its own document."""
    return Passage("p", "d", (), 0, len(text), text, "fi")


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Milloin joki suoristettiin?", 0),
        ("Mihin taimen ei noussut?", 1),
        ("Mitä talkoolaiset tekevät?", 2),
    ],
)
def test_the_sentence_that_answers_is_chosen(
    encoder: Encoder, snapshot: Snapshot, question: str, number: int
) -> None:
    """Of a passage's sentences the one that meets the question is highlighted, whole."""
    found = passage(" ".join(SENTENCES))
    start, end = best_sentence(question, found, encoder, snapshot.words.idf)
    assert found.text[start:end] == SENTENCES[number]


@pytest.mark.parametrize("text", ["", "Yksi lause.", "ei pistettä", "A. B. C."])
@pytest.mark.parametrize("question", ["", "kuka", "🙂"])
def test_a_highlight_lies_within_its_passage(
    encoder: Encoder, snapshot: Snapshot, question: str, text: str
) -> None:
    """Whatever is asked of whatever text, the span can be sliced."""
    start, end = best_sentence(question, passage(text), encoder, snapshot.words.idf)
    assert 0 <= start <= end <= len(text)


def test_a_heading_is_quoted_with_what_it_heads(encoder: Encoder, snapshot: Snapshot) -> None:
    """A heading alone answers nobody; the items of a list stand for themselves."""
    text = f"Joen taimenet\n{SENTENCES[1]}"
    start, end = best_sentence("joen taimenet", passage(text), encoder, snapshot.words.idf)
    assert text[start:end] == text
    items = "- joen taimenet\n- koskien kivet"
    start, end = best_sentence("joen taimenet", passage(items), encoder, snapshot.words.idf)
    assert "kivet" not in items[start:end]


def test_a_model_without_tokens_scores_sentences_by_vectors(
    encoder: Encoder, snapshot: Snapshot
) -> None:
    """Without token vectors the sentence's own vector decides."""

    class Plain:
        encode_queries = encoder.encode_queries
        encode_passages = encoder.encode_passages

    assert not isinstance(Plain(), TokenEncoder)
    scores = sentence_scores(SENTENCES[1], list(SENTENCES), Plain(), snapshot.words.idf)  # type: ignore[arg-type]
    assert int(np.argmax(scores)) == 1


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Until when was the first grant of the South Savo programme awarded?", "loppuun mennessä"),
        ("Mihin saakka Etelä-Savon ensimmäinen avustus ulottuu?", "loppuun mennessä"),
        ("In which years does Etelä-Savo run?", "2022–2025"),
    ],
)
def test_a_time_of_something_else_is_quoted_where_it_stands(
    samples: Assistant, text: str, part: str
) -> None:
    """Beside the period of the whole, running text tells the times of its parts."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert part in answer.text


@pytest.mark.parametrize(
    ("text", "document", "part"),
    [
        ("Kuinka monta kuntaa Pohjois-Savossa on?", "pohjois-savo.txt", "18 kuntaa"),
        ("How many municipalities are there in North Savo?", "pohjois-savo.txt", "18 kuntaa"),
        ("Hur många kommuner finns det i Norra Savolax?", "pohjois-savo.txt", "18 kuntaa"),
    ],
)
def test_the_passage_that_tells_is_near_the_top_in_each_language(
    samples: Assistant, text: str, document: str, part: str
) -> None:
    """What stands in running text is found whatever the question's language."""
    passages = samples.ask(text, top_k=3).passages
    assert passages[0].citation.document_id == document
    assert any(part in passage.text for passage in passages)


def test_a_member_that_is_named_is_looked_for(samples: Assistant) -> None:
    """Who asks about a municipality that takes part gets the sentence that has it."""
    question, snapshot = samples.read("Onko Porvoo mukana Itä-Uudenmaan hankkeessa?")
    (ordinal,) = (o for o in question.naming.documents if "uusimaa" in snapshot.documents[o].source)
    assert "Porvoo" in question.about(ordinal)
    assert "Uudenmaan" not in question.about(ordinal)


def test_running_text_answers(samples: Assistant) -> None:
    """A question in the words of the page is answered by its sentence, which is cited."""
    answer = samples.ask("Kuinka monta kuntaa Pohjois-Savossa on?")
    assert answer.answer is not None
    assert (answer.answer.kind, answer.answer.citations) == ("passage", (1,))
    assert "18 kuntaa" in answer.answer.text


@pytest.mark.parametrize(
    ("text", "document", "part"),
    [
        ("Why could trout no longer climb?", "river.md", "Trout could no longer climb"),
        ("montako etäkäyntiä Vaasassa tehtiin?", "care/vaasa.md", "1234"),
        ("montako etäkäyntiä Turussa tehtiin?", "care/turku.md", "4321"),
        ("hur ofta besöker bokbussen byarna?", "library.html", "varannan vecka"),
    ],
)
def test_documents_without_a_profile_answer_too(
    pages: Assistant, text: str, document: str, part: str
) -> None:
    """Headings and text serve; of two pages that look alike the place decides."""
    answer = pages.ask(text)
    assert answer.answer is not None
    assert part in answer.answer.text
    assert answer.passages[0].citation.document_id == document


def test_the_answer_is_its_highlight(samples: Assistant) -> None:
    """A passage's answer is the highlighted sentence, word for word."""
    answer = samples.ask("Kuinka monta kuntaa Pohjois-Savossa on?")
    assert answer.answer is not None
    top = answer.passages[0]
    assert [top.text[start:end] for start, end in top.highlights] == [answer.answer.text]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Montako kuntaa Pohjois-Savossa on?", True),
        ("Montako koiraa Pohjois-Savossa on?", False),
        ("Mitkä kunnat Pohjois-Savossa ovat?", False),
    ],
)
def test_a_number_of_what_is_counted_is_known(
    samples: Assistant,
    snapshot: Snapshot,
    encoder: Encoder,
    analyzer: Analyzer,
    text: str,
    counted: bool,
) -> None:
    """The best passage counts municipalities: neither dogs, nor anything where none is asked."""
    question, _ = samples.read(text)
    options = RankingOptions()
    pool = retrieve(question, snapshot, encoder, options)
    assert (
        is_counted(question, rank(question, pool, snapshot, encoder, analyzer, options)) is counted
    )


def test_how_many_is_quoted_where_the_number_stands(encoder: Encoder, snapshot: Snapshot) -> None:
    """The sentence that is quoted has a number, though another meets the question better."""
    text = "Kuntia on mukana paljon. Niistä 18 aloitti heti."
    spans = [best_sentence("montako kuntaa on mukana", passage(text), encoder, snapshot.words.idf)]
    spans.append(
        best_sentence(
            "montako kuntaa on mukana", passage(text), encoder, snapshot.words.idf, [(25, 48)]
        )
    )
    assert [text[start:end] for start, end in spans] == [
        "Kuntia on mukana paljon.",
        "Niistä 18 aloitti heti.",
    ]


def test_a_name_of_a_place_does_not_say_what_it_is_made_of(samples: Assistant) -> None:
    """Pages about Keski-Suomi say nothing of Finland's president."""
    assert samples.ask("Kuka on Suomen presidentti?").status == "not_found"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Mikä kunta liittyy Pohjois-Savoon?", "Joroinen liittyy"),
        ("Which municipality joins the region of North Savo during the project?", "Joroinen"),
        ("Mitkä muut maakunnat kehittävät Pohjois-Savon OT-keskusta?", "Etelä-Savo, Keski-Suomi"),
        ("Which other regions prepare the OT centre of Pohjois-Savo?", "Etelä-Savo, Keski-Suomi"),
        ("Vilka andra landskap är med i OT-keskus i Norra Savolax?", "Etelä-Savo, Keski-Suomi"),
    ],
)
def test_which_place_is_answered_by_a_sentence_that_names_one(
    samples: Assistant, question: str, said: str
) -> None:
    """The places that the question itself names do not count, and "which regions" are several."""
    answer = samples.ask(question).answer
    assert answer is not None
    assert said in answer.text


ALIKE = "Kiviä palauttavat talkoolaiset. Talkoolaiset palauttavat kiviä."


@pytest.mark.parametrize(
    ("text", "together"),
    [
        (f"{ALIKE} Muuta ei ole.", True),
        ("Talkoolaiset palauttavat kiviä. Muuta ei ole.", False),
        ("Talkoolaiset palauttavat kiviä.\n\nKiviä palauttavat talkoolaiset.", False),
        ("• talkoolaiset palauttavat kiviä\n• kiviä palauttavat talkoolaiset", False),
    ],
)
def test_neighbours_that_answer_as_well_are_quoted_together(
    encoder: Encoder, snapshot: Snapshot, text: str, together: bool
) -> None:
    """Of two sentences of one paragraph that meet the question alike none is left out."""
    found, asked, idf = passage(text), "Ketkä palauttavat kiviä?", snapshot.words.idf
    best = best_sentence(asked, found, encoder, idf)
    beside = neighbour(asked, found, best, encoder, idf)
    assert (beside is not None) is together
    assert beside is None or text[min(best, beside)[0] : max(best, beside)[1]] == ALIKE


def test_a_neighbour_without_what_is_asked_is_not_quoted(
    encoder: Encoder, snapshot: Snapshot
) -> None:
    """Where not every sentence may answer, a neighbour that may not stays out."""
    found, asked, idf = passage(ALIKE), "Ketkä palauttavat kiviä?", snapshot.words.idf
    best = best_sentence(asked, found, encoder, idf)
    assert neighbour(asked, found, best, encoder, idf, among=(best,)) is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Millä perusteella kunnat lähettävät väkeä työryhmiin?", "Jokainen kunta lähettää"),
        ("How do municipalities send people to working groups in Itä-Uusimaa?", "Jokainen kunta"),
        ("Which municipalities are in Itä-Uusimaa?", "Askola, Lapinjärvi"),
    ],
)
def test_towns_that_are_only_spoken_of_are_no_question_of_places(
    samples: Assistant, question: str, said: str
) -> None:
    """How municipalities do something is not where; and the region itself is no answer."""
    answer = samples.ask(question).answer
    assert answer is not None
    assert said in answer.text
