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
    first = kept(["model", "a text"], maker(made), tmp_path / "new")
    second = kept(["model", "a text"], maker(made), tmp_path / "new")
    assert len(made) == 1
    assert np.array_equal(first, second)


@pytest.mark.parametrize(
    "said", [["model", "another"], ["other", "a text"], ["model", "a", "text"]]
)
def test_what_follows_from_something_else_is_made_anew(tmp_path: Path, said: list[str]) -> None:
    """Another model, another text, or the same letters in other texts."""
    made: list[int] = []
    for texts in (["model", "a text"], said):
        kept(texts, maker(made), tmp_path)
    assert len(made) == 2


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"no array at all"])
def test_a_damaged_file_is_made_again(tmp_path: Path, content: bytes) -> None:
    """A file cut short or overwritten is neither used nor left."""
    made: list[int] = []
    kept(["model"], maker(made), tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert kept(["model"], maker(made), tmp_path).shape == (2, 3)
    assert kept(["model"], maker(made), tmp_path).shape == (2, 3)
    assert len(made) == 2


def test_where_nothing_can_be_kept_it_is_made_every_time(tmp_path: Path) -> None:
    """A folder that is a file is no error: the array comes all the same."""
    made: list[int] = []
    (tmp_path / "taken").write_text("a file")
    for _ in range(2):
        assert kept(["model"], maker(made), tmp_path / "taken").shape == (2, 3)
    assert len(made) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
