"""Damaged files hold exactly the damage that `dirty-expected.csv` says, and no more."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import nhs_number
import pytest

from openhiu.synthetic import Trust, make_trust
from openhiu.synthetic.layout import ATTENDANCE_COLUMNS
from unit.synthetic.reading import read_rows

FAULTS = {
    "scientific notation": lambda cell: "E+" in cell,
    "decimal tail": lambda cell: cell.endswith(".0"),
    "nine digits": lambda cell: len(cell) == 9,
    "eleven digits": lambda cell: len(cell) == 11,
    "check digit": lambda cell: len(cell) == 10 and not nhs_number.is_valid(cell),
    "future date": lambda cell: cell == "01/01/2099",
    "sentinel date": lambda cell: cell == "01/01/1900",
    "no date": lambda cell: cell == "",
}


def dirty(made: Trust, name: str) -> Path:
    return next(path for path in made.dirty if path.name == name)


def expected(made: Trust, name: str) -> list[dict[str, str]]:
    assert made.expected is not None
    return [row for row in read_rows(made.expected) if row["file"] == name]


@pytest.fixture(scope="session")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    """6,000 people a year over three months: about 950 rows in the damaged month."""
    out = tmp_path_factory.mktemp("dirty")
    return make_trust(
        out, people=6_000, first=date(2024, 1, 1), last=date(2024, 4, 1), seed=5, dirty=True
    )


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("attendances-through-excel.csv", 0.005, 0.02), ("attendances-held.csv", 0.02, 0.10)],
)
def test_a_file_is_damaged_enough_to_be_held_or_little_enough_to_be_accepted(
    larger: Trust, name: str, least: float, most: float
) -> None:
    bad = [row for row in expected(larger, name) if row["fate"] == "rejected"]
    assert least < len(bad) / len(read_rows(dirty(larger, name))) < most


def test_each_damaged_cell_stands_where_it_is_said_to_stand(larger: Trust) -> None:
    name = "attendances-held.csv"
    rows, seen = read_rows(dirty(larger, name)), set()
    for told in expected(larger, name):
        cell = rows[int(told["row"]) - 2][told["column"]]
        if told["fault"] in FAULTS:
            assert FAULTS[told["fault"]](cell), told["fault"]
        seen.add(told["fault"])
    assert seen == {*FAULTS, "departure before arrival"}


def test_rows_not_spoken_of_are_sound(larger: Trust) -> None:
    name = "attendances-through-excel.csv"
    told = {int(row["row"]) for row in expected(larger, name)}
    for line, row in enumerate(read_rows(dirty(larger, name)), start=2):
        if line not in told and row["NHS NUMBER"]:
            assert nhs_number.is_valid(row["NHS NUMBER"])


def test_a_spreadsheet_ends_in_totals_and_drops_leading_zeros(larger: Trust) -> None:
    rows = read_rows(dirty(larger, "attendances-through-excel.csv"))
    assert rows[-1]["NHS NUMBER"] == "TOTAL"
    assert {row["EMERGENCY CARE DEPARTMENT TYPE"] for row in rows[:-1]} == {"1", "3", "5"}
    repeated = len(rows) - len({tuple(row.values()) for row in rows})
    told = expected(larger, "attendances-through-excel.csv")
    assert repeated == sum(row["fate"] == "duplicate" for row in told) > 0


def test_the_month_first_file_can_be_told_by_its_days(larger: Trust) -> None:
    rows = read_rows(dirty(larger, "attendances-month-first.csv"))
    seconds = {int(row["EMERGENCY CARE ARRIVAL DATE"].split("/")[1]) for row in rows}
    assert {row["EMERGENCY CARE ARRIVAL DATE"][:2] for row in rows} == {"02"}
    assert max(seconds) > 12


def test_corrections_are_later_versions_of_records_that_were_sent(larger: Trust) -> None:
    sent = {row["EMERGENCY CARE ATTENDANCE IDENTIFIER"]: row
            for path in larger.datasets["attendances"] for row in read_rows(path)}  # fmt: skip
    rows = read_rows(dirty(larger, "attendances-corrections.csv"))
    assert [row["CDS UPDATE TYPE"] for row in rows] == ["9"] * (len(rows) - 1) + ["1"]
    assert len(rows) > 5
    for row in rows:
        before = sent[row["EMERGENCY CARE ATTENDANCE IDENTIFIER"]]
        assert row["CDS EXTRACT DATE"] > before["CDS EXTRACT DATE"]
        assert row["NHS NUMBER"] == before["NHS NUMBER"]


def test_the_windows_file_has_accents_that_are_not_utf_8(larger: Trust) -> None:
    raw = dirty(larger, "people-cp1252.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    rows = list(csv.DictReader(raw.decode("cp1252").splitlines(), delimiter=";"))
    names = {row["nhs_number"]: row["name"] for row in read_rows(larger.datasets["people"][0])}
    assert rows and all(names[row["nhs_number"]] == row["name"] for row in rows)


def test_damaged_files_keep_the_layout(small: Trust) -> None:
    for path in small.dirty[:4]:
        with path.open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == list(ATTENDANCE_COLUMNS)
