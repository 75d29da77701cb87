"""The roster: who was listed, asked and supported. A CSV or Parquet file or a table comes in; typed
rows and what is wrong with them go out. Nothing is guessed, and no finding names a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise
from math import isnan
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.errors import InputNotUsable
from openhiu.evaluate.findings import Fault, Findings, sentences
from openhiu.evaluate.roster_csv import csv_rows, refuse_repeated
from openhiu.evaluate.roster_dates import DATES, read_date
from openhiu.tables.handover import ROSTER_COLUMNS, Source
from openhiu.tables.identifiers import (
    IdentifierFault,
    is_absent,
    read_nhs_number,
    spreadsheet_fault,
)

# Without these three nothing can be said of anybody; any other column may be missing.
NEEDED: Final = ("site", "person_id", "start_date")
CONSENTS: Final[Mapping[str, bool]] = {"Y": True, "N": False}
_LONGEST_TEXT: Final = 60


@dataclass(frozen=True)
class RosterRow:
    """One listing of one person that led to an offer. `number`: its row in the file, from 2."""

    number: int
    site: str
    person_id: str
    list_date: date | None = None
    list_rank: int | None = None
    offer_date: date | None = None
    consent: bool | None = None
    start_date: date | None = None
    step_down_date: date | None = None
    return_date: date | None = None
    death_date: date | None = None
    moved_date: date | None = None
    person_ref: str | None = None
    housing: str | None = None
    mental_health: str | None = None


@dataclass(frozen=True)
class Roster:
    """The rows that can be used, and what is wrong with any of them."""

    rows: tuple[RosterRow, ...]
    faults: tuple[Fault, ...] = ()
    source: Source | None = None

    @property
    def findings(self) -> tuple[str, ...]:
        """A sentence for each kind of fault."""
        return sentences(self.faults)


def read_roster(path: Path) -> Roster:
    """The roster of a file. Raises InputNotUsable for a file that is no roster at all."""
    try:
        content = path.read_bytes()
        parquet = path.suffix == ".parquet"
        rows = pq.read_table(path).to_pylist() if parquet else csv_rows(content, path.name)
    except (OSError, UnicodeDecodeError, pa.ArrowInvalid):
        raise InputNotUsable(
            "the roster cannot be read", file=path.name, remedy="give a UTF-8 CSV file"
        ) from None
    source = Source(path.name, sha256(content).hexdigest(), "roster", len(rows))
    return replace(roster_of(rows, path.name), source=source)


def roster_of(rows: Sequence[Mapping[str, Any]], name: str = "the roster") -> Roster:
    """The roster of rows by column name; the first row counts as row 2, below the header.

    Raises InputNotUsable where a needed column is missing or stands twice, or there are no rows.
    """
    if not rows:
        raise InputNotUsable(
            "the roster holds nobody", file=name, remedy="give a row for each person listed"
        )
    refuse_repeated(rows[0], name)
    given = {str(key).strip().lower(): key for key in rows[0] if key is not None}
    for column in NEEDED:
        if column not in given:
            raise InputNotUsable(
                "a column of the roster is missing", file=name, row=1, column=column,
                remedy=f"its first line is {','.join(ROSTER_COLUMNS)}",
            )  # fmt: skip
    findings = Findings()
    for column in ("offer_date", "consent"):
        if column not in given:
            findings.add(1, column, "the column is missing: nothing is known of who was asked.")
    read = []
    for number, cells in enumerate(rows, start=2):
        values = {column: _text(cells.get(key)) for column, key in given.items()}
        row = _row(number, values, findings)
        if row is not None:
            read.append(_in_order(row, findings))
    kept = _once(read, findings)
    _overlaps(kept, findings)
    return Roster(tuple(kept), findings.faults())


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip()


def _row(number: int, values: Mapping[str, str], findings: Findings) -> RosterRow | None:
    person = _person(number, values["person_id"], findings)
    site = values["site"]
    if not site:
        findings.add(number, "site", "no site is given: the row is left out.")
    if not site or person is None:
        return None
    dates = {
        column: read_date(number, column, values.get(column, ""), findings) for column in DATES
    }
    return RosterRow(
        number, site, person,
        list_rank=_rank(number, values.get("list_rank", ""), findings),
        consent=_consent(number, values.get("consent", ""), findings),
        person_ref=values.get("person_ref") or None,
        housing=_word(values.get("housing")),
        mental_health=_yes_no(number, values.get("mental_health", ""), findings),
        **dates,
    )  # fmt: skip


def _person(number: int, value: str, findings: Findings) -> str | None:
    if is_absent(value):
        findings.add(number, "person_id", "no person is given: the row is left out.")
        return None
    if spreadsheet_fault(value):
        findings.add(
            number, "person_id", "a spreadsheet has damaged the identifier: the row is left out."
        )
        return None
    read = read_nhs_number(value)
    return value if isinstance(read, IdentifierFault) else read


def _rank(number: int, value: str, findings: Findings) -> int | None:
    if is_absent(value):
        return None
    digits = value.removesuffix(".0")  # a frame's whole numbers beside missing ones
    if digits.isascii() and digits.isdigit() and len(digits) < 8:
        return int(digits)
    findings.add(number, "list_rank", "not a whole number: taken as empty.")
    return None


def _consent(number: int, value: str, findings: Findings) -> bool | None:
    if is_absent(value):
        return None
    if value.upper() in CONSENTS:
        return CONSENTS[value.upper()]
    findings.add(number, "consent", "neither Y nor N: taken as empty.")
    return None


def _yes_no(number: int, value: str, findings: Findings) -> str | None:
    words = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}
    if is_absent(value):
        return None
    if value.lower() not in words:
        findings.add(number, "mental_health", "neither yes nor no: taken as empty.")
    return words.get(value.lower())


def _word(value: str | None) -> str | None:
    """A group's name, short enough that nobody's story fits into it."""
    return value[:_LONGEST_TEXT].strip().lower() if value and not is_absent(value) else None


def _in_order(row: RosterRow, findings: Findings) -> RosterRow:
    """Dates that cannot follow each other are told; what cannot have happened is not used."""
    _tell_order(row, findings)
    if _before(row.death_date, row.start_date):
        findings.add(
            row.number,
            "start_date",
            "the start lies after the death: it does not count as a start.",
        )
        row = replace(row, start_date=None)
    for column, fault_of in _FAULTS.items():
        fault = fault_of(row)
        if fault:
            findings.add(row.number, column, fault)
            unused: dict[str, Any] = {column: None}
            row = replace(row, **unused)
    return row


def _tell_order(row: RosterRow, findings: Findings) -> None:
    if _before(row.offer_date, row.list_date):
        findings.add(
            row.number, "offer_date",
            "the offer lies before the list it should come from; both are kept.",
        )  # fmt: skip
    if _before(row.start_date, row.list_date):
        findings.add(
            row.number, "start_date", "support starts before the listing; the start is kept."
        )
    elif _before(row.start_date, row.offer_date):
        findings.add(row.number, "start_date", "support starts before the offer; both are kept.")
    if row.consent is False and row.start_date:
        findings.add(row.number, "consent", "N, and yet support started; the start is kept.")


def _fault_of_move(row: RosterRow) -> str:
    if _before(row.moved_date, row.start_date):
        return "the move lies before the start of support: it is not used."
    return ""


def _fault_of_end(row: RosterRow) -> str:
    if row.step_down_date and not row.start_date:
        return "support ends that never started: the end is not used."
    if _before(row.step_down_date, row.start_date):
        return "support ends before it starts: the end is not used."
    return ""


def _fault_of_return(row: RosterRow) -> str:
    if row.return_date and not row.step_down_date:
        return "a return without an end of support before it: it is not used."
    if _before(row.return_date, row.step_down_date):
        return "the return lies before the end of support: it is not used."
    return ""


# In this order: each looks at what the ones before have left.
_FAULTS: Final = {
    "moved_date": _fault_of_move,
    "step_down_date": _fault_of_end,
    "return_date": _fault_of_return,
}


def _before(earlier: date | None, later: date | None) -> bool:
    return earlier is not None and later is not None and earlier < later


def _once(rows: Sequence[RosterRow], findings: Findings) -> list[RosterRow]:
    seen: dict[RosterRow, int] = {}
    for row in rows:
        if seen.setdefault(replace(row, number=0), row.number) != row.number:
            findings.add(row.number, "person_id", "the same as an earlier row: counted once.")
    numbers = set(seen.values())
    return [row for row in rows if row.number in numbers]


def _overlaps(rows: Sequence[RosterRow], findings: Findings) -> None:
    """Tell of support that starts again before it ended; the first start is what counts."""
    by_person: dict[str, list[RosterRow]] = {}
    for row in rows:
        if row.start_date:
            by_person.setdefault(row.person_id, []).append(row)
    for theirs in by_person.values():
        theirs.sort(key=lambda row: (row.start_date, row.number))
        for earlier, later in pairwise(theirs):
            if earlier.start_date == later.start_date:
                continue  # two listings may lead to one start
            if earlier.step_down_date is None or _before(later.start_date, earlier.step_down_date):
                findings.add(
                    later.number, "start_date",
                    "support starts again before the earlier support ended; the first start of "
                    "all counts.",
                )  # fmt: skip
