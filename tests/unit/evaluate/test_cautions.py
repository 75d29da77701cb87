"""What a reader is told of the data before any figure: each sentence where it belongs, and none
where it does not.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from openhiu.engines import Engine
from openhiu.evaluate import cautions
from openhiu.evaluate.coverage import Span, coverage
from openhiu.evaluate.months import first_of, month_number
from openhiu.evaluate.rows import day_number
from openhiu.evaluate.sites import SiteMonth, SitePlan
from support.evaluating import prepared

MOMENT = datetime(2024, 1, 1)
JANUARY_2021 = 2021 * 12 + 1


def plan(
    *, start: str = "2024-01-15", cut: str = "2025-01-01", first: str = "2021-01-01",
    share: dict[int, float] | None = None, same_day: dict[int, int] | None = None,
    without: tuple[int, ...] = (),
) -> SitePlan:  # fmt: skip
    """48 months of 1,000 attendances; in `share` others than all are of counted departments."""
    sent = []
    for number in range(48):
        if number in without:
            continue
        of_departments = int(1000 * (share or {}).get(number, 0.8))
        sent.append(SiteMonth(JANUARY_2021 + number, 1000, of_departments, of_departments,
                              (same_day or {}).get(number, 0), MOMENT, MOMENT))  # fmt: skip
    return SitePlan("A", date.fromisoformat(start), date.fromisoformat(first),
                    date.fromisoformat(cut), tuple(sent))  # fmt: skip


def test_a_steady_site_with_long_history_needs_no_words() -> None:
    assert cautions.of_history(plan(), "Ash") == []
    assert cautions.of_months(plan(), "Ash") == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"start": "2022-12-15"}, "Ash has 23 months of data before the service started"),
     ({"start": "2021-01-01"}, "The service started at Ash before the data begin"),
     ({"start": "2024-01-15", "cut": "2028-01-16"}, "more than 4 years before the cut")],
)  # fmt: skip
def test_history_that_is_short_absent_or_old_is_told(changes: dict[str, str], said: str) -> None:
    (told,) = cautions.of_history(plan(**changes), "Ash")  # type: ignore[arg-type]
    assert said in told


def test_two_years_of_history_or_four_years_of_service_are_enough() -> None:
    assert cautions.of_history(plan(start="2023-01-31"), "Ash") == []
    assert cautions.of_history(plan(start="2024-01-15", cut="2028-01-14"), "Ash") == []


def test_same_day_care_that_begins_within_the_data_is_told_with_its_month() -> None:
    # 11 of 1,000 is more than one in a hundred; month 30 is July 2023.
    (told,) = cautions.of_months(plan(same_day=dict.fromkeys(range(30, 48), 11)), "Ash")
    assert "department type 05" in told
    assert "in July 2023" in told
    assert cautions.of_months(plan(same_day=dict.fromkeys(range(30, 48), 10)), "Ash") == []
    assert cautions.of_months(plan(same_day=dict.fromkeys(range(48), 11)), "Ash") == []


def test_a_step_in_the_share_of_counted_departments_is_told_with_its_month() -> None:
    # From 80 to 59 in a hundred with January 2023: 21 points.
    (told,) = cautions.of_months(plan(share=dict.fromkeys(range(24, 48), 0.59)), "Ash")
    assert "changed around January 2023" in told
    assert cautions.of_months(plan(share=dict.fromkeys(range(24, 48), 0.61)), "Ash") == []


def test_months_without_anything_are_told() -> None:
    (told,) = cautions.of_months(plan(without=(5, 6)), "Ash")
    assert told.startswith("Ash sent nothing for June 2021 and July 2021")


def stays(without_a_night: list[int]) -> list[dict[str, Any]]:
    return [{"site_code": "A", "month_no": JANUARY_2021 + number, "stays": 100,
             "without_a_night": count} for number, count in enumerate(without_a_night)]  # fmt: skip


def test_stays_without_a_night_that_vanish_are_told() -> None:
    # From 40 a month to 23 with July 2021: 69 of 120 is below six tenths.
    (told,) = cautions.of_admissions(stays([40] * 6 + [23] * 6), [plan()])
    assert "around July 2021" in told
    assert cautions.of_admissions(stays([40] * 6 + [25] * 6), [plan()]) == []
    # Small hospitals jump about: fewer than 20 a month say nothing.
    assert cautions.of_admissions(stays([19] * 6 + [2] * 6), [plan()]) == []


def test_months_after_the_cut_say_nothing() -> None:
    short = plan(cut="2021-07-01")
    assert cautions.of_admissions(stays([40] * 6 + [0] * 6), [short]) == []


FULL = Span("admissions", datetime(2021, 1, 2), datetime(2024, 12, 30), 5000)


def test_a_dataset_that_reaches_from_end_to_end_is_counted() -> None:
    covered = coverage([FULL], [plan()])
    assert (covered.absent, covered.since, covered.told) == ((), {}, ())


def test_a_dataset_that_ends_early_is_not_evaluated() -> None:
    ends = Span("ambulance", datetime(2021, 1, 2), datetime(2024, 9, 30), 5000)
    covered = coverage([ends], [plan()])
    assert covered.absent == ("ambulance_calls", "conveyances")
    assert covered.told[0].startswith("The data of ambulance call-outs end on 30 September 2024")


def test_a_dataset_that_begins_late_is_known_from_then_on() -> None:
    late = Span("calls_111", datetime(2022, 6, 1), datetime(2024, 12, 30), 5000)
    covered = coverage([late], [plan()])
    assert covered.absent == ()
    assert covered.since == {"calls_111": day_number(date(2022, 6, 1))}


def test_a_dataset_that_is_not_there_or_too_small_to_judge() -> None:
    assert coverage([Span("admissions", None, None, 0)], [plan()]).absent == (
        "emergency_admissions", "bed_days")  # fmt: skip
    few = Span("admissions", datetime(2023, 1, 2), datetime(2023, 12, 30), 99)
    assert coverage([few], [plan()]).absent == ()


def test_counts_before_the_data_begin_are_not_known(duckdb_engine: Engine) -> None:
    # 120 calls to 111, two a day from 1 March 2024 to 29 April: the first span of the January list
    # (from 1 January) begins before them, the second (31 March) after.
    days = [date.fromordinal(date(2024, 3, 1).toordinal() + number // 2) for number in range(120)]
    lines = [f"ann | {day} {9 + number % 2}:00:00" for number, day in enumerate(days)]
    drawn = "\n".join(
        ["person_id | call_datetime", *(line.replace(" 9:", " 09:") for line in lines)]
    )
    made = prepared(duckdb_engine, """
        person | site  | days
        ann    | RXX01 | 2023-12-02, 2023-12-03
    """, cut="2024-05-01", service_start="2024-04-01", calls_111=drawn)  # fmt: skip
    rows = made.sites[0]
    first = rows.outcomes["calls_111"][0]
    assert np.isnan(first[0])
    assert first[1] == 60  # 31 March to 29 April: 30 days
    assert np.isnan(rows.before["calls_111"][0]).all()
    assert not np.isnan(rows.outcomes["attendances"]).any()


def test_a_service_of_one_without_follow_up_or_comparison_says_so(duckdb_engine: Engine) -> None:
    made = prepared(duckdb_engine, """
        person | site  | days
        ann    | RXX01 | 2025-11-02, 2025-11-03
    """, "site | person_id | start_date\nRXX01 | ann | 2025-12-10")  # fmt: skip
    said = " ".join(made.warnings)
    assert "Nobody at RXX01 has been followed for three months yet." in said
    assert "there is nobody to compare with" in said
    later = prepared(duckdb_engine, """
        person | site  | days
        ann    | RXX01 | 2025-01-02, 2025-01-03
    """, "site | person_id | start_date\nRXX01 | ann | 2025-02-10")  # fmt: skip
    assert "RXX01 has fewer than 8 clients on the lists" in " ".join(later.warnings)


def test_people_whom_no_estimate_can_use_are_told_without_small_numbers(
    duckdb_engine: Engine,
) -> None:
    made = prepared(duckdb_engine, """
        person | site  | days
        ann    | RXX01 | 2024-01-02, 2024-01-03
        bo     | RXX01 | 2024-01-02
        cy     | RXX02 | 2024-01-02
    """, """
        site  | person_id | start_date
        RXX01 | ann       | 2024-02-10
        RXX02 | ann       | 2024-04-10
        RXX01 | bo        | 2024-02-10
        RXX01 | cy        | 2024-09-10
        RXX01 | who       | 2024-02-10
    """, service_start="2024-02-15", cut="2024-07-01")  # fmt: skip
    said = " ".join(made.warnings)
    assert "Fewer than 8 people started support in a month in which they were on no rebuilt" in said
    assert "Fewer than 8 people started support after the data end." in said
    assert "Fewer than 8 people are on the roster of more than one site" in said
    assert "Fewer than 8 people started support before the stated start of the service" in said
    assert made.findings[-1] == (
        "Row 6, column person_id: nobody of this identifier is in the store: counted on the roster "
        "and left out of every figure."
    )
    cohort = made.cohort
    assert (cohort.on_roster, cohort.not_in_store, cohort.started) == (4, 1, 3)
    assert (cohort.on_list, cohort.off_list, cohort.restarts) == (1, 1, 1)
    assert {site: part.started for site, part in cohort.by_site.items()} == {"RXX01": 3, "RXX02": 0}


def test_a_social_flag_has_to_be_known_of_everybody() -> None:
    ten = np.array([0.0, 1, 0, 0, 0, 0, 0, 0, 0, np.nan])
    assert cautions.of_flags(ten, given=True) == []
    (said,) = cautions.of_flags(ten[1:], given=True)
    assert said.startswith("The social flag is not known for 11% of the entries on the lists")
    assert cautions.of_flags(ten[1:], given=False) == []
    assert cautions.of_flags(np.zeros(0), given=True) == []


def test_the_month_words_are_of_the_month() -> None:
    assert first_of(month_number(date(2023, 7, 15))) == date(2023, 7, 1)


def test_where_no_attendance_says_how_the_person_came_arrivals_by_ambulance_are_absent() -> None:
    covered = coverage([FULL], [plan()], modes=False)
    assert covered.absent == ("ambulance_arrivals",)
    assert "not evaluated" in covered.told[-1]
