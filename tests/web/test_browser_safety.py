"""In a real browser: hostile documents execute nothing, and nothing is asked of other hosts."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.web.conftest import serving_documents
from tests.web.test_browser_asking import CONTACT, ask

PAYLOADS = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    '"><svg onload="document.title=\'owned\'">',
    "<iframe srcdoc=\"<script>parent.document.title='owned'</script>\"></iframe>",
    "<a href=\"javascript:document.title='owned'\">linkki</a>",
    "{{ 7 * 7 }} ${7*7} </mark></p></article>",
)
PAGE = """\
Perustiedot

Kokonaisuuden nimi
Paha {payload} hanke
Lyhyt kuvaus

Tämä kuvaus kertoo {payload} kaikesta muusta.

Rahoittaja
Rahasto {payload}
Yhteyshenkilön nimi
Pekka {payload} Paha
Yhteyshenkilön organisaatio
Järjestö {payload}
Yhteyshenkilön sähköpostiosoite
"><script>alert(1)</script>@example.fi
Luotu

17.09.2020
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve documents that are full of script payloads, in their names too."""
    folder = tmp_path_factory.mktemp("documents")
    for number, payload in enumerate(PAYLOADS):
        name = f"paha' onmouseover='x{number}.txt"
        Path(folder, name).write_text(PAGE.format(payload=payload), "utf-8")
    with serving_documents(folder, tmp_path_factory.mktemp("data")) as address:
        yield address


def assert_inert(page: Page) -> None:
    """Nothing ran and no payload became an element."""
    assert page.title() != "owned"
    main = page.locator("main")
    for tag in ("script", "img", "svg", "iframe"):
        assert main.locator(tag).count() == 0
    assert page.locator("[onerror], [onload], [onmouseover], [href^=javascript]").count() == 0


def test_hostile_documents_execute_nothing(page: Page, hostile: str) -> None:
    """Answers, tables, sources, the list and every document stay text, with the script running."""
    page.goto(hostile)
    assert_inert(page)
    for question in ("Kuka on yhteyshenkilö?", "Luettele kaikkien yhteyshenkilöt", *PAYLOADS):
        ask(page, question)
        assert_inert(page)
    page.locator("details.rest").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    page.locator(".turn:has(.citation) .citation").first.click()
    expect(page.locator("#source .text")).to_be_visible()
    assert_inert(page)
    page.goto(f"{hostile}/documents")
    assert_inert(page)
    addresses = page.locator("tbody a").evaluate_all("all => all.map((one) => one.href)")
    assert len(addresses) == len(PAYLOADS)
    for address in addresses:
        page.goto(address)
        assert_inert(page)


def test_hostile_addresses_execute_nothing(page: Page, hostile: str) -> None:
    """Questions, filters and places that come with a link stay text as well."""
    text = quote(" ".join(PAYLOADS), safe="")
    for path in (f"/?q={text}&h={text}", f"/?edit={text}", f"/documents?theme={text}"):
        page.goto(hostile + path)
        assert_inert(page)


def test_no_other_host_is_asked(page: Page, site: str) -> None:
    """All that the pages load comes from the site itself, and the policy is on every answer."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(site)
    ask(page, CONTACT)
    page.locator(".source .citation").first.click()
    expect(page.locator("#source #hit")).to_be_visible()
    page.goto(f"{site}/documents")
    assert {urlsplit(request.url).netloc for request in asked} == {urlsplit(site).netloc}
    for request in asked:
        response = request.response()
        assert response is not None
        assert "default-src 'none'" in response.headers["content-security-policy"]


def test_an_injected_inline_script_is_stopped_by_the_policy(page: Page, site: str) -> None:
    """Were escaping to fail, the browser would still not run it."""
    page.goto(site)
    blocked = page.evaluate(
        """() => new Promise((resolve) => {
            const tell = (event) => resolve(event.effectiveDirective);
            document.addEventListener('securitypolicyviolation', tell);
            setTimeout(() => resolve('it ran'), 3000);
            const script = document.createElement('script');
            script.textContent = "document.title = 'owned'";
            document.body.append(script);
        })"""
    )
    assert blocked.startswith("script-src")
    assert page.title() != "owned"
