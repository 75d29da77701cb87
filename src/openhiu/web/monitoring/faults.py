"""What is wrong with a delivery: a file, a row, a column and a sentence, never the cell's value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong, where it is, and what to do about it."""

    words: str
    remedy: str = ""
    file: str = ""
    row: int | None = None
    column: str = ""

    @property
    def sentence(self) -> str:
        """Place, cause and remedy in one line."""
        parts = (
            self.file,
            f"row {self.row}" if self.row is not None else "",
            f"column {self.column}" if self.column else "",
        )
        place = ", ".join(part for part in parts if part)
        start = f"{place}: {self.words}" if place else self.words[:1].upper() + self.words[1:]
        return f"{start}. {self.remedy}." if self.remedy else f"{start}."


class NotUsable(Exception):
    """The delivery cannot be taken in. Nothing was stored. `faults` says why, at least once."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.sentence for fault in faults))


class SentBefore(NotUsable):
    """The same delivery was taken in already; there is nothing to do."""
