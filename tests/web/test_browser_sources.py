"""In a real browser: a citation opens the document at the very words, and leads back."""

import httpx
from playwright.sync_api import Page, expect

from tests.web.conftest import Open
from tests.web.test_browser_asking import CONTACT, NAME, ask


def cited(site: str, question: str) -> str:
    """Return the text that the first citation of the answer spans in its document."""
    found = httpx.post(f"{site}/ask", json={"question": question}).json()["passages"][0]["citation"]
    document = httpx.get(f"{site}/api/documents/{found['document_id']}").json()
    text: str = document["text"][found["start"] : found["end"]]
    return text


def test_the_marked_text_is_the_cited_text(page: Page, site: str) -> None:
    """Beside the conversation, with the focus on it and in sight."""
    page.goto(site)
    ask(page, CONTACT)
    page.locator(".source .citation").first.click()
    hit = page.locator("#source #hit")
    expect(hit).to_have_text(cited(site, CONTACT))
    expect(hit).to_be_focused()
    expect(hit).to_be_in_viewport()
    expect(page.locator(".answer")).to_be_in_viewport()
    expect(page.locator("#source h1")).to_have_text("Itä-Savon rakenneuudistus")


def test_escape_returns_to_the_citation(page: Page, site: str) -> None:
    """Esc closes the source and the focus is where the reader left."""
    page.goto(site)
    ask(page, CONTACT)
    citation = page.locator(".answer .ref")
    citation.click()
    expect(citation).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(citation).to_be_focused()
    page.locator(".source .citation").first.click()
    page.get_by_role("button", name="Sulje").click()
    expect(page.locator(".source .citation").first).to_be_focused()


def test_next_and_previous_step_through_the_hits(page: Page, site: str) -> None:
    """The steps stay beside the conversation and mark one place after the other."""
    page.goto(site)
    ask(page, CONTACT)
    page.locator(".source .citation").first.click()
    expect(page.locator("#source #hit")).to_have_text(NAME)
    page.locator("#source a[rel=next]").click()
    expect(page.locator("#source #hit")).not_to_have_text(NAME)
    expect(page.locator("#source #hit")).to_be_focused()
    page.locator("#source a[rel=prev]").click()
    expect(page.locator("#source #hit")).to_have_text(NAME)
    expect(page.locator(".turn")).to_have_count(1)


def test_outline_and_facts_lead_into_the_document(page: Page, site: str) -> None:
    """A heading of the outline gets the focus; a fact opens its own place."""
    page.goto(site)
    ask(page, CONTACT)
    page.locator(".source .citation").first.click()
    page.locator("#source .outline summary").click()
    link = page.locator("#source .outline a").last
    name = link.inner_text()
    link.click()
    expect(page.locator("#source .text :focus")).to_have_text(name)
    page.locator("#source .facts summary").click()
    page.locator("#source .facts a", has_text="pia.karttunen").click()
    expect(page.locator("#source #hit")).to_have_text("pia.karttunen@sosteri.fi")


def test_on_a_narrow_screen_the_source_is_a_page_of_its_own(open_page: Open, site: str) -> None:
    """Going back, by the button or by Esc, returns the focus to the citation."""
    page = open_page(viewport={"width": 360, "height": 720})
    page.goto(site)
    ask(page, CONTACT)
    page.locator(".source .citation").first.click()
    page.wait_for_url("**/documents/**")
    expect(page.locator("#hit")).to_have_text(NAME)
    expect(page.locator("#hit")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".source .citation").first).to_be_focused()
    expect(page.locator(".answer")).to_contain_text(NAME)


def test_a_permalink_opens_at_the_place_for_anyone(page: Page, open_page: Open, site: str) -> None:
    """The address of a citation, opened in a new tab without JavaScript, shows the same words."""
    page.goto(site)
    ask(page, CONTACT)
    address = page.locator(".source .citation").first.get_attribute("href")
    plain = open_page(java_script_enabled=False)
    plain.goto(f"{site}{address}")
    expect(plain.locator("#hit")).to_have_text(NAME)
    expect(plain.locator("#hit")).to_be_in_viewport()


def test_the_list_of_documents_leads_to_each(page: Page, site: str) -> None:
    """Filtered by funder, a document opens from its title."""
    page.goto(f"{site}/documents")
    expect(page.locator("tbody tr")).to_have_count(5)
    page.select_option("#year", "2023")
    page.get_by_role("button", name="Rajaa").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").click()
    expect(page.locator("h1")).to_contain_text("Etelä-Savon")


def test_printing_shows_the_answer_and_its_source(page: Page, site: str) -> None:
    """On paper there are no forms, but the words and where they stand."""
    page.goto(site)
    ask(page, CONTACT)
    page.emulate_media(media="print")
    expect(page.locator(".answer")).to_be_visible()
    expect(page.locator(".cite").first).to_be_visible()
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator(".actions")).to_be_hidden()
