"""Workbooks of every make: what their cells become, what is warned of, and what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from faults.reading.made import SECRET, here, refused, repacked, table_workbook, workbook
from openhiu.extract.reading import Limits

ROWS = [["id", "town"], ["a1", "Leeds"], ["a2", "York"]]
PLAIN = [("a1", "Leeds"), ("a2", "York")]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return table_workbook(tmp_path / "trust.xlsx", ROWS)


def test_a_sheet_is_read_as_text_with_spreadsheet_row_numbers(plain: Path) -> None:
    read = here(plain)
    assert read.columns == ("id", "town")
    assert read.rows == [(2, None, "a1", "Leeds"), (3, None, "a2", "York")]
    assert (read.facts.sheet, read.facts.date1904, read.facts.warnings) == ("Data", False, [])


def test_cells_of_every_kind_become_text(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        length = book.add_format({"num_format": "[h]:mm"})
        sheet.write_row(0, 0, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
        sheet.write_number(1, 0, 9434765919)  # a number cell: its tail shows it
        sheet.write_string(1, 1, " 0012 ")  # a text cell: kept, spaces stripped
        sheet.write_datetime(1, 2, date(2025, 2, 28), day)
        sheet.write_datetime(1, 3, datetime(2025, 2, 28, 14, 29, 59), moment)
        sheet.write_datetime(1, 4, time(9, 5), clock)
        sheet.write_boolean(1, 5, True)
        sheet.write_formula(1, 6, "=1+1", None, 2)  # the value saved with it
        sheet.write_number(1, 7, 45321.5)
        sheet.write_datetime(1, 8, timedelta(hours=30, minutes=5), length)
        sheet.write_string(1, 9, "=HYPERLINK(1)")

    read = here(workbook(tmp_path / "kinds.xlsx", fill))
    assert read.cells == [
        ("9434765919.0", "0012", "2025-02-28", "2025-02-28T14:29:59", "09:05:00", "true", "2.0",
         "45321.5", "30:05:00", "=HYPERLINK(1)"),
    ]  # fmt: skip


def test_times_are_rounded_to_the_second_they_were_typed_as(tmp_path: Path) -> None:
    """0.5451388888 of a day is 13:04:59.99999; a spreadsheet shows 13:05:00."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["clock", "moment"])
        sheet.write_number(1, 0, 0.5451388888, book.add_format({"num_format": "hh:mm"}))
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_number(1, 1, 45716.5451388888, moment)  # 28 February 2025

    read = here(workbook(tmp_path / "times.xlsx", fill))
    assert read.cells == [("13:05:00", "2025-02-28T13:05:00")]


def test_the_date_system_of_old_macs_is_known(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "day"])
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 1, datetime(2025, 3, 4), day)

    read = here(workbook(tmp_path / "mac.xlsx", fill, date_1904=True))
    assert (read.facts.date1904, read.cells) == (True, [(None, "2025-03-04")])


def test_empty_rows_keep_the_numbers_of_the_rows_below(tmp_path: Path) -> None:
    path = table_workbook(tmp_path / "gap.xlsx", [["id"], ["1"], [], ["2"]])
    read = here(path)
    assert [row[0] for row in read.rows] == [2, 4]
    assert read.facts.empty_rows == 1


def test_a_table_that_starts_elsewhere_is_found_with_header_row(tmp_path: Path) -> None:
    rows = [["April report"], [], [None, "id", "town"], [None, "a1", "Leeds"]]
    path = table_workbook(tmp_path / "title.xlsx", rows)
    assert "does not look like a header" in refused(path).cause
    read = here(path, header_row=3)
    assert (read.columns, read.rows) == (("id", "town"), [(4, None, "a1", "Leeds")])


def two_sheets(book: xlsxwriter.Workbook) -> None:
    book.add_worksheet("Notes")
    for name, town in (("April", "Leeds"), ("May", "York")):
        book.add_worksheet(name).write_column(0, 0, ["town", town])


def test_the_first_sheet_with_data_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    read = here(workbook(tmp_path / "two.xlsx", two_sheets))
    assert read.cells == [("Leeds",)]
    assert "2 sheets have data and only 'April' was read" in read.facts.warnings[0]


def test_the_mapping_may_name_the_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "two.xlsx", two_sheets)
    read = here(path, sheet="may ")
    assert (read.cells, read.facts.warnings) == ([("York",)], [])
    assert "Notes, April, May" in refused(path, sheet="June").remedy
    assert "the sheet is empty" in refused(path, sheet="Notes").cause


def hide_rows(sheet: xlsxwriter.worksheet.Worksheet, book: xlsxwriter.Workbook) -> None:
    sheet.set_row(1, None, None, {"hidden": True})


def hide_columns(sheet: xlsxwriter.worksheet.Worksheet, book: xlsxwriter.Workbook) -> None:
    sheet.set_column(1, 1, None, None, {"hidden": True})


def hide_sheet(sheet: xlsxwriter.worksheet.Worksheet, book: xlsxwriter.Workbook) -> None:
    book.add_worksheet("Cover").activate()
    sheet.hide()


