"""Building: incremental equals full, bad files are named, and a kill leaves the old snapshot."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import KysyError
from corpus.language import Analyzer
from embeddings.build import add, build, remove
from embeddings.encoder import Encoder
from embeddings.model import Floats
from embeddings.publication import current_id
from embeddings.snapshot import Snapshot
from embeddings.word_table import FILES
from tests.embeddings.pages import page, write_pages

QUESTIONS = ("Kuka on Savonlinnan yhteyshenkilö?", "kotihoito", "Which project is in Turku?")


def assert_same(one: Snapshot, other: Snapshot, encoder: Encoder) -> None:
    """Check that two snapshots hold the same rows and find the same."""
    rows = np.arange(len(one))
    assert one.passages(rows) == other.passages(np.arange(len(other)))
    assert one.fields() == other.fields()
    for name in ("passage_document", "duplicate_of", "group_documents"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    np.testing.assert_array_equal(one.embeddings(rows), other.embeddings(rows))
    for name in ("keys", "norms", "idfs", "word_offsets", "pieces", "occurrences"):
        np.testing.assert_array_equal(getattr(one.words, name), getattr(other.words, name))
    for question in QUESTIONS:
        query = encoder.encode_queries([question])
        for mine_, theirs_ in (
            (one.vectors.search(query, 9)[0], other.vectors.search(query, 9)[0]),
            (one.lexical.search(question, 9), other.lexical.search(question, 9)),
        ):
            np.testing.assert_array_equal(mine_.rows, theirs_.rows)
            np.testing.assert_allclose(mine_.scores, theirs_.scores, rtol=1e-5)


class TestIncremental:
    """What did not change is taken over, and it does not show."""

    @settings(
        deadline=None,
        max_examples=8,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        steps=st.lists(
            st.tuples(st.sampled_from(["write", "edit", "remove"]), st.integers(0, 5)),
            min_size=1,
            max_size=5,
        )
    )
    def test_any_way_to_a_snapshot_gives_the_same_one(
        self,
        tmp_path: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        steps: list[tuple[str, int]],
    ) -> None:
        """Adding, changing and removing files one by one equals building from what is left."""
        shutil.rmtree(tmp_path)
        pages, data = write_pages(tmp_path / "pages", range(1, 3)), tmp_path / "data"
        build([pages], data, encoder, analyzer)
        for step, number in steps:
            path = pages / f"sivu{number:03}.md"
            if step != "remove":
                path.write_text(page(number + (50 if step == "edit" else 0)), encoding="utf-8")
                add([path], data, encoder, analyzer)
            elif path.exists() and len(list(pages.glob("*.md"))) > 1:
                path.unlink()
                remove([path.name], data, encoder, analyzer)
        build([pages], tmp_path / "full", encoder, analyzer)
        stepwise = Snapshot.open(data, encoder, analyzer)
        assert_same(stepwise, Snapshot.open(tmp_path / "full", encoder, analyzer), encoder)

    def test_only_what_changed_is_embedded(
        self,
        data: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A second build embeds nothing; a changed page embeds its own passages."""
        embedded: list[str] = []
        encode = encoder.encode_passages

        def counting(texts: Sequence[str]) -> Floats:
            embedded.extend(texts)
            return encode(texts)

        monkeypatch.setattr(encoder, "encode_passages", counting)
        pages = data.parent / "pages"
        again = build([pages], data, encoder, analyzer)
        assert embedded == []
        assert (again.embedded, again.reused) == (0, again.passages)
        (pages / "sivu001.md").write_text(page(77), encoding="utf-8")
        changed = build([pages], data, encoder, analyzer)
        assert changed.embedded == len(embedded) == changed.passages // 4
        assert all("Hanke 77" in text for text in embedded)

    def test_another_encoder_embeds_everything(
        self, data: Path, minilm: Encoder, analyzer: Analyzer
    ) -> None:
        """`index` changes to a new encoder without a word; nothing of the old one is left."""
        report = build([data.parent / "pages"], data, minilm, analyzer)
        assert report.reused == 0
        opened = Snapshot.open(data, minilm, analyzer)
        assert opened.manifest.dim == minilm.dim == 384
        words, offsets = opened.words.of_rows(np.arange(len(opened)))
        assert len(words) == offsets[-1] == 0
        assert len(opened.words.keys) == 0

    @pytest.mark.parametrize("name", ["rows.npy", *FILES])
    @pytest.mark.parametrize("hashed", [True, False])
    def test_damaged_snapshot_is_rebuilt(
        self,
        data: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        hashed: bool,
    ) -> None:
        """`index` is the way out of damage, though opening did not see it: nothing is reused."""
        if not hashed:  # as a file too large to be hashed whenever it is opened
            monkeypatch.setattr("embeddings.manifest._SMALL", 0)
        path = data / "snapshots" / current_id(data) / name
        raw = path.read_bytes()
        path.write_bytes(raw[: len(raw) // 2] + bytes([255] * (len(raw) - len(raw) // 2)))
        report = build([data.parent / "pages"], data, encoder, analyzer)
        assert (report.reused, report.embedded) == (0, report.passages)
        assert Snapshot.open(data, encoder, analyzer).snapshot_id == report.snapshot_id

    def test_other_readers_read_again(
        self,
        data: Path,
        encoder: Encoder,
        analyzer: Analyzer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A new version of the corpus package reads all files anew, also those not named."""
        monkeypatch.setattr("embeddings.intake.reader_version", lambda: "another")
        report = add([data.parent / "pages" / "sivu001.md"], data, encoder, analyzer)
        assert report.reused == 0
        opened = Snapshot.open(data, encoder, analyzer)
        assert {entry.reader for entry in opened.documents} == {"another"}


class TestIdentity:
    """A file keeps its id; an id means one file."""

    def test_known_file_is_refreshed_under_its_id(
        self, data: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """Naming a file of an indexed folder by itself does not make a second document."""
        path = data.parent / "pages" / "alempi" / "sivu003.md"
        path.write_text(page(33), encoding="utf-8")
        assert add([path], data, encoder, analyzer).documents == 4
        opened = Snapshot.open(data, encoder, analyzer)
        assert "Hanke 33" in opened.document("alempi/sivu003.md").text

    def test_other_file_of_the_same_id_is_refused(
        self, data: Path, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """Nothing is replaced by mistake: the error names both files."""
        other = write_pages(tmp_path / "other", range(1, 2)) / "sivu001.md"
        with pytest.raises(KysyError, match=r"sivu001\.md already belongs to .*/pages/sivu001\.md"):
            add([other], data, encoder, analyzer)

    def test_moved_file_is_followed(
        self, data: Path, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """Where the old file is gone, the new place is the document's."""
        moved = (data.parent / "pages" / "sivu001.md").rename(tmp_path / "sivu001.md")
        assert add([moved], data, encoder, analyzer).reused > 0
        entries = Snapshot.open(data, encoder, analyzer).documents
        assert {entry.path for entry in entries if entry.document_id == "sivu001.md"} == {
            str(moved)
        }

    def test_unknown_document_cannot_be_removed(
        self, data: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """One clear line; the snapshot stays."""
        before = current_id(data)
        with pytest.raises(KysyError, match=r"none\.md: there is no document"):
            remove(["none.md"], data, encoder, analyzer)
        assert current_id(data) == before

    def test_last_document_cannot_be_removed(
        self, data: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """An index of nothing would answer nothing."""
        ids = [entry.document_id for entry in Snapshot.open(data, encoder, analyzer).documents]
        with pytest.raises(KysyError, match="would leave no document"):
            remove(ids, data, encoder, analyzer)


class TestBadFiles:
    """What cannot be read is named, and the rest goes on."""

    def test_bad_files_are_reported_and_the_others_indexed(
        self, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """An empty file, a broken PDF, a zip named .docx, a file over the limit."""
        pages = write_pages(tmp_path / "pages", range(2))
        (pages / "empty.txt").write_text("")
        (pages / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
        (pages / "zip.docx").write_bytes(b"PK\x03\x04 not really")
        (pages / "large.txt").write_text("suuri tiedosto " * 1000)
        report = build([pages], tmp_path / "data", encoder, analyzer, max_bytes=10_000)
        names = {Path(skipped.source).name for skipped in report.skipped}
        assert names == {"empty.txt", "broken.pdf", "zip.docx", "large.txt"}
        assert all(skipped.reason for skipped in report.skipped)
        assert report.documents == 2

    def test_nothing_readable_keeps_the_old_snapshot(
        self, data: Path, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """An error names the first file, and what was published still serves."""
        before = current_id(data)
        (tmp_path / "bad").mkdir()
        (tmp_path / "bad" / "broken.pdf").write_bytes(b"%PDF")
        with pytest.raises(KysyError, match=r"broken\.pdf: damaged.*nothing was published"):
            build([tmp_path / "bad"], data, encoder, analyzer)
        assert current_id(data) == before
        assert len(Snapshot.open(data, encoder, analyzer).documents) == 4

    def test_missing_path_is_refused_by_name(
        self, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """A folder that is not there is an error before anything is written."""
        with pytest.raises(KysyError, match="nowhere"):
            build([tmp_path / "nowhere"], tmp_path / "data", encoder, analyzer)
        assert not (tmp_path / "data").exists()

    def test_known_file_that_broke_keeps_its_earlier_version(
        self, data: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """`add` reports it, takes in what can be read, and goes on serving what it had."""
        path = data.parent / "pages" / "sivu001.md"
        path.write_text("")
        other = data.parent / "uusi.md"
        other.write_text("# Uusi\n\nHanke 7 alkaa nyt.\n")
        report = add([path, other], data, encoder, analyzer)
        assert [Path(skipped.source).name for skipped in report.skipped] == ["sivu001.md"]
        assert "Hanke 1" in Snapshot.open(data, encoder, analyzer).document("sivu001.md").text

    def test_adding_nothing_readable_is_an_error(
        self, data: Path, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """A script that adds one file hears that it is not there; nothing new is published."""
        before = current_id(data)
        empty = tmp_path / "uusi.txt"
        empty.write_text("")
        with pytest.raises(KysyError, match=r"uusi\.txt: the file is empty; nothing was published"):
            add([empty], data, encoder, analyzer)
        assert current_id(data) == before

    def test_folder_without_documents_is_refused_by_name(
        self, data: Path, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """`index` and `add` name the folder and the kinds of files they read."""
        (tmp_path / "tyhjät").mkdir()
        for way in (build, add):
            with pytest.raises(KysyError, match=r"tyhjät: there are no documents here; .*\.docx"):
                way([tmp_path / "tyhjät"], data, encoder, analyzer)


class TestPublication:
    """What a build tells and leaves."""

    def test_progress_reaches_the_end_of_every_stage(
        self, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """Bars that stop short look like failures."""
        told: dict[str, tuple[int, int]] = {}

        def tell(stage: str, done: int, total: int) -> None:
            assert done >= told.get(stage, (0, 0))[0]
            told[stage] = (done, total)

        pages = write_pages(tmp_path / "pages", range(3))
        build([pages], tmp_path / "data", encoder, analyzer, progress=tell)
        assert set(told) == {"read", "embed", "words", "write"}
        assert all(done == total > 0 for done, total in told.values())

    def test_calibration_is_stored_with_the_snapshot(
        self, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """It is fitted on the snapshot before that is published, and comes back with it."""
        pages = write_pages(tmp_path / "pages", range(3))
        build(
            [pages],
            tmp_path / "data",
            encoder,
            analyzer,
            calibrate=lambda snapshot: {"threshold": 0.25, "documents": len(snapshot.documents)},
        )
        opened = Snapshot.open(tmp_path / "data", encoder, analyzer)
        assert opened.calibration == {"threshold": 0.25, "documents": 3}
        assert "calibration.json" in opened.manifest.files

    def test_kill_at_any_moment_leaves_the_old_snapshot(
        self, tmp_path: Path, encoder: Encoder, analyzer: Analyzer
    ) -> None:
        """SIGKILL at every stage: what was published opens whole, and the next build succeeds."""
        pages, data = write_pages(tmp_path / "pages", range(2)), tmp_path / "data"
        build([pages], data, encoder, analyzer)
        write_pages(pages, range(60))
        killed = 0
        for stage, seconds in KILLS:
            killed += killed_build(pages, data, stage, seconds)
            opened = Snapshot.open(data, encoder, analyzer)
            assert len(opened.documents) in {2, 60}
            assert len(opened.passages(range(len(opened)))) == len(opened)
        assert killed >= 5
        assert build([pages], data, encoder, analyzer).documents == 60
        assert not list((data / "snapshots").glob(".building-*"))


# The last stage ends before the manifest, the hashes and the publication: those take milliseconds.
KILLS = [
    ("read 0", 0.0),
    ("embed 0", 0.0),
    ("write 1", 0.0),
    ("write 2", 0.0),
    ("write 3", 0.0),
    ("write 3", 0.005),
    ("write 3", 0.02),
]


def killed_build(pages: Path, data: Path, stage: str, seconds: float) -> bool:
    """Kill a build `seconds` after it says that it is at `stage`; True if it was still at work."""
    program = (
        "import sys; from pathlib import Path;"
        "from corpus.language import open_analyzer; from embeddings.build import build;"
        "from embeddings.encoder import open_encoder;"
        "build([Path(sys.argv[1])], Path(sys.argv[2]), open_encoder('bundled'), open_analyzer(),"
        " progress=lambda stage, done, total: print(stage, done, flush=True))"
    )
    command = [sys.executable, "-c", program, str(pages), str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any(line.strip() == stage for line in process.stdout)
        time.sleep(seconds)
        process.kill()
    return process.returncode == -signal.SIGKILL
