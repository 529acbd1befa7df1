"""An opened snapshot is whole and consistent; a damaged or foreign one is refused by name."""

import json
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import KysyError
from corpus.language import Analyzer
from embeddings.build import add, build
from embeddings.encoder import Encoder, TokenEncoder
from embeddings.publication import CURRENT, current_id, snapshot_directory
from embeddings.snapshot import Snapshot, WrongEncoderError, catalogue
from embeddings.tokens import words_of
from tests.embeddings.pages import write_pages


class TestContent:
    """What the rows of a snapshot say of each other."""

    def test_manifest_counts_what_is_there(self, snapshot: Snapshot) -> None:
        """Documents, passages and fields are as many as it says."""
        manifest = snapshot.manifest
        assert manifest.documents == len(snapshot.documents) == 12
        assert manifest.passages == len(snapshot) == len(snapshot.passage_document)
        assert manifest.fields == len(snapshot.fields())
        assert manifest.vectors == "flat"

    def test_every_passage_is_a_slice_of_its_document(self, snapshot: Snapshot) -> None:
        """Rows, ordinals and spans agree, through the store."""
        passages = snapshot.passages(range(len(snapshot)))
        for row, passage in enumerate(passages):
            entry = snapshot.documents[snapshot.passage_document[row]]
            assert entry.document_id == passage.document_id
            text = snapshot.document(passage.document_id).text
            assert text[passage.start : passage.end] == passage.text

    def test_documents_are_in_the_order_of_their_ids(self, snapshot: Snapshot) -> None:
        """Ordinals do not depend on the order of the files."""
        ids = [entry.document_id for entry in snapshot.documents]
        assert ids == sorted(ids)
        assert [entry.ordinal for entry in snapshot.documents] == list(range(12))

    def test_rows_of_documents(self, snapshot: Snapshot) -> None:
        """The rows of all documents are all rows; each is its document's."""
        rows = snapshot.rows_of(range(12))
        np.testing.assert_array_equal(rows, np.arange(len(snapshot)))
        assert set(snapshot.passage_document[snapshot.rows_of([7, 2])]) == {2, 7}
        assert snapshot.rows_of([7, 2])[0] > snapshot.rows_of([2])[0]
        assert len(snapshot.rows_of([])) == 0

    def test_row_at_finds_the_passage_that_holds_a_span(self, snapshot: Snapshot) -> None:
        """Every passage is found by any span inside it; a span across passages is in none."""
        for row, passage in enumerate(snapshot.passages(range(len(snapshot)))):
            ordinal = int(snapshot.passage_document[row])
            assert snapshot.row_at(ordinal, passage.start, passage.end) == row
            assert snapshot.row_at(ordinal, passage.end - 1, passage.end) == row
            assert snapshot.row_at(ordinal, passage.start, passage.end + 1) == -1
            assert row in snapshot.rows_over(ordinal, passage.start, passage.end + 1)
        assert snapshot.row_at(0, 10**6, 10**6 + 1) == -1
        everything = snapshot.rows_over(3, 0, 10**6)
        np.testing.assert_array_equal(everything, snapshot.rows_of([3]))

    def test_same_text_on_every_page_is_one_group(self, snapshot: Snapshot) -> None:
        """A boilerplate passage knows its first row and in how many documents it is."""
        passages = snapshot.passages(range(len(snapshot)))
        same = [row for row, p in enumerate(passages) if p.heading_path[-1:] == ("Kaikille sama",)]
        assert len(same) == 12
        assert set(snapshot.duplicate_of[same]) == {same[0]}
        assert set(snapshot.group_documents[same]) == {12}
        own = [row for row, p in enumerate(passages) if p.heading_path[-1:] == ("Tulokset",)]
        assert set(snapshot.group_documents[own]) == {1}

    def test_vectors_are_the_encoders(self, snapshot: Snapshot, encoder: Encoder) -> None:
        """The stored rows are unit rows, and searching with one finds its passage."""
        rows = np.arange(len(snapshot))
        vectors = snapshot.embeddings(rows)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=2e-3)
        hits = snapshot.vectors.search(vectors, 1)
        best = np.array([h.scores[0] for h in hits])
        np.testing.assert_allclose(best, (vectors * vectors).sum(axis=1), atol=1e-4)
        (hit,) = snapshot.vectors.search(encoder.encode_queries(["Hanke 7 Turku tulokset"]), 3)
        assert {p.document_id for p in snapshot.passages(hit.rows)} & {"sivu007.md"}

    def test_words_are_searched_by_row(self, snapshot: Snapshot) -> None:
        """The lexical leg has the same rows: an inflected name finds its own page."""
        (passage,) = snapshot.passages(snapshot.lexical.search("Savonlinnassa", 1).rows)
        assert "Savonlinna" in snapshot.document(passage.document_id).text

    def test_words_are_gathered_row_by_row(self, snapshot: Snapshot, encoder: Encoder) -> None:
        """Title and headings first, then the passage's own words, for rows in any order."""
        assert isinstance(encoder, TokenEncoder)
        rows = np.array([9, 0, 9, 3])
        tokens = snapshot.words.tokens(rows)
        for i, passage in enumerate(snapshot.passages(rows)):
            title = snapshot.document(passage.document_id).title
            own = encoder.tokens([passage.text]).ids
            np.testing.assert_array_equal(tokens.text(i)[-len(own) :], own)
            first = encoder.tokens([title]).ids
            np.testing.assert_array_equal(tokens.text(i)[: len(first)], first)
        nothing, start = snapshot.words.of_rows(np.zeros(0, dtype=np.int64))
        assert len(nothing) == 0
        assert start.tolist() == [0]

    def test_rare_words_weigh_more(self, snapshot: Snapshot, encoder: Encoder) -> None:
        """The inverse document frequency falls with use, and is highest for unknown words."""
        assert isinstance(encoder, TokenEncoder)
        texts = ["xyzzyplugh", *(passage.text for passage in snapshot.passages([0, 3]))]
        words = words_of(encoder.tokens(texts))
        unknown, *known = snapshot.words.idf(words.keys[words.numbers]).tolist()
        assert 0 < min(known) < max(known) < unknown

    def test_norms_are_those_of_the_words(self, snapshot: Snapshot, encoder: Encoder) -> None:
        """The stored length of a word's vector is that of the sum of its tokens' rows."""
        assert isinstance(encoder, TokenEncoder)
        table = snapshot.words
        for word in range(0, len(table.keys), 7):
            ids, _ = table.tokens_of(np.array([word]))
            norm = np.linalg.norm(encoder.token_rows(ids).sum(axis=0))
            assert table.norms[word] == pytest.approx(float(norm), rel=1e-4)

    def test_unknown_document_is_refused_by_name(self, snapshot: Snapshot) -> None:
        """An id that is not there is one clear line."""
        with pytest.raises(KysyError, match=r"none\.md: there is no document of that id"):
            snapshot.document("none.md")


