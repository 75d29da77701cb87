"""Tables become a workbook: a sheet that explains, then one sheet a table, as text and numbers.

Nothing in it is a formula, a link or a hidden cell: what cannot be seen on the sheet is not in the
file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from openhiu.paper import colours
from openhiu.paper.blocks import Cell, Table

_COVER: Final = "About"
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_NARROW, _WIDE = 14, 60


def make(title: str, lines: Sequence[str], tables: Iterable[Table], made_for: date) -> bytes:
    """The .xlsx file. `lines` are the sentences of its first sheet."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "in_memory": True}  # fmt: skip
    at = datetime(made_for.year, made_for.month, made_for.day)
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": title, "author": "", "created": at})
        sheets = _Sheets(book)
        sheets.cover(title, lines)
        for table in tables:
            sheets.table(table)
    return buffer.getvalue()


class _Sheets:
    """One look: title, header row that stays, widths by content, A4 across."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._names = {_COVER.lower()}
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        self._hidden = book.add_format({"align": "right", "valign": "top"})
        self._head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": colours.BLUE,
             "font_color": "#FFFFFF", "border": 1}
        )  # fmt: skip

    def cover(self, title: str, lines: Sequence[str]) -> None:
        sheet = self._book.add_worksheet(_COVER)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 110, self._text)
        sheet.write_string(0, 0, title, self._title)
        for number, line in enumerate(lines, start=2):
            sheet.write_string(number, 0, line, self._text)
        _page(sheet)

    def table(self, table: Table) -> None:
        sheet = self._book.add_worksheet(self._name(table.sheet or table.caption))
        sheet.write_string(0, 0, table.caption, self._title)
        for place, column in enumerate(table.columns):
            cells = [table.shown(row[place]) for row in table.rows]
            longest = max(map(len, [*cells, column]), default=0)
            sheet.set_column(place, place, min(_WIDE, max(_NARROW, longest + 2)))
            sheet.write_string(2, place, column, self._head)
        for number, row in enumerate(table.rows, start=3):
            for place, cell in enumerate(row):
                self._write(sheet, number, place, cell, table)
        if table.note:
            sheet.write_string(len(table.rows) + 4, 0, table.note)
        sheet.freeze_panes(3, 1)
        _page(sheet)

    def _write(self, sheet: Any, row: int, place: int, cell: Cell, table: Table) -> None:
        match cell:
            case int():
                sheet.write_number(row, place, cell, self._whole)
            case float():
                form = {"num_format": f"#,##0.{'0' * table.decimals}".rstrip("."), "valign": "top"}
                sheet.write_number(row, place, cell, self._book.add_format(form))
            case None:
                pass
            case str():
                style = self._hidden if table.numeric(place) else self._text
                sheet.write_string(row, place, cell, style)

    def _name(self, wanted: str) -> str:
        """A name no other sheet has, without what a sheet's name may not hold."""
        name = _NOT_IN_A_NAME.sub(" ", wanted).strip()[:_LONGEST_NAME].strip() or "Table"
        number = 1
        while name.lower() in self._names:
            number += 1
            name = f"{name[: _LONGEST_NAME - 4].rstrip()} {number}"
        self._names.add(name.lower())
        return name


def _page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
