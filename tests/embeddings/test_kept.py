"""Arrays kept in the user's cache directory."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from embeddings.kept import kept
from embeddings.model import Floats


def maker(made: list[int]) -> Callable[[], Floats]:
    """Give what makes an array and counts how often it did."""

    def make() -> Floats:
        made.append(1)
        return np.arange(6, dtype=np.float32).reshape(2, 3)

    return make


def test_an_array_is_made_once(tmp_path: Path) -> None:
    """The second time it is read, and is the same."""
    made: list[int] = []
    first = kept("rows", ["model", "a text"], maker(made), 3, tmp_path / "new")
    second = kept("rows", ["model", "a text"], maker(made), 3, tmp_path / "new")
    assert len(made) == 1
    assert np.array_equal(first, second)


@pytest.mark.parametrize(
    "said", [["model", "another"], ["other", "a text"], ["model", "a", "text"]]
)
def test_what_follows_from_something_else_is_made_anew(tmp_path: Path, said: list[str]) -> None:
    """Another model or text takes the place of the old, and so do the same letters in others."""
    made: list[int] = []
    for texts in (["model", "a text"], said):
        kept("rows", texts, maker(made), 3, tmp_path)
    assert len(made) == 2
    assert len(list(tmp_path.iterdir())) == 1


def cut(content: bytes) -> bytes:
    """Leave out the last row."""
    return content[:-12]


def zeroed(content: bytes) -> bytes:
    """Keep the length and lose the numbers."""
    return content[:-24] + bytes(24)


def other(content: bytes) -> bytes:
    """Put something else in its place."""
    return b"PK\x03\x04" + content[:10]


def empty(content: bytes) -> bytes:
    """Leave nothing."""
    return content[:0]


@pytest.mark.parametrize("damage", [cut, zeroed, other, empty])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    """A file cut short, overwritten or with other numbers is neither used nor left."""
    made: list[int] = []
    first = kept("rows", ["model"], maker(made), 3, tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    for _ in range(2):
        assert np.array_equal(kept("rows", ["model"], maker(made), 3, tmp_path), first)
    assert len(made) == 2


def test_without_a_home_nothing_is_read_or_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative folder is none: the array is made every time."""
    monkeypatch.chdir(tmp_path)
    made: list[int] = []
    for _ in range(2):
        kept("rows", ["model"], maker(made), 3, Path("here"))
    assert len(made) == 2
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_kept_it_is_made_every_time(tmp_path: Path) -> None:
    """A folder that is a file is no error: the array comes all the same."""
    made: list[int] = []
    (tmp_path / "taken").write_text("a file")
    for _ in range(2):
        assert kept("rows", ["model"], maker(made), 3, tmp_path / "taken").shape == (2, 3)
    assert len(made) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
