"""The store gives back what was written."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import KysyError
from corpus.model import Document, Field, Passage, Section
from embeddings.store import Store, StoredDocument, write_store

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
_DATES = st.none() | st.dates()


def document(number: int, fields: int = 2) -> StoredDocument:
    """Return a document of three passages and some fields."""
    text = "Ensimmäinen.\n\nToinen åäö.\n\nKolmas 😀."
    spans = [(0, 12), (14, 25), (27, 36)]
    cut = tuple(
        Passage(f"d{number}#{i}", f"d{number}", ("A", "B/C"), start, end, text[start:end], "fi")
        for i, (start, end) in enumerate(spans)
    )
    names = ("contact_name", "period", "funder")
    found = tuple(
        Field(names[i], "Nimi", "X", 0, 12, ("A",), date(2020, 1, 2), None) for i in range(fields)
    )
    sections = tuple(Section(("A",), start, end) for start, end in spans)
    whole = Document(
        f"d{number}",
        f"Otsikko {number}",
        f"d{number}.txt",
        text,
        "fi",
        "0" * 64,
        sections,
        found,
        "innokyla",
        "https://example.org/1",
        date(2021, 3, 4),
        None,
    )
    return StoredDocument(whole, f"/files/d{number}.txt", "reader", cut)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Give a store of four documents."""
    write_store(tmp_path / "store", [document(i) for i in range(4)])
    return Store(tmp_path / "store")


def test_documents_come_back_equal(store: Store) -> None:
    """Texts, sections, fields, dates: everything."""
    assert [store.document(i) for i in range(4)] == [document(i).document for i in range(4)]


def test_passages_come_back_in_the_order_asked(store: Store) -> None:
    """Rows count through the documents; order and repetition are the caller's."""
    all_passages = [p for i in range(4) for p in document(i).passages]
    rows = [11, 0, 5, 5, 3]
    assert store.passages(rows) == tuple(all_passages[row] for row in rows)
    assert store.passages([]) == ()


def test_entries_carry_what_lists_need(store: Store) -> None:
    """The catalogue is by ordinal, with typed dates."""
    entry = store.entries()[2]
    assert (entry.ordinal, entry.document_id, entry.passages) == (2, "d2", 3)
    assert (entry.modified, entry.created) == (date(2021, 3, 4), None)
    assert (entry.path, entry.reader, entry.url) == (
        "/files/d2.txt",
        "reader",
        "https://example.org/1",
    )


def test_fields_are_chosen_by_name_and_by_document(store: Store) -> None:
    """Both conditions hold together; none means all; unknown names find nothing."""
    assert len(store.fields()) == 8
    assert [o for o, _ in store.fields(["period"])] == [0, 1, 2, 3]
    assert [o for o, _ in store.fields(ordinals=[3, 1])] == [1, 1, 3, 3]
    assert store.fields(["period"], [2]) == ((2, document(2).document.fields[1]),)
    assert store.fields(["phone"]) == store.fields([]) == store.fields(None, []) == ()


def test_what_was_read_once_is_the_same_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passages and fields are kept, few of them, and what is kept is what was written."""
    monkeypatch.setattr("embeddings.store._KEPT", 4)
    every = tuple(p for i in range(4) for p in document(i).passages)
    for rows in ([0, 1], [1, 2, 3], range(12), [11, 3, 0]):
        assert store.passages(rows) == tuple(every[row] for row in rows)
        assert len(store._passages) <= 4
    for ordinal in (0, 1, 2, 3, 0, 1):
        asked = store.fields(["period"], [ordinal])
        assert asked == ((ordinal, document(ordinal).document.fields[1]),)
        assert len(store._fields) <= 4


def test_damaged_file_is_refused_by_name(tmp_path: Path) -> None:
    """A file that is no database is one clear line."""
    (tmp_path / "store").write_bytes(b"not a database" * 100)
    with pytest.raises(KysyError, match=r"/store: the store is damaged"):
        Store(tmp_path / "store").entries()


def test_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    """A store that is not there is not made."""
    with pytest.raises(KysyError, match=r"/store: cannot be opened"):
        Store(tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_open_store_outlives_its_file(tmp_path: Path) -> None:
    """A snapshot that was replaced and removed still serves whoever has it open."""
    write_store(tmp_path / "store", [document(0)])
    store = Store(tmp_path / "store")
    (tmp_path / "store").unlink()
    assert store.document(0) == document(0).document


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=_TEXT, text=_TEXT, value=_TEXT, valid_from=_DATES, valid_to=_DATES)
def test_any_text_survives(
    tmp_path: Path,
    title: str,
    text: str,
    value: str,
    valid_from: date | None,
    valid_to: date | None,
) -> None:
    """Quotes, control characters and dates of any year come back as they went in."""
    field = Field("x", title, value, 0, 1, (title,), valid_from, valid_to)
    whole = Document("id", title, "f", text, "sv", "0", (Section((), 0, 1),), (field,))
    cut = Passage("id#0", "id", (title,), 0, len(text), text, "en")
    (tmp_path / "store").unlink(missing_ok=True)
    assert write_store(tmp_path / "store", [StoredDocument(whole, "p", "r", (cut,))]) == 1
    store = Store(tmp_path / "store")
    assert store.document(0) == whole
    assert store.passages([0]) == (cut,)
    assert store.fields() == ((0, field),)
