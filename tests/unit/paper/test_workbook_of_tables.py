"""The workbook: text as text, numbers as numbers, nothing hidden, the same bytes every time."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from openhiu.paper import workbook
from openhiu.paper.blocks import Table
from support.paper_document import HOSTILE, made_table

LINES = ("Counted from the store.", "=1+1")


def book(tables: list[Table]) -> bytes:
    return workbook.make("Evaluation", LINES, tables, date(2026, 10, 1))


@pytest.fixture(scope="module")
def table() -> Table:
    return made_table()


@pytest.fixture(scope="module")
def read(table: Table) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(book([table, table])))


def test_there_is_a_sheet_that_explains_and_one_a_table(read: openpyxl.Workbook) -> None:
    assert read.sheetnames == ["About", "What was expected", "What was expected 2"]
    assert read["About"]["A1"].value == "Evaluation"
    assert [read["About"][cell].value for cell in ("A3", "A4")] == list(LINES)


def test_text_is_text_and_numbers_are_numbers(read: openpyxl.Workbook) -> None:
    sheet = read["What was expected"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=6)]
    assert rows == [
        ["Outcome", "Expected", "Happened", "Range"],
        ["A&E attendances", 704.16, 560, "3 to 40"],
        [HOSTILE, 1234, None, "*"],
        ["=HYPERLINK(1)", -2, 1200, "none"],
    ]
    kinds = {cell.data_type for found in read for row in found.iter_rows() for cell in row}
    assert kinds == {"s", "n"}  # no formula, no link


def test_nothing_is_hidden(read: openpyxl.Workbook) -> None:
    assert {sheet.sheet_state for sheet in read} == {"visible"}
    for sheet in read:
        assert not [d for d in sheet.column_dimensions.values() if d.hidden]
        assert not [d for d in sheet.row_dimensions.values() if d.hidden]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.comment]
    assert not read.defined_names


def test_a_name_a_sheet_may_not_have_is_mended() -> None:
    tables = [Table(f"A [long]: name / of * a sheet? {n}", ("x",), (("1",),)) for n in range(12)]
    names = openpyxl.load_workbook(io.BytesIO(book(tables))).sheetnames
    assert len(set(names)) == 13
    assert max(map(len, names)) <= 31


def test_the_same_tables_are_the_same_file(table: Table) -> None:
    assert book([table]) == book([table])
