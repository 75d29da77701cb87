"""The same trust as spreadsheets and people leave it: sound rows come in, damaged files go out.

A file of its own says what was damaged, where, and what should become of it, so that a
demonstration or a test can check the reader against the damage and not against itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from openhiu.synthetic import layout
from openhiu.synthetic.dice import Dice

Row = list[str]
Fault = tuple[str, str, Callable[[Row], None]]
"""What was done to a row: the column, in words, and the doing."""

_COLUMNS: Final = layout.ATTENDANCE_COLUMNS
_NHS: Final = _COLUMNS.index("NHS NUMBER")
_TYPE: Final = _COLUMNS.index("EMERGENCY CARE DEPARTMENT TYPE")
_ARRIVED: Final = _COLUMNS.index("EMERGENCY CARE ARRIVAL DATE")
_LEFT: Final = _COLUMNS.index("EMERGENCY CARE DEPARTURE DATE")
_BORN: Final = _COLUMNS.index("PERSON BIRTH DATE")
_MODE: Final = _COLUMNS.index("EMERGENCY CARE ARRIVAL MODE (SNOMED CT)")
_STATUS: Final = _COLUMNS.index("EMERGENCY CARE DISCHARGE STATUS (SNOMED CT)")
_EXTRACTED: Final = _COLUMNS.index("CDS EXTRACT DATE")
_UPDATE: Final = _COLUMNS.index("CDS UPDATE TYPE")
_DATES: Final = (_ARRIVED, _LEFT, _BORN, _EXTRACTED)
_ENOUGH_FOR_TOTALS: Final = 100  # in a shorter file one totals row would be near 2 % by itself
_ACCEPTED_SHARE, _HELD_SHARE = 0.012, 0.06
_AMEND, _DELETE = "9", "1"
_LEFT_BEFORE_TREATED: Final = "1066321000000107"


def make_dirty(
    out: Path, note: Path, attendances: Sequence[Row], people: Sequence[Row], seed: int
) -> tuple[Path, ...]:
    """Write the damaged files into `out`, what should become of them into `note`.

    `attendances` and `people` are sound rows in the order of `layout`; the clean files' own stream
    of draws is not touched, so they are the same with and without this folder.
    """
    out.mkdir(parents=True, exist_ok=True)
    dice = Dice(seed + 1_000_003)
    recent = _last_whole_month(attendances)
    expected: list[Row] = []
    files = (
        _through_a_spreadsheet(dice, out / "attendances-through-excel.csv", recent, expected),
        _held(dice, out / "attendances-held.csv", recent, expected),
        _month_first(out / "attendances-month-first.csv", recent, expected),
        _corrections(dice, out / "attendances-corrections.csv", recent, expected),
        _people(out / "people-cp1252.csv", people, expected),
    )
    _write(note, ["file", "row", "column", "fault", "fate"], expected)
    return files


def _last_whole_month(attendances: Sequence[Row]) -> list[Row]:
    """The last month but one in the rows, so that its volume is a month's; all, if there is one."""
    months = sorted({row[_ARRIVED][:7] for row in attendances})
    chosen = months[-2:][0]
    return [row.copy() for row in attendances if row[_ARRIVED].startswith(chosen)]


def _put(column: int, change: Callable[[str], str]) -> Callable[[Row], None]:
    def put(row: Row) -> None:
        row[column] = change(row[column])

    return put


def _leave_before_arriving(row: Row) -> None:
    row[_LEFT] = (date.fromisoformat(row[_ARRIVED]) - timedelta(days=1)).isoformat()


def _scientific(number: str) -> str:
    return f"{int(number):.5E}".replace("E+0", "E+")


_FAULTS: Final[tuple[Fault, ...]] = (
    ("NHS NUMBER", "scientific notation", _put(_NHS, _scientific)),
    ("NHS NUMBER", "decimal tail", _put(_NHS, lambda number: f"{number}.0")),
    ("NHS NUMBER", "nine digits", _put(_NHS, lambda number: number[1:])),
    ("NHS NUMBER", "eleven digits", _put(_NHS, lambda number: f"{number}0")),
    ("NHS NUMBER", "check digit",
     _put(_NHS, lambda number: number[:9] + str((int(number[9]) + 1) % 10))),
    ("EMERGENCY CARE DEPARTURE DATE", "departure before arrival", _leave_before_arriving),
    ("EMERGENCY CARE ARRIVAL DATE", "future date", _put(_ARRIVED, lambda _: "2099-01-01")),
    ("EMERGENCY CARE ARRIVAL DATE", "sentinel date", _put(_ARRIVED, lambda _: "1900-01-01")),
    ("EMERGENCY CARE ARRIVAL DATE", "no date", _put(_ARRIVED, lambda _: "")),
)  # fmt: skip


