"""The time that the README gives is of an answer that is really on the screen."""

from playwright.sync_api import Page, expect

from web.stopwatch import time_answer


def test_the_time_ends_when_the_answer_is_shown(page: Page, site: str) -> None:
    """The same steps as the command's leave the answer on the page; the time is a real one."""
    assert time_answer(page, site, "Kuka on Itä-Savon yhteyshenkilö?") > 0
    expect(page.locator(".answer")).to_contain_text("Pia Karttunen")
