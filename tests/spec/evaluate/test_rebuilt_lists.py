"""Whom the monthly lists would have held, rebuilt: the rules of the live list, month by month."""

from __future__ import annotations

import pytest

from openhiu.engines import Engine
from openhiu.locality import Footprint, Locality
from support.drawn import drawn
from support.evaluating import listed, prepared, visits


def test_the_three_calendar_months_end_with_the_leap_day_and_begin_with_the_first(
    engine: Engine,
) -> None:
    # The list of 1 March 2024 counts 1 December to 29 February: 91 days.
    made = prepared(engine, """
        person | site  | days
        whole  | RXX01 | 2023-12-01 00:00:00, 2024-02-29 23:59:59.999999
        early  | RXX01 | 2023-11-30 23:59:59.999999, 2024-01-05
        late   | RXX01 | 2024-01-05, 2024-03-01 00:00:00
    """)  # fmt: skip
    assert listed(engine, "2024-03-01") == [("whole", 2, 2)]
    # A month later December is no longer counted: the first has February alone, late two.
    assert listed(engine, "2024-04-01") == [("late", 2, 2)]
    assert made.lists[0].list_date.isoformat() == "2024-01-01"


def test_february_is_shorter_in_other_years(engine: Engine) -> None:
    prepared(engine, """
        person | site  | days
        whole  | RXX01 | 2024-12-01, 2025-02-28 23:59:00
        after  | RXX01 | 2024-12-01, 2025-03-01 00:00:00
    """)  # fmt: skip
    assert listed(engine, "2025-03-01") == [("whole", 2, 2)]


def test_order_is_three_months_then_twelve_then_the_identifier_from_the_end(
    engine: Engine,
) -> None:
    prepared(engine, """
        person | site  | days
        busy   | RXX01 | 2024-01-02, 2024-01-03, 2024-01-04
        Year   | RXX01 | 2023-06-01, 2024-01-02, 2024-01-03
        a      | RXX01 | 2024-01-02, 2024-01-03
        B      | RXX01 | 2024-01-02, 2024-01-03
        b      | RXX01 | 2024-01-02, 2024-01-03
        once   | RXX01 | 2023-06-01, 2023-06-02, 2024-01-02
    """)  # fmt: skip
    # Lower case comes before upper case when sorted from the end, by byte.
    assert listed(engine, "2024-02-01") == [
        ("busy", 3, 3), ("Year", 2, 3), ("b", 2, 2), ("a", 2, 2), ("B", 2, 2),
    ]  # fmt: skip


def test_the_list_holds_as_many_as_were_commissioned(engine: Engine) -> None:
    made = prepared(engine, """
        person | site  | days
        a      | RXX01 | 2024-01-02, 2024-01-03, 2024-01-04
        b      | RXX01 | 2024-01-02, 2024-01-03
        c      | RXX01 | 2024-01-02, 2024-01-03
    """, list_size=2)  # fmt: skip
    assert listed(engine, "2024-02-01") == [("a", 3, 3), ("c", 2, 2)]
    # The total of the top two: 3 + 2.
    february = next(month for month in made.lists if month.list_date.isoformat() == "2024-02-01")
    assert (february.people, february.attendances) == (2, 5)


def test_only_attendances_of_the_live_list_count_and_a_minute_holds_one(engine: Engine) -> None:
    prepared(engine, drawn("""
        person_id | site_code | arrival_datetime    | department_type | attendance_category | discharge_status
        twice     | RXX01     | 2024-01-02 10:00:00 | 01              | 1                   |
        twice     | RXX01     | 2024-01-02 10:00:59 | 01              | 1                   |
        twice     | RXX01     | 2024-01-02 10:01:00 | 01              | 3                   |
        minor     | RXX01     | 2024-01-02 10:00:00 | 03              | 1                   |
        minor     | RXX01     | 2024-01-03 10:00:00 | 01              |                     |
        planned   | RXX01     | 2024-01-02 10:00:00 | 01              | 4                   |
        planned   | RXX01     | 2024-01-03 10:00:00 | 01              | 1                   |
        streamed  | RXX01     | 2024-01-02 10:00:00 | 01              | 1                   | 1077031000000103
        streamed  | RXX01     | 2024-01-03 10:00:00 | 01              | 1                   |
                  | RXX01     | 2024-01-03 10:00:00 | 01              | 1                   |
                  | RXX01     | 2024-01-04 10:00:00 | 01              | 1                   |
    """))  # noqa: E501  # fmt: skip
    assert listed(engine, "2024-02-01") == [("twice", 2, 2)]