def directory_of(data: Path) -> Path:
    """Return the directory of the current snapshot."""
    return snapshot_directory(data, current_id(data))


def edit_manifest(data: Path, **changes: object) -> None:
    """Change entries of the current manifest."""
    path = directory_of(data) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def truncate(name: str) -> Callable[[Path], None]:
    """Return a damage: the file loses its second half."""

    def damage(data: Path) -> None:
        path = directory_of(data) / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


def flip(name: str) -> Callable[[Path], None]:
    """Return a damage: one bit of the file is another."""

    def damage(data: Path) -> None:
        path = directory_of(data) / name
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 4
        path.write_bytes(content)

    return damage


def remove(name: str) -> Callable[[Path], None]:
    """Return a damage: the file is gone."""
    return lambda data: (directory_of(data) / name).unlink()


DAMAGES = {
    "manifest truncated": (truncate("manifest.json"), r"manifest\.json: the manifest is damaged"),
    "manifest missing": (remove("manifest.json"), r"this is not a snapshot"),
    "manifest of the future": (lambda data: edit_manifest(data, format=99), r"has format 99"),
    "manifest with more": (lambda data: edit_manifest(data, x=1), r"the manifest is damaged"),
    "vectors truncated": (truncate("vectors.faiss"), r"vectors\.faiss: the file has \d+ bytes"),
    "vectors flipped": (flip("vectors.faiss"), r"vectors\.faiss: .*SHA-256 differs"),
    "store flipped": (flip("store.sqlite"), r"store\.sqlite: .*SHA-256 differs"),
    "store missing": (remove("store.sqlite"), r"store\.sqlite: the file is missing"),
    "rows truncated": (truncate("rows.npy"), r"rows\.npy: the file has"),
    "words truncated": (truncate("lexical/meta.json"), r"lexical/meta\.json: the file has"),
    "words missing": (remove("occurrences.npy"), r"occurrences\.npy: the file is missing"),
}


