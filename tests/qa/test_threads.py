"""One assistant, many threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from qa.assistant import Assistant
from qa.model import Answer, Turn

QUESTIONS = (
    "who is the contact for Itä-Savo",
    "ketkä ovat kaikkien hankkeiden yhteyshenkilöt",
    "Hur många kommuner finns det i Norra Savolax?",
    "kuka on yhteyshenkilö?",
    "what is the capital of France",
)
HISTORY = (Turn("kuka on Itä-Savon yhteyshenkilö", "Pia Karttunen"),)


def untimed(answer: Answer) -> Answer:
    """Return an answer without the time it took."""
    return replace(answer, took_ms=0.0)


def test_eight_threads_get_the_answers_of_one(samples: Assistant) -> None:
    """Asked at once from eight threads, each question has the answer it has alone."""
    asked = [(text, history) for text in QUESTIONS for history in ((), HISTORY)] * 8
    alone = {pair: untimed(samples.ask(pair[0], history=pair[1])) for pair in asked[:10]}
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda p: untimed(samples.ask(p[0], history=p[1])), asked))
    assert together == [alone[pair] for pair in asked]


def test_refreshing_disturbs_nobody(samples: Assistant) -> None:
    """While threads ask, others may refresh: there is nothing newer, and answers stay."""
    expected = untimed(samples.ask(QUESTIONS[0]))

    def work(number: int) -> Answer | bool:
        return samples.refresh() if number % 3 == 0 else untimed(samples.ask(QUESTIONS[0]))

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(work, range(30)))
    assert [f for f in found if f is not False] == [expected] * 20
