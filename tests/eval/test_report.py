"""The report in a real browser: whole by itself, readable on a phone, accessible."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from eval import charts
from eval.report import render_report, slice_bars, why_failed
from tests.eval.answers import answer, outcome, passage, question, result_of, results_with

CHROMIUM = "/usr/bin/chromium"
LANGS = ("fi", "sv", "en")


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a report with failures, refusals, three languages and a baseline."""
    now = results_with([1, 2, None, 1, 3, 1] * 5, LANGS, refused=frozenset({4, 9}))
    before = results_with([1] * 30, LANGS)
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_report(now, before), "utf-8")
    return path


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """Open a browser as wide as a small phone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 320, "height": 640})
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_report(page: Page, page_file: Path, scheme: str) -> None:
    """Contrast, names, structure: no violation in light and in dark, details open."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(page_file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_report_asks_nothing_of_the_network(page: Page, page_file: Path) -> None:
    """The file is the only request, and the page says nothing to the console."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(page_file.as_uri())
    page.wait_for_load_state("networkidle")
    assert asked == [page_file.as_uri()]
    assert said == []


def test_the_report_fits_a_phone(page: Page, page_file: Path) -> None:
    """At 320 px nothing makes the page itself scroll sideways; wide tables scroll by themselves."""
    page.goto(page_file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".scroll").first.evaluate("one => one.scrollWidth > one.clientWidth")


def test_the_report_shows_every_part(page: Page, page_file: Path) -> None:
    """Figures, comparison, bars, three charts, and each failed question with what came instead."""
    page.goto(page_file.as_uri())
    for name in ("Figures", "Against the baseline", "Slices", "Ranks, confidence and time"):
        assert page.get_by_role("heading", name=name, exact=True).count() == 1
    assert page.locator("svg[role=img]").count() == 3
    failed = page.locator("section[aria-labelledby=failed] details")
    assert failed.count() == 16
    failed.first.locator("summary").click()
    assert failed.first.locator("li").count() == 3
    assert "right passage at 2" in failed.first.inner_text()


def test_texts_of_questions_and_documents_stay_text() -> None:
    """A hostile document or question is escaped everywhere in the page."""
    hostile = "<script>alert(1)</script>"
    asked = question(hostile, doc=hostile, gold=(hostile,))
    made = result_of([outcome(asked, answer((passage(1, "d", hostile),), hostile))], name=hostile)
    html = render_report(made)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_result_without_failures_and_without_a_curve_still_shows() -> None:
    """A retrieval collection has no risk-coverage curve; nothing failed is said."""
    asked = question(judgements=(("d", 1),))
    html = render_report(result_of([outcome(asked, answer((passage(1, "d", "x"),)))]))
    assert "Risk (share" not in html
    assert "<p>None.</p>" in html


def test_the_report_is_the_same_each_time() -> None:
    """Nothing of the clock is in it."""
    result = results_with([1, 2, None])
    assert render_report(result) == render_report(result)


def test_why_a_question_failed_is_said_in_words() -> None:
    """A refusal, a wrong place and a wrong answer read differently; a right one says nothing."""
    result = results_with([1, 3, None, 1], refused=frozenset({3}))
    assert [why_failed(one) for one in result.questions] == [
        "",
        "right passage at 3, wrong answer",
        "no right passage, wrong answer",
        "refused instead of answered",
    ]


def test_bars_are_shares_of_the_whole() -> None:
    """A bar's width is its figure in percent, for total, languages and types."""
    bars = slice_bars(results_with([1, 2], ("fi", "sv")))["hit@1"]
    assert [(bar.slice, bar.percent) for bar in bars] == [
        ("all", 50.0),
        ("fi", 100.0),
        ("sv", 0.0),
        ("field", 50.0),
    ]


def test_charts_put_every_count_into_one_bar() -> None:
    """Latency steps double and hold every time once; the tallest bar is the highest count."""
    labels, counts = charts.latency_counts([0.2, 1.0, 1.9, 7.5])
    assert labels == ("<1", "<2", "<4", "<8")
    assert counts == (1, 2, 0, 1)
    bars = charts.histogram(labels, counts)
    assert max(bars, key=lambda bar: bar.height).count == 2
    assert charts.histogram((), ()) == ()