class TestRefusal:
    """What is not whole is never served."""

    @pytest.mark.parametrize("name", DAMAGES)
    def test_damage_is_refused_by_name(
        self, data: Path, encoder: Encoder, analyzer: Analyzer, name: str
    ) -> None:
        """The error says which file, and the status says the same."""
        damage, message = DAMAGES[name]
        damage(data)
        with pytest.raises(KysyError, match=message):
            Snapshot.open(data, encoder, analyzer)
        with pytest.raises(KysyError, match=message):
            catalogue(data)

    def test_error_names_an_earlier_snapshot_that_is_whole(
        self, data: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """It is offered, never served silently; its name in the pointer file brings it back."""
        first = current_id(data)
        build([data.parent / "pages"], data, encoder, analyzer)
        truncate("vectors.faiss")(data)
        with pytest.raises(KysyError, match=f"write {first}, an earlier snapshot that is whole"):
            Snapshot.open(data, encoder, analyzer)
        (data / CURRENT).write_text(first)
        assert Snapshot.open(data, encoder, analyzer).snapshot_id == first

    def test_damaged_earlier_snapshot_is_not_offered(
        self, data: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """Only a whole one helps."""
        flip("pieces.npy")(data)
        build([data.parent / "pages"], data, encoder, analyzer)
        truncate("vectors.faiss")(data)
        with pytest.raises(KysyError) as caught:
            Snapshot.open(data, encoder, analyzer)
        assert "that is whole" not in str(caught.value)

    def test_large_files_are_hashed_on_demand(
        self,
        data: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Opening checks their sizes only; verifying finds one changed bit."""
        monkeypatch.setattr("embeddings.manifest._SMALL", 0)
        flip("vectors.npy")(data)
        Snapshot.open(data, encoder, analyzer)
        with pytest.raises(KysyError, match=r"vectors\.npy: .*SHA-256 differs"):
            catalogue(data, verify=True)

    def test_snapshot_of_another_encoder_is_refused_by_both_names(
        self, data: Path, encoder: Encoder, minilm: Encoder, analyzer: Analyzer
    ) -> None:
        """Vectors of one model are never searched with another's."""
        with pytest.raises(WrongEncoderError) as caught:
            Snapshot.open(data, minilm, analyzer)
        message = str(caught.value)
        assert f"made with encoder {encoder.identity}, not {minilm.identity}" in message
        assert "run `kysy index` again or set KYSY_ENCODER" in message

    def test_changing_a_snapshot_of_another_encoder_is_refused(
        self, data: Path, minilm: Encoder, analyzer: Analyzer
    ) -> None:
        """`add` never mixes vectors; the published snapshot stays."""
        before = current_id(data)
        with pytest.raises(WrongEncoderError):
            add([data.parent / "pages"], data, minilm, analyzer)
        assert current_id(data) == before


def test_readers_see_whole_snapshots_while_others_are_published(
    tmp_path: Path, encoder: Encoder, analyzer: Analyzer
) -> None:
    """Opening again and again during builds gives the old or the new one, never a mix."""
    data = tmp_path / "data"
    build([write_pages(tmp_path / "pages", range(3))], data, encoder, analyzer)
    done, sizes, errors = threading.Event(), set(), []

    def read() -> None:
        while not done.is_set():
            try:
                opened = Snapshot.open(data, encoder, analyzer)
                assert len(opened.passages(range(len(opened)))) == len(opened.passage_document)
                sizes.add(len(opened.documents))
            except (KysyError, AssertionError) as error:
                errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for count in range(4, 12):
        build([write_pages(tmp_path / "pages", range(count))], data, encoder, analyzer)
    done.set()
    reader.join()
    assert errors == []
    assert len(sizes) > 1
