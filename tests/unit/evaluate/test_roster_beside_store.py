"""The roster beside the store: hospitals that nobody sent and dates from long before the data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from openhiu.evaluate import make
from openhiu.evaluate.findings import Findings
from openhiu.evaluate.roster import RosterRow
from openhiu.evaluate.roster_places import beside_store
from openhiu.evaluate.service import Service
from openhiu.evaluate.sites import SiteMonth
from openhiu.locality import Locality
from support.evaluating import prepared

# Data from January 2022: the first list is that of January 2023.
MONTHS = (SiteMonth(2022 * 12 + 1, 9, 9, 9, 0, datetime(2022, 1, 1), datetime(2022, 1, 31)),)
SENT = {"RXX01": MONTHS}


def read(row: RosterRow, start: date | None = None) -> tuple[RosterRow, list[tuple[int, str, str]]]:
    findings = Findings()
    service = Service(service_start={"": start} if start else {})
    (kept,) = beside_store([row], SENT, service, findings)
    return kept, [tuple(fault) for fault in findings.faults()]  # type: ignore[misc]


def test_a_hospital_that_is_not_in_the_store_is_told_by_row() -> None:
    _, told = read(RosterRow(7, "WRONG", "a"))
    assert told == [
        (7, "site", "no hospital of this code is in the store: the row is in no estimate.")
    ]


def test_a_code_that_differs_in_case_and_spaces_is_told_as_the_store_has_it() -> None:
    _, ((row, column, finding),) = read(RosterRow(3, "rxx 01", "a"))
    assert (row, column) == (3, "site")
    assert finding.endswith("Write RXX01, as the store has it.")


def test_dates_two_years_before_service_and_first_list_cannot_be_right() -> None:
    early = RosterRow(2, "RXX01", "a", list_date=date(2020, 12, 1), start_date=date(2021, 1, 1))
    kept, told = read(early)
    assert told == [(2, "list_date", "cannot be right: taken as empty.")]
    assert (kept.list_date, kept.start_date) == (None, date(2021, 1, 1))


def test_a_service_older_than_the_data_has_older_dates() -> None:
    row = RosterRow(2, "RXX01", "a", start_date=date(2016, 5, 1))
    assert read(row, start=date(2018, 4, 1))[1] == []
    assert len(read(row)[1]) == 1


CAME = """
    person | site  | days
    ann    | RXX01 | 2024-01-02
"""


def test_where_nothing_was_evaluated_nothing_is_said_of_other_outcomes(duckdb_engine: Any) -> None:
    found = prepared(duckdb_engine, CAME, """
        site  | person_id | start_date
        WRONG | ann       | 2024-02-10
    """)  # fmt: skip
    assert found.findings[-1].startswith("Row 2, column site: no hospital of this code")
    result = make.evaluate(found, locality=Locality(), as_of=date(2026, 1, 1))
    assert result["windows"] == {}
    assert "outcome" not in " ".join(result["cohort"]["sentences"])


def test_unreadable_dates_are_not_told_as_people_on_no_list(duckdb_engine: Any) -> None:
    found = prepared(duckdb_engine, CAME, """
        site  | person_id | start_date
        RXX01 | ann       | 10/02/2024
    """, service_start="2024-01-01")  # fmt: skip
    assert "was on a list of that month" not in " ".join(found.warnings)
    assert [fault.row for fault in found.faults if fault.column == "start_date"] == [2]
