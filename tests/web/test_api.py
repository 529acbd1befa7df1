"""`POST /ask` is the contract to the letter; the documents and the status stand beside it."""

from datetime import date

from fastapi.testclient import TestClient

from qa.model import Turn
from tests.web.scripted import ScriptedAssistant

ANSWER_KEYS = {
    "question",
    "interpreted_question",
    "language",
    "status",
    "answer",
    "passages",
    "index",
    "took_ms",
    "candidates",
    "subjects",
}


def test_ask_gives_exactly_the_keys_of_the_contract(client: TestClient) -> None:
    """Nothing of the contract is missing, and only the agreed keys are added."""
    body = client.post("/ask", json={"question": "yhteyshenkilö?"}).json()
    assert set(body) == ANSWER_KEYS
    assert set(body["answer"]) == {
        *("text", "kind", "field", "confidence", "citations"),
        *("label", "language", "rows", "related"),
    }
    assert set(body["passages"][0]) == {
        *("rank", "score", "text", "highlights", "citation"),
        *("language", "also_in"),
    }
    assert set(body["passages"][0]["citation"]) == {
        *("document_id", "title", "source", "url", "section", "start", "end", "modified"),
        "sha256",
    }
    assert set(body["index"]) == {"snapshot", "encoder"}


def test_ask_gives_the_values_of_the_answer(client: TestClient) -> None:
    """The answer's words, kind, field and citation arrive as the assistant said them."""
    body = client.post("/ask", json={"question": "yhteyshenkilö?"}).json()
    assert body["status"] == "answered"
    assert body["answer"]["text"] == "Pia Karttunen"
    assert body["answer"]["kind"] == "field"
    assert body["answer"]["field"] == "contact_name"
    assert body["answer"]["citations"] == [1]
    assert body["answer"]["related"][0]["value"] == "pia@example.fi"
    first = body["passages"][0]
    assert (first["rank"], first["text"], first["highlights"]) == (1, "Pia Karttunen", [[0, 13]])
    assert first["citation"]["section"] == ["Perustiedot", "Yhteyshenkilön nimi"]
    assert first["citation"]["modified"] == date(2020, 12, 11).isoformat()
    assert first["citation"]["url"] is None


def test_not_found_has_no_answer_but_the_nearest_passages(client: TestClient) -> None:
    """`answer` is null and the passages are there all the same."""
    body = client.post("/ask", json={"question": "puhelinnumero?"}).json()
    assert (body["status"], body["answer"]) == ("not_found", None)
    assert body["passages"]


def test_ambiguity_and_lists_travel_in_the_added_keys(client: TestClient) -> None:
    """Candidates carry the question to ask, rows carry their own citations."""
    which = client.post("/ask", json={"question": "kuka?"}).json()
    assert [set(one) for one in which["candidates"]] == [{"document_id", "title", "question"}] * 2
    rows = client.post("/ask", json={"question": "kaikki"}).json()["answer"]["rows"]
    assert [row["value"] for row in rows] == ["Pia Karttunen", "Jaana Forslund"]
    assert rows[1]["citation"]["document_id"] == "uusimaa.txt"


def test_ask_passes_on_all_that_the_request_says(
    client: TestClient, assistant: ScriptedAssistant
) -> None:
    """History and documents reach the assistant; null means left out."""
    history = [{"question": "a?", "answer": "A"}, {"question": "b?"}]
    request = {"question": "q?", "history": history, "documents": ["uusimaa.txt"], "top_k": None}
    assert client.post("/ask", json=request | {"language": None}).status_code == 200
    assert assistant.asked == [("q?", (Turn("a?", "A"), Turn("b?", "")), ["uusimaa.txt"])]


def test_explanation_is_there_only_when_asked_for(client: TestClient) -> None:
    """The key `explanation` appears with `explain: true` alone."""
    body = client.post("/ask", json={"question": "yhteyshenkilö?", "explain": True}).json()
    assert set(body) == ANSWER_KEYS | {"explanation"}


def test_documents_are_listed_and_given_whole(client: TestClient) -> None:
    """Every listed id opens, and its spans slice its text."""
    listed = client.get("/api/documents").json()
    assert [one["document_id"] for one in listed] == ["savo/ita.txt", "uusimaa.txt"]
    document = client.get("/api/documents/savo/ita.txt").json()
    field = document["fields"][2]
    assert document["text"][field["start"] : field["end"]] == "Pia Karttunen"


def test_status_says_what_is_indexed(client: TestClient) -> None:
    """Counts, the time of building and the encoder are given."""
    status = client.get("/api/status").json()
    assert (status["documents"], status["encoder"]) == (2, "test")
    assert status["built"] == "2026-11-21T22:30:00Z"


def test_the_openapi_page_describes_ask(client: TestClient) -> None:
    """Programs can read the contract from the running site."""
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {
        "/ask",
        "/api/documents",
        "/api/documents/{document_id}",
        "/api/status",
    }
