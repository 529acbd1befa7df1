"""How many questions one client may ask; the only module that imports `limits`.

Knows clients by address and a moving window in memory. Does not know what is asked.
"""

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from corpus.errors import KysyError


class RateLimit:
    """A limit such as `120/minute`; an empty one lets everything through."""

    def __init__(self, rule: str) -> None:
        self._item = _item(rule) if rule.strip() else None
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, client: str) -> int:
        """Count one question of this client; return 0, or the seconds to wait for the next."""
        if self._item is None or self._limiter.hit(self._item, client):
            return 0
        reset = self._limiter.get_window_stats(self._item, client).reset_time
        return max(1, math.ceil(reset - time.time()))


def _item(rule: str) -> RateLimitItem:
    try:
        return parse(rule)
    except ValueError as error:
        raise KysyError(
            f"`{rule}` is not a rate limit", where="KYSY_RATE_LIMIT", fix="write it as 120/minute"
        ) from error
