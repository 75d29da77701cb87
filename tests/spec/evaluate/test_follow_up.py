"""What happened to people after a list: windows, what is at risk, and what is counted in them."""

from __future__ import annotations

from datetime import date

import pytest

from openhiu.engines import Engine
from openhiu.evaluate.rows import day_number, day_of
from support.drawn import drawn
from support.evaluating import SITE, numbers, prepared, row_of, who

# Ann is listed on 1 January 2024 for her two visits of December and starts on 15 January.
ANN = "site | person_id | list_date | start_date\nRXX01 | ann | 2024-01-01 | 2024-01-15"
HEAD = "person | site | days\nann | RXX01 | 2023-12-02, 2023-12-03"


def test_the_first_day_is_in_the_first_span_and_the_ninety_first_in_the_second(
    engine: Engine,
) -> None:
    # From 15 January 2024: day 89 is 13 April (17 + 29 + 31 + 12 = 89), day 359 is 8 January 2025.
    made = prepared(engine, f"""
        {HEAD}
        ann | RXX01 | 2024-01-15 00:00:00, 2024-01-15 00:01:00
        ann | RXX01 | 2024-04-13 23:59:59, 2024-04-14 00:00:00
        ann | RXX01 | 2025-01-08, 2025-01-09
    """, ANN)  # fmt: skip
    rows, row = row_of(engine, made, "ann", "2024-01-01")
    assert rows.client[row]
    assert day_of(rows.index[row]) == date(2024, 1, 15)
    # Two visits of one day are two.
    assert numbers(rows.outcomes["attendances"][row]) == [3, 1, 0, 1]
    assert numbers(rows.exposure[row]) == [1, 1, 1, 1]
    assert rows.event_row.tolist() == [row] * 6


def test_history_is_counted_back_from_the_list_and_the_time_before_from_the_start(
    engine: Engine,
) -> None:
    # The list is of 1 March 2024, the start of 20 March. 30 days before the list: 31 January.
    # 90 days: 2 December. 180: 3 September. 365: 2 March 2023, for 2024 is a leap year.
    # 90 days before the start: 21 December (19 + 29 + 31 + 11). 360 days: 26 March 2023.
    made = prepared(engine, """
        person | site  | days
        ann    | RXX01 | 2024-02-29, 2024-01-31
        ann    | RXX01 | 2024-01-30, 2023-12-02
        ann    | RXX01 | 2023-12-01, 2023-09-03
        ann    | RXX01 | 2023-09-02, 2023-03-02
        ann    | RXX01 | 2023-03-01 23:59:59
        ann    | RXX01 | 2024-03-01, 2024-03-19
    """, """
        site  | person_id | list_date  | start_date
        RXX01 | ann       | 2024-03-01 | 2024-03-20
    """, data_from="2023-01-01")  # fmt: skip
    rows, row = row_of(engine, made, "ann", "2024-03-01")
    assert numbers(rows.history[row]) == [2, 2, 2, 2]
    # Calendar months: December to February hold 5, March to November 4 (1 March 2023 is in them).
    assert (rows.recent3[row], rows.earlier9[row]) == (5, 4)
    # 19 March, 1 March, 29 February, 31 and 30 January; then all but those of March 2023.
    assert numbers(rows.before["attendances"][row]) == [5, 9]


def test_nothing_is_at_risk_from_the_day_of_death_or_move_or_from_the_cut(engine: Engine) -> None:
    # Four people listed on 1 January 2024; only Ann is supported, from 15 January: the others
    # begin 14 days after the list as well.
    made = prepared(engine, f"""
        {HEAD}
        dee | RXX01 | 2023-12-02, 2023-12-03, 2024-01-20, 2024-02-29
        mo  | RXX01 | 2023-12-02, 2023-12-03, 2024-04-14, 2024-07-01
        kim | RXX01 | 2023-12-02, 2023-12-03, 2024-06-30, 2024-07-01
    """, ANN, cut="2024-07-01", people="""
        person_id | death_date | left_date  | birth_date
        ann       |            |            | 1970-01-01
        dee       | 2024-02-29 |            | 1970-01-01
        mo        |            | 2024-05-29 | 1970-01-01
        kim       |            |            | 1970-01-01
    """)  # fmt: skip
    # 45 of the first 90 days (17 + 28); the visit of the day of death is not counted.
    rows, dee = row_of(engine, made, "dee", "2024-01-01")
    assert numbers(rows.exposure[dee]) == [0.5, 0, 0, 0]
    assert numbers(rows.outcomes["attendances"][dee]) == [1, 0, 0, 0]
    # 14 April is day 90. From there to 29 May: 17 + 28 = 45 days.
    _, mo = row_of(engine, made, "mo", "2024-01-01")
    assert numbers(rows.exposure[mo]) == [1, 0.5, 0, 0]
    assert numbers(rows.outcomes["attendances"][mo]) == [0, 1, 0, 0]
    # The cut of 1 July is 78 days after 14 April.
    _, kim = row_of(engine, made, "kim", "2024-01-01")
    assert numbers(rows.exposure[kim]) == [1, round(78 / 90, 6), 0, 0]
    assert numbers(rows.outcomes["attendances"][kim]) == [0, 1, 0, 0]
    assert day_of(rows.end[kim]) == date(2024, 7, 1)


