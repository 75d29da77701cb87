"""The dates of a roster: the text of a cell comes in; a day, or what is wrong with it, goes out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from openhiu.evaluate.findings import Findings
from openhiu.tables.handover import ROSTER_COLUMNS, ROSTER_OPTIONAL_COLUMNS
from openhiu.tables.identifiers import is_absent

DATES: Final = tuple(
    column for column in (*ROSTER_COLUMNS, *ROSTER_OPTIONAL_COLUMNS) if column.endswith("_date")
)
IMPOSSIBLE: Final = "cannot be right: taken as empty."
_FIRST_YEAR: Final = 1990  # before it no hospital kept such lists


def read_date(number: int, column: str, value: str, findings: Findings) -> date | None:
    """The day of a cell; None, and a finding, where it holds none that can be right."""
    if is_absent(value):
        return None
    try:
        day = datetime.fromisoformat(value).date()
    except ValueError:
        findings.add(number, column, "not a date as YYYY-MM-DD: taken as empty.")
        return None
    if day.year < _FIRST_YEAR:
        findings.add(number, column, IMPOSSIBLE)
        return None
    return day
