"""One sheet of a workbook as numbered rows of text, read by calamine, which runs nothing.

Numbers come out with their tail (`9434765919.0`), because in a sheet every number is a decimal
number; validation decides by column whether that is damage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import python_calamine as calamine

from openhiu.errors import InputNotUsable
from openhiu.extract.reading.headers import Header, check_header, looks_like_data, not_a_header
from openhiu.extract.reading.limits import Facts, Limits, Reading
from openhiu.extract.reading.outbox import ROW, Outbox
from openhiu.extract.reading.workbook_safety import Parts, look_through

_ROWS: Final = 10_000
_SECOND: Final = 1_000_000  # in microseconds
_FRACTION: Final = 1_000


def read_workbook(path: Path, reading: Reading, limits: Limits, outbox: Outbox) -> None:
    """Send every row of a workbook's sheet to the outbox. Raises InputNotUsable where it may not
    be opened, has no data, or is damaged.
    """
    parts = look_through(path, limits)
    outbox.facts.date1904 = parts.date1904
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            name = _chosen(book, parts, reading, outbox.facts)
            sheet = book.get_sheet_by_name(name)
            _warn_of_layout(sheet, parts, name, outbox.facts)
            _send(sheet, reading, limits, outbox)
    except calamine.CalamineError as error:
        raise InputNotUsable(
            "the workbook is damaged or was not written as Excel writes it",
            remedy="open it in Excel and save it again as .xlsx, or save it as CSV UTF-8",
        ) from error


def _chosen(book: Any, parts: Parts, reading: Reading, facts: Facts) -> str:
    """The sheet the mapping names, else the first with data, visible ones first."""
    sheets = [s for s in book.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
    hidden = {s.name for s in sheets if s.visible != calamine.SheetVisibleEnum.Visible}
    names = [s.name for s in sheets]
    if reading.sheet is not None:
        chosen = _named(reading.sheet, names)
    else:
        full = [name for name in names if parts.sheets.get(name) in parts.with_values]
        full.sort(key=lambda name: name in hidden)
        if not full:
            raise InputNotUsable("no sheet has data", remedy="check that it is the right workbook")
        chosen = full[0]
        if len(full) > 1:
            facts.warn(
                f"{len(full)} sheets have data and only '{chosen}' was read; "
                "name another with sheet in the mapping"
            )
    if chosen in hidden:
        facts.warn(f"the sheet '{chosen}' is hidden in the workbook and was read all the same")
    facts.sheet = chosen
    return chosen


def _named(wanted: str, names: Sequence[str]) -> str:
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    raise InputNotUsable(
        "the workbook has no sheet with the name the mapping gives",
        remedy=f"use one of: {', '.join(names)}",
    )


def _warn_of_layout(sheet: Any, parts: Parts, name: str, facts: Facts) -> None:
    part = parts.sheets.get(name, "")
    if part in parts.with_hidden:
        facts.warn("the sheet has hidden rows or columns; they were read like the others")
    if sheet.merged_cell_ranges:
        facts.warn("the sheet has merged cells; only the first cell of each has the value")
    if parts.errors.get(part):
        facts.warn(
            f"{parts.errors[part]:,} cells show an error such as #REF! and were read as empty"
        )


def _send(sheet: Any, reading: Reading, limits: Limits, outbox: Outbox) -> None:
    if sheet.end is None:
        raise InputNotUsable("the sheet is empty", remedy="check that it is the right sheet")
    last_row = sheet.end[0] + 1
    rows = islice(sheet.iter_rows(), reading.header_row - 1, None)
    first = [_text(cell) for cell in next(rows, [])]
    header = _header(first, reading.header_row, sheet, limits, outbox.facts)
    outbox.begin(header, ["mixed"] * len(header.names))
    number = reading.header_row + 1
    while block := list(islice(rows, _ROWS)):
        columns = list(zip(*block, strict=True))
        cells = [_column(columns[place]) for place in header.places]
        numbers = pa.arange(number, number + len(block))
        number += len(block)
        table = pa.Table.from_arrays([numbers, *cells], names=[ROW, *header.names])
        outbox.rows(table, None, outbox.size * min(number, last_row) // last_row)
    outbox.end()


def _header(first: list[str | None], row: int, sheet: Any, limits: Limits, facts: Facts) -> Header:
    cells = [cell or "" for cell in first]
    filled = sum(1 for cell in cells if cell.strip())
    if filled <= 1 < len(cells) or (len(cells) > 2 and filled * 2 < len(cells)):
        raise not_a_header(row, "most of its cells are empty", _first_full_row(sheet))
    return check_header(cells, row, limits, facts)


def _first_full_row(sheet: Any) -> int | None:
    for number, row in enumerate(islice(sheet.iter_rows(), 50), start=1):
        cells = [(_text(cell) or "").strip() for cell in row]
        if all(cells):
            return None if looks_like_data(cells) else number
    return None


def _column(cells: Sequence[object]) -> pa.Array:
    # Most cells are text already, and there may be millions; empty text becomes null later.
    return pa.array([c if c.__class__ is str else _text(c) for c in cells], pa.string())


def _text(cell: object) -> str | None:
    render = _RENDERERS.get(type(cell))
    return None if render is None else str(render(cell))


def _moment(moment: datetime) -> str:
    # A sheet keeps time as a fraction of a day: up to a millisecond beside a second is rounding.
    if 0 < moment.microsecond <= _FRACTION or moment.microsecond >= _SECOND - _FRACTION:
        moment = (moment + timedelta(milliseconds=1)).replace(microsecond=0)
    return moment.isoformat()


def _time(clock: time) -> str:
    return _moment(datetime.combine(date(2000, 1, 1), clock)).partition("T")[2]


def _clock(length: timedelta) -> str:
    seconds = round(length.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_RENDERERS: Final[Mapping[type, Callable[[Any], str]]] = {
    str: str,
    bool: lambda cell: "true" if cell else "false",
    int: lambda cell: repr(float(cell)),
    float: repr,
    datetime: _moment,
    date: date.isoformat,
    time: _time,
    timedelta: _clock,
}
