"""Read plain text, whatever its encoding.

Knows byte-order marks, UTF-8, UTF-16, Latin-1 and Windows-1252. Does not know markup. The text is
the file's own: decoded, NFC, newlines as one character, nothing else changed.
"""

import codecs
import unicodedata

from charset_normalizer import from_bytes

from corpus.errors import KysyError
from corpus.rendering import ReadResult, newlines

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["utf_8", "utf_16_le", "utf_16_be", "cp1252", "latin_1"]
_SAMPLE = 200_000  # bytes shown to the detector; more does not change its mind
_CONTROL_LIMIT = 0.01  # share of control characters above which a file is not text


def read_plain(data: bytes, max_bytes: int) -> ReadResult:
    """Read a text file as it is."""
    del max_bytes
    return ReadResult(newlines(unicodedata.normalize("NFC", decode(data))))


def decode(data: bytes) -> str:
    """Turn bytes into text.

    Raises:
        KysyError: the bytes are not text in any known encoding.

    """
    text = _decoded(data)
    controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32), 127))
    if controls > _CONTROL_LIMIT * len(text):
        raise KysyError("not a text file", fix="give it the suffix of its real format")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    encoding = best.encoding if best else "cp1252"
    return _strictly(data, encoding)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise KysyError(f"not valid {encoding} text", fix="save it as UTF-8") from error
