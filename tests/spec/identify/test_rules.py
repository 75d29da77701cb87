"""The rules that list a person."""

from __future__ import annotations

from openhiu.engines import Engine
from support.drawn import expected
from support.listing import criteria, left_after, make_list, people, places, top


def visits(**days: list[str]) -> str:
    """A drawn table: each person with the days they came, at ten in the morning."""
    rows = [f"{who} | RXX01 | {day} 10:00:00" for who, list_of in days.items() for day in list_of]
    return "\n".join(["person_id | site_code | arrival_datetime", *rows])


def test_more_than_3_in_a_calendar_month_means_4(engine: Engine) -> None:
    attendances = visits(
        three=["2026-02-01", "2026-02-10", "2026-02-28"],
        four=["2026-02-01", "2026-02-10", "2026-02-20", "2026-02-28"],
        # Five visits, but never four in one month.
        spread=["2026-01-30", "2026-01-31", "2026-02-01", "2026-02-02", "2026-03-01"],
    )
    listed = make_list(engine, attendances, criteria({"kind": "month", "more_than": 3}))
    assert places(listed, "rank", "person_id", "max_in_month") == [("2", "four", "4")]


def test_any_30_days_in_a_row_is_a_rule_of_its_own(engine: Engine) -> None:
    attendances = visits(
        # 30 January to 28 February: the fourth day is the 30th, counted from the first.
        inside=["2026-01-30", "2026-02-01", "2026-02-02", "2026-02-28"],
        # 30 January to 1 March: the fourth day is the 31st.
        outside=["2026-01-30", "2026-02-01", "2026-02-02", "2026-03-01"],
    )
    rolling = {"kind": "month", "more_than": 3, "month": "rolling 30 days"}
    assert people(make_list(engine, attendances, criteria(rolling))) == ["inside"]


def test_a_yearly_rule_lists_people_who_were_quiet_in_the_window(engine: Engine) -> None:
    attendances = visits(
        quiet=["2025-05-01", "2025-06-01", "2025-07-01"],
        busy=["2026-03-01", "2026-03-02"],
        middle=["2025-08-01", "2026-01-01", "2026-02-01"],
    )
    listed = make_list(engine, attendances, criteria({"kind": "year", "at_least": 3}))
    columns = ("rank", "person_id", "attendances", "attendances_12m", "first_arrival")
    # "busy" is ranked between them although no rule lists them.
    assert places(listed, *columns) == expected("""
        rank | person_id | attendances | attendances_12m | first_arrival
        2    | middle    | 2           | 3               | 2026-01-01 10:00:00
        3    | quiet     | 0           | 3               | 2025-05-01 10:00:00
    """)


def test_a_minimum_count_in_the_window(engine: Engine) -> None:
    attendances = visits(
        two=["2026-01-01", "2026-02-01"], three=["2026-01-01", "2026-02-01", "2026-03-01"]
    )
    assert people(make_list(engine, attendances, criteria({"kind": "window", "at_least": 3}))) == [
        "three"
    ]


def test_tiers_have_both_ends_and_20_belongs_to_the_highest(engine: Engine) -> None:
    def days(count: int) -> list[str]:
        return [f"2025-{5 + day // 28:02}-{1 + day % 28:02}" for day in range(count)]

    attendances = visits(
        p4=days(4), p5=days(5), p10=days(10), p11=days(11), p19=days(19), p20=days(20)
    )
    wanted = criteria(
        {"kind": "band", "at_least": 5, "at_most": 10},
        {"kind": "band", "at_least": 11, "at_most": 19},
        {"kind": "band", "at_least": 20},
    )
    listed = make_list(engine, attendances, wanted)
    assert sorted(places(listed, "person_id", "rules")) == [
        ("p10", "5 to 10 in 12 months"),
        ("p11", "11 to 19 in 12 months"),
        ("p19", "11 to 19 in 12 months"),
        ("p20", "20 or more in 12 months"),
        ("p5", "5 to 10 in 12 months"),
    ]


def test_several_rules_are_all_named(engine: Engine) -> None:
    attendances = visits(A=["2026-02-01", "2026-02-02", "2026-02-03", "2026-02-04"])
    wanted = criteria(top(1), {"kind": "month", "more_than": 3}, {"kind": "year", "more_than": 3})
    assert places(make_list(engine, attendances, wanted), "rules") == [
        ("top 1; more than 3 in a calendar month; more than 3 in 12 months",)
    ]


def test_30_days_across_sites_count_each_attendance_once(engine: Engine) -> None:
    # Two attendances at the same minute at two sites are two, not four.
    attendances = """
        person_id | site_code | arrival_datetime
        A         | RXX01     | 2026-03-01 10:00:00
        A         | RXX02     | 2026-03-01 10:00:00
    """
    rolling = {"kind": "month", "at_least": 3, "month": "rolling 30 days"}
    assert people(make_list(engine, attendances, criteria(rolling))) == []


def test_a_long_window_does_not_lengthen_the_12_months(engine: Engine) -> None:
    attendances = visits(
        A=["2024-06-01", "2024-06-02", "2024-06-03", "2024-06-04", "2025-05-01"],
        B=["2025-06-01", "2025-06-02", "2025-06-03"],
    )
    wanted = criteria({"kind": "year", "at_least": 3}, window_months=24)
    listed = make_list(engine, attendances, wanted)
    columns = ("rank", "person_id", "attendances", "attendances_12m")
    assert places(listed, *columns) == [("2", "B", "3", "3")]


def test_the_flow_of_a_yearly_rule_looks_at_12_months(engine: Engine) -> None:
    attendances = visits(quiet=["2025-05-01", "2025-06-01", "2025-07-01"], busy=["2026-03-01"])
    listed = make_list(engine, attendances, criteria({"kind": "year", "at_least": 3}))
    walked = left_after(engine, listed)
    assert walked["arrived in the 12 months before the as-of date"] == (4, 2)
    assert walked["listed"] == (3, 1)
