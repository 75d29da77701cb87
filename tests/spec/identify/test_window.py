"""Which attendances lie in the window: `[as-of less 3 calendar months, as-of)`."""

from __future__ import annotations

from openhiu.engines import Engine
from support.drawn import expected
from support.listing import criteria, make_list, people, places, top


def test_the_first_day_counts_and_the_as_of_day_does_not(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        early     | RXX01     | 2025-12-31 23:59:59
        first     | RXX01     | 2026-01-01 00:00:00
        last      | RXX01     | 2026-03-31 23:59:59.999999
        too late  | RXX01     | 2026-04-01 00:00:00
    """
    listed = make_list(engine, attendances, criteria(top(50)), "2026-04-01")
    assert people(listed) == ["last", "first"]


def test_three_months_before_31_may_is_the_last_day_of_february(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        before    | RXX01     | 2026-02-27 23:59:59
        first     | RXX01     | 2026-02-28 00:00:00
    """
    listed = make_list(engine, attendances, criteria(top(50)), "2026-05-31")
    assert people(listed) == ["first"]


def test_in_a_leap_year_it_is_29_february(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        before    | RXX01     | 2024-02-28 23:59:59
        first     | RXX01     | 2024-02-29 00:00:00
    """
    listed = make_list(engine, attendances, criteria(top(50)), "2024-05-31")
    assert people(listed) == ["first"]


def test_both_clock_change_hours_are_counted_as_recorded(engine: Engine) -> None:
    # 25 October 2026 01:30 happens twice; 29 March 2026 01:30 does not exist but is recorded.
    attendances = """
        person_id | site_code | arrival_datetime
        autumn    | RXX01     | 2026-10-25 00:59:00
        autumn    | RXX01     | 2026-10-25 01:30:00
        autumn    | RXX01     | 2026-10-25 02:10:00
        other     | RXX01     | 2026-10-25 01:30:00
    """
    listed = make_list(engine, attendances, criteria(top(50)), "2026-11-01")
    assert places(listed) == expected("""
        list_id | rank | person_id | attendances
        RXX01   | 1    | autumn    | 3
        RXX01   | 2    | other     | 1
    """)
    spring = """
        person_id | site_code | arrival_datetime
        spring    | RXX01     | 2026-03-29 01:30:00
        spring    | RXX01     | 2026-03-29 02:30:00
    """
    listed = make_list(engine, spring, criteria(top(50)), "2026-04-01")
    assert places(listed, "person_id", "attendances") == [("spring", "2")]


def test_the_12_months_are_counted_beside_the_window(engine: Engine) -> None:
    attendances = """
        person_id | site_code | arrival_datetime
        A         | RXX01     | 2025-03-31 12:00:00
        A         | RXX01     | 2025-04-01 00:00:00
        A         | RXX01     | 2025-12-31 12:00:00
        A         | RXX01     | 2026-02-01 12:00:00
    """
    listed = make_list(engine, attendances, criteria(top(50)), "2026-04-01")
    assert places(listed, "person_id", "attendances", "attendances_12m") == [("A", "1", "3")]
