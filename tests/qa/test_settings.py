"""Settings come from the environment, and what is given outdoes it."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from qa.settings import Settings, load_settings


def test_each_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text becomes the setting's type; what the environment does not have keeps its default."""
    monkeypatch.setenv("KYSY_PORT", "9000")
    monkeypatch.setenv("KYSY_FEEDBACK", "true")
    monkeypatch.setenv("KYSY_THRESHOLD", "0.4")
    settings = load_settings()
    assert (settings.port, settings.feedback, settings.threshold) == (9000, True, 0.4)
    assert settings.encoder == "bundled"


def test_what_is_given_outdoes_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """`--data` wins over `KYSY_DATA`."""
    monkeypatch.setenv("KYSY_DATA", "/from/the/environment")
    assert load_settings(Path("given")).data == Path("given")
    assert load_settings().data == Path("/from/the/environment")


def test_a_wrong_value_names_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which setting it is, wherever the value came from."""
    monkeypatch.setenv("KYSY_PORT", "many")
    with pytest.raises(ValidationError) as caught:
        load_settings()
    assert caught.value.errors()[0]["loc"] == ("port",)


def test_other_names_are_left_alone_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment may hold other `KYSY_` names; a program may not make settings up."""
    monkeypatch.setenv("KYSY_SOMETHING_ELSE", "1")
    assert load_settings() == Settings()
    with pytest.raises(ValidationError):
        Settings.model_validate({"colour": "blue"})


def test_settings_do_not_change() -> None:
    """They are read once, when a program starts."""
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]