def test_adults_only_and_the_birthday_on_the_list_date_counts(engine: Engine) -> None:
    prepared(engine, """
        person  | site  | days
        adult   | RXX01 | 2024-01-02, 2024-01-03
        nearly  | RXX01 | 2024-01-02, 2024-01-03
        leap    | RXX01 | 2026-01-02, 2026-01-03, 2026-02-03
        unknown | RXX01 | 2024-01-02, 2024-01-03
    """, as_of="2026-05-01", people="""
        person_id | birth_date
        adult     | 2006-02-01
        nearly    | 2006-02-02
        leap      | 2008-02-29
    """)  # fmt: skip
    # As on the live list, somebody whose age nobody recorded is left out.
    assert listed(engine, "2024-02-01") == [("adult", 2, 2)]
    # Born on 29 February 2008: eighteen on 1 March 2026, not on 1 February.
    assert listed(engine, "2026-02-01") == []
    assert listed(engine, "2026-03-01") == [("leap", 3, 3)]


def test_without_dates_of_birth_the_recorded_ages_decide(engine: Engine) -> None:
    attendances = drawn("""
        person_id | site_code | arrival_datetime    | department_type | age
        grown     | RXX01     | 2024-01-02 10:00:00 | 01              | 18
        grown     | RXX01     | 2024-01-03 10:00:00 | 01              |
        child     | RXX01     | 2024-01-02 10:00:00 | 01              | 17
        child     | RXX01     | 2024-01-03 10:00:00 | 01              | 17
        turning   | RXX01     | 2023-11-02 10:00:00 | 01              | 17
        turning   | RXX01     | 2024-01-03 10:00:00 | 01              | 18
    """)
    prepared(engine, attendances)
    # 17 in November and 18 in January: born in January 2006 at the latest.
    assert listed(engine, "2024-02-01") == [("turning", 2, 2), ("grown", 2, 2)]


def test_nobody_who_has_died_or_moved_by_the_list_date_is_on_it(engine: Engine) -> None:
    prepared(engine, """
        person  | site  | days
        here    | RXX01 | 2024-01-02, 2024-01-03
        died    | RXX01 | 2024-01-02, 2024-01-03
        dying   | RXX01 | 2024-01-02, 2024-01-03
        moved   | RXX01 | 2024-01-02, 2024-01-03
    """, people="""
        person_id | death_date | left_date  | birth_date
        here      |            |            | 1970-01-01
        died      | 2024-02-01 |            | 1970-01-01
        dying     | 2024-02-02 |            | 1970-01-01
        moved     |            | 2024-02-01 | 1970-01-01
    """)  # fmt: skip
    assert [person for person, *_ in listed(engine, "2024-02-01")] == ["here", "dying"]


def test_a_death_in_hospital_counts_unless_the_person_came_again(engine: Engine) -> None:
    attendances = drawn("""
        person_id | site_code | arrival_datetime    | department_type | discharge_destination
        gone      | RXX01     | 2024-01-02 10:00:00 | 01              |
        gone      | RXX01     | 2024-01-03 10:00:00 | 01              | 305398007
        back      | RXX01     | 2024-01-02 10:00:00 | 01              | 305398007
        back      | RXX01     | 2024-01-03 10:00:00 | 01              |
        stay      | RXX01     | 2024-01-02 10:00:00 | 01              |
        stay      | RXX01     | 2024-01-03 10:00:00 | 01              |
    """)
    prepared(engine, attendances, admissions="""
        person_id | site_code | admission_datetime  | discharge_datetime  | admission_method | discharge_method
        stay      | RXX01     | 2024-01-03 12:00:00 | 2024-01-20 12:00:00 | 21               | 4
    """)  # noqa: E501  # fmt: skip
    assert [person for person, *_ in listed(engine, "2024-02-01")] == ["back"]


