"""The parts that every route of one site shares.

Knows what there is. Does not know who uses it. One `Site` is made by `create_app` and found again
from any request; the assistant sits in its holder, so that a newer index is seen by all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request
from jinja2 import Environment

from corpus.model import Language
from qa.assistant import Assistant
from qa.model import Answer, Turn
from qa.settings import Settings
from web.feedback import FeedbackFile
from web.holder import Holder
from web.links import Links
from web.metrics import Metrics
from web.problems import Problem
from web.rate import RateLimit
from web.wording import Wording


@dataclass(frozen=True, slots=True)
class Site:
    """Settings, the assistant's holder and everything that pages and API need."""

    settings: Settings
    holder: Holder
    links: Links
    metrics: Metrics
    rate: RateLimit
    wordings: Mapping[Language, Wording]
    templates: Environment
    feedback: FeedbackFile | None

    @property
    def assistant(self) -> Assistant:
        """The assistant over the newest snapshot."""
        return self.holder.current()

    def admit(self, request: Request) -> None:
        """Count a question of this client; Problem 429 when it has asked too many."""
        seconds = self.rate.wait(request.client.host if request.client else "unknown")
        if seconds:
            raise Problem(
                429,
                f"too many questions; wait {seconds} s and ask again",
                {"retry-after": str(seconds)},
            )

    def check_question(self, question: str, name: str = "question") -> None:
        """Refuse a question that is longer than the operator allows (Problem 422)."""
        most = self.settings.max_question_chars
        if len(question) > most:
            raise Problem(422, f"{name}: is too long; at most {most:,} characters are read")

    def ask(self, question: str, history: tuple[Turn, ...]) -> Answer:
        """Answer one question of a page and count it."""
        answer = self.assistant.ask(question, history=history, top_k=self.settings.top_k)
        self.metrics.answered(answer)
        return answer


def site_of(request: Request) -> Site:
    """Return the site that serves this request."""
    site: Site = request.app.state.site
    return site
