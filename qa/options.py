"""Options that several commands share.

Knows their names and help. Does not know the commands.
"""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None, typer.Option("--data", help="data directory [default: KYSY_DATA or .kysy]")
]
Json = Annotated[bool, typer.Option("--json", help="print JSON for machines")]
