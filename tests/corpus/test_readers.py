"""Every format becomes text with headings and pairs; every bad file one clear error."""

import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.errors import KysyError
from corpus.readers import SUFFIXES, ReadResult, read
from tests.corpus import written

LIMIT = 1_000_000
BLOCKS: list[written.Block] = [
    ("h1", "Metsäpolku-hanke"),
    ("p", "Hanke avaa kolme metsäpolkua Väinölän kylään."),
    ("h2", "Tavoitteet & työ"),
    ("p", "Työ alkaa syksyllä."),
    ("item", "Reitit merkitään."),
    ("item", "Sillat korjataan."),
    ("row", "Rahoittaja|Väinölän säätiö"),
]


def write(folder: Path, name: str, data: bytes) -> Path:
    """Write a file and give its path."""
    path = folder / name
    path.write_bytes(data)
    return path


def markdown() -> bytes:
    """Write the blocks as Markdown."""
    return (
        "# Metsäpolku-hanke\n\nHanke avaa **kolme** [metsäpolkua](https://example.org/p) Väinölän\n"
        "kylään.\n\n## Tavoitteet & työ\n\nTyö alkaa syksyllä.\n\n* Reitit merkitään.\n"
        "* Sillat korjataan.\n\n| Kenttä | Arvo |\n|---|---|\n| Rahoittaja | Väinölän säätiö |\n"
    ).encode()


def html() -> bytes:
    """Write the blocks as HTML, with everything around them that is not the page's text."""
    return (
        '<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>Metsäpolku-hanke'
        '</title><link rel="canonical" href="https://example.org/polku"><style>p{}</style></head>'
        "<body><nav><a href=/>Etusivu</a></nav><script>alert('Salaisuus')</script>"
        "<main><h1>Metsäpolku-hanke</h1><p>Hanke avaa <b>kolme</b> metsäpolkua\n   Väinölän "
        "kylään.</p><div><h2>Tavoitteet &amp; työ</h2>Työ alkaa syksyllä.<ul><li>Reitit merkitään."
        "</li><li><p>Sillat korjataan.</p></li></ul></div><dl><dt>Rahoittaja</dt>"
        "<dd>Väinölän säätiö</dd></dl></main></body></html>"
    ).encode()


def pdf() -> bytes:
    """Write the blocks as a PDF; the pair is a line, because PDF knows no tables."""
    lines = [
        (20.0, "Metsäpolku-hanke"),
        (11.0, ""),
        (11.0, "Hanke avaa kolme metsäpolkua Väinölän"),
        (11.0, "kylään."),
        (11.0, ""),
        (15.0, "Tavoitteet & työ"),
        (11.0, ""),
        (11.0, "Työ alkaa syksyllä."),
        (11.0, ""),
        (11.0, "- Reitit merkitään."),
        (11.0, "- Sillat korjataan."),
    ]
    return written.pdf([lines])


FORMATS = {
    "polku.md": markdown(),
    "polku.html": html(),
    "polku.docx": written.docx(BLOCKS, "Metsäpolku-hanke"),
    "polku.odt": written.odt(BLOCKS, "Metsäpolku-hanke"),
    "polku.pdf": pdf(),
}


def headings(result: ReadResult) -> list[tuple[str, int]]:
    """List the headings' texts and levels."""
    return [(result.text[h.start : h.end], h.level) for h in result.headings]


def pairs(result: ReadResult) -> list[tuple[str, str]]:
    """List the pairs' labels and values."""
    text = result.text
    return [(text[p.label_start : p.label_end], text[p.start : p.end]) for p in result.pairs]


@pytest.mark.parametrize("name", FORMATS)
def test_headings_keep_their_text_and_rank(tmp_path: Path, name: str) -> None:
    """A heading is found by markup, style or type size, whatever the format."""
    result = read(write(tmp_path, name, FORMATS[name]), max_bytes=LIMIT)
    assert headings(result) == [("Metsäpolku-hanke", 1), ("Tavoitteet & työ", 2)]


@pytest.mark.parametrize("name", FORMATS)
def test_the_text_is_the_same_in_every_format(tmp_path: Path, name: str) -> None:
    """Blocks are joined by an empty line, items by a newline, and nothing else is in the text."""
    blocks = read(write(tmp_path, name, FORMATS[name]), max_bytes=LIMIT).text.split("\n\n")
    assert blocks[:5] == [
        "Metsäpolku-hanke",
        "Hanke avaa kolme metsäpolkua Väinölän kylään.",
        "Tavoitteet & työ",
        "Työ alkaa syksyllä.",
        "- Reitit merkitään.\n- Sillat korjataan.",
    ]


