"""In a real browser: answers arrive in place, and the conversation can be steered."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Open

CONTACT = "Kuka on Itä-Savon yhteyshenkilö?"
NAME = "Pia Karttunen"


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter and wait for its answer."""
    turns = page.locator(".turn").count()
    page.fill("#q", question)
    page.press("#q", "Enter")
    expect(page.locator(".turn")).to_have_count(turns + 1)


def test_an_answer_arrives_without_a_reload(page: Page, site: str) -> None:
    """The page stays the same, the status line says so, the address is that of the answer."""
    page.goto(site)
    page.evaluate("window.same = true")
    ask(page, CONTACT)
    expect(page.locator(".answer")).to_contain_text(NAME)
    expect(page.locator(".label").first).to_have_text("Yhteyshenkilö")
    expect(page.locator(".source mark").first).to_have_text(NAME)
    expect(page.locator(".cite").first).to_contain_text("Itä-Savon rakenneuudistus")
    expect(page.locator(".cite").first).to_contain_text("sivua muokattu 11.12.2020")
    expect(page.get_by_role("status")).to_have_text("Vastaus on valmis, 1 lähde.")
    expect(page).to_have_title(f"{CONTACT} – Kysy")
    assert page.evaluate("window.same") is True
    assert f"q={quote('Kuka')}" in page.url
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")


def test_a_follow_up_keeps_the_subject_until_it_is_removed(page: Page, site: str) -> None:
    """The subject is seen beside the box; without it the same words ask something else."""
    page.goto(site)
    ask(page, CONTACT)
    expect(page.locator(".subject-chip")).to_contain_text("Itä-Savon rakenneuudistus")
    ask(page, "entä sähköposti?")
    expect(page.locator("#t2 .answer")).to_contain_text("pia.karttunen@sosteri.fi")
    page.locator(".remove").click()
    expect(page.locator(".subject-chip")).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(2)
    ask(page, "entä sähköposti?")
    expect(page.locator("#t3 .choice")).to_have_count(5)


def test_a_follow_up_may_change_the_subject(page: Page, site: str) -> None:
    """`entä Pohjois-Savon?` asks the same of another document."""
    page.goto(site)
    ask(page, CONTACT)
    ask(page, "entä Pohjois-Savon?")
    expect(page.locator("#t2 .answer")).to_contain_text("Tarja Miettinen")
    expect(page.locator(".subject-chip")).to_contain_text("Pohjois-Savon")


def test_an_ambiguous_question_offers_its_candidates(page: Page, site: str) -> None:
    """Choosing one replaces the question by the answer."""
    page.goto(site)
    ask(page, "kuka on yhteyshenkilö?")
    expect(page.locator(".choice")).to_have_count(5)
    page.locator(".choice", has_text="Itä-Savon").click()
    expect(page.locator(".answer")).to_contain_text(NAME)
    expect(page.locator(".turn")).to_have_count(1)


def test_a_list_is_sorted_in_place(page: Page, site: str) -> None:
    """The header turns the order round and says it; every row has its citation."""
    page.goto(site)
    ask(page, "Luettele kaikkien hankkeiden yhteyshenkilöt")
    rows = page.locator("table.rows tbody tr")
    expect(rows).to_have_count(5)
    expect(page.locator("table.rows td .citation")).to_have_count(5)
    titles = page.locator("table.rows tbody th")
    header = page.locator("table.rows thead a").first
    header.click()
    expect(page.locator("table.rows thead th").first).to_have_attribute("aria-sort", "ascending")
    upward = titles.all_inner_texts()
    assert upward == sorted(upward)
    header.click()
    assert titles.all_inner_texts() == upward[::-1]


def test_what_the_documents_do_not_say_is_said_plainly(page: Page, site: str) -> None:
    """The nearest passages stand under their own heading, and nothing is called an answer."""
    page.goto(site)
    ask(page, "mikä on Lapin väkiluku?")
    expect(page.locator(".finding.none")).to_contain_text("Asiakirjat eivät kerro tätä.")
    expect(page.get_by_role("heading", name="Lähimmät kohdat")).to_be_visible()
    expect(page.locator(".source mark")).to_have_count(0)


def test_back_and_forward_walk_through_the_conversation(page: Page, site: str) -> None:
    """Each question is a place in the browser's history."""
    page.goto(site)
    ask(page, CONTACT)
    ask(page, "entä Pohjois-Savon?")
    page.go_back()
    expect(page.locator(".turn")).to_have_count(1)
    page.go_back()
    expect(page.locator(".samples")).to_be_visible()
    page.go_forward()
    expect(page.locator(".answer")).to_contain_text(NAME)


def test_the_address_is_a_permalink(page: Page, open_page: Open, site: str) -> None:
    """Another reader opens the same conversation, follow-up and all."""
    page.goto(site)
    ask(page, CONTACT)
    ask(page, "entä Pohjois-Savon?")
    other = open_page()
    other.goto(page.url)
    expect(other.locator(".turn")).to_have_count(2)
    expect(other.locator("#t2 .answer")).to_contain_text("Tarja Miettinen")


