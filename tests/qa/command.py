"""The command `kysy`, run as a process of its own or, for speed, in this one."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa.cli import main

KYSY = Path(sys.executable).with_name("kysy")


@dataclass(frozen=True, slots=True)
class Result:
    """What a command came to."""

    code: int
    stdout: str
    stderr: str

    def refused(self, named: str) -> bool:
        """Tell whether it failed as it should: exit 2, one line that names the thing."""
        lines = self.stderr.strip().splitlines()
        fine = self.code == 2 and len(lines) == 1 and lines[0].startswith("kysy: ")
        return fine and named in lines[0] and not self.stdout


Run = Callable[..., Result]


def process(*arguments: str | Path, **environment: str) -> Result:
    """Run the installed command with nothing in the environment but what is given."""
    variables = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
    ended = subprocess.run(
        [str(KYSY), *map(str, arguments)],
        capture_output=True,
        text=True,
        env=variables | environment,
        timeout=120,
    )
    return Result(ended.returncode, ended.stdout, ended.stderr)


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command's `main` here, errors and exit codes included."""

    def run(*arguments: str | Path, **environment: str) -> Result:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["kysy", *map(str, arguments)])
            for name, value in environment.items():
                patch.setenv(name, value)
            capsys.readouterr()
            code = 0
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
            printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return run