def test_a_comparison_row_begins_after_the_median_wait_of_the_clients(engine: Engine) -> None:
    # Three clients wait 2, 9 and 20 days: the others begin 9 days after their list. Whoever died
    # on or before that day was never followed.
    made = prepared(engine, """
        person | site  | days
        a      | RXX01 | 2023-12-02, 2023-12-03
        b      | RXX01 | 2023-12-02, 2023-12-03
        c      | RXX01 | 2023-12-02, 2023-12-03
        other  | RXX01 | 2023-12-02, 2023-12-03
        gone   | RXX01 | 2023-12-02, 2023-12-03
        going  | RXX01 | 2023-12-02, 2023-12-03
    """, """
        site  | person_id | list_date  | start_date | death_date
        RXX01 | a         | 2024-01-01 | 2024-01-03 |
        RXX01 | b         | 2024-01-01 | 2024-01-10 |
        RXX01 | c         | 2024-01-01 | 2024-01-21 |
        RXX01 | gone      | 2024-01-01 |            | 2024-01-10
        RXX01 | going     | 2024-01-01 |            | 2024-01-11
    """)  # fmt: skip
    assert sorted(set(who(engine))) == ["a", "b", "c", "going", "other"]
    rows, other = row_of(engine, made, "other", "2024-01-01")
    assert day_of(rows.index[other]) == date(2024, 1, 10)
    _, going = row_of(engine, made, "going", "2024-01-01")
    assert numbers(rows.exposure[going]) == [round(1 / 90, 6), 0, 0, 0]


def test_the_first_start_counts_and_a_return_changes_nothing(engine: Engine) -> None:
    made = prepared(engine, f"""
        {HEAD}
        ann | RXX01 | 2024-05-02, 2024-05-03
    """, """
        site  | person_id | list_date  | start_date | step_down_date | return_date
        RXX01 | ann       | 2024-01-01 | 2024-01-15 | 2024-03-01     | 2024-04-01
        RXX01 | ann       | 2024-06-01 | 2024-06-05 | 2024-05-01     |
        RXX01 | ann       | 2024-08-01 | 2024-08-05 | 2024-12-01     |
        RXX01 | ann       | 2024-11-01 | 2024-11-05 |                |
    """)  # fmt: skip
    assert who(engine) == ["ann"]
    assert made.sites[0].client.tolist() == [True]
    # The starts of June, August and November and the return of April come after the first.
    assert made.cohort.restarts == 4
    journey = next(journey for journey in made.journeys if journey.started)
    assert (journey.started, journey.stepped_back, journey.returned) == (
        date(2024, 1, 15), date(2024, 3, 1), date(2024, 4, 1))  # fmt: skip
    assert made.findings[2:] == (
        "Row 3, column step_down_date: support ends before it starts: the end is not used.",
        (
            "Rows 4, 5, column start_date: support starts again before the earlier support ended; "
            "the first start of all counts."
        ),
    )


def test_late_joiners_are_followed_as_far_as_the_data_go(engine: Engine) -> None:
    # Bo starts 61 days before the cut: in no window yet, but in the rows.
    made = prepared(engine, f"""
        {HEAD}
        bo  | RXX01 | 2025-10-02, 2025-10-03, 2025-11-03, 2025-12-31
    """, f"""
        {ANN}
        RXX01 | bo | 2025-11-01 | 2025-11-01
    """, as_of="2026-01-01")  # fmt: skip
    rows, row = row_of(engine, made, "bo", "2025-11-01")
    assert rows.client[row]
    assert numbers(rows.exposure[row]) == [round(61 / 90, 6), 0, 0, 0]
    assert numbers(rows.outcomes["attendances"][row]) == [2, 0, 0, 0]
    assert (made.cohort.on_list, made.cohort.reached_w3, made.cohort.reached_w12) == (2, 1, 1)
    days = [str(day_of(day)) for day in rows.event_day[rows.event_row == row]]
    assert days == ["2025-11-03", "2025-12-31"]


