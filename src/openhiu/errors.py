"""Every error a user may see: a cause comes in; one line, a remedy and an exit code go out."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What `hiu` tells the shell. The numbers are a contract: they stay."""

    DONE = 0
    NEEDS_A_PERSON = 1
    WRONG_USAGE = 2
    INPUT_NOT_USABLE = 3
    CONFIGURATION = 4
    REFUSED_BY_POLICY = 5
    A_BUG = 70


class HiuError(Exception):
    """A refusal with its cause, its place and what to do next.

    `cause` and `remedy` are sentences without personal data: they may name a file, a row and a
    column, never what stands in the cell, because errors end up in tickets and logs.
    """

    exit_code: ExitCode = ExitCode.A_BUG

    def __init__(
        self,
        cause: str,
        *,
        remedy: str,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.cause = cause
        self.remedy = remedy
        self.file = file
        self.row = row
        self.column = column
        super().__init__(self.sentence)

    @property
    def place(self) -> str:
        """Where it went wrong, as "file, row 12, column ARRIVAL DATE"; empty when nowhere."""
        parts = [
            self.file,
            f"row {self.row}" if self.row is not None else None,
            f"column {self.column}" if self.column else None,
        ]
        return ", ".join(part for part in parts if part)

    @property
    def sentence(self) -> str:
        """The one line shown to a person: place, then cause."""
        return f"{self.place}: {self.cause}" if self.place else self.cause

    def as_dict(self) -> dict[str, str | int | None]:
        """The same facts for `--json`."""
        return {
            "error": self.cause,
            "remedy": self.remedy,
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "exit_code": int(self.exit_code),
        }


class WrongUsage(HiuError):
    """The command was called in a way it does not know."""

    exit_code = ExitCode.WRONG_USAGE


class InputNotUsable(HiuError):
    """A file cannot be read as what it says it is; nothing was changed."""

    exit_code = ExitCode.INPUT_NOT_USABLE


class ConfigurationFault(HiuError):
    """A criteria, mapping or locality file is wrong, or the machine lacks something."""

    exit_code = ExitCode.CONFIGURATION


class RefusedByPolicy(HiuError):
    """It could be done, but the rules of this place say no."""

    exit_code = ExitCode.REFUSED_BY_POLICY
