"""Settings of one Kysy: flat, frozen, read from `KYSY_*` when a program starts.

Knows names, defaults and bounds. Does not know who uses them. Read without pydantic-settings,
whose import alone takes 80 milliseconds of every cold start.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

PREFIX = "KYSY_"


class Settings(BaseModel):
    """Every setting; each is `KYSY_` and its name in capitals in the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(Path(".kysy"), description="data directory that holds the snapshots")
    encoder: str = Field(
        "bundled", description="`bundled`, or the name or path of a sentence-transformers model"
    )
    host: str = Field("127.0.0.1", description="address the server listens on")
    port: int = Field(8000, ge=0, le=65535, description="port the server listens on")
    top_k: int = Field(5, ge=1, le=50, description="passages returned when the request is silent")
    max_question_chars: int = Field(2000, ge=1, description="longest question accepted")
    max_file_bytes: int = Field(50_000_000, ge=1, description="largest document file accepted")
    rate_limit: str = Field("120/minute", description="questions per client; empty for none")
    threshold: float | None = Field(
        None, ge=0, le=1, description="confidence below which Kysy abstains; fitted when unset"
    )
    feedback: bool = Field(False, description="keep the readers' feedback in a local SQLite file")
    public_url: str = Field(
        "", description="address of the site, for permalinks; relative if unset"
    )
    contact: str = Field("", description="address for accessibility feedback, shown on the page")

    @model_validator(mode="before")
    @classmethod
    def _from_environment(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """Take what is not given from the environment."""
        names = {name: PREFIX + name.upper() for name in cls.model_fields}
        found = {name: os.environ[key] for name, key in names.items() if key in os.environ}
        return {**found, **given}


def load_settings(data: Path | None = None) -> Settings:
    """Return the settings of the environment; `data` wins over `KYSY_DATA`."""
    return Settings() if data is None else Settings(data=data)