@pytest.mark.parametrize("name", [name for name in FORMATS if not name.endswith(".pdf")])
def test_two_columns_are_pairs(tmp_path: Path, name: str) -> None:
    """A definition list and a table of two columns give label and value by span."""
    result = read(write(tmp_path, name, FORMATS[name]), max_bytes=LIMIT)
    assert ("Rahoittaja", "Väinölän säätiö") in pairs(result)


def test_a_page_says_its_title_language_and_address(tmp_path: Path) -> None:
    """HTML gives all three from its head."""
    result = read(write(tmp_path, "p.html", html()), max_bytes=LIMIT)
    assert (result.title, result.language, result.url) == (
        "Metsäpolku-hanke",
        "fi",
        "https://example.org/polku",
    )


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    """`sha256` identifies the file, not its rendering."""
    data = markdown()
    result = read(write(tmp_path, "p.md", data), max_bytes=LIMIT)
    assert result.sha256 == sha256(data).hexdigest()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
def test_plain_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    """Finnish text comes out the same from every encoding that Finnish offices use."""
    text = (
        "Yhteyshenkilön nimi\nVäinö Öhman\n\nPääkaupungin sähköpostiosoite on käytössä jo tänään."
    )
    path = write(tmp_path, "teksti.txt", text.encode(encoding))
    assert read(path, max_bytes=LIMIT).text == text


def test_windows_quotes_survive(tmp_path: Path) -> None:
    """A byte that only Windows-1252 knows is not taken for Latin-1."""
    text = "Hanke “Uusi tie” – yhteensä 20 € kylää kohti, sanoo pöytäkirja."
    path = write(tmp_path, "teksti.txt", text.encode("cp1252"))
    assert read(path, max_bytes=LIMIT).text == text


def test_plain_text_is_composed_and_otherwise_left_alone(tmp_path: Path) -> None:
    """NFC and newlines change; white space inside does not."""
    text = "  A\u0308iti \r\n\tja  isa\u0308\r"
    path = write(tmp_path, "teksti.txt", text.encode())
    result = read(path, max_bytes=LIMIT).text
    assert result == "  Äiti \n\tja  isä\n"
    assert unicodedata.is_normalized("NFC", result)


def test_front_matter_is_not_text(tmp_path: Path) -> None:
    """Title and language come from it, other keys are pairs."""
    data = b"---\ntitle: Polku\nlang: sv\nFunder: ERUF\n---\n\nText om stigen.\n"
    result = read(write(tmp_path, "p.md", data), max_bytes=LIMIT)
    assert (result.title, result.language) == ("Polku", "sv")
    assert pairs(result) == [("Funder", "ERUF")]


def test_deleted_text_of_a_word_file_is_gone(tmp_path: Path) -> None:
    """Tracked deletions are not quoted."""
    gone = "<w:p><w:del><w:r><w:delText>Poistettu</w:delText></w:r></w:del></w:p>"
    data = written.docx(BLOCKS, extra=gone)
    assert "Poistettu" not in read(write(tmp_path, "a.docx", data), max_bytes=LIMIT).text


def test_a_damaged_part_of_an_archive_is_named(tmp_path: Path) -> None:
    """A zip whose list is whole but whose content is not."""
    data = bytearray(written.docx([("p", "tekstiä tähän " * 200)]))
    start = data.find(b"word/document.xml") + 40
    data[start : start + 30] = bytes(30)
    with pytest.raises(KysyError, match=r"word/document\.xml is damaged"):
        read(write(tmp_path, "a.docx", bytes(data)), max_bytes=LIMIT)


def test_a_term_may_have_several_definitions(tmp_path: Path) -> None:
    """Definitions and line breaks in a cell are lines of one value."""
    data = b"<dl><div><dt>Funder:<dd>A<dd>B</div></dl><table><tr><th>Contact<td>C<br>D</table>"
    result = read(write(tmp_path, "a.html", data), max_bytes=LIMIT)
    assert pairs(result) == [("Funder", "A\nB"), ("Contact", "C\nD")]


def test_markup_inside_markdown_is_dropped(tmp_path: Path) -> None:
    """Tags are no text; a break is a newline, an image is its description."""
    data = b"one<br>two ![tree](t.png) `code`\n\n<div>raw <b>text</b></div>\n\n1. a\n   - b\n2. c\n"
    text = read(write(tmp_path, "a.md", data), max_bytes=LIMIT).text
    assert text == "one\ntwo tree code\n\nraw text\n\n1. a\n- b\n2. c"


def test_a_table_of_three_columns_is_rows(tmp_path: Path) -> None:
    """Wider tables are text, one row a line."""
    data = b"| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n"
    result = read(write(tmp_path, "a.md", data), max_bytes=LIMIT)
    assert (result.text, result.pairs) == ("A | B | C\n1 | 2 | 3", ())


