"""Reading a roster: what is read, what is told, and that nothing told names a person."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from openhiu.errors import InputNotUsable
from openhiu.evaluate.roster import read_roster, roster_of
from openhiu.tables.handover import ROSTER_COLUMNS, ROSTER_OPTIONAL_COLUMNS
from support.drawn import cells

HEAD = ",".join(ROSTER_COLUMNS)
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "roster.md"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "roster.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def told(row: str) -> tuple[str, ...]:
    """What is said of one row, after the consent."""
    header = ["site", "person_id", "list_date", "offer_date", "consent", "start_date",
              "step_down_date", "return_date", "death_date", "moved_date"]  # fmt: skip
    given = cells(" | ".join(header) + "\n" + "RXX01 | secret | " + row)[1][0]
    return roster_of([dict(zip(header, given, strict=True))]).findings


def test_a_whole_row_is_read(tmp_path: Path) -> None:
    row = "RXX01,999 000 0018,2024-01-01,3,2024-01-05,y,2024-01-15,2024-06-01"
    roster = read_roster(written(tmp_path, HEAD, row))
    (row,) = roster.rows
    assert (row.number, row.site, row.person_id, row.list_rank, row.consent) == (
        2, "RXX01", "9990000018", 3, True)  # fmt: skip
    assert (row.list_date, row.offer_date, row.start_date, row.step_down_date) == (
        date(2024, 1, 1), date(2024, 1, 5), date(2024, 1, 15), date(2024, 6, 1))  # fmt: skip
    assert roster.findings == ()
    assert roster.source is not None
    assert (roster.source.file, roster.source.dataset, roster.source.rows) == (
        "roster.csv", "roster", 1)  # fmt: skip


def test_a_parquet_file_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "roster.parquet"
    pq.write_table(pa.table({
        "Site": ["RXX01"], "person_id": ["abc"], "start_date": [date(2024, 1, 15)],
        "list_rank": [3.0], "offer_date": [None], "consent": ["Y"],
    }), path)  # fmt: skip
    (row,) = read_roster(path).rows
    assert (row.person_id, row.start_date, row.list_rank) == ("abc", date(2024, 1, 15), 3)


@pytest.mark.parametrize(
    ("lines", "cause"),
    [(["site,person_id", "RXX01,a"], "a column of the roster is missing"),
     ([HEAD], "the roster holds nobody"), ([], "the roster holds nobody")],
)  # fmt: skip
def test_a_file_that_is_no_roster_is_refused(tmp_path: Path, lines: list[str], cause: str) -> None:
    with pytest.raises(InputNotUsable, match=cause):
        read_roster(written(tmp_path, *lines))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(b"site,person_id,start_date\n\xff\xfe,a,2024-01-01\n")
    with pytest.raises(InputNotUsable, match="the roster cannot be read"):
        read_roster(path)
    with pytest.raises(InputNotUsable, match="the roster cannot be read"):
        read_roster(tmp_path / "not there.csv")


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        # list | offer | consent | start | step down | return | death | moved
        ("2024-02-01 | 2024-01-05 | | | | | |",
         "column offer_date: the offer lies before the list"),
        ("2024-02-01 | 2024-02-05 | Y | 2024-01-31 | | | |",
         "column start_date: support starts before the listing"),
        ("2024-02-01 | 2024-02-05 | Y | 2024-02-04 | | | |",
         "column start_date: support starts before the offer"),
        ("2024-02-01 | 2024-02-05 | N | 2024-02-10 | | | |",
         "column consent: N, and yet support started"),
        ("2024-02-01 | 2024-02-05 | Y | 2024-02-10 | | | 2024-02-09 |",
         "column start_date: the start lies after the death"),
        ("2024-02-01 | 2024-02-05 | Y | 2024-02-10 | | | | 2024-02-09",
         "column moved_date: the move lies before the start"),
        ("2024-02-01 | 2024-02-05 | Y | 2024-02-10 | 2024-02-09 | | |",
         "column step_down_date: support ends before it starts"),
        ("2024-02-01 | 2024-02-05 | Y | | 2024-02-09 | | |",
         "column step_down_date: support ends that never started"),
        ("2024-02-01 | 2024-02-05 | Y | 2024-02-10 | | 2024-03-01 | |",
         "column return_date: a return without an end"),
        ("2024-02-01 | 2024-02-05 | Y | 2024-02-10 | 2024-03-02 | 2024-03-01 | |",
         "column return_date: the return lies before the end"),
        ("2024-02-01 | 05/02/2024 | Y | 2024-02-10 | | | |",
         "column offer_date: not a date as YYYY-MM-DD"),
        ("2024-02-01 | 2024-02-30 | Y | 2024-03-10 | | | |",
         "column offer_date: not a date as YYYY-MM-DD"),
        ("2024-02-01 | 2024-02-05 | maybe | 2024-02-10 | | | |",
         "column consent: neither Y nor N"),
    ],
)  # fmt: skip
def test_dates_in_disorder_are_told_by_row_and_column(row: str, finding: str) -> None:
    (said,) = told(row)
    assert said.startswith(f"Row 2, {finding}")
    assert "secret" not in said
    assert not re.search(r"\d{4}-\d\d|\d\d/", said)


@pytest.mark.parametrize(
    "row",
    ["2024-02-01 | 2024-02-01 | Y | 2024-02-01 | 2024-02-01 | 2024-02-01 | 2024-02-01 | 2024-02-01",
     "| | | | | | |", "2024-02-01 | 2024-02-01 | N | | | | |"],
)  # fmt: skip
def test_one_day_for_everything_and_nothing_at_all_are_in_order(row: str) -> None:
    assert told(row) == ()


def test_what_cannot_have_happened_is_not_used() -> None:
    (row,) = roster_of([{
        "site": "RXX01", "person_id": "a", "start_date": "2024-02-10", "death_date": "2024-02-01",
        "step_down_date": "2024-03-01", "return_date": "2024-04-01",
    }]).rows  # fmt: skip
    assert (row.start_date, row.step_down_date, row.return_date) == (None, None, None)
    assert row.death_date == date(2024, 2, 1)


def test_rows_without_a_usable_person_or_site_are_left_out() -> None:
    rows = [{"site": "RXX01", "person_id": "9.99E+09", "start_date": ""},
            {"site": "RXX01", "person_id": "NULL", "start_date": ""},
            {"site": "", "person_id": "a", "start_date": ""},
            {"site": "RXX01", "person_id": "a", "start_date": ""}]  # fmt: skip
    roster = roster_of(rows)
    assert [row.number for row in roster.rows] == [5]
    assert [said.split(":")[0] for said in roster.findings] == [
        "Row 1, column offer_date", "Row 1, column consent", "Row 2, column person_id",
        "Row 3, column person_id", "Row 4, column site",
    ]  # fmt: skip


def test_a_repeated_row_counts_once_and_many_rows_are_named_few_times() -> None:
    row = {"site": "RXX01", "person_id": "a", "offer_date": "", "consent": "",
           "start_date": "2024-01-15"}  # fmt: skip
    roster = roster_of([row] * 11)
    assert len(roster.rows) == 1
    (said,) = roster.findings
    assert said.startswith("Rows 3, 4, 5, 6, 7, 8, 9, 10 and 2 more, column person_id: the same")


def test_support_that_starts_again_is_told_only_where_it_overlaps() -> None:
    def findings(*spells: tuple[str, str]) -> int:
        rows = [{"site": "RXX01", "person_id": "a", "offer_date": "", "consent": "",
                 "start_date": start, "step_down_date": end} for start, end in spells]  # fmt: skip
        return len(roster_of(rows).findings)

    assert findings(("2024-01-15", "2024-02-01"), ("2024-02-01", "")) == 0
    assert findings(("2024-01-15", "2024-02-02"), ("2024-02-01", "")) == 1
    assert findings(("2024-01-15", ""), ("2024-02-01", "")) == 1


@pytest.mark.parametrize("day", ["1924-01-15", "0224-01-15", "1989-12-31"])
def test_a_date_from_before_1990_cannot_be_right(day: str) -> None:
    (said,) = told(f"2024-01-01 | | | {day} | | | |")
    assert said == "Row 2, column start_date: cannot be right: taken as empty."


def test_each_row_has_its_own_line_of_what_is_wrong() -> None:
    row = {"site": "RXX01", "person_id": "a", "offer_date": "", "consent": "",
           "start_date": "15/01/2024"}  # fmt: skip
    faults = roster_of([{**row, "person_id": f"p{number}"} for number in range(11)]).faults
    assert [fault.row for fault in faults] == list(range(2, 13))
    assert {fault[1:] for fault in faults} == {
        ("start_date", "not a date as YYYY-MM-DD: taken as empty.")
    }


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((HEAD + ",Site", "RXX01,a,,,,,2024-01-15,,X"), "column site: a column stands twice"),
        ((HEAD.replace(",", ";"), "RXX01;a;;;;;2024-01-15;"), "have a semicolon between them"),
        ((HEAD, "RXX01,a,,,,,2024-01-15,", "RXX01,b,,,,,," + "x" * 140_000), "row 3: a cell"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_and_where(
    tmp_path: Path, lines: tuple[str, ...], words: str
) -> None:
    with pytest.raises(InputNotUsable) as raised:
        read_roster(written(tmp_path, *lines))
    assert words in str(raised.value)


def test_the_reference_page_has_every_column_in_order() -> None:
    named = re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    columns = [*ROSTER_COLUMNS, *ROSTER_OPTIONAL_COLUMNS]
    assert named[: len(columns)] == columns