def test_whoever_started_support_is_on_no_later_list_and_a_two_site_person_is_on_both(
    engine: Engine,
) -> None:
    prepared(engine, """
        person | site  | days
        ann    | RXX01 | 2024-01-02, 2024-01-03, 2024-02-02, 2024-03-02
        bo     | RXX01 | 2024-01-02, 2024-01-03, 2024-02-02
        bo     | RXX02 | 2024-01-05, 2024-01-06, 2024-01-07, 2024-02-02
    """, """
        site  | person_id | list_date  | offer_date | consent | start_date
        RXX01 | ann       | 2024-02-01 | 2024-02-03 | Y       | 2024-02-10
        RXX02 | bo        | 2024-02-01 | 2024-02-03 | Y       | 2024-03-01
    """)  # fmt: skip
    assert listed(engine, "2024-02-01") == [("bo", 2, 2), ("ann", 2, 2)]
    # Bo starts on the day of the March list, at the other hospital: still on both lists of March,
    # a client of one of them; on none from April.
    assert listed(engine, "2024-03-01") == [("bo", 3, 3)]
    assert listed(engine, "2024-03-01", "RXX02") == [("bo", 4, 4)]
    assert listed(engine, "2024-04-01") == listed(engine, "2024-04-01", "RXX02") == []
    roles = engine.run("select site_code, list_no, person_key, role from list_rows "
                       "where list_no >= 24290 order by list_no, site_code, place")  # fmt: skip
    assert [tuple(row.values()) for row in roles.to_pylist()] == [
        ("RXX01", 2024 * 12 + 2, "bo", "other"),
        ("RXX01", 2024 * 12 + 2, "ann", "client"),
        ("RXX02", 2024 * 12 + 2, "bo", "other"),
        ("RXX01", 2024 * 12 + 3, "bo", "elsewhere"),
        ("RXX02", 2024 * 12 + 3, "bo", "client"),
    ]


def test_one_person_under_two_keys_is_one_person(engine: Engine) -> None:
    made = prepared(engine, """
        person | site  | days
        old    | RXX01 | 2024-01-02, 2024-01-03
        new    | RXX01 | 2024-01-04
        other  | RXX01 | 2024-01-02, 2024-01-03
    """, """
        site  | person_id  | list_date  | start_date
        RXX01 | 9990000018 | 2024-02-01 | 2024-02-05
    """, people="""
        person_id | nhs_number | birth_date
        old       | 9990000018 | 1970-01-01
        new       | 9990000018 | 1970-01-01
        other     |            | 1970-01-01
    """)  # fmt: skip
    assert listed(engine, "2024-02-01") == [("new", 3, 3), ("other", 2, 2)]
    assert made.cohort.on_list == 1


def test_the_first_list_has_twelve_months_behind_it(engine: Engine) -> None:
    def first_list(data_from: str) -> str:
        made = prepared(engine, """
            person | site  | days
            ann    | RXX01 | 2023-11-20, 2023-12-03, 2024-01-02, 2024-02-02
        """, data_from=data_from)  # fmt: skip
        return str(made.lists[0].list_date)

    assert first_list("2023-01-01") == "2024-01-01"
    assert first_list("2023-01-02") == first_list("2023-02-01") == "2024-02-01"


@pytest.mark.parametrize(("lives", "listed_too"), [("E01000001", True), ("E01000002", False)])
def test_the_commissioned_area_is_kept_to(
    duckdb_engine: Engine, lives: str, listed_too: bool
) -> None:
    prepared(
        duckdb_engine,
        visits("person | site | days\nann | RXX01 | 2024-01-02, 2024-01-03\n"
               "bo | RXX01 | 2024-01-02, 2024-01-03, 2024-01-04"),
        people=f"person_id | lsoa | birth_date\nann | {lives} | 1970-01-01\nbo | | 1970-01-01",
        locality=Locality(footprint=Footprint(lsoas=frozenset({"E01000001"}))),
    )  # fmt: skip
    found = [person for person, *_ in listed(duckdb_engine, "2024-02-01")]
    # Bo has no address: kept, for nothing says that they are from elsewhere.
    assert found == (["bo", "ann"] if listed_too else ["bo"])
