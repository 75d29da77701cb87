"""A file of trace answers comes in as bytes; answers go out, or every line that will not do.

Seven columns and no others: whatever says where somebody lives cannot be brought in.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any, Final
from uuid import UUID

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.people.identity import CURRENT, INVALID, REGISTERED, REPORTED, SUPERSEDED, Answer

COLUMNS: Final = (
    "person_ref", "checked_on", "status", "nhs_number", "restricted", "death", "died_on",
)  # fmt: skip
MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 20_000
_MOST_FAULTS: Final = 20
_YES_NO: Final = {"yes": True, "no": False}


class TraceNotUsable(Exception):
    """The file was not taken in. `faults` name line and column, never what stands there."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("this file of trace answers cannot be used")


class _Wrong(Exception):
    """One cell that will not do: its column, and what is wrong."""


def read_answers(data: bytes, today: date) -> list[Answer]:
    """Every answer, in the order of the file.

    Raises:
        TraceNotUsable: nothing of it is used.
    """
    rows = _rows(data)
    faults: list[str] = []
    answers, seen = [], set[str]()
    for number, row in enumerate(rows, start=2):
        try:
            answer = _answer(row, today)
            if answer.person_ref in seen:
                raise _Wrong("person_ref: the same person stands here twice")
            seen.add(answer.person_ref)
            answers.append(answer)
        except _Wrong as wrong:
            faults.append(f"Line {number}, {wrong}.")
    if faults:
        raise TraceNotUsable(*faults[:_MOST_FAULTS])
    if not answers:
        raise TraceNotUsable("There is no answer in this file.")
    return answers


def _rows(data: bytes) -> list[dict[str, Any]]:
    if len(data) > MOST_BYTES:
        raise TraceNotUsable("The file is larger than a file of trace answers can be.")
    try:
        text = data.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        columns = tuple(reader.fieldnames or ())
        if columns != COLUMNS:
            raise TraceNotUsable(f"The columns have to be {', '.join(COLUMNS)}, and no others.")
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise TraceNotUsable("The file cannot be read as CSV in UTF-8.") from None
    if "\0" in text or len(rows) > MOST_ROWS:
        raise TraceNotUsable(f"The file is damaged, or has more than {MOST_ROWS:,} lines.")
    if any(None in row or None in row.values() for row in rows):
        raise TraceNotUsable("A line has more or fewer cells than there are columns.")
    return rows


def _answer(row: dict[str, str], today: date) -> Answer:
    cells = {name: (row[name] or "").strip() for name in COLUMNS}
    status = _one_of(cells, "status", (CURRENT, SUPERSEDED, INVALID))
    number = _number(cells)
    if status == SUPERSEDED and not number:
        raise _Wrong("nhs_number: a number that was replaced needs the one that replaced it")
    if cells["restricted"] not in _YES_NO:
        raise _Wrong("restricted: this has to be yes or no")
    death = _one_of(cells, "death", ("", REPORTED, REGISTERED))
    return Answer(
        person_ref=_key(cells),
        checked_on=_day(cells, "checked_on", today),
        status=status,
        number=number,
        restricted=_YES_NO[cells["restricted"]],
        death=death,
        died_on=_day(cells, "died_on", today) if death and cells["died_on"] else None,
    )


def _key(cells: dict[str, str]) -> str:
    try:
        return str(UUID(cells["person_ref"]))
    except ValueError:
        raise _Wrong("person_ref: this is not a reference of ours") from None


def _number(cells: dict[str, str]) -> str:
    if not cells["nhs_number"]:
        return ""
    found = read_nhs_number(cells["nhs_number"])
    if isinstance(found, IdentifierFault):
        raise _Wrong(f"nhs_number: {found}")
    return found


def _one_of(cells: dict[str, str], name: str, wanted: tuple[str, ...]) -> str:
    if cells[name] not in wanted:
        words = ", ".join(one or "empty" for one in wanted)
        raise _Wrong(f"{name}: this has to be one of {words}")
    return cells[name]


def _day(cells: dict[str, str], name: str, today: date) -> date:
    try:
        day = date.fromisoformat(cells[name])
    except ValueError:
        raise _Wrong(f"{name}: this is not a date written YYYY-MM-DD") from None
    if day > today or day.year < 1900:
        raise _Wrong(f"{name}: this day has not come, or is too long ago")
    return day
