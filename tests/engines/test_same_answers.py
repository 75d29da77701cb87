"""Small statements in the portable subset give the same rows on every engine."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest

from openhiu.engines import Engine
from support.engines import rows

# Who came where, and when. Hand-drawn: a tie to the microsecond's neighbour, both hours of a clock
# change, ids that differ in case only, keys that are missing.
VISITS = pa.table(
    {
        "person_id": ["b", "B", "a", "a", "a", None, "c", "c"],
        "site_code": ["S1", "S1", "S1", "S2", None, "S1", "S2", "S2"],
        "arrival_datetime": [
            datetime(2024, 3, 31, 1, 30),  # an hour that London's clocks skip
            datetime(2024, 3, 31, 1, 30),
            datetime(2024, 10, 27, 1, 30, 0, 1),  # an hour they show twice
            datetime(2024, 10, 27, 1, 30, 0, 2),
            datetime(2024, 10, 27, 23, 59, 59, 999999),
            datetime(2024, 1, 1),
            datetime(2024, 2, 29, 12),
            datetime(2024, 3, 1, 0, 0, 1),
        ],
        "birth_date": [date(2000, 2, 29), None, date(1950, 1, 1), date(1950, 1, 1), None, None,
                       date(1990, 6, 15), date(1990, 6, 15)],
        "admitted": [True, None, False, True, None, False, None, True],
        "age": pa.array([24, None, 74, 74, None, 30, 33, 33], pa.int32()),
    }
)  # fmt: skip


@pytest.fixture
def visits(engine: Engine) -> Engine:
    engine.register("visits", VISITS)
    return engine


def test_counting_leaves_null_keys_out_when_told_to(visits: Engine) -> None:
    counted = visits.run("""
        with known as (select * from visits where person_id is not null and site_code is not null)
        select person_id, count(*) as n, count(distinct site_code) as sites
        from known group by person_id order by n desc, person_id
    """)
    # upper case sorts before lower case, by byte
    assert rows(counted) == [("a", 2, 2), ("c", 2, 1), ("B", 1, 1), ("b", 1, 1)]


def test_rank_breaks_ties_by_microsecond_then_by_the_bytes_of_the_id(visits: Engine) -> None:
    ranked = visits.run("""
        select person_id, row_number() over (order by arrival_datetime desc, person_id) as place
        from visits where person_id is not null and site_code is not null order by place
    """)
    assert [person for person, _ in rows(ranked)] == ["a", "a", "B", "b", "c", "c"]
    latest = visits.run("select site_code from visits where person_id = 'a' "
                        "order by arrival_datetime desc limit 2")  # fmt: skip
    assert rows(latest) == [(None,), ("S2",)]


def test_nulls_come_last_in_either_direction(visits: Engine) -> None:
    up = visits.run("select person_id from visits order by person_id")
    down = visits.run("select person_id from visits order by person_id desc")
    assert rows(up)[-1] == (None,)
    assert rows(down)[-1] == (None,)


def test_earliest_and_latest_keep_the_microseconds(visits: Engine) -> None:
    seen = visits.run("select min(arrival_datetime) as first, max(arrival_datetime) as last "
                      "from visits where person_id = 'a'")  # fmt: skip
    assert rows(seen) == [(datetime(2024, 10, 27, 1, 30, 0, 1),
                           datetime(2024, 10, 27, 23, 59, 59, 999999))]  # fmt: skip


def test_an_hour_that_the_clocks_skip_is_kept_as_recorded(visits: Engine) -> None:
    minute = visits.run("""
        select distinct date_trunc('minute', arrival_datetime) as minute from visits
        where person_id in ('b', 'B')
    """)
    assert rows(minute) == [(datetime(2024, 3, 31, 1, 30),)]


@pytest.mark.parametrize(
    ("unit", "expected"),
    # 29 February 12:00:00 to 1 March 00:00:01 is twelve hours and a second
    [("day", 1), ("hour", 12), ("minute", 720), ("second", 43201), ("month", 1), ("year", 0)],
)
def test_differences_count_the_boundaries_passed(visits: Engine, unit: str, expected: int) -> None:
    counted = visits.run(f"""
        select date_diff('{unit}', min(arrival_datetime), max(arrival_datetime)) as n
        from visits where person_id = 'c'
    """)
    assert rows(counted) == [(expected,)]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("hour", datetime(2024, 2, 29, 12)), ("day", datetime(2024, 2, 29)),
     ("month", datetime(2024, 2, 1)), ("year", datetime(2024, 1, 1)),
     ("week", datetime(2024, 2, 26)), ("quarter", datetime(2024, 1, 1))],
)  # fmt: skip
def test_times_are_cut_down_to_the_unit(visits: Engine, unit: str, expected: datetime) -> None:
    cut = visits.run(f"select date_trunc('{unit}', min(arrival_datetime)) as start "
                     "from visits where person_id = 'c'")  # fmt: skip
    assert rows(cut) == [(expected,)]


def test_parts_of_a_date_and_the_date_of_a_time(visits: Engine) -> None:
    parts = visits.run("""
        select extract(year from arrival_datetime) as y, extract(month from arrival_datetime) as m,
            cast(arrival_datetime as date) as d
        from visits where person_id = 'a' and site_code is null
    """)
    assert rows(parts) == [(2024, 10, date(2024, 10, 27))]


def test_a_window_includes_its_start_and_leaves_out_its_end(visits: Engine) -> None:
    inside = visits.run(
        "select person_id from visits "
        "where arrival_datetime >= :start and arrival_datetime < :stop",
        {"start": datetime(2024, 2, 29, 12), "stop": datetime(2024, 3, 1, 0, 0, 1)},
    )
    assert rows(inside) == [("c",)]


def test_a_window_may_be_given_in_dates(visits: Engine) -> None:
    inside = visits.run(
        "select count(*) as n from visits where arrival_datetime >= :start "
        "and arrival_datetime < :stop and (birth_date is null or birth_date <= :adult)",
        {"start": date(2024, 1, 1), "stop": date(2024, 3, 1), "adult": date(2006, 1, 1)},
    )
    # 1 January without a birth date, and 29 February
    assert rows(inside) == [(2,)]


def test_a_list_of_codes_is_spread_and_an_empty_one_matches_nobody(visits: Engine) -> None:
    sql = "select distinct person_id from visits where site_code in (:codes) order by person_id"
    assert rows(visits.run(sql, {"codes": ["S2"]})) == [("a",), ("c",)]
    assert rows(visits.run(sql, {"codes": []})) == []


def test_a_value_is_never_read_as_sql(visits: Engine) -> None:
    awkward = "x' or ':codes' = ':codes"
    sql = "select person_id from visits where person_id = :who or site_code in (:codes)"
    parameters = {"who": awkward, "codes": [":who", "' or 1 = 1 --"]}
    assert rows(visits.run(sql, parameters)) == []
    visits.view("nobody", sql, parameters)
    visits.persist("nobody_kept", sql, parameters)
    assert rows(visits.run("select count(*) as n from nobody")) == [(0,)]
    assert rows(visits.run("select count(*) as n from nobody_kept")) == [(0,)]


def test_cases_missing_values_and_conditional_sums(visits: Engine) -> None:
    summed = visits.run("""
        select person_id, sum(case when admitted then 1 else 0 end) as admissions,
            sum(case when not admitted then 1 else 0 end) as not_admitted,
            max(coalesce(age, -1)) as age, sum(age) * 1.0 / count(*) as mean_age
        from visits where person_id in ('a', 'B') group by person_id order by person_id
    """)
    # two known ages of 74 over three visits; B has none
    assert [row[:4] for row in rows(summed)] == [("B", 0, 0, -1), ("a", 1, 1, 74)]
    assert summed["mean_age"].to_pylist() == [None, pytest.approx(148 / 3)]


def test_people_in_and_not_in_another_table(visits: Engine) -> None:
    visits.register("served", pa.table({"person_id": ["a", None]}))
    within = """
        select distinct v.person_id from visits v {} join served s on v.person_id = s.person_id
        order by v.person_id
    """
    assert rows(visits.run(within.format("semi"))) == [("a",)]
    assert rows(visits.run(within.format("anti"))) == [("B",), ("b",), ("c",), (None,)]
    left = visits.run("""
        select v.person_id, count(s.person_id) as found from visits v
        left join served s on v.person_id = s.person_id
        where v.site_code = 'S1' group by v.person_id order by v.person_id
    """)
    assert rows(left) == [("B", 0), ("a", 1), ("b", 0), (None, 0)]


def test_lists_are_put_under_each_other_with_union_all(visits: Engine) -> None:
    both = visits.run("""
        select site_code as list_id, count(*) as n from visits
        where site_code is not null group by site_code
        union all select 'ALL' as list_id, count(*) as n from visits order by list_id
    """)
    assert rows(both) == [("ALL", 8), ("S1", 4), ("S2", 3)]


def test_a_kept_step_stays_as_it_was_and_may_replace_itself(visits: Engine) -> None:
    visits.persist("step", "select person_id, :mark as mark from visits", {"mark": "first"})
    visits.persist("step", "select distinct person_id, mark from step where person_id is not null")
    assert visits.columns("step") == ("person_id", "mark")
    assert rows(visits.run("select count(*) as n from step where mark = 'first'")) == [(4,)]


def test_a_view_follows_what_it_reads(visits: Engine) -> None:
    visits.view("at_site", "select * from visits where site_code = :site", {"site": "S2"})
    assert rows(visits.run("select count(*) as n from at_site")) == [(3,)]


def test_parquet_files_are_one_table(visits: Engine, tmp_path) -> None:
    import pyarrow.parquet as pq

    paths = [tmp_path / "1.parquet", tmp_path / "2.parquet"]
    for path in paths:
        pq.write_table(VISITS, path)
    visits.register("twice", paths)
    counted = visits.run("select count(*) as n, max(arrival_datetime) as t from twice")
    assert rows(counted) == [(16, datetime(2024, 10, 27, 23, 59, 59, 999999))]


def test_no_rows_are_a_table_too(visits: Engine) -> None:
    none = visits.run("select person_id, count(*) as n from visits where 1 = 0 group by person_id")
    assert none.num_rows == 0
    assert none.column_names == ["person_id", "n"]
