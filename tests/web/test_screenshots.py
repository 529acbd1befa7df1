"""The pictures for the README come from a command, and show what they are named after."""

from pathlib import Path

from playwright.sync_api import Browser

from web.screenshots import shots, take

PNG = b"\x89PNG\r\n\x1a\n"


def test_every_state_has_its_picture() -> None:
    """Start, answer, source, table, not found, ambiguous, narrow and dark are all there."""
    names = [shot.name for shot in shots("a", "b", "c", "d")]
    assert len(set(names)) == len(names)
    wanted = {"start", "answer", "source", "table", "not-found", "ambiguous"}
    assert wanted | {"answer-narrow", "answer-dark"} <= set(names)


def test_a_picture_of_an_open_source_is_taken(browser: Browser, site: str, tmp_path: Path) -> None:
    """The command's own steps find the citation and the marked place on the real site."""
    shot = next(one for one in shots("who is the contact for Itä-Savo", "", "", "") if one.source)
    assert take(browser, site, shot, tmp_path).read_bytes().startswith(PNG)
