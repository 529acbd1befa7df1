"""Documents: golden pages of several families, what is recognised, and which files are found."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import find_files, read_document
from corpus.errors import KysyError
from corpus.model import Document
from corpus.passages import passages
from corpus.profiles import load_profiles, parse_profile

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(path.name for path in GOLDEN.iterdir() if path.suffix != ".json")


def read(path: Path) -> Document:
    """Read one document with the profiles that ship."""
    return read_document(path, path.name, load_profiles(), max_bytes=1_000_000)


def plain(document: Document) -> dict[str, Any]:
    """Give the document as JSON can hold it, spans as the text they stand for."""
    text = document.text
    return {
        "title": document.title,
        "language": document.language,
        "profile": document.profile,
        "url": document.url,
        "created": str(document.created),
        "modified": str(document.modified),
        "sections": [[list(s.heading_path), text[s.start : s.end]] for s in document.sections],
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "value": field.value,
                "printed": text[field.start : field.end],
                "path": list(field.heading_path),
                "from": str(field.valid_from),
                "to": str(field.valid_to),
            }
            for field in document.fields
        ],
        "passages": [[p.passage_id, p.text] for p in passages(document)],
    }


def page(folder: Path, text: str, name: str = "sivu.txt") -> Document:
    """Read a page from its text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return read(path)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_as_its_golden_file_says(name: str, update_golden: bool) -> None:
    """Title, sections, fields and passages are those that a person checked."""
    found = plain(read(GOLDEN / name))
    golden = GOLDEN / f"{name}.json"
    if update_golden:
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(golden.read_text("utf-8"))


def test_a_field_is_cited_at_its_words() -> None:
    """The contact's span is the name and its dates, under the group and the label."""
    document = read(GOLDEN / "project.txt")
    first, second = (field for field in document.fields if field.name == "contact_name")
    assert document.text[first.start : first.end] == "Matias Rautio (30.6.2024)"
    assert document.text[second.start : second.end] == "Aino-Kaisa Lehtisalo 1.7.2024 alkaen"
    assert first.valid_to == date(2024, 6, 30)
    assert second.valid_from == date(2024, 7, 1)
    assert second.heading_path == ("Perustiedot", "Yhteyshenkilön nimi")


def test_no_artefact_is_in_any_passage() -> None:
    """Export litter is neither quoted nor a heading."""
    document = read(GOLDEN / "project.txt")
    assert not [p for p in passages(document) if "Sketch" in p.text or "chevron" in p.text]
    assert not [s for s in document.sections if "Sketch" in "".join(s.heading_path)]


def test_labels_before_the_first_group_are_text() -> None:
    """A word of the template inside the lead is part of the lead."""
    document = read(GOLDEN / "project.txt")
    lead = document.sections[0]
    assert lead.heading_path == ()
    assert "Rahoittaja\n\nKiitos" in document.text[lead.start : lead.end]
    funders = [field.value for field in document.fields if field.name == "funder"]
    assert funders == ["Haapasaaren kunta", "Lummelammen osuuspankki"]


def test_the_lead_does_not_quote_the_title() -> None:
    """A first line that repeats the page's name is its title."""
    document = read(GOLDEN / "project.txt")
    assert document.text[document.sections[0].start :].startswith("Kuusi kylätaloa")


def test_empty_sections_are_dropped_and_missing_ones_missing() -> None:
    """No section, field or passage stands for a label without text."""
    document = read(GOLDEN / "project.txt")
    ends = {section.heading_path[-1] for section in document.sections if section.heading_path}
    assert not ends & {"Liitetiedostot ja linkit", "Ilmiöt", "Tulokset", "Toteutuspaikka"}


def test_a_label_inside_a_sentence_is_text(tmp_path: Path) -> None:
    """Only a line of its own makes a label."""
    lines = ["Rahoittaja", "Säätiö", "Luotu", "1.1.2020", "Toimiaika", "2020-2021", "Toimijat"]
    document = page(tmp_path, "\n".join([*lines, "Toimijat ja Rahoittaja sopivat asiat."]))
    assert document.profile == "innokyla"
    assert [f.value for f in document.fields if f.name == "participants"] == [
        "Toimijat ja Rahoittaja sopivat asiat."
    ]


def test_a_page_with_few_labels_is_of_no_family(tmp_path: Path) -> None:
    """A report that has a line "Rahoittaja" is not a page of the template."""
    document = page(tmp_path, "Raportti\n\nRahoittaja\n\nSäätiö rahoitti työn.\n")
    assert (document.profile, document.fields) == (None, ())
    assert document.title == "Raportti"