def merge(sheet: xlsxwriter.worksheet.Worksheet, book: xlsxwriter.Workbook) -> None:
    sheet.merge_range("D1:E1", "")


def error_cell(sheet: xlsxwriter.worksheet.Worksheet, book: xlsxwriter.Workbook) -> None:
    sheet.write_formula(1, 2, "=#REF!", None, "#REF!")
    sheet.write_string(0, 2, "x")


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        (hide_rows, "hidden rows or columns"),
        (hide_columns, "hidden rows or columns"),
        (hide_sheet, "hidden in the workbook"),
        (merge, "merged cells"),
        (error_cell, "1 cells show an error such as #REF!"),
    ],
)
def test_what_may_mislead_is_warned_of_and_read(
    tmp_path: Path, change: Callable[..., None], warning: str
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        change(sheet, book)

    read = here(workbook(tmp_path / "trust.xlsx", fill))
    assert [cells[:2] for cells in read.cells] == PLAIN
    assert len(read.facts.warnings) == 1
    assert warning in read.facts.warnings[0]


def test_a_sheet_that_ends_where_old_workbooks_end_is_read_with_a_warning(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["id", "1"])
        sheet.write_string(65_535, 0, "2")  # row 65,536

    warnings = here(workbook(tmp_path / "cut.xlsx", fill)).facts.warnings
    assert any("exactly row 65,536" in warning for warning in warnings)


def add(name: str, content: bytes = b"<a/>") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, content)


def edit(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (add("xl/vbaProject.bin", b"x"), "macros"),
        (edit("[Content_Types].xml", b"sheet.main+xml", b"sheet.macroEnabled.main+xml"), "macros"),
        (add("xl/macrosheets/sheet1.xml"), "macros"),
        (add("xl/externalLinks/externalLink1.xml"), "links to other workbooks"),
        (add("xl/embeddings/oleObject1.bin", b"x"), "files embedded"),
        (add("xl/media/inner.zip", b"x"), "files embedded"),
        (add("xl/media/image1.png", b"PK\x03\x04" + b"x" * 40), "other archives inside"),
        (add("../../evil.xml"), "not what an Excel workbook has"),
        (add("/etc/evil.xml"), "not what an Excel workbook has"),
        (add("C:\\evil.xml"), "not what an Excel workbook has"),
        (edit(SHEET, b"<worksheet", LAUGHS), "declares XML entities"),
        (edit(SHEET, b"<worksheet", OUTSIDE), "declares XML entities"),
        (add("docProps/late.xml", b" " * 1_048_570 + b"<!DOCTYPE x>"), "declares XML entities"),
        (add("xl/wide.xml", "<!DOCTYPE x>".encode("utf-16")), "declares XML entities"),
        (lambda parts: parts.pop("xl/workbook.xml"), "another kind of archive"),
        (add("xl/workbook.bin", b"x"), "binary workbook"),
        (edit(SHEET, b"</sheetData>", b""), "damaged"),
        (lambda parts: parts.update({SHEET: parts[SHEET].partition(b"</row>")[0]}), "damaged"),
        (edit("xl/workbook.xml", b"</workbook>", b""), "damaged"),
        (lambda parts: parts.pop(SHEET), "no sheet has data"),
        (lambda parts: parts.update({f"xl/a{n}.xml": b"" for n in range(1001)}), "parts; at most"),
        (add("xl/big.xml", b" " * 30_000_000), "100 times its size"),
    ],
)  # fmt: skip
def test_hostile_and_damaged_workbooks_are_refused(
    plain: Path, change: Callable[[dict[str, bytes]], None], cause: str
) -> None:
    assert cause in refused(repacked(plain, change)).cause


def test_a_symbolic_link_in_the_archive_is_refused(plain: Path) -> None:
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(plain, "a") as book:
        book.writestr(link, "/etc/passwd")
    assert "not what an Excel workbook has" in refused(plain).cause


def test_a_part_that_lies_about_its_size_is_refused(plain: Path) -> None:
    """The directory says 10 bytes where 30,000,000 come out."""
    repacked(plain, add("xl/big.xml", b" " * 30_000_000))
    honest, lie = (30_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    content = plain.read_bytes()
    assert honest in content
    plain.write_bytes(content.replace(honest, lie))
    assert "damaged" in refused(plain).cause


def test_a_truncated_workbook_is_refused(plain: Path) -> None:
    plain.write_bytes(plain.read_bytes()[:-30])
    assert "damaged" in refused(plain).cause


def test_a_sheet_too_wide_is_refused(tmp_path: Path) -> None:
    rows = [[f"c{n}" for n in range(2001)], [1] * 2001]
    assert "2,001 columns" in refused(table_workbook(tmp_path / "wide.xlsx", rows)).cause


def test_an_over_long_cell_is_refused_by_row_and_column(tmp_path: Path) -> None:
    path = table_workbook(tmp_path / "long.xlsx", [["id", "x"], ["1", SECRET * 100]])
    refusal = refused(path, Limits(max_cell_bytes=1000))
    assert (refusal.row, refusal.column) == (2, "x")
