"""Only harmless addresses become links, and addresses carry their spans whole."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.links import Links, document_path, mail_link, read_spans, safe_url


@pytest.mark.parametrize("url", ["https://a.fi/b?c=d", "http://a.fi", "mailto:a@b.fi"])
def test_web_and_mail_addresses_are_links(url: str) -> None:
    """http, https and mailto pass."""
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:x"),
        *("data:text/html,x", "//evil.example", "/path", "", None, "https://", "http://[x"),
        *("ftp://a.fi", "mailto:", "vbscript:x"),
    ],
)
def test_nothing_else_is_a_link(url: str | None) -> None:
    """Scripts, data, relative and broken addresses stay text."""
    assert safe_url(url) is None


def test_one_mail_address_alone_is_a_mail_link() -> None:
    """A text with anything beside the address stays text."""
    assert mail_link("pia.karttunen@sosteri.fi") == "mailto:pia.karttunen@sosteri.fi"
    for text in ("Pia pia@a.fi", "a@b", "@a.fi", "a@b.fi?cc=c@d.fi", "a@b@c.fi", "<a@b.fi>"):
        assert mail_link(text) is None


def test_a_document_address_keeps_odd_names() -> None:
    """Question marks, hashes and letters of an id are part of its path."""
    parts = urlsplit(document_path("a/ö ?#.txt", (3, 5), keys=[(3, 4)], hits=[(7, 9)]))
    assert parts.path == "/documents/a/%C3%B6%20%3F%23.txt"
    assert parts.fragment == "hit"
    assert parse_qs(parts.query) == {"start": ["3"], "end": ["5"], "key": ["3-4"], "hit": ["7-9"]}


def test_a_site_below_a_path_links_below_it() -> None:
    """`public_url` puts its path before every link and its host before permalinks."""
    links = Links("https://example.fi/kysy/")
    assert links.to("/documents") == "/kysy/documents"
    assert links.permanent("/?q=a") == "https://example.fi/kysy/?q=a"
    assert links.document("a.txt") == "/kysy/documents/a.txt"
    assert Links().permanent("/?q=a") == "/?q=a"


@given(st.lists(st.text(max_size=12), max_size=5), st.integers(0, 100))
def test_spans_read_from_anything_lie_in_the_text(texts: list[str], length: int) -> None:
    """Whatever an address says, only spans inside the text come out."""
    assert all(0 <= start < end <= length for start, end in read_spans(texts, length))


def test_spans_are_read_as_written() -> None:
    """`a-b` is half-open and must fit."""
    assert read_spans(["1-3", "0-4", "0-5", "3-1", "-1-2", "²-3"], 4) == ((1, 3), (0, 4))
