"""Counters of one site in the Prometheus format; the only module that imports prometheus_client.

Knows counts and times. Does not know the text of any question, and never writes one down.
"""

import time

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client import Counter as Count
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.model import Answer, IndexStatus

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """The counters of one site, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._asked = Count(
            "kysy_questions", "Questions answered", ("status", "language"), registry=self.registry
        )
        self._answer_seconds = Histogram(
            "kysy_answer_seconds", "Time to answer", buckets=BUCKETS, registry=self.registry
        )
        self._requests = Count(
            "kysy_http_requests", "HTTP requests", ("method", "status"), registry=self.registry
        )
        self._request_seconds = Histogram(
            "kysy_http_request_seconds", "Time to respond", buckets=BUCKETS, registry=self.registry
        )
        self._documents = Gauge("kysy_documents", "Documents indexed", registry=self.registry)
        self._passages = Gauge("kysy_passages", "Passages indexed", registry=self.registry)

    def answered(self, answer: Answer) -> None:
        """Count an answer."""
        self._asked.labels(answer.status, answer.language).inc()
        self._answer_seconds.observe(answer.took_ms / 1000)

    def responded(self, method: str, status: int, seconds: float) -> None:
        """Count an HTTP response."""
        known = method if method in {"GET", "HEAD", "POST"} else "other"
        self._requests.labels(known, str(status)).inc()
        self._request_seconds.observe(seconds)

    def text(self, status: IndexStatus | None) -> bytes:
        """Return the exposition, with the index's counts as they are now."""
        self._documents.set(status.documents if status else 0)
        self._passages.set(status.passages if status else 0)
        return generate_latest(self.registry)


class Measured:
    """Times every request; pure ASGI."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            self.metrics.responded(scope["method"], status, time.perf_counter() - started)
