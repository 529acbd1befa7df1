"""Options of the whole test suite."""

import pytest
from hypothesis import settings

settings.register_profile("kysy", deadline=None)  # a busy machine is no failure
settings.load_profile("kysy")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`: golden files change only when someone asks for it."""
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files instead of comparing"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written."""
    return bool(request.config.getoption("--update-golden"))
