"""The site sees a newer snapshot without a restart, and a damaged one does not stop it."""

import logging

import pytest

from corpus.errors import KysyError
from tests.web.scripted import ScriptedAssistant
from web.holder import REFRESH_SECONDS, Holder


def test_a_newer_snapshot_is_looked_for_at_most_once_a_second(
    assistant: ScriptedAssistant,
) -> None:
    """Many questions in a moment look once; a later one looks again."""
    now = [0.0]
    holder = Holder(lambda: assistant, lambda: now[0])
    holder.open()
    for _ in range(5):
        holder.current()
    assert assistant.refreshed == 0
    now[0] += REFRESH_SECONDS
    for _ in range(5):
        holder.current()
    assert assistant.refreshed == 1


def test_a_damaged_newer_snapshot_leaves_the_old_one_serving(
    assistant: ScriptedAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    """The error is logged by its line and the assistant in hand goes on."""

    def damaged() -> bool:
        raise KysyError("a file is damaged", where="snap-2")

    assistant.refresh = damaged  # type: ignore[method-assign]
    now = [0.0]
    holder = Holder(lambda: assistant, lambda: now[0])
    holder.open()
    now[0] += 5
    with caplog.at_level(logging.WARNING):
        assert holder.current() is assistant
    assert "snap-2: a file is damaged" in caplog.text


def test_before_it_is_open_nothing_can_be_asked(assistant: ScriptedAssistant) -> None:
    """Not ready means an error that says to wait, never None."""
    holder = Holder(lambda: assistant)
    assert not holder.ready
    with pytest.raises(KysyError, match="not open yet"):
        holder.current()
