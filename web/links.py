"""Addresses inside the site, and which addresses of others may become links.

Knows the path the site is served under and how places in documents are written. Does not know
pages. A place is `start` and `end` (code points of the document's text); `key=a-b` are words
inside it to stress, `hit=a-b` are the other places that the reader may step to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

Span = tuple[int, int]
MAX_SPANS = 50


def written(span: Span) -> str:
    """Return a span as an address carries it."""
    return f"{span[0]}-{span[1]}"


def read_spans(texts: Iterable[str], length: int) -> tuple[Span, ...]:
    """Return the spans that make sense inside a text of this length; the rest is ignored."""
    spans: list[Span] = []
    for text in texts:
        start, _, end = text.partition("-")
        if start.isdecimal() and end.isdecimal() and len(text) < 30:
            span = (int(start), int(end))
            if span[0] < span[1] <= length:
                spans.append(span)
    return tuple(spans[:MAX_SPANS])


def safe_url(url: str | None) -> str | None:
    """Return the address if it may be a link (http, https or mailto), else None (RFC 3986)."""
    if not url or any(ord(character) <= 32 for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme in {"http", "https"} and parts.netloc:
        return url
    return url if parts.scheme == "mailto" and parts.path else None


def mail_link(text: str) -> str | None:
    """Return the mailto address of a text that is one e-mail address and nothing else."""
    name, at, host = text.strip().partition("@")
    plain = name and at and "." in host and "@" not in host
    if not plain or any(character.isspace() or character in "<>,;:\"'()?&" for character in text):
        return None
    return f"mailto:{quote(name)}@{quote(host)}"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of one site; `public_url` may carry a path that the site is served under."""

    public_url: str = ""

    @property
    def prefix(self) -> str:
        """The path before every address, without its last slash."""
        return urlsplit(self.public_url).path.rstrip("/")

    def to(self, path: str) -> str:
        """Return the address of a path such as `/documents`."""
        return f"{self.prefix}{path}"

    def permanent(self, path: str) -> str:
        """Return the full address where the site's own is known, else the same as `to`."""
        return f"{self.public_url.rstrip('/')}{path}" if self.public_url else path

    def ask(self, query: str) -> str:
        """Return the address of a conversation."""
        return self.to(f"/?{query}" if query else "/")

    def document(
        self,
        document_id: str,
        place: Span | None = None,
        keys: Sequence[Span] = (),
        hits: Sequence[Span] = (),
    ) -> str:
        """Return the address of a document, opened at a place if given."""
        return self.to(document_path(document_id, place, keys, hits))


def document_path(
    document_id: str,
    place: Span | None = None,
    keys: Sequence[Span] = (),
    hits: Sequence[Span] = (),
) -> str:
    """Return the path of a document, opened at a place if given."""
    path = f"/documents/{quote(document_id, safe='/')}"
    if place is None:
        return path
    pairs = [("start", str(place[0])), ("end", str(place[1]))]
    pairs += [("key", written(key)) for key in keys if key != place]
    pairs += [("hit", written(hit)) for hit in hits]
    return f"{path}?{urlencode(pairs)}#hit"
