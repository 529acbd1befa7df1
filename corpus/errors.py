"""The one base error of Kysy.

Knows how an error reads: what went wrong, where, and what to do. Does not know who shows it.
"""


class KysyError(Exception):
    """Something the user can mend; its text is one line: what, where and what to do."""

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what = what
        self.where = where
        self.fix = fix
        super().__init__(self._line())

    def _line(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line}; {self.fix}" if self.fix else line
        return " ".join(line.split())
