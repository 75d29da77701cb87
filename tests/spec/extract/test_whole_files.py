"""Files that are refused as a whole, and files that have to wait for a person."""

from __future__ import annotations

from datetime import datetime

import pytest

from openhiu.errors import ExitCode, InputNotUsable
from openhiu.extract.findings import Findings
from openhiu.extract.hold import hold_reasons
from support.extracting import batch, check


def _people(*people: str | None) -> None:
    given = {
        "NHS NUMBER": list(people),
        "SITE CODE (OF TREATMENT)": ["RXX01"] * len(people),
        "EMERGENCY CARE ARRIVAL DATE": ["2026-03-01"] * len(people),
        "EMERGENCY CARE ARRIVAL TIME": ["10:00"] * len(people),
    }
    check(batch(given), "cds-6-2-3")


@pytest.mark.parametrize("nobody", [None, "NULL", "0"])
def test_a_file_that_identifies_nobody_is_refused(nobody: str | None) -> None:
    with pytest.raises(InputNotUsable, match="nobody is identified") as refusal:
        _people(nobody, nobody)
    assert refusal.value.exit_code is ExitCode.INPUT_NOT_USABLE
    assert refusal.value.column == "NHS NUMBER"


def test_a_file_whose_numbers_a_spreadsheet_damaged_is_refused_without_showing_one() -> None:
    with pytest.raises(InputNotUsable, match="scientific notation") as refusal:
        _people(*["9.99E+09"] * 12)
    assert "9.99" not in refusal.value.sentence + refusal.value.remedy


def _found(months: dict[str, int], rejected: int = 0, last_day: int = 30) -> Findings:
    first, last = min(months), max(months)
    rows = sum(months.values())
    return Findings(
        dataset="attendances", dialect="canonical", rows=rows + rejected, accepted=rows,
        rejected=rejected, months=months, first=datetime.fromisoformat(f"{first}-01"),
        last=datetime.fromisoformat(f"{last}-{last_day}"),
    )  # fmt: skip


SIX_BEFORE = {"2025-12": 90, "2026-01": 95, "2026-02": 100, "2026-03": 100, "2026-04": 105,
              "2026-05": 900}  # fmt: skip  # the median of these is 100


@pytest.mark.parametrize(("rejected", "held"), [(20, False), (21, True)])
def test_more_than_two_in_a_hundred_rejected_rows_hold_the_file(rejected: int, held: bool) -> None:
    findings = _found({"2026-06": 1000 - rejected}, rejected)  # 1000 rows in all
    reasons = hold_reasons(findings, {})
    assert bool(reasons) is held
    assert reasons == (["21 of 1000 rows were rejected (2.1%; at most 2% may be)"] if held else [])


@pytest.mark.parametrize(
    ("rows", "held"), [(70, False), (69, True), (130, False), (131, True), (0, True)]
)
def test_a_month_more_than_thirty_percent_off_the_median_before_holds_the_file(
    rows: int, held: bool
) -> None:
    assert bool(hold_reasons(_found({"2026-06": rows}), SIX_BEFORE)) is held


def test_the_reason_says_which_month_and_what_was_usual() -> None:
    [reason] = hold_reasons(_found({"2026-06": 60}), SIX_BEFORE)
    assert reason.startswith("2026-06 has 60 rows, 40% below the 100 that were usual")


def test_a_month_is_not_compared_where_fewer_than_six_before_it_are_known() -> None:
    five = {month: rows for month, rows in SIX_BEFORE.items() if month != "2025-12"}
    assert hold_reasons(_found({"2026-06": 1}), five) == []


def test_a_month_missing_inside_a_file_has_no_rows_and_is_compared() -> None:
    # Six months of 100, then nothing in June, then 100 in July; July is compared with 100, 100,
    # 100, 100, 100 and 0, whose median is 100.
    months = {f"2025-{month:02d}": 100 for month in (12,)}
    months |= {f"2026-{month:02d}": 100 for month in (1, 2, 3, 4, 5, 7)}
    [reason] = hold_reasons(_found(months), {})
    assert reason.startswith("2026-06 has 0 rows, 100% below the 100 that were usual")
    # What the store has of it counts.
    assert hold_reasons(_found(months), {"2026-06": 90}) == []


def test_months_without_a_row_between_two_corrections_are_not_unusual() -> None:
    # Nothing is usual where the six months before had nothing.
    assert hold_reasons(_found({"2025-01": 1, "2025-10": 1, "2026-05": 1}), {}) == []


def test_a_month_that_the_file_covers_in_part_is_not_compared() -> None:
    assert hold_reasons(_found({"2026-06": 1}, last_day=29), SIX_BEFORE) == []
    # The months before the last one are whole, and the file itself is the history of the last.
    both = _found({"2026-05": 20, "2026-06": 100}, last_day=15)
    history = {"2025-11": 100, "2025-12": 100, "2026-01": 100, "2026-02": 100, "2026-03": 100,
               "2026-04": 100}  # fmt: skip
    assert [reason[:7] for reason in hold_reasons(both, history)] == ["2026-05"]
