"""Operators see whether the site lives and what it does, and never a question's text."""

from fastapi.testclient import TestClient

from qa.settings import Settings
from tests.web.scripted import ScriptedAssistant
from web.app import create_app
from web.security import CONTENT_SECURITY_POLICY


def test_health_and_readiness(client: TestClient) -> None:
    """Both are 200 while the index is open; readiness names the snapshot."""
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json() == {"status": "ready", "snapshot": "test"}


def test_without_an_open_index_the_site_is_alive_but_not_ready(
    assistant: ScriptedAssistant,
) -> None:
    """Liveness and readiness differ before the start."""
    client = TestClient(create_app(Settings(), lambda: assistant))
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.post("/ask", json={"question": "a"}).status_code == 503


def test_metrics_count_answers_and_requests_without_their_text(client: TestClient) -> None:
    """Counters grow by status and language; the question is nowhere."""
    client.post("/ask", json={"question": "yhteyshenkilö salaisuus?"})
    client.get("/?q=salaisuus")
    text = client.get("/metrics").text
    assert 'kysy_questions_total{language="fi",status="answered"} 1.0' in text
    assert 'kysy_questions_total{language="fi",status="not_found"} 1.0' in text
    assert 'kysy_http_requests_total{method="POST",status="200"} 1.0' in text
    assert "kysy_documents 2.0" in text
    assert "salaisuus" not in text


def test_every_response_carries_the_security_headers(client: TestClient) -> None:
    """Pages, API, errors and files alike; no inline script or style is allowed."""
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    for path in ("/", "/documents", "/api/status", "/nothing", "/static/kysy.js", "/metrics"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_pages_have_no_inline_script_style_or_handler(client: TestClient) -> None:
    """What the policy forbids is not even tried, and nothing comes from elsewhere."""
    for path in ("/", "/?q=kaikki", "/?q=kuka", "/documents", "/documents/savo/ita.txt"):
        text = client.get(path).text
        assert "<script>" not in text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text
        assert 'src="http' not in text


def test_files_are_kept_and_pages_are_checked(client: TestClient) -> None:
    """A file's address carries its hash; pages may be kept but are asked for again."""
    page = client.get("/")
    assert page.headers["cache-control"] == "private, no-cache"
    file = page.text.split('href="')[2].split('"')[0]
    assert "immutable" in client.get(file).headers["cache-control"]
