"""Publication: one writer, and readers see the old snapshot or the new one."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.errors import KysyError
from embeddings.publication import (
    CURRENT,
    building,
    current_id,
    one_writer,
    other_ids,
    publish,
    snapshot_directory,
)


def snapshot_id(number: int) -> str:
    """Return a valid id that sorts by `number`."""
    return f"20260101T000000.{number:06}Z-0123abcd"


def publish_one(data: Path, number: int) -> None:
    """Publish a directory that holds one file with its own id."""
    with one_writer(data), building(data) as directory:
        (directory / "file").write_text(snapshot_id(number))
        publish(data, directory, snapshot_id(number))


def test_published_snapshot_is_current(tmp_path: Path) -> None:
    """The pointer names the directory that was built, and it is whole."""
    publish_one(tmp_path, 1)
    assert current_id(tmp_path) == snapshot_id(1)
    directory = snapshot_directory(tmp_path, snapshot_id(1))
    assert (directory / "file").read_text() == snapshot_id(1)


def test_readers_never_see_half_a_pointer(tmp_path: Path) -> None:
    """While snapshots are published one after another, every read gives one that is whole."""
    publish_one(tmp_path, 0)
    done, bad, reads = threading.Event(), [], 0

    def write() -> None:
        for number in range(1, 60):
            publish_one(tmp_path, number)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        try:
            name = current_id(tmp_path)
            text = (snapshot_directory(tmp_path, name) / "file").read_text()
        except KysyError as error:
            bad.append(str(error))
        except FileNotFoundError:
            # only right when two more were published between our two reads
            bad += [name] if current_id(tmp_path) == name else []
        else:
            bad += [name] if text != name else []
            reads += 1
    writer.join()
    assert bad == []
    assert reads > 10


def test_last_two_snapshots_are_kept(tmp_path: Path) -> None:
    """The one before stays for readers that still have it open; older ones go."""
    for number in range(4):
        publish_one(tmp_path, number)
    assert other_ids(tmp_path, snapshot_id(3)) == (snapshot_id(2),)
    assert len(list((tmp_path / "snapshots").iterdir())) == 2


def test_second_writer_is_refused_by_name(tmp_path: Path) -> None:
    """Two builds at a time would throw one away, so the later one says what is going on."""
    refused = pytest.raises(KysyError, match="another kysy is indexing here")
    with one_writer(tmp_path), refused, one_writer(tmp_path):
        raise AssertionError("two writers")


def test_lock_of_a_killed_writer_is_free(tmp_path: Path) -> None:
    """A writer that was killed blocks nobody, and what it left half built is removed."""
    program = (
        "import os, signal, sys; from pathlib import Path;"
        "from embeddings.publication import building, one_writer\n"
        "with one_writer(Path(sys.argv[1])), building(Path(sys.argv[1])) as directory:\n"
        "    (directory / 'file').write_text('half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert killed.returncode == -9
    assert len(list((tmp_path / "snapshots").iterdir())) == 1
    with one_writer(tmp_path):
        assert list((tmp_path / "snapshots").iterdir()) == []


def test_failed_build_leaves_nothing(tmp_path: Path) -> None:
    """An error on the way removes what was begun and changes nothing."""
    publish_one(tmp_path, 1)
    with pytest.raises(ZeroDivisionError), one_writer(tmp_path), building(tmp_path):
        _ = 1 / 0
    assert current_id(tmp_path) == snapshot_id(1)
    assert len(list((tmp_path / "snapshots").iterdir())) == 1


def test_empty_directory_says_what_to_do(tmp_path: Path) -> None:
    """Nothing indexed yet is one line with the next step."""
    with pytest.raises(KysyError, match=r"nothing is indexed here; run `kysy index PATH\.\.\.`"):
        current_id(tmp_path)


@pytest.mark.parametrize("text", ["", "half", "../../etc", "20260101T000000.000001Z-0123ABCD"])
def test_pointer_that_names_no_snapshot_is_refused(tmp_path: Path, text: str) -> None:
    """A pointer is a name of ours or damage: never a path to somewhere else."""
    (tmp_path / CURRENT).write_text(text)
    with pytest.raises(KysyError, match="does not name a snapshot"):
        current_id(tmp_path)


def test_unwritable_place_is_refused_by_name(tmp_path: Path) -> None:
    """A file where the data directory should be is a clear error."""
    (tmp_path / "data").write_text("")
    with pytest.raises(KysyError, match=r"/data: cannot write here"), one_writer(tmp_path / "data"):
        raise AssertionError("opened")
