"""The one place where the site keeps its assistant, so that every request sees a newer index.

Knows when to look for a newer snapshot. Does not know how answers are found. A newer snapshot
that cannot be opened is logged and the one in hand keeps serving.
"""

import logging
import threading
import time
from collections.abc import Callable

from corpus.errors import KysyError
from qa.assistant import Assistant

logger = logging.getLogger(__name__)
REFRESH_SECONDS = 1.0


class Holder:
    """Opens the assistant once and looks for a newer snapshot at most once a second."""

    def __init__(
        self, factory: Callable[[], Assistant], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._factory = factory
        self._clock = clock
        self._assistant: Assistant | None = None
        self._looked = 0.0
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        """Whether there is an assistant to ask."""
        return self._assistant is not None

    def open(self) -> None:
        """Open the assistant; KysyError when there is no index or it is damaged."""
        self._assistant = self._factory()
        self._looked = self._clock()

    def current(self) -> Assistant:
        """Return the assistant, refreshed if a newer snapshot was published."""
        if self._assistant is None:
            raise KysyError("the index is not open yet", fix="try again in a moment")
        if self._due():
            self._refresh(self._assistant)
        return self._assistant

    def _due(self) -> bool:
        with self._lock:
            now = self._clock()
            if now - self._looked < REFRESH_SECONDS:
                return False
            self._looked = now
            return True

    @staticmethod
    def _refresh(assistant: Assistant) -> None:
        try:
            assistant.refresh()
        except KysyError as error:
            logger.warning("the newer snapshot is not served: %s", error)
