"""The workbook an analyst sends on: a finished list comes in, `list.xlsx` goes out.

A cover sheet in plain English, then the list, the flow, the changes, the suggestions and the
fairness sheet. Text is always written as text, so nothing in a name or a flag can become a formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_WIDTHS: Final = {
    "why": 90, "name": 26, "warning_flags": 28, "reason": 80, "step": 44, "first_arrival": 17,
    "last_arrival": 17, "person_id": 16, "nhs_number": 14, "phone": 16, "rules": 40, "group": 24,
    "dimension": 18,
}  # fmt: skip
_HEADINGS: Final = {
    "list_id": "List", "person_id": "Person", "attendances_12m": "Attendances in 12 months",
    "max_in_month": "Most in a month", "by_ambulance": "By ambulance", "nhs_number": "NHS number",
    "sites_attended": "Sites attended", "first_arrival": "First arrival", "why": "Why",
    "last_arrival": "Last arrival", "imd_decile": "Deprivation decile (1 most deprived)",
    "warning_flags": "Warning flags", "on_list": "On a list", "site_code": "Site",
    "listed_share": "Share of listed", "attenders_share": "Share of attenders",
}  # fmt: skip
# A sheet ends at row 1,048,576; rows beyond it would be lost without a word.
_MOST_ROWS: Final = 1_000_000
_SEX: Final = {"1": "Male", "2": "Female", "9": "Indeterminate", "0": "Not known"}


def write_workbook(
    path: Path,
    table: pa.Table,
    *,
    cover: Sequence[str],
    flow: Sequence[Mapping[str, Any]],
    changes: Sequence[Mapping[str, Any]],
    suggestions: Sequence[Mapping[str, Any]],
    fairness: Sequence[Mapping[str, Any]],
) -> None:
    """Write the workbook. Its properties name the product only: no author, no machine."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "default_date_format": "dd/mm/yyyy hh:mm"}  # fmt: skip
    with xlsxwriter.Workbook(path, options) as book:
        # A fixed date keeps the same list the same file, byte for byte.
        book.set_properties({"title": "High Intensity Use list", "author": "",
                             "created": datetime(2000, 1, 1)})  # fmt: skip
        sheets = _Sheets(book)
        sheets.cover("About this list", cover)
        sheets.table("List", table.column_names, table.to_pylist(), "Nobody is on the list.")
        sheets.rows("Flow", flow, "Nothing was read.")
        sheets.rows("Changes", changes, "No previous list was given, or nothing changed.")
        sheets.rows("Suggestions", suggestions, "No attendance in the window points to one.")
        sheets.rows("Fairness", fairness, "Nobody attended in the window.")


class _Sheets:
    """Writes sheets with one look: bold frozen header, filter, sensible widths, A4 across."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#005EB8",
             "font_color": "#FFFFFF", "border": 1}
        )  # fmt: skip

    def cover(self, name: str, lines: Sequence[str]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 110, self._text)
        sheet.write_string(0, 0, "High Intensity Use list", self._title)
        for number, line in enumerate(lines, start=2):
            sheet.write_string(number, 0, line, self._text)
        self._page(sheet)

    def rows(self, name: str, rows: Sequence[Mapping[str, Any]], when_empty: str) -> None:
        self.table(name, list(rows[0]) if rows else [], rows, when_empty)

    def table(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Mapping[str, Any]],
        when_empty: str,
    ) -> None:
        sheet = self._book.add_worksheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, _WIDTHS.get(column, 13), self._text)
            heading = _HEADINGS.get(column, column.replace("_", " ").capitalize())
            sheet.write_string(0, index, heading, self._head)
        for number, row in enumerate(rows[:_MOST_ROWS], start=1):
            for index, column in enumerate(columns):
                _write(sheet, number, index, _shown(column, row[column]), self._text)
        if len(rows) > _MOST_ROWS:
            cut = f"Rows after {_MOST_ROWS:,} are in the CSV file only."
            sheet.write_string(_MOST_ROWS + 1, 0, cut)
        if rows:
            sheet.autofilter(0, 0, min(len(rows), _MOST_ROWS), len(columns) - 1)
            sheet.freeze_panes(1, 3 if name == "List" else 0)
            sheet.repeat_rows(0)
        else:
            sheet.write_string(1 if columns else 0, 0, when_empty)
        self._page(sheet)

    @staticmethod
    def _page(sheet: Worksheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)


def _shown(column: str, value: Any) -> Any:
    """Codes as words where a person reads them."""
    if column == "sex":
        return _SEX.get(value, "")
    if isinstance(value, bool):
        return "Yes" if value else ""
    return value


def _write(sheet: Worksheet, row: int, column: int, value: Any, text: Format) -> None:
    match value:
        case None | "":
            sheet.write_blank(row, column, None)
        case str():
            sheet.write_string(row, column, value, text)
        case datetime():
            sheet.write_datetime(row, column, value)
        case _:
            sheet.write_number(row, column, value)
