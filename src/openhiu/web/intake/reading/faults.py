"""What is wrong with an upload: a file, a row, a column and a sentence, never the cell's value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from openhiu.web.intake.reading.limits import MOST_FAULTS


@dataclass(frozen=True)
class Fault:
    """One thing wrong, where it is, and what to do about it."""

    words: str
    remedy: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""

    @property
    def place(self) -> str:
        """Where it is, as "list.csv, row 12, column age"; empty when nowhere in particular."""
        parts = (
            self.file,
            f"row {self.row}" if self.row is not None else "",
            f"column {self.column}" if self.column else "",
        )
        return ", ".join(part for part in parts if part)

    @property
    def sentence(self) -> str:
        """Place, cause and remedy in one line."""
        start = f"{self.place}: {self.words}" if self.place else self.words
        return f"{start}. {self.remedy}" if self.remedy else f"{start}."

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


class NotUsable(Exception):
    """The upload cannot be taken in. Nothing was stored. `faults` says why, at least once."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.sentence for fault in faults))


class Faults:
    """Collects what is wrong until there is enough to say."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def add(self, words: str, *, row: int | None = None, column: str = "") -> None:
        """Note one thing that is wrong."""
        self.found.append(Fault(words, file=self.file, row=row, column=column))
        if len(self.found) >= MOST_FAULTS:
            raise NotUsable(*self.found)

    def end(self) -> None:
        """Refuse where anything was noted."""
        if self.found:
            raise NotUsable(*self.found)