def test_a_title_falls_back_to_the_first_line_then_to_the_file(tmp_path: Path) -> None:
    """A long first line is no title."""
    assert page(tmp_path, "Lyhyt otsikko\n\nTekstiä.").title == "Lyhyt otsikko"
    assert page(tmp_path, "Pitkä virke " * 20, "raportti 7.txt").title == "raportti 7"


def test_a_first_sentence_that_lends_the_title_is_still_text(tmp_path: Path) -> None:
    """What only the title says cannot be quoted, so a sentence stays in its passage."""
    for text in (
        "Säätiö rahoittaa polun.\n\nPolku valmistuu kesällä.",
        "Säätiö rahoittaa polun.\n\n# Aikataulu\n\nKesä.",
        "Vain otsikko",
    ):
        document = page(tmp_path, text, "polku.md")
        lead = document.sections[0]
        assert document.text[lead.start : lead.end].startswith(text.split("\n", 1)[0])


def test_a_label_that_is_a_role_is_not_part_of_the_value(tmp_path: Path) -> None:
    """A field lies within its section, or no passage could be cited for it."""
    catalogue = parse_profile(
        '[[fields]]\nname = "lead"\ntype = "person"\nlabels = ["Project manager"]', "generic.toml"
    )
    path = tmp_path / "page.md"
    path.write_text("| Who | Name |\n|---|---|\n| Project manager | Aino Salo |\n", "utf-8")
    document = read_document(path, path.name, [catalogue], max_bytes=10_000)
    (lead,) = document.fields
    assert (lead.name, document.text[lead.start : lead.end]) == ("lead", "Aino Salo")


def test_a_labelled_line_is_a_field(tmp_path: Path) -> None:
    """Letters and PDF files write "Puhelin: 040 ..." on a line; a value may be wrapped."""
    text = (
        "Lohi\n\nJoki vapautuu.\n\n- Puhelin: 041 222 3333\nKesto: 2021\u20132023\n"
        "Toimijat: Lapin liitto, Tornion kaupunki, Ylitornion kunta ja\nPellon kunta\n"
        "Nimi: Raili Aro\nVarasto: Rantatie 1\n"
    )
    document = page(tmp_path, text)
    assert {field.name: field.value for field in document.fields if field.heading_path} == {
        "phone": "041 222 3333",
        "period": "2021/2023",
        "participants": "Lapin liitto, Tornion kaupunki, Ylitornion kunta ja Pellon kunta",
    }
    quoted = [document.text[part.start : part.end] for part in document.sections]
    assert quoted[0] == "Joki vapautuu."
    assert quoted[-1] == "Nimi: Raili Aro\nVarasto: Rantatie 1"
    assert document.title == "Lohi"


def test_a_profile_page_saved_as_markdown_keeps_its_fields(tmp_path: Path) -> None:
    """Labels that are headings of the markup are labels still."""
    labels = {
        "Kokonaisuuden nimi": "Polku",
        "Rahoittaja": "Säätiö",
        "Luotu": "1.2.2020",
        "Yhteyshenkilön nimi": "Aino Salo",
    }
    body = "".join(f"### {label}\n\n{value}\n\n" for label, value in labels.items())
    document = page(tmp_path, f"# Polku\n\n## Perustiedot\n\n{body}", "polku.md")
    found = {field.name: field for field in document.fields}
    assert found["contact_name"].value == "Aino Salo"
    assert found["contact_name"].heading_path == ("Perustiedot", "Yhteyshenkilön nimi")
    assert (document.title, document.created) == ("Polku", date(2020, 2, 1))


def test_files_are_found_below_folders_in_order(tmp_path: Path) -> None:
    """Known kinds only, hidden ones never, ids with forward slashes."""
    for name in ("b.txt", "a/c.MD", ".hidden.txt", "a/.git/d.txt", "e.xlsx", "a/b/f.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert [file.document_id for file in find_files([tmp_path])] == [
        "a/b/f.html",
        "a/c.MD",
        "b.txt",
    ]
    assert find_files([tmp_path / "b.txt", tmp_path])[2].path == tmp_path / "b.txt"


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    """A document id means one file; the error names both."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sivu.txt").write_text("x")
    with pytest.raises(KysyError) as caught:
        find_files([tmp_path / "a", tmp_path / "b"])
    assert str(tmp_path / "a" / "sivu.txt") in str(caught.value)
    assert str(tmp_path / "b" / "sivu.txt") in str(caught.value)


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    """A folder that is not there is an error, not an empty corpus."""
    with pytest.raises(KysyError, match="no such file or folder"):
        find_files([tmp_path / "puuttuu"])