def test_a_person_of_two_sites_is_followed_wherever_they_come(engine: Engine) -> None:
    # Ann stands on the list of one hospital and comes to the other as well.
    made = prepared(engine, f"""
        {HEAD}
        ann | RXX02 | 2023-12-20, 2024-02-01 10:00:00
        ann | RXX01 | 2024-02-01 10:00:00
    """, ANN)  # fmt: skip
    rows, row = row_of(engine, made, "ann", "2024-01-01")
    # Two hospitals in one minute are two attendances; history counts the other hospital too.
    assert numbers(rows.outcomes["attendances"][row]) == [2, 0, 0, 0]
    assert numbers(rows.history[row]) == [3, 0, 0, 0]
    assert made.hospitals == ("RXX01", "RXX02")
    assert [site.site for site in made.sites] == [SITE]


def test_a_night_belongs_to_the_day_on_which_it_begins(engine: Engine) -> None:
    # Start 15 January; the second span begins on 14 April, the fourth ends before 9 January 2025.
    # Stay 1, 13 to 17 January: nights of 13 and 14 before, of 15 and 16 after the start.
    # Stay 2, 12 to 16 April: two nights in the first span, two in the second.
    # Stay 3, the same day; a planned stay; a transfer that goes on with stay 2 until 18 April and
    # overlaps it: two nights more, no new admission.
    made = prepared(engine, HEAD, ANN, admissions="""
        person_id | site_code | admission_datetime  | discharge_datetime  | admission_method
        ann       | RXX01     | 2024-01-13 23:50:00 | 2024-01-17 00:10:00 | 21
        ann       | RXX01     | 2024-04-12 10:00:00 | 2024-04-16 10:00:00 | 2A
        ann       | RXX02     | 2024-04-15 10:00:00 | 2024-04-18 10:00:00 | 2B
        ann       | RXX01     | 2024-04-20 01:00:00 | 2024-04-20 23:00:00 | 21
        ann       | RXX01     | 2024-05-01 01:00:00 | 2024-05-09 23:00:00 | 11
    """)  # fmt: skip
    rows, row = row_of(engine, made, "ann", "2024-01-01")
    assert numbers(rows.outcomes["bed_days"][row]) == [4, 4, 0, 0]
    assert numbers(rows.before["bed_days"][row]) == [2, 2]
    assert numbers(rows.outcomes["emergency_admissions"][row]) == [1, 1, 0, 0]
    assert numbers(rows.before["emergency_admissions"][row]) == [1, 1]


def test_a_stay_still_open_goes_on_to_the_cut_unless_it_is_a_year_old(engine: Engine) -> None:
    made = prepared(engine, f"""
        {HEAD}
        bo | RXX01 | 2023-12-02, 2023-12-03
    """, ANN, cut="2025-06-01", people="""
        person_id | death_date | birth_date
        ann       |            | 1970-01-01
        bo        | 2024-12-30 | 1970-01-01
    """, admissions="""
        person_id | site_code | admission_datetime  | discharge_datetime | admission_method | bed_days
        ann       | RXX01     | 2025-01-01 10:00:00 |                    | 21               |
        ann       | RXX01     | 2024-05-01 10:00:00 |                    | 21               |
        ann       | RXX01     | 2024-06-01 10:00:00 |                    | 21               | 5
        bo        | RXX01     | 2024-12-25 10:00:00 |                    | 21               |
    """)  # noqa: E501  # fmt: skip
    # Ann: the window ends before 9 January 2025, so 8 nights of the open stay; the stay of May is
    # without an end and a year old, that of June has its nights written down.
    rows, ann = row_of(engine, made, "ann", "2024-01-01")
    assert numbers(rows.outcomes["bed_days"][ann]) == [0, 5, 0, 8]
    # Bo died on 30 December: five nights, of 25 to 29 December.
    _, bo = row_of(engine, made, "bo", "2024-01-01")
    assert numbers(rows.outcomes["bed_days"][bo]) == [0, 0, 0, 5]


