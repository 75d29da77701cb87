"""The caseload file: the service's CSV or Parquet comes in; references and identifiers go out, or
the row and column that cannot be read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from openhiu.errors import InputNotUsable
from openhiu.tables.handover import (
    CASELOAD_COLUMNS,
    CASELOAD_OPTIONAL_COLUMNS,
    NHS_ISSUER,
    SUPPORT_PHASES,
)
from openhiu.tables.identifiers import (
    IdentifierFault,
    is_absent,
    read_nhs_number,
    spreadsheet_fault,
)


class Row(NamedTuple):
    """One identifier of one client, and what the service says of their support, if it does."""

    person_ref: str
    issuer: str
    person_id: str
    phase: str | None = None
    supported_since: date | None = None
    last_contact_on: date | None = None


def read_caseload(path: Path) -> list[Row]:
    """Every row, with NHS numbers as ten digits.

    Raises InputNotUsable naming file, row and column; never what stands in the cell. A caseload
    without rows is not usable either: it would take everybody's activity away.
    """
    rows = [_row(cells, path.name, number) for number, cells in enumerate(_cells(path), start=2)]
    if not rows:
        raise InputNotUsable(
            "the caseload holds nobody", file=path.name, remedy="download it again"
        )
    _refuse_two_stories(rows, path.name)
    return rows


def clients(rows: Iterable[Row]) -> dict[str, Row]:
    """One row of each client, by reference: what is said of their support."""
    return {row.person_ref: row for row in rows}


def _cells(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            names, rows = table.column_names, table.to_pylist()
        else:
            with path.open(newline="", encoding="utf-8-sig") as file:
                reader = csv.DictReader(file)
                names, rows = list(reader.fieldnames or ()), list(reader)
    except (OSError, UnicodeDecodeError, csv.Error, pa.ArrowInvalid):
        raise InputNotUsable(
            "the caseload cannot be read", file=path.name, remedy="give the file as it was made"
        ) from None
    for column in CASELOAD_COLUMNS:
        if column not in names:
            raise InputNotUsable(
                "a column of the caseload is missing", file=path.name, row=1, column=column,
                remedy=f"its first line is {','.join(CASELOAD_COLUMNS)}",
            )  # fmt: skip
    yield from rows


def _row(cells: Mapping[str, Any], file: str, number: int) -> Row:
    values: dict[str, Any] = {n: str(cells[n] or "").strip() for n in CASELOAD_COLUMNS}
    for column, value in values.items():
        if is_absent(value):
            raise _wrong("the cell is empty", file, number, column, "give the file as it was made")
    fault = spreadsheet_fault(values["person_id"])
    if values["issuer"] == NHS_ISSUER and not fault:
        read = read_nhs_number(values["person_id"])
        if isinstance(read, IdentifierFault):
            fault = read
        else:
            values["person_id"] = read
    if fault:
        raise _wrong(
            f"the identifier cannot be used: {fault}", file, number, "person_id",
            "do not open the file in a spreadsheet; download it again",
        )  # fmt: skip
    return Row(**values, **_support(cells, file, number))


def _support(cells: Mapping[str, Any], file: str, number: int) -> dict[str, Any]:
    """The columns that may be left out; None for an empty cell."""
    found: dict[str, Any] = {}
    for column in CASELOAD_OPTIONAL_COLUMNS:
        value = cells.get(column)
        text = "" if value is None else str(value).strip()
        if column == "phase":
            found[column] = text or None
            if text and text not in SUPPORT_PHASES:
                remedy = f"write one of {', '.join(SUPPORT_PHASES)}, or nothing"
                raise _wrong("this is no phase of support", file, number, column, remedy)
            continue
        try:
            found[column] = date.fromisoformat(text) if text else None
        except ValueError:
            raise _wrong("this is no date", file, number, column, "write YYYY-MM-DD") from None
    return found


def _refuse_two_stories(rows: list[Row], file: str) -> None:
    first: dict[str, Row] = {}
    for number, row in enumerate(rows, start=2):
        before = first.setdefault(row.person_ref, row)
        for column in CASELOAD_OPTIONAL_COLUMNS:
            if getattr(row, column) != getattr(before, column):
                raise _wrong(
                    "another row of the same client says something else", file, number, column,
                    "say the same in every row of a client",
                )  # fmt: skip


def _wrong(cause: str, file: str, row: int, column: str, remedy: str) -> InputNotUsable:
    return InputNotUsable(cause, file=file, row=row, column=column, remedy=remedy)
