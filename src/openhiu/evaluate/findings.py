"""What is wrong with the rows of a file, row by row and gathered into few sentences: faults come
in, sentences without personal data go out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

_ROWS_NAMED: Final = 8


class Fault(NamedTuple):
    """One fault of one row: `finding` says what is wrong and what was done about it."""

    row: int
    column: str
    finding: str


class Findings:
    """Faults in the order in which they were met."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, row: int, column: str, sentence: str) -> None:
        """One fault. `sentence` says what is wrong and what was done about it."""
        self._faults.append(Fault(row, column, sentence))

    def faults(self) -> tuple[Fault, ...]:
        """Every fault of every row."""
        return tuple(self._faults)


def sentences(faults: Iterable[Fault]) -> tuple[str, ...]:
    """One sentence for each kind of fault, in the order in which they were first met."""
    places: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row, column, finding in faults:
        places[column, finding].add(row)
    return tuple(
        f"{_rows(sorted(rows))}, column {column}: {finding}"
        for (column, finding), rows in places.items()
    )


def _rows(rows: list[int]) -> str:
    named = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
    if len(rows) == 1:
        return f"Row {named}"
    more = len(rows) - _ROWS_NAMED
    return f"Rows {named}" + (f" and {more} more" if more > 0 else "")