def test_copying_takes_the_answer_with_its_source_and_link(open_page: Open, site: str) -> None:
    """What is pasted into a letter can be checked by its reader."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site)
    ask(page, CONTACT)
    page.get_by_role("button", name="Kopioi vastaus").click()
    expect(page.get_by_role("status")).to_have_text("Kopioitu.")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0] == NAME
    assert copied[1].startswith("[1] Itä-Savon rakenneuudistus › ")
    assert copied[2].startswith(f"{site}/?q=")
    page.get_by_role("button", name="Kopioi linkki").click()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(".answer")).to_contain_text(NAME)


def test_editing_and_starting_anew(page: Page, site: str) -> None:
    """The question comes back into the box; a new conversation is empty."""
    page.goto(site)
    ask(page, CONTACT)
    page.get_by_role("link", name="Muokkaa ja kysy uudelleen").click()
    expect(page.locator("#q")).to_have_value(CONTACT)
    expect(page.locator("#q")).to_be_focused()
    ask(page, CONTACT)
    page.get_by_role("link", name="Uusi keskustelu").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".samples")).to_be_visible()


def test_sample_questions_have_answers(page: Page, site: str) -> None:
    """What the start page offers is found in the documents."""
    page.goto(site)
    samples = page.locator(".samples a")
    assert 4 <= samples.count() <= 6
    samples.first.click()
    expect(page.locator(".turn.answered")).to_have_count(1)


def test_changing_the_language_keeps_the_conversation(page: Page, site: str) -> None:
    """The interface changes, the answer stays, and the choice is remembered."""
    page.goto(site)
    ask(page, CONTACT)
    page.get_by_role("link", name="Svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.locator(".label").first).to_have_text("Kontaktperson")
    expect(page.locator(".answer")).to_contain_text(NAME)
    page.goto(f"{site}/documents")
    expect(page.locator("html")).to_have_attribute("lang", "sv")


def test_a_lost_connection_says_what_to_do_and_keeps_the_question(page: Page, site: str) -> None:
    """The words stay in the box, and asking again works when the network is back."""
    page.goto(site)
    ask(page, CONTACT)
    page.context.set_offline(True)
    page.fill("#q", "entä Pohjois-Savon?")
    page.press("#q", "Enter")
    expect(page.get_by_role("status")).to_contain_text("Yhteys katkesi")
    expect(page.locator("#q")).to_have_value("entä Pohjois-Savon?")
    page.context.set_offline(False)
    page.press("#q", "Enter")
    expect(page.locator("#t2 .answer")).to_contain_text("Tarja Miettinen")


def test_too_many_questions_say_how_long_to_wait(page: Page, site: str) -> None:
    """A 429 names the seconds and keeps the question."""
    page.goto(site)
    ask(page, CONTACT)

    def refuse(route: Route) -> None:
        route.fulfill(status=429, headers={"Retry-After": "7"}, body="")

    page.route(re.compile("/turn"), refuse)
    page.fill("#q", "entä Pohjois-Savon?")
    page.press("#q", "Enter")
    expect(page.get_by_role("status")).to_contain_text("Odota 7 sekuntia")
    expect(page.locator("#q")).to_have_value("entä Pohjois-Savon?")


def test_a_long_conversation_keeps_its_last_turns(page: Page, site: str) -> None:
    """The ninth question pushes the first one out; nothing breaks."""
    earlier = "&".join(f"h={quote(CONTACT)}" for _ in range(7))
    page.goto(f"{site}/?{earlier}&q={quote(CONTACT)}")
    expect(page.locator(".turn")).to_have_count(8)
    page.fill("#q", "entä Pohjois-Savon?")
    page.press("#q", "Enter")
    expect(page.locator("#t8 .answer")).to_contain_text("Tarja Miettinen")
    expect(page.locator(".turn")).to_have_count(8)


def test_feedback_is_sent_in_place(page: Page, site: str) -> None:
    """A verdict is thanked for where it was given, and the focus is not lost."""
    page.goto(site)
    ask(page, CONTACT)
    page.get_by_role("button", name="Oikein").click()
    thanks = page.get_by_text("Kiitos palautteesta.")
    expect(thanks).to_be_focused()
    expect(page.locator(".turn")).to_have_count(1)


def test_enter_in_the_note_gives_no_verdict(page: Page, site: str) -> None:
    """Who writes what is wrong and presses Enter has not said that it is right."""
    page.goto(site)
    ask(page, CONTACT)
    page.fill("[name=note]", "väärä hanke")
    page.press("[name=note]", "Enter")
    page.get_by_role("button", name="Väärä vastaus").click()
    expect(page.get_by_text("Kiitos palautteesta.")).to_be_focused()
    expect(page.locator(".feedback")).to_have_count(0)