def _through_a_spreadsheet(dice: Dice, path: Path, sound: list[Row], expected: list[Row]) -> Path:
    """Fewer than 2 % bad rows: accepted, with each bad row told apart."""
    rows = _damaged(dice, path.name, sound, _ACCEPTED_SHARE, expected)
    for copy in range(max(len(rows) // 200, 1)):
        rows.append(rows[copy * 97 % len(rows)].copy())
        expected.append([path.name, str(len(rows) + 1), "", "the same row again", "duplicate"])
    if len(rows) > _ENOUGH_FOR_TOTALS:
        rows.append(["TOTAL", str(len(rows)), *[""] * (len(_COLUMNS) - 2)])
        expected.append([path.name, str(len(rows) + 1), "", "totals row", "rejected"])
    return _write(path, _COLUMNS, _as_a_spreadsheet_shows(rows))


def _held(dice: Dice, path: Path, sound: list[Row], expected: list[Row]) -> Path:
    """More than 2 % bad rows, and long codes shortened throughout: held for a person to look at."""
    rows = _damaged(dice, path.name, sound, _HELD_SHARE, expected)
    for row in rows:
        row[_MODE] = _scientific(row[_MODE]) if row[_MODE] else ""
    return _write(path, _COLUMNS, _as_a_spreadsheet_shows(rows))


def _damaged(
    dice: Dice, file: str, sound: list[Row], share: float, expected: list[Row]
) -> list[Row]:
    """A copy in which `share` of the rows, all of them with an NHS number, each have one fault."""
    rows = [row.copy() for row in sound]
    linked = [place for place, row in enumerate(rows) if row[_NHS]]
    for number in range(int(len(rows) * share)):
        place = linked.pop(dice.whole(0, len(linked) - 1))
        column, words, spoil = _FAULTS[number % len(_FAULTS)]
        spoil(rows[place])
        expected.append([file, str(place + 2), column, words, "rejected"])
    return rows


def _as_a_spreadsheet_shows(rows: list[Row]) -> list[Row]:
    """Day-first dates, and department types without their zero."""
    shown = [row.copy() for row in rows]
    for row in shown:
        row[_TYPE] = row[_TYPE].lstrip("0")
        for column in _DATES:
            row[column] = "/".join(reversed(row[column].split("-")))
    return shown


def _month_first(path: Path, sound: list[Row], expected: list[Row]) -> Path:
    rows = [row.copy() for row in sound]
    for row in rows:
        for column in _DATES:
            year, month, day = row[column].split("-")
            row[column] = f"{month}/{day}/{year}"
    expected.append([path.name, "", "EMERGENCY CARE ARRIVAL DATE", "month first", "file refused"])
    return _write(path, _COLUMNS, rows)


def _corrections(dice: Dice, path: Path, sound: list[Row], expected: list[Row]) -> Path:
    """Later versions of a few records: all but one amended, the last one taken out."""
    rows = [dice.pick(sound).copy() for _ in range(12)]
    rows = list({row[1] + row[2]: row for row in rows}.values())
    for place, row in enumerate(rows):
        taken = date.fromisoformat(row[_EXTRACTED]) + timedelta(days=7)
        row[_EXTRACTED] = taken.isoformat()
        row[_STATUS], row[_UPDATE] = _LEFT_BEFORE_TREATED, _AMEND
        if place == len(rows) - 1:
            row[_UPDATE] = _DELETE
        fate = "takes the record out" if row[_UPDATE] == _DELETE else "supersedes the record"
        expected.append([path.name, str(place + 2), "", "a later version", fate])
    return _write(path, _COLUMNS, rows)


def _people(path: Path, people: Sequence[Row], expected: list[Row]) -> Path:
    """Names with accents in the Windows code page, semicolons between columns."""
    name = layout.PEOPLE_COLUMNS.index("name")
    rows = [row for row in people if not row[name].isascii() and _fits_windows(row[name])][:500]
    expected.append([path.name, "", "", "Windows encoding and semicolons", "accepted"])
    return _write(path, layout.PEOPLE_COLUMNS, rows, delimiter=";", encoding="cp1252")


def _fits_windows(text: str) -> bool:
    return text.encode("cp1252", errors="ignore").decode("cp1252") == text


def _write(
    path: Path, columns: Sequence[str], rows: list[Row], *,
    delimiter: str = ",", encoding: str = "utf-8",
) -> Path:  # fmt: skip
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(columns)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
