"""The three languages say the same things, and each reader gets the right one."""

import re
from pathlib import Path

import pytest

import web
from corpus.model import LANGUAGES, Language
from web.wording import load_wordings, moment, wished_language

PLACEHOLDER = re.compile(r"{(\w+)}")
FOLDER = Path(web.__file__).parent


def test_every_text_exists_in_every_language_with_the_same_placeholders() -> None:
    """No key is missing anywhere, and what is filled in is filled in everywhere."""
    wordings = load_wordings()
    for key, text in wordings["en"].texts.items():
        for language in LANGUAGES:
            other = wordings[language].texts[key]
            assert other.strip()
            assert set(PLACEHOLDER.findall(other)) == set(PLACEHOLDER.findall(text)), key
    assert len({tuple(sorted(one.texts)) for one in wordings.values()}) == 1


def test_every_text_is_used_and_every_used_text_exists() -> None:
    """Templates and modules name no unknown key, and no key is left over."""
    sources = [*FOLDER.glob("templates/*.html"), *FOLDER.glob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in sources)
    known = load_wordings()["en"].texts
    for key in re.findall(r"\bt\('([\w.]+)'[,)]", code):
        assert key in known
    for key in re.findall(r"\bt\.count\('([\w.]+)'", code):
        assert f"{key}.one" in known
    built = {"documents"}
    for key in known:
        base = key.removesuffix(".one").removesuffix(".other")
        assert f"'{base}'" in code or f'"{base}"' in code or key.split(".")[0] in built, key


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("sv-FI,sv;q=0.9,en;q=0.8", "sv"),
        ("de,en;q=0.5,fi;q=0.7", "fi"),
        ("en", "en"),
        ("", "fi"),
        ("de", "fi"),
        ("en;q=0, sv;q=0.1", "sv"),
        ("en;q=much,,;;=", "fi"),
    ],
)
def test_the_browsers_wish_is_followed(header: str, language: Language) -> None:
    """The highest weight among the three languages wins; Finnish is the default."""
    assert wished_language(header) == language


def test_a_time_is_written_for_readers() -> None:
    """ISO 8601 becomes the Finnish way; anything else is left as it is."""
    assert moment("2026-11-21T22:30:00+00:00") == "21.11.2026 22:30 UTC"
    assert moment("2026-11-21T22:30:00Z") == "21.11.2026 22:30 UTC"
    assert moment("yesterday") == "yesterday"
