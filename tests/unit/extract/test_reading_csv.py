"""CSV files of every form a trust may send, and what becomes of them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from faults.reading.made import SECRET, here, refused
from openhiu.extract.reading import Limits

PLAIN = [("1", "Leeds"), ("2", "York")]


def made(folder: Path, content: bytes | str, name: str = "trust.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "delimiter", "line_ending"),
    [
        pytest.param("id,town\n1,Leeds\n2,York\n", ",", "LF", id="comma"),
        pytest.param("id;town\n1;Leeds\n2;York\n", ";", "LF", id="semicolon"),
        pytest.param("id\ttown\n1\tLeeds\n2\tYork\n", "\t", "LF", id="tab"),
        pytest.param("id|town\n1|Leeds\n2|York\n", "|", "LF", id="pipe"),
        pytest.param("id,town\r\n1,Leeds\r\n2,York\r\n", ",", "CRLF", id="crlf"),
        pytest.param("id,town\r1,Leeds\r2,York\r", ",", "CR", id="old mac"),
        pytest.param("id,town\r\n1,Leeds\n2,York\r", ",", "mixed", id="mixed line ends"),
        pytest.param("id,town\n1,Leeds\n2,York", ",", "LF", id="no last line end"),
        pytest.param('"id","town"\n"1","Leeds"\n"2","York"\n', ",", "LF", id="all quoted"),
        pytest.param(" id , town \n 1 , Leeds \n2,York\n", ",", "LF", id="spaces"),
        pytest.param("id,town,\n1,Leeds,\n2,York,\n", ",", "LF", id="unnamed column"),
        pytest.param("id,town\n1,Leeds,\n2,York,\n", ",", "LF", id="rows end in a delimiter"),
        pytest.param("id,town,,\n1,Leeds\n2,York\n", ",", "LF", id="header ends in delimiters"),
        pytest.param("sep=;\nid;town\n1;Leeds\n2;York\n", ";", "LF", id="excel's sep line"),
        pytest.param("id,town\n1,Leeds\n2,York\n,\n,\n\n", ",", "LF", id="empty rows at the end"),
    ],
)  # fmt: skip
def test_every_sane_form_gives_the_same_rows(
    tmp_path: Path, content: str, delimiter: str, line_ending: str
) -> None:
    read = here(made(tmp_path, content))
    assert read.columns == ("id", "town")
    assert read.cells == PLAIN
    assert (read.facts.delimiter, read.facts.line_ending) == (delimiter, line_ending)
    assert read.facts.empty_rows == 0


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    #           row 1      2      3 blank  4: short  5: two lines    6: long  7      8: empty 9
    content = 'id,town\n1,Leeds\n\n2\n"3","York\nCity"\n4,a,b,c\n5,Hull\n,\n6,Goole\n'
    read = here(made(tmp_path, content))
    assert read.rows == [
        (2, None, "1", "Leeds"),
        (4, "too few columns (1 of 2)", None, None),
        (5, None, "3", "York\nCity"),
        (6, "too many columns (4 of 2)", None, None),
        (7, None, "5", "Hull"),
        (9, None, "6", "Goole"),
    ]
    assert read.facts.empty_rows == 2  # rows 3 and 8
    assert "2 empty rows were passed over" in read.facts.warnings


def test_numbers_hold_over_many_blocks_with_faults_anywhere(tmp_path: Path) -> None:
    """Every 1,000th row is short. Row n holds the text n, so each number can be checked."""
    wide = "x" * 120
    lines = [f"{n}" if n % 1000 == 0 else f"{n},{wide}" for n in range(2, 100_002)]
    path = made(tmp_path, "n,text\n" + "\n".join(lines))
    assert path.stat().st_size > 12_000_000  # several blocks of 4 MiB
    rows = here(path, Limits(batch_rows=7_000)).rows
    assert [row[0] for row in rows] == list(range(2, 100_002))
    assert all(row[2] == str(row[0]) for row in rows if row[1] is None)
    assert [row[0] for row in rows if row[1]] == list(range(1000, 100_001, 1000))


def test_a_file_of_nothing_but_short_rows_gives_a_fault_for_each(tmp_path: Path) -> None:
    lines = ["a,b,c"] + ["1"] * 5000
    rows = here(made(tmp_path, "\n".join(lines))).rows
    # The sniffer sees one cell per row; the header's three columns stay the measure.
    assert [row[:2] for row in rows] == [
        (n, "too few columns (1 of 3)") for n in range(2, 5002)
    ]  # fmt: skip


def test_a_totals_row_at_the_end_is_a_fault_of_its_own(tmp_path: Path) -> None:
    read = here(made(tmp_path, "id,town,age\n1,Leeds,30\n2,York,40\nTotal 2\n"))
    assert read.rows[-1] == (4, "too few columns (1 of 3)", None, None, None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"a ""b"" c"', 'a "b" c'),
        ('O"Brien 5\'10"', 'O"Brien 5\'10"'),
        ('""', None),
        ('"  "', None),
        ("\u00a0x\u00a0", "x"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("NULL", "NULL"),
        ("9.43E+09", "9.43E+09"),
        ("0012", "0012"),
        ("👩‍⚕️ e\u0301 שלום", "👩‍⚕️ e\u0301 שלום"),
    ],
)
def test_cells_are_kept_as_text_and_never_interpreted(
    tmp_path: Path, cell: str, value: str | None
) -> None:
    assert here(made(tmp_path, f"id,x\n1,{cell}\n")).cells == [("1", value)]


@pytest.mark.parametrize("name", ["trust.csv", "TRUST.CSV", "trust.txt", "trust.tsv"])
def test_text_files_may_have_any_of_their_usual_endings(tmp_path: Path, name: str) -> None:
    assert here(made(tmp_path, "id,town\n1,Leeds\n2,York\n", name)).cells == PLAIN


def test_a_single_column_is_read_with_a_warning(tmp_path: Path) -> None:
    read = here(made(tmp_path, "id\n1\n2\n"))
    assert read.rows == [(2, None, "1"), (3, None, "2")]
    assert "only one column" in read.facts.warnings[0]


def test_the_mapping_may_say_delimiter_and_header_row(tmp_path: Path) -> None:
    content = "Report for April\nMade by BI\nid:town\n1:Leeds\n2:York\n"
    read = here(made(tmp_path, content), delimiter=":", header_row=3)
    assert read.rows == [(4, None, "1", "Leeds"), (5, None, "2", "York")]


@pytest.mark.parametrize(
    ("content", "cause", "row"),
    [
        pytest.param("", "the file is empty", None, id="no bytes"),
        pytest.param("\n\n \n", "does not look like a header", 1, id="blank lines"),
        pytest.param("id,town\n", "no row below it", None, id="header only"),
        pytest.param("id,town\n,\n\n,\n", "no row below it", None, id="only empty rows"),
        pytest.param("id,ID\n1,2\n", "stands twice", 1, id="a name twice"),
        pytest.param("Arrival Date,arrivaldate\n1,2\n", "stands twice", 1, id="twice but for case"),
        pytest.param(",,,\n1,2,3,4\n", "does not look like a header", 1, id="no names"),
        pytest.param(
            "April report\nid,town,age\n1,Leeds,3\n2,York,4\n", "does not look like a header", 1,
            id="a title line",
        ),
        pytest.param(
            "9991234567,2025-01-03 10:00\n9991234575,2025-01-04 10:00\n",
            "holds dates or ten-digit numbers", 1, id="no header at all",
        ),
        pytest.param(f'id,x\n1,2\n3,"{SECRET}\n4,5\n', "is not closed", 3, id="open quote"),
        pytest.param(f'id,x\n1,2\n3,"{SECRET}', "is not closed", 3, id="cut off inside a quote"),
        pytest.param('a,b,c\n1,2,3\n4,"5\n6,7,8\n', "is not closed", 3, id="and in a short row"),
        pytest.param("id,_row\n1,2\n", "kept for the row number", 1, id="a name of ours"),
        pytest.param('id,"x\n1,2\n', "quote in it is never closed", 1, id="open quote in header"),
        pytest.param("id,x\n1,2\n3,a\0b\n", "NUL", 3, id="a NUL"),
        pytest.param("id,x\n1," + "y" * 1_100_000 + "\n", "1,048,576 bytes", 2, id="giant cell"),
    ],
)  # fmt: skip
def test_unusable_files_are_refused_with_their_row(
    tmp_path: Path, content: str, cause: str, row: int | None
) -> None:
    refusal = refused(made(tmp_path, content))
    assert cause in refusal.cause
    assert refusal.row == row


def test_a_title_line_is_refused_with_the_row_to_set(tmp_path: Path) -> None:
    refusal = refused(made(tmp_path, "April report\n\nid,town\n1,Leeds\n2,York\n"))
    assert "header_row = 3" in refusal.remedy


def test_a_quote_that_swallows_hundreds_of_rows_is_refused_where_it_opened(tmp_path: Path) -> None:
    rows = [f"{n},x" for n in range(2, 1000)]
    rows[98] = '100,"x'  # row 100
    rows[898] = '900,x"'  # row 900
    refusal = refused(made(tmp_path, "id,y\n" + "\n".join(rows)))
    assert ("is not closed" in refusal.cause, refusal.row) == (True, 100)


def test_a_quote_that_swallows_more_than_a_block_is_refused(tmp_path: Path) -> None:
    rows = "2,yyyyyyyyyyyyyyyyyy\n" * 1_000_000
    refusal = refused(made(tmp_path, 'id,y\n1,z\n2,"z\n' + rows))
    assert ("is not closed" in refusal.cause, refusal.row) == (True, 3)


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    header = ",".join(f"c{n}" for n in range(10_000))
    assert "10,000 columns" in refused(made(tmp_path, f"{header}\n1\n")).cause


def test_names_of_columns_lose_what_nobody_sees(tmp_path: Path) -> None:
    content = '"Arrival\nDate",\u200bid\x07,  GP   practice \n1,2,3\n'
    assert here(made(tmp_path, content)).columns == ("Arrival Date", "id", "GP practice")


@pytest.mark.parametrize("rows", [65_536, 1_048_576])
def test_a_file_that_ends_where_spreadsheets_cut_is_read_with_a_warning(
    tmp_path: Path, rows: int
) -> None:
    path = made(tmp_path, "id,b\n" + "1,2\n" * (rows - 1))
    assert any("data may be missing" in w for w in here(path).facts.warnings)
    path.write_text("id,b\n" + "1,2\n" * (rows - 2))
    assert here(path).facts.warnings == []


def _packed(text: bytes) -> bytes:
    # Without the time in it, a test has the same name in every run and every worker.
    return gzip.compress(text, mtime=0)


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(_packed(b"id,town\n1,Leeds\n2,York\n"), id="one member"),
        pytest.param(_packed(b"id,town\n1,Le") + _packed(b"eds\n2,York\n"), id="two"),
        pytest.param(_packed(b"id,town\n1,Leeds\n2,York\n") + b"\0" * 600, id="padded"),
    ],
)
def test_gzip_is_unpacked_as_it_is_read(tmp_path: Path, packed: bytes) -> None:
    assert here(made(tmp_path, packed, "trust.csv.gz")).cells == PLAIN


@pytest.mark.parametrize("cut", [20, 200, -3])
def test_a_gzip_file_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    text = "".join(f"{n},{n * 7919 % 1000003}\n" for n in range(500))
    packed = gzip.compress(b"id,x\n" + text.encode())
    assert "damaged" in refused(made(tmp_path, packed[:cut], "trust.csv.gz")).cause


def test_a_gzip_bomb_stops_at_the_ratio(tmp_path: Path) -> None:
    packed = gzip.compress(b"id,x\n" + b"1,2\n" * 5_000_000)  # 20 MB in about 20 KB
    assert "100 times its size" in refused(made(tmp_path, packed, "trust.csv.gz")).cause


def test_a_gzip_file_stops_at_the_unpacked_size(tmp_path: Path) -> None:
    packed = gzip.compress(b"id,x\n" + b"1,2\n" * 1000)
    refusal = refused(made(tmp_path, packed, "trust.csv.gz"), Limits(max_unpacked_bytes=2000))
    assert "more than 2,000 bytes" in refusal.cause
