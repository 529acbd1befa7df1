"""The kind of thing asked for, and which passages have one."""

import numpy as np
import pytest

from corpus.language import Analyzer
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from qa.answer_kind import INSIDE, SEVERAL, asks_kind, name_evidence, number_evidence
from qa.assistant import Assistant
from qa.question import Question


def of_page(snapshot: Snapshot, title: str) -> np.ndarray:
    """Give the rows of the first document whose title begins so."""
    ordinal = next(o for o, entry in enumerate(snapshot.documents) if entry.title.startswith(title))
    return np.flatnonzero(snapshot.passage_document == ordinal)


def evidence(
    question: Question, rows: np.ndarray, snapshot: Snapshot, analyzer: Analyzer
) -> tuple[np.ndarray, np.ndarray]:
    """Give which rows have a place and which another name, all rows being equally near."""
    return name_evidence(question, rows, np.zeros(len(rows), np.float32), snapshot, analyzer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kokeilu alkaa Kemijärvellä keväällä", ["Kemijärvellä"]),
        ("kokeilu alkaa.\nKokeilu jatkuu", []),
        ("alkoi.  Kokeilu jatkui (Arviointi myöhemmin)", []),
        ("- Hanke alkaa élan vital", []),
        ("arvion tekee, Oy Mittari Ab", ["Oy", "Mittari", "Ab"]),
    ],
)
def test_a_capital_inside_a_sentence_is_a_name(text: str, words: list[str]) -> None:
    """The first word of a sentence, a line or a bracket is none."""
    assert [word for word in INSIDE.findall(text) if word[0].isupper()] == words


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("Missä kunnassa Itä-Savon kokeilu alkaa?", True, False),
        ("I vilken kommun inleds försöket i Itä-Savo?", True, False),
        ("Where does Itä-Savo try it first?", True, False),
        ("Which firm assesses Itä-Savo?", False, True),
        ("Mitä Itä-Savossa kokeillaan?", False, False),
    ],
)
def test_the_question_word_tells_what_is_looked_for(
    text: str,
    place: bool,
    name: bool,
    samples: Assistant,
    snapshot: Snapshot,
    analyzer: Analyzer,
) -> None:
    """A "where" or a "which town" looks for places, a "who" or a "which firm" for other names."""
    question, _ = samples.read(text)
    places, names = evidence(question, of_page(snapshot, "Itä-Savo"), snapshot, analyzer)
    assert (bool(places.any()), bool(names.any())) == (place, name)
    assert asks_kind(question) == (place or name)


def test_only_the_document_named_is_looked_at(
    samples: Assistant, snapshot: Snapshot, analyzer: Analyzer
) -> None:
    """Another page's places answer nothing."""
    question, _ = samples.read("Missä kunnassa Itä-Savon kokeilu alkaa?")
    places, names = evidence(question, of_page(snapshot, "Pohjois-Savo"), snapshot, analyzer)
    assert not places.any()
    assert not names.any()


def test_what_the_title_says_is_no_answer(
    samples: Assistant, snapshot: Snapshot, analyzer: Analyzer
) -> None:
    """A passage with the page's own place alone has no place that is asked for."""
    question, _ = samples.read("Missä kunnassa Itä-Savon kokeilu alkaa?")
    rows = of_page(snapshot, "Itä-Savo")
    places, _ = evidence(question, rows, snapshot, analyzer)
    texts = [passage.text for passage in snapshot.passages(rows)]
    own = [
        at
        for at, text in enumerate(texts)
        if text.strip().startswith("Itä-Savo") and len(text) < 60
    ]
    assert own
    assert places.any()
    assert not places[own].any()


def test_one_place_outdoes_a_list_unless_a_list_is_asked_for(
    samples: Assistant, snapshot: Snapshot, analyzer: Analyzer
) -> None:
    """A list of towns is half of what "where" asks for, and all of what "which towns" does."""
    rows = of_page(snapshot, "Itä-Savo")
    one, _ = samples.read("Missä Itä-Savossa kokeillaan ensin?")
    several, _ = samples.read("Missä kunnissa Itä-Savossa kokeillaan ensin?")
    first, _ = evidence(one, rows, snapshot, analyzer)
    every, _ = evidence(several, rows, snapshot, analyzer)
    assert first.max() == pytest.approx(SEVERAL * every.max())
    without = np.count_nonzero(every == 0) / len(rows)
    assert every.max() == pytest.approx(without)  # what most passages have would tell little
    assert without > 0.9


def test_a_form_of_the_word_counted_is_that_word(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder, analyzer: Analyzer
) -> None:
    """A passage with "18 kuntaa" answers "montako kuntaa" whatever the encoder thinks of forms."""
    question, _ = samples.read("Montako kuntaa Pohjois-Savossa on?")
    rows = of_page(snapshot, "Pohjois-Savo")
    found = number_evidence(question, rows, snapshot, encoder, analyzer)
    best = snapshot.passages(rows[[int(found.argmax())]])[0].text
    assert found.max() == 1.5
    assert "18 kun" in best
