"""Whatever is sent, the answer is a clear 4xx in one line that names the thing."""

import json

import pytest
from fastapi.testclient import TestClient

from corpus.errors import KysyError
from tests.web.conftest import Start
from tests.web.scripted import ScriptedAssistant

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        ("{", 400, "JSON"),
        ("", 422, "body"),
        ("[]", 422, "JSON object"),
        ("\xff", 400, "JSON"),
        ("{}", 422, "question"),
        ('{"question": ""}', 422, "question"),
        ('{"question": "  \\n "}', 422, "question"),
        ('{"question": null}', 422, "question"),
        ('{"question": 7}', 422, "question"),
        ('{"question": "\\ud800"}', 422, "question"),
        ('{"question": "a", "top_k": 0}', 422, "top_k"),
        ('{"question": "a", "top_k": 51}', 422, "top_k"),
        ('{"question": "a", "top_k": "many"}', 422, "top_k"),
        ('{"question": "a", "top_k": NaN}', 422, "top_k"),
        ('{"question": "a", "language": "de"}', 422, "language"),
        ('{"question": "a", "history": "b"}', 422, "history"),
        ('{"question": "a", "history": [{}]}', 422, "history.0.question"),
        ('{"question": "a", "documents": [1]}', 422, "documents"),
        ('{"question": "a", "documents": ["none.txt"]}', 422, "none.txt"),
    ],
)
def test_a_bad_request_is_refused_by_name(
    client: TestClient, body: str, status: int, named: str
) -> None:
    """Problem details say in one line which field is wrong."""
    answer = client.post("/ask", content=body.encode("latin-1"), headers=JSON)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert named in problem["detail"]
    assert "\n" not in problem["detail"]


def test_a_body_that_is_no_json_by_its_type_is_told_so(client: TestClient) -> None:
    """A form instead of JSON gets the hint that mends it."""
    answer = client.post("/ask", data={"question": "a"})
    assert answer.status_code == 422
    assert "application/json" in answer.json()["detail"]


def test_nested_brackets_do_not_break_the_parser(client: TestClient) -> None:
    """Ten thousand brackets are invalid JSON like any other."""
    answer = client.post("/ask", content=b"[" * 10_000, headers=JSON)
    assert answer.status_code == 400


def test_a_question_of_100_000_characters_is_refused(client: TestClient) -> None:
    """The bound is named, in questions and in the history."""
    long = "a" * 100_000
    for body in ({"question": long}, {"question": "a", "history": [{"question": long}]}):
        answer = client.post("/ask", json=body)
        assert answer.status_code == 422
        assert "2,000 characters" in answer.json()["detail"]


def test_a_body_beyond_the_bound_is_413(client: TestClient) -> None:
    """Announced by its length, and also when it arrives in pieces unannounced."""
    big = json.dumps({"question": "a" * 2_000_000}).encode()
    announced = client.post("/ask", content=big, headers=JSON)
    pieces = client.post("/ask", content=(big[i : i + 65536] for i in range(0, len(big), 65536)))
    for answer in (announced, pieces):
        assert answer.status_code == 413
        assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_document_is_404_for_programs_and_readers(client: TestClient) -> None:
    """The API names the id in JSON; the page says what to do."""
    answer = client.get("/api/documents/none.txt")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert "none.txt" in answer.json()["detail"]
    page = client.get("/documents/none.txt", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "text/html" in page.headers["content-type"]


def test_a_path_out_of_the_documents_is_404(client: TestClient) -> None:
    """Ids are looked up, never opened as files."""
    for path in ("/documents/..%2f..%2fetc/passwd", "/api/documents/%00", "/static/../app.py"):
        assert client.get(path).status_code == 404


def test_a_wrong_method_and_a_wrong_path_are_problems(client: TestClient) -> None:
    """405 and 404 are JSON for programs."""
    assert client.get("/ask").json()["status"] == 405
    assert client.get("/nothing").json()["status"] == 404


def test_the_rate_limit_says_when_to_come_back(start: Start) -> None:
    """The third question in a minute gets 429 with Retry-After, as JSON and as a page."""
    client = start(rate_limit="2/minute")
    codes = [client.post("/ask", json={"question": "a"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    answer = client.post("/ask", json={"question": "a"})
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    page = client.get("/?h=ensin&h=&q=kadonnut+kysymys", headers={"accept": "text/html"})
    assert page.status_code == 429
    assert "kadonnut kysymys" in page.text
    assert 'name="h" value="ensin"><input type="hidden" name="h" value=""' in page.text
    assert client.get("/").status_code == 200


def test_an_error_of_the_assistant_is_one_line(
    client: TestClient, assistant: ScriptedAssistant
) -> None:
    """A KysyError is shown by its line; anything else says nothing of the inside."""

    def broken(*_: object) -> None:
        raise KysyError("the snapshot is damaged", where="snap-1", fix="index again")

    def unexpected(*_: object) -> None:
        raise RuntimeError("secret /path")

    assistant.rules = {"a": broken, "b": unexpected}  # type: ignore[dict-item]
    answer = client.post("/ask", json={"question": "a"})
    assert answer.json()["detail"] == "snap-1: the snapshot is damaged; index again"
    hidden = client.post("/ask", json={"question": "b"})
    assert hidden.status_code == 500
    assert "secret" not in hidden.text
    page = client.get("/?q=b", headers={"accept": "text/html"})
    assert page.status_code == 500
    assert "secret" not in page.text


@pytest.mark.parametrize(
    "query",
    [
        "start=5",
        "start=9&end=3",
        "start=0&end=99999999",
        "key=1-2-3&hit=x",
        "hit=" + "9" * 40 + "-1",
        "start=0&end=1&hit=0-1&hit=0-1",
    ],
)
def test_a_permalink_to_nowhere_still_shows_the_document(client: TestClient, query: str) -> None:
    """Places that are not in the text are ignored, never an error."""
    page = client.get(f"/documents/savo/ita.txt?{query}")
    assert page.status_code == 200
    assert "Pia Karttunen" in page.text
