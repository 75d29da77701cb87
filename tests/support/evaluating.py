"""Preparing an evaluation in a test: drawn tables and a roster in, `Prepared` and lists out.

Visits are drawn one person and site a line, with the days (and times) on which they came.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from openhiu.engines import Engine
from openhiu.evaluate import prepare
from openhiu.evaluate.roster import Roster, RosterRow, roster_of
from openhiu.evaluate.rows import Prepared, Rows, day_of
from openhiu.evaluate.service import Service
from openhiu.locality import Locality
from openhiu.tables.activity import ADMISSIONS, AMBULANCE, CALLS_111, PEOPLE
from support.drawn import cells, drawn

SITE = "RXX01"
TABLES = {"people": PEOPLE, "admissions": ADMISSIONS, "ambulance": AMBULANCE,
          "calls_111": CALLS_111}  # fmt: skip
# Nobody's age is drawn, so that everybody is taken to be an adult.
_COLUMNS = ("person_id", "site_code", "arrival_datetime", "department_type")


def visits(text: str) -> pa.Table:
    """Attendances drawn as `person | site | days`: days with commas between them, at ten o'clock
    unless a time is written.
    """
    header, rows = cells(text)
    assert header == ["person", "site", "days"]
    made = [f"{person} | {site} | {_moment(day)} | 01"
            for person, site, days in rows for day in days.split(",")]  # fmt: skip
    return drawn("\n".join([" | ".join(_COLUMNS), *made]))


def _moment(day: str) -> str:
    text = day.strip()
    return text if " " in text else f"{text} 10:00:00"


def roster(text: str) -> Roster:
    """A roster drawn with its column names; the first row is row 2."""
    header, rows = cells(text)
    return roster_of([dict(zip(header, row, strict=True)) for row in rows])


NOBODY = Roster((RosterRow(2, SITE, "nobody", start_date=date(2025, 1, 1)),))


def prepared(
    engine: Engine, attendances: pa.Table | str, on_roster: Roster | str = NOBODY, *,
    as_of: str = "2026-01-01", data_from: str = "2023-01-01", list_size: int = 250,
    service_start: str | None = None, cut: str | None = None,
    volumes: Mapping[tuple[str, date], float] | None = None,
    social_flag: Mapping[str, bool] | None = None, locality: Locality | None = None, **tables: str,
) -> Prepared:  # fmt: skip
    """What the estimators would read, from drawn tables. The person key is the identifier."""
    given = visits(attendances) if isinstance(attendances, str) else attendances
    frames: dict[str, Any] = {
        "attendances": pa.concat_tables(
            [given, _open(given, data_from, as_of)], promote_options="default"
        ),
        **{name: drawn(text, TABLES[name]) for name, text in tables.items()},
    }
    service = Service(
        service_start={"": date.fromisoformat(service_start)} if service_start else {},
        data_from={"": date.fromisoformat(data_from)},
        cut=date.fromisoformat(cut) if cut else None, list_size=list_size,
        volumes=volumes or {}, social_flag=social_flag,
    )  # fmt: skip
    named = roster(on_roster) if isinstance(on_roster, str) else on_roster
    return prepare.from_frames(
        engine, frames, named, service, date.fromisoformat(as_of), locality or Locality()
    )


def _open(given: pa.Table, first: str, as_of: str) -> pa.Table:
    """Somebody came to each site when the data begin and when they end: it was open all along."""
    sites = sorted({site for site in given["site_code"].to_pylist() if site})
    last = date.fromisoformat(as_of) - timedelta(days=1)
    lines = [f"{who} | {site} | {day}" for site in sites
             for who, day in (("first", first), ("last", last))]  # fmt: skip
    return visits("\n".join(["person | site | days", *lines]))


def listed(engine: Engine, list_date: str, site: str = SITE) -> list[tuple[str, int, int]]:
    """The rebuilt list of a date: person, attendances in three months and in twelve, in order."""
    day = date.fromisoformat(list_date)
    rows = engine.run(
        "select person_key, in_three, in_twelve from list_rows "
        "where site_code = :site and list_no = :number order by place",
        {"site": site, "number": day.year * 12 + day.month},
    ).to_pylist()
    return [(row["person_key"], row["in_three"], row["in_twelve"]) for row in rows]


def who(engine: Engine) -> list[str]:
    """The person of each row of the evaluation, in order: the rows of a site stand together."""
    rows = engine.run("select person_key from followed order by row_no")
    return [str(key) for key in rows["person_key"].to_pylist()]


def row_of(
    engine: Engine, made: Prepared, person: str, list_date: str, site: str = SITE
) -> tuple[Rows, int]:  # fmt: skip
    """The site's rows and the number of one person's row at a list date."""
    names, before = who(engine), 0
    for rows in made.sites:
        for number in range(rows.size):
            here = (names[before + number], str(day_of(rows.anchor[number])), rows.site)
            if here == (person, list_date, site):
                return rows, number
        before += rows.size
    raise AssertionError(f"no row of {person} at {list_date}")


def numbers(values: Any) -> list[float]:
    """A row of an array, rounded so that a drawn number can be compared with it."""
    return [round(float(value), 6) for value in np.asarray(values)]