def test_call_outs_journeys_and_calls_to_111_are_counted_once_a_minute(engine: Engine) -> None:
    made = prepared(engine, f"""
        {HEAD}
        ann | RXX01 | 2024-02-01
    """, ANN, ambulance="""
        person_id | call_datetime       | conveyed_to
        ann       | 2024-02-01 09:00:00 |
        ann       | 2024-02-01 09:00:30 | ED
        ann       | 2024-02-02 09:00:00 |
        ann       | 2024-02-03 09:00:00 | ZZZZZ
        ann       | 2024-01-14 23:59:59 | ED
    """, calls_111="""
        person_id | call_datetime
        ann       | 2024-04-13 23:59:59
        ann       | 2024-04-14 00:00:00
        ann       | 2024-04-14 00:00:00
    """)  # fmt: skip
    rows, row = row_of(engine, made, "ann", "2024-01-01")
    assert numbers(rows.outcomes["ambulance_calls"][row]) == [3, 0, 0, 0]
    assert numbers(rows.outcomes["conveyances"][row]) == [1, 0, 0, 0]
    assert numbers(rows.before["conveyances"][row]) == [1, 1]
    assert numbers(rows.outcomes["calls_111"][row]) == [1, 1, 0, 0]
    assert made.absent == ("emergency_admissions", "bed_days", "ambulance_arrivals")


def test_arrivals_by_ambulance_are_attendances_of_their_own(engine: Engine) -> None:
    made = prepared(engine, drawn("""
        person_id | site_code | arrival_datetime    | department_type | arrival_mode
        ann       | RXX01     | 2023-12-02 10:00:00 | 01              |
        ann       | RXX01     | 2023-12-03 10:00:00 | 01              | 1048031000000100
        ann       | RXX01     | 2024-02-03 10:00:10 | 01              |
        ann       | RXX01     | 2024-02-03 10:00:50 | 01              | 1048031000000100
        ann       | RXX01     | 2024-02-04 10:00:00 | 01              | 1048071000000103
    """), ANN)  # fmt: skip
    rows, row = row_of(engine, made, "ann", "2024-01-01")
    assert numbers(rows.outcomes["attendances"][row]) == [2, 0, 0, 0]
    assert numbers(rows.outcomes["ambulance_arrivals"][row]) == [1, 0, 0, 0]
    assert numbers(rows.before["ambulance_arrivals"][row]) == [1, 1]


def test_what_is_known_of_people_is_known_on_the_list_date(engine: Engine) -> None:
    made = prepared(engine, """
        person | site  | days
        ann    | RXX01 | 2023-12-02, 2023-12-03
        bo     | RXX01 | 2023-12-02, 2023-12-03
        cy     | RXX01 | 2023-12-02, 2023-12-03
    """, f"""
        {ANN}
    """, people="""
        person_id | birth_date | sex
        ann       | 1959-01-01 | 2
        bo        | 1959-01-02 | 1
        cy        | 1943-12-31 |
    """, social_flag={"ann": True, "bo": False})  # fmt: skip
    rows, ann = row_of(engine, made, "ann", "2024-01-01")
    _, bo = row_of(engine, made, "bo", "2024-01-01")
    _, cy = row_of(engine, made, "cy", "2024-01-01")
    assert [rows.age[row] for row in (ann, bo, cy)] == [65, 64, 80]
    assert [bool(rows.female[row]) for row in (ann, bo, cy)] == [True, False, False]
    assert [bool(rows.flag[row]) for row in (ann, bo, cy)] == [True, False, False]
    assert rows.has_flag


@pytest.mark.parametrize(
    ("row", "said_no"),
    [("2024-01-01 | 2024-01-03 | N | ", True), ("2024-01-01 | 2024-01-03 | | ", True),
     ("2024-01-01 | | | ", False), ("2024-02-01 | 2024-02-03 | N | ", False),
     ("2024-01-01 | 2024-01-03 | N | 2024-12-03", False)],
)  # fmt: skip
def test_whoever_was_asked_at_a_list_and_never_started_is_marked(
    duckdb_engine: Engine, row: str, said_no: bool
) -> None:
    made = prepared(duckdb_engine, f"""
        {HEAD}
        bo | RXX01 | 2023-12-02, 2023-12-03
    """, f"""
        site  | person_id | list_date | offer_date | consent | start_date
        RXX01 | ann       | 2024-01-01 | 2024-01-01 | Y | 2024-01-15
        RXX01 | bo        | {row}
    """)  # fmt: skip
    rows, number = row_of(duckdb_engine, made, "bo", "2024-01-01")
    assert bool(rows.said_no[number]) is said_no


def test_day_numbers_count_from_1970() -> None:
    assert day_number(date(1970, 1, 1)) == 0
    assert day_number(date(2024, 2, 29)) == 19782  # 54 years, 13 leap days, 31 + 28 days
    assert day_of(19782) == date(2024, 2, 29)
