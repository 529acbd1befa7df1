"""In a real browser: usable by keyboard, readable by machines, in sight at 320 pixels."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import Open
from tests.web.test_browser_asking import CONTACT, NAME, ask

TABLE = "Luettele kaikkien hankkeiden yhteyshenkilöt"
STATES = {
    "start": "/",
    "answer": f"/?q={quote(CONTACT)}",
    "table": f"/?q={quote(TABLE)}",
    "not found": f"/?q={quote('mikä on Lapin väkiluku?')}",
    "ambiguous": f"/?q={quote('kuka on yhteyshenkilö?')}",
    "documents": "/documents",
    "document": "/documents/ita-savo.txt?start=1720&end=1733&key=1720-1723&hit=1832-1856#hit",
    "accessibility": "/accessibility",
    "error": "/nothing",
}
axe = Axe()


def violations(page: Page) -> str:
    """Return what axe-core finds on the page, as text; empty when nothing.

    Every rule in the light theme; in the dark one, where only colours differ, the contrast.
    """
    page.emulate_media(color_scheme="light")
    light = axe.run(page)
    page.emulate_media(color_scheme="dark")
    dark = axe.run(page, options={"runOnly": ["color-contrast"]})
    return "".join(one.generate_report() for one in (light, dark) if one.violations_count)


def unfold(page: Page) -> None:
    """Open everything that can be unfolded."""
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


def test_axe_finds_nothing_on_any_page_or_state(page: Page, site: str) -> None:
    """No violation anywhere, in the light and in the dark theme."""
    found = {}
    for state, path in STATES.items():
        page.goto(site + path)
        unfold(page)
        found[state] = violations(page)
    assert found == dict.fromkeys(STATES, "")


def test_axe_finds_nothing_with_a_source_open(page: Page, site: str) -> None:
    """Conversation and source side by side are as clean as each alone."""
    page.goto(site + STATES["answer"])
    page.locator(".source .citation").first.click()
    expect(page.locator("#source #hit")).to_be_visible()
    assert violations(page) == ""


def test_nothing_scrolls_sideways_at_320_pixels(open_page: Open, site: str) -> None:
    """Every page and state reflows (WCAG 1.4.10); a 1280 px window at 400% is the same."""
    page = open_page(viewport={"width": 320, "height": 256})
    widths = {}
    for state, path in STATES.items():
        page.goto(site + path)
        unfold(page)
        widths[state] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(STATES, 320)


def press_until(page: Page, key: str, reached: Callable[[], bool]) -> None:
    """Press a key until something is reached; fails when it never is."""
    for _ in range(60):
        if reached():
            return
        page.keyboard.press(key)
        outline = page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle + document.activeElement.tagName"
        )
        assert not outline.startswith("none") or outline.endswith(("BODY", "HTML"))
    pytest.fail(f"{key} never led there")


def focused(page: Page, selector: str) -> Callable[[], bool]:
    """Return whether the focus is on an element of this kind."""
    return lambda: bool(page.evaluate("s => document.activeElement.matches(s)", selector))


def test_everything_is_reached_with_the_keyboard_alone(open_page: Open, site: str) -> None:
    """Ask, open the source, step, come back, sort out the subject and ask again: no mouse."""
    page = open_page(viewport={"width": 1280, "height": 900}, locale="sv-FI")
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    press_until(page, "Tab", focused(page, "#q"))
    page.keyboard.type("Vem är kontaktperson i Östra Nyland?")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("Jaana Forslund")
    press_until(page, "Shift+Tab", focused(page, ".source .citation"))
    page.keyboard.press("Enter")
    expect(page.locator("#source #hit")).to_be_focused()
    expect(page.locator("#source #hit")).to_have_text("Jaana Forslund")
    page.keyboard.press("Escape")
    expect(page.locator(".source .citation").first).to_be_focused()
    press_until(page, "Tab", focused(page, ".remove"))
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator(".subject-chip")).to_have_count(0)


def test_the_focus_is_never_hidden_below_the_question_box(page: Page, site: str) -> None:
    """While tabbing through a long answer, the focused element stays clear of the sticky box."""
    page.goto(site + STATES["not found"])
    page.locator(".conversation-head .new").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
                const one = document.activeElement, form = document.getElementById('ask');
                if (form.contains(one)) return false;
                return one.getBoundingClientRect().top >= form.getBoundingClientRect().top;
            }"""
        )
        assert not hidden


def test_shortcuts_work_and_can_be_turned_off(page: Page, site: str) -> None:
    """`/` goes to the question; turned off, it is only a character, also on the next page."""
    page.goto(site + STATES["answer"])
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_have_value("/")
    page.locator("#shortcuts").click()
    expect(page.locator("#shortcuts")).to_contain_text("eivät ole käytössä")
    page.goto(site)
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()


def test_one_status_line_speaks_and_the_transcript_is_silent(page: Page, site: str) -> None:
    """There is one live region; it stays the same element through the whole conversation."""
    page.goto(site)
    page.evaluate("window.line = document.getElementById('status')")
    ask(page, CONTACT)
    ask(page, "entä Pohjois-Savon?")
    assert page.evaluate("window.line === document.getElementById('status')")
    live = "[aria-live], [role=status], [role=alert], [role=log]"
    assert page.locator(live).count() == 1
    expect(page.get_by_role("heading", level=2, name=CONTACT)).to_be_visible()


def test_targets_are_large_enough(page: Page, site: str) -> None:
    """Links and buttons that stand by themselves measure 24 by 24 pixels at least."""
    page.goto(site + STATES["answer"])
    selector = ".citation, .actions a, .actions button, .remove, .new, nav a, #shortcuts, summary"
    for one in page.locator(selector).all():
        box = one.bounding_box()
        if box and one.is_visible():
            assert box["width"] >= 24, one.inner_text()
            assert box["height"] >= 24, one.inner_text()


def test_forced_colours_and_a_large_font_keep_the_answer_readable(
    open_page: Open, site: str
) -> None:
    """Marks stay visible in forced colours."""
    page = open_page(forced_colors="active")
    page.goto(site + STATES["answer"])
    mark = page.locator(".source mark").first
    behind = "element => getComputedStyle(element).backgroundColor"
    assert mark.evaluate(behind) != page.locator("body").evaluate(behind)
    expect(page.locator(".answer")).to_contain_text(NAME)