def test_a_table_that_arranges_the_page_is_no_row(tmp_path: Path) -> None:
    """Headings and tables inside its cells count, and nothing is read twice."""
    inner = b"<table><tr><td>Bridge<td>Stone</table>"
    data = b"<table><tr><td><h2>Route</h2>Along the shore." + inner + b"</table>"
    result = read(write(tmp_path, "a.html", data), max_bytes=LIMIT)
    assert result.text == "Route\n\nAlong the shore.\n\nBridge: Stone"
    assert (headings(result), pairs(result)) == ([("Route", 2)], [("Bridge", "Stone")])


def test_a_word_table_inside_a_table_is_read_once(tmp_path: Path) -> None:
    """The outer one is a frame: what it holds is text and pairs, in order."""
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>{}</w:tr>".format(cell.format("Bridge") + cell.format("Stone"))
    frame = f"<w:tbl><w:tr><w:tc><w:tbl>{row}</w:tbl></w:tc>{cell.format('Shore')}</w:tr></w:tbl>"
    data = written.docx([("text", "Route.")], extra=frame)
    result = read(write(tmp_path, "a.docx", data), max_bytes=LIMIT)
    assert result.text == "Route.\n\nBridge: Stone\n\nShore"
    assert pairs(result) == [("Bridge", "Stone")]


def test_pdf_paragraphs_go_on_over_the_page(tmp_path: Path) -> None:
    """A sentence cut by a page break is one sentence."""
    first = [(11.0, "Polku kulkee rannan vierestä ja nousee sitten")]
    data = written.pdf([first, [(11.0, "kylän laidalle, jossa on laavu.")]])
    text = read(write(tmp_path, "a.pdf", data), max_bytes=LIMIT).text
    assert text == "Polku kulkee rannan vierestä ja nousee sitten kylän laidalle, jossa on laavu."


BOMB = written.zipped({"word/document.xml": "<a>" + " " * 3_000_000 + "</a>"})
ENTITIES = written.zipped(
    {"content.xml": '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'}
)
LOCK = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <{0}> /U <{0}> >> /ID [<00> <00>]"
)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n \n", "no text"),
        ("broken.pdf", b"%PDF-1.7\nnothing here", "damaged, or not a PDF"),
        ("locked.pdf", written.pdf([[(11.0, "x")]], LOCK.format("00" * 32)), "password"),
        ("scanned.pdf", written.pdf([[(11.0, "")]]), "OCR"),
        ("other.docx", written.zipped({"a.txt": "a"}), "zip archive, but not a Word"),
        ("text.docx", b"only text", "damaged, or not a Word"),
        ("holed.docx", b"PK" + written.docx(BLOCKS)[40:], "is damaged or protected"),
        (
            "new.odt",
            written.odt(BLOCKS).replace(b"PK\1\2\x14\3\x14", b"PK\1\2\x14\3\x63"),
            "damaged",
        ),
        ("cut.docx", written.docx(BLOCKS)[:-200], "damaged, or not a Word"),
        ("broken.odt", written.zipped({"content.xml": "<a>"}), "well-formed"),
        ("entities.odt", ENTITIES, "not safe"),
        ("bomb.docx", BOMB, "unpacks to more"),
        ("large.txt", b"a" * (LIMIT + 1), "larger than the limit"),
        ("program.txt", bytes(range(32)) * 50, "not a text file"),
        ("sheet.xlsx", b"a", "unknown kind"),
    ],
)
def test_a_bad_file_is_one_clear_error(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """The error is one line that names the file and the reason."""
    with pytest.raises(KysyError, match=reason) as caught:
        read(write(tmp_path, name, data), max_bytes=LIMIT)
    assert str(tmp_path / name) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    """What is not a file is an error too."""
    folder = tmp_path / "kansio.txt"
    folder.mkdir()
    for path, reason in ((folder, "a folder"), (tmp_path / "puuttuu.txt", "no such file")):
        with pytest.raises(KysyError, match=reason) as caught:
            read(path, max_bytes=LIMIT)
        assert str(path) in str(caught.value)


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_noise_never_escapes_as_another_error(tmp_path: Path, suffix: str) -> None:
    """Bytes of no format give a KysyError or a text, nothing else."""
    for seed in range(20):
        noise = b"".join(sha256(bytes([seed, n])).digest() for n in range(20))
        path = write(tmp_path, f"noise{suffix}", noise)
        try:
            assert read(path, max_bytes=LIMIT).text
        except KysyError as error:
            assert str(path) in str(error)


def test_deeply_nested_markup_is_an_error_or_a_text(tmp_path: Path) -> None:
    """Ten thousand nested elements do not end the process."""
    path = write(tmp_path, "deep.html", b"<div>" * 10_000 + b"text" + b"</div>" * 10_000)
    try:
        assert "text" in read(path, max_bytes=LIMIT).text
    except KysyError as error:
        assert str(path) in str(error)
