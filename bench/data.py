"""Made-up attendances for measuring: a size comes in, Parquet and CSV files go out.

Nobody's data: identifiers are numbers from a hash, visits follow a power law (exponent 2.87).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import duckdb

from openhiu.tables.handover import Activity

AS_OF: Final = date(2026, 4, 1)


@dataclass(frozen=True)
class Size:
    """So many people at so many sites, in files of a year or three."""

    name: str
    people: int
    sites: int
    years: int
    files: int


SIZES: Final = {
    size.name: size
    for size in (
        Size("S", 86_000, 1, 1, 1),
        Size("M", 1_715_000, 8, 3, 1),
        Size("L", 14_200_000, 200, 1, 25),
    )
}

# One row per attendance. `h(n)` is a number in [0, 1) that depends on the person and the visit.
_ROWS: Final = """
with people as (
    select
        i,
        -- Pareto: the share of people with n or more visits falls as n to the power 1.87
        least(300, floor(power(1 - (hash(i, 1) % 1000003) / 1000003.0, -1 / 1.87)))::integer as n
    from range($people) as p(i)
    where i % $files = $file
),
visits as (
    select i, unnest(range(n)) as k from people
),
dice as (
    select i, k, (hash(i, 2) % 1000) / 1000.0 as born, (hash(i, 3) % $sites) as home,
        hash(i, k, 4) % 1000 as d4, hash(i, k, 5) % 1000 as d5, hash(i, k, 6) % 1000 as d6,
        hash(i, k, 7) % 10000 as d7, hash(i, k, 8) % 1000 as d8, hash(i, k, 9) as d9,
        -- one visit in 300 is sent twice: it takes the moment of the visit before
        case when k > 0 and hash(i, k, 10) % 300 = 0 then k - 1 else k end as moment
    from visits
)
select
    case when d8 < 10 then null
        else lpad(((i * 7368787 + 1234567) % 10000000000)::varchar, 10, '0') end as person_id,
    'S' || lpad((case when d4 < 80 then d9 % $sites else home end)::varchar, 3, '0') as site_code,
    timestamp '2026-04-01' - to_microseconds(
        1000 * (1 + (hash(i, moment, 11) % ($days::ubigint * 86400000))::bigint)
    ) as arrival_datetime,
    case when d5 < 800 then '01' when d5 < 950 then '03' else '02' end as department_type,
    case when d6 < 950 then '1' when d6 < 970 then '2' when d6 < 985 then null else '4' end
        as attendance_category,
    case when d9 % 100 < 30 then '1048031000000100' else '1048071000000103' end as arrival_mode,
    case when d7 < 300 then '1077031000000103' when d7 < 302 then '63238001' else '182992009' end
        as discharge_status,
    case when d7 between 4000 and 4009 then '305398007' when d7 > 7000 then '306706006'
        else '306689006' end as discharge_destination,
    d7 > 7000 as admitted,
    case when d8 = 10 then null
        else date '2026-01-01' - cast(floor(born * 90 * 365.25) as integer) end as birth_date,
    case when hash(i, 12) % 2 = 0 then '1' else '2' end as sex,
    (1 + hash(i, 13) % 10)::integer as imd_decile
from dice
"""
# A valid NHS number of the 999 range, so that extract has its check digit to verify.
_CSV: Final = """
with numbered as (
    select *, (coalesce(hash(person_id), 0) % 900000)::bigint as n from read_parquet($files)
),
weighed as (
    select *, (11 - (9 * 27 + (n // 100000 % 10) * 7 + (n // 10000 % 10) * 6
        + (n // 1000 % 10) * 5 + (n // 100 % 10) * 4 + (n // 10 % 10) * 3
        + (n % 10) * 2) % 11) % 11 as digit
    from numbered
)
select
    row_number() over () as attendance_id,
    'RXX' as provider_code,
    case when digit = 10 or person_id is null then null
        else '999' || lpad(n::varchar, 6, '0') || digit::varchar end as person_id,
    weighed.* exclude (person_id, n, digit)
from weighed
"""


def make(folder: Path, size: Size) -> None:
    """Write the raw files, the prepared files of a store, and the CSV, unless they are there."""
    if (folder / "done").exists():
        return
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    (folder / "prepared").mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        _run(connection, "set enable_progress_bar = false")
        _raw(connection, folder, size)
        _prepared(connection, folder)
        if size.name in ("S", "M"):
            _csv(connection, folder)
    (folder / "done").touch()


def raw(folder: Path) -> tuple[Path, ...]:
    """The files as a warehouse has them: by arrival, text identifiers."""
    return tuple(sorted((folder / "raw").glob("*.parquet")))


def prepared(folder: Path) -> Activity:
    """The same rows as a store lays them out: by month, sorted by site and person's number."""
    months = tuple(sorted((folder / "prepared").glob("20*.parquet")))
    return Activity({"attendances": months}, folder / "prepared" / "persons.parquet", None)


def _run(connection: duckdb.DuckDBPyConnection, sql: str, values: object = None) -> list[tuple]:
    return connection.execute(sql, values).fetchall()


def _raw(connection: duckdb.DuckDBPyConnection, folder: Path, size: Size) -> None:
    values = {"people": size.people, "sites": size.sites, "files": size.files,
              "days": 365 * size.years}  # fmt: skip
    for file in range(size.files):
        _run(connection, f"create or replace temp table part as {_ROWS}", {**values, "file": file})
        _run(connection, "copy (select * from part order by arrival_datetime) "
             f"to '{folder}/raw/{file:02}.parquet' (format parquet, compression zstd)")  # fmt: skip


def _prepared(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    _run(connection, "create temp table persons as select row_number() over () as person_no, "
         f"person_id from (select distinct person_id from '{folder}/raw/*.parquet' "
         "where person_id is not null order by person_id)")  # fmt: skip
    _run(connection, f"copy persons to '{folder}/prepared/persons.parquet' "
         "(format parquet, compression zstd)")  # fmt: skip
    month = AS_OF
    oldest = _run(connection, f"select min(arrival_datetime) from '{folder}/raw/*.parquet'")[0][0]
    while month > oldest.date():
        after, month = month, (month - timedelta(days=1)).replace(day=1)
        _run(connection, "copy (select persons.person_no, r.* exclude person_id "
             f"from '{folder}/raw/*.parquet' as r left join persons using (person_id) "
             f"where arrival_datetime >= '{month}' and arrival_datetime < '{after}' "
             f"order by site_code, person_no) to '{folder}/prepared/{month}.parquet' "
             "(format parquet, compression zstd)")  # fmt: skip


def _csv(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    files = ", ".join(f"'{path}'" for path in raw(folder))
    rows = _CSV.replace("$files", f"[{files}]")
    _run(connection, f"copy ({rows}) to '{folder}/attendances.csv' "
         "(header, timestampformat '%Y-%m-%d %H:%M:%S')")  # fmt: skip
