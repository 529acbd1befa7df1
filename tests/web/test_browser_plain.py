"""In a real browser with JavaScript turned off: the whole way by forms and links."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Open
from tests.web.test_browser_asking import CONTACT, NAME


@pytest.fixture
def plain(open_page: Open, site: str) -> Page:
    """Open the start page with scripts turned off."""
    page = open_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto(site)
    return page


def test_asking_following_up_and_checking_the_source(plain: Page) -> None:
    """A question, a follow-up, its citation and the way back."""
    plain.fill("#q", CONTACT)
    plain.press("#q", "Enter")
    expect(plain.locator(".answer")).to_contain_text(NAME)
    plain.fill("#q", "entä Pohjois-Savon?")
    plain.get_by_role("button", name="Kysy", exact=True).click()
    expect(plain.locator(".turn")).to_have_count(2)
    expect(plain.locator("#t2 .answer")).to_contain_text("Tarja Miettinen")
    plain.locator("#t2 .source .citation").first.click()
    expect(plain.locator("#hit")).to_have_text("Tarja Miettinen")
    expect(plain.locator("#hit")).to_be_in_viewport()
    plain.go_back()
    expect(plain.locator(".turn")).to_have_count(2)


def test_choosing_sorting_and_editing(plain: Page, site: str) -> None:
    """Candidates, the table's order, the subject and the edit link are links."""
    plain.fill("#q", "kuka on yhteyshenkilö?")
    plain.press("#q", "Enter")
    plain.locator(".choice", has_text="Itä-Savon").click()
    expect(plain.locator(".answer")).to_contain_text(NAME)
    plain.locator(".remove").click()
    expect(plain.locator(".subject-chip")).to_have_count(0)
    expect(plain.locator(".answer")).to_contain_text(NAME)
    plain.locator(".edit").click()
    expect(plain.locator("#q")).not_to_have_value("")
    plain.goto(f"{site}/?q=Luettele+kaikkien+hankkeiden+yhteyshenkil%C3%B6t")
    plain.locator("thead a").first.click()
    titles = plain.locator("tbody th").all_inner_texts()
    assert titles == sorted(titles)
    plain.locator("thead a").first.click()
    assert plain.locator("tbody th").all_inner_texts() == titles[::-1]


def test_nothing_is_shown_that_would_not_work(plain: Page) -> None:
    """Copying and shortcuts need the script, so they are not offered."""
    plain.fill("#q", CONTACT)
    plain.press("#q", "Enter")
    expect(plain.get_by_role("link", name="Linkki tähän vastaukseen")).to_be_visible()
    expect(plain.get_by_role("button", name="Kopioi vastaus")).to_have_count(0)
    expect(plain.locator("#shortcuts")).to_be_hidden()


def test_feedback_is_a_form(plain: Page) -> None:
    """A verdict leads to a thank-you page and back to the conversation."""
    plain.fill("#q", CONTACT)
    plain.press("#q", "Enter")
    plain.fill("[name=note]", "hyvä")
    plain.get_by_role("button", name="Oikein").click()
    expect(plain.locator("h1")).to_have_text("Kiitos palautteesta.")
    plain.get_by_role("link", name="Takaisin keskusteluun").click()
    expect(plain.locator(".answer")).to_contain_text(NAME)
