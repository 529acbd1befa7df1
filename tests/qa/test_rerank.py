"""The final order of the candidates."""

import re
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.language import open_analyzer
from embeddings.encoder import Encoder
from embeddings.snapshot import Snapshot
from qa.assistant import Assistant
from qa.rerank import FEATURES, SHORTEST_COPY, Ranking, load_weights, rank
from qa.retrieve import Pool, RankingOptions, retrieve

TEXT = "Mihin avustus käytetään Itä-Uudellamaalla?"
INTRO = "valmistaudutaan sote-uudistukseen"


def ranked(
    assistant: Assistant,
    snapshot: Snapshot,
    encoder: Encoder,
    text: str,
    options: RankingOptions | None = None,
) -> Ranking:
    """Rank the whole pool of a question."""
    question = assistant.read(text)[0]
    options = options or RankingOptions()
    pool = retrieve(question, snapshot, encoder, options)
    return rank(question, pool, snapshot, encoder, open_analyzer(), options)


def test_weights_are_of_the_features_measured() -> None:
    """Every feature has a weight, and every weight a feature."""
    assert set(load_weights()) == set(FEATURES)


def test_scores_fall_and_are_explained(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """The order is that of the scores, and a score is the weighted sum of what is shown."""
    ranking = ranked(samples, snapshot, encoder, TEXT)
    assert (np.diff(ranking.scores) <= 0).all()
    weights = load_weights()
    shown = sum(weights[name] * value for name, value in ranking.explain(0).items())
    assert shown == pytest.approx(float(ranking.scores[0]), abs=0.01)


def test_near_duplicates_collapse_to_one(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """The intro that four pages repeat, twice each, comes once."""
    ranking = ranked(samples, snapshot, encoder, "Miten sote-uudistukseen valmistaudutaan?")
    texts = [p.text for p in snapshot.passages(ranking.rows)]
    assert sum(INTRO in text for text in texts) == 1


def test_the_others_of_a_group_are_known(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """The one that is shown knows where else its text stands."""
    answer = samples.ask("Miten sote-uudistukseen valmistaudutaan?", top_k=20)
    (intro,) = [p for p in answer.passages if INTRO in p.text]
    assert len({intro.citation.document_id, *intro.also_in}) == 4


def test_short_values_are_never_each_other_s_copies(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """The same date on two pages is two facts: both stay."""
    ranking = ranked(samples, snapshot, encoder, "luotu 17.09.2020")
    texts = [p.text for p in snapshot.passages(ranking.rows) if len(p.text) < SHORTEST_COPY]
    assert texts.count("17.09.2020") == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.randoms(use_true_random=False))
def test_order_does_not_depend_on_the_order_of_the_pool(
    samples: Assistant,
    snapshot: Snapshot,
    encoder: Encoder,
    random: Random,
) -> None:
    """However the candidates come, the ranking is the same, ties included."""
    question, options = samples.read(TEXT)[0], RankingOptions()
    pool = retrieve(question, snapshot, encoder, options)
    shuffled = list(range(len(pool.rows)))
    random.shuffle(shuffled)
    other = Pool(
        pool.rows[shuffled], pool.dense[shuffled], pool.lexical[shuffled], pool.vectors[shuffled]
    )
    first, second = (
        rank(question, p, snapshot, encoder, open_analyzer(), options) for p in (pool, other)
    )
    assert first.rows.tolist() == second.rows.tolist()


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Kuka rahoittaa Itä-Savon hankkeen?", "ita-savo.txt"),
        ("mitä tavoitellaan Pohjois-Savossa", "pohjois-savo.txt"),
        ("who takes part in Central Finland", "keski-suomi.txt"),
        ("vilka är målen i Östra Nyland", "ita-uusimaa.txt"),
    ],
)
def test_the_document_named_comes_first(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder, text: str, document: str
) -> None:
    """Among look-alike pages the best passage is of the page that the question names."""
    row = int(ranked(samples, snapshot, encoder, text).rows[0])
    assert snapshot.documents[int(snapshot.passage_document[row])].document_id == document


@pytest.mark.parametrize(
    "text",
    [
        "Montako kuntaa Pohjois-Savossa on?",
        "Hur många kommuner finns det i Norra Savolax?",
        "How many municipalities are there in North Savo?",
    ],
)
def test_a_number_of_what_is_counted_beats_another_number(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder, text: str
) -> None:
    """Saying "18 kuntaa" speaks more for an answer than a year does, in any language."""
    found = ranked(samples, snapshot, encoder, text)
    kinds = found.features[:, FEATURES.index("number")]
    best = snapshot.passages(found.rows[[int(kinds.argmax())]])[0]
    assert re.search(r"\d+ kun", best.text)
    assert set(kinds[kinds < 0.5].tolist()) <= {0.0}


def test_nothing_is_counted_where_no_quantity_is_asked(samples: Assistant) -> None:
    """Names and question words are not what is counted."""
    assert samples.read("Montako kuntaa Itä-Savossa on?")[0].counted == "kuntaa"
    assert samples.read("How many local service points are there?")[0].counted == (
        "local service points"
    )


def test_a_field_counts_for_what_it_explains(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """Of one document, what stands beside its name and is no field takes from the evidence."""
    place = FEATURES.index("field")
    whole = ranked(samples, snapshot, encoder, "Itä-Savo municipalities")
    half = ranked(samples, snapshot, encoder, "Itä-Savo first municipalities")
    assert whole.features[:, place].max() == 1.0
    assert half.features[:, place].max() == 0.5


def test_passages_are_compared_with_what_is_said_beside_the_names(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """The cosine is the rest's where a name is said, and the whole question's where none is."""
    found = ranked(samples, snapshot, encoder, TEXT)
    rest = encoder.encode_queries(["Mihin avustus käytetään"])[0]
    shown = found.features[:, FEATURES.index("dense_rest")]
    np.testing.assert_allclose(shown, snapshot.embeddings(found.rows) @ rest, atol=1e-5)
    nameless = ranked(samples, snapshot, encoder, "Mihin avustus käytetään?").features
    dense, dense_rest = (nameless[:, FEATURES.index(name)] for name in ("dense", "dense_rest"))
    np.testing.assert_array_equal(dense, dense_rest)


def test_switched_off_stages_measure_nothing(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """Without late interaction and fields their features are 0 for every candidate."""
    options = replace(RankingOptions(), late=False, fields=False)
    features = ranked(samples, snapshot, encoder, TEXT, options).features
    for name in ("late", "rest", "document", "field"):
        assert not features[:, FEATURES.index(name)].any()


def test_taking_some_keeps_what_belongs_to_them(
    samples: Assistant, snapshot: Snapshot, encoder: Encoder
) -> None:
    """Rows, scores, features and matches stay together."""
    ranking = ranked(samples, snapshot, encoder, TEXT)
    taken = ranking.take(np.array([3, 1]))
    assert taken.rows.tolist() == ranking.rows[[3, 1]].tolist()
    assert taken.explain(0) == ranking.explain(3)
    np.testing.assert_array_equal(taken.matches.best, ranking.matches.best[:, [3, 1]])
    np.testing.assert_allclose(taken.matches.scores, ranking.matches.scores[[3, 1]], rtol=1e-6)
