"""Counting tiers in a test: visits written in short come in, the internal and publishable tiers go
out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

from openhiu.engines import Engine
from openhiu.identify import inputs
from openhiu.identify.criteria import Criteria
from openhiu.locality import Locality
from openhiu.report.tiers import make
from openhiu.report.tiers.shape import Tiers
from openhiu.report.tiers.telling import Told
from openhiu.report.tiers.wanted import Wanted
from openhiu.tables.activity import ADMISSIONS, ATTENDANCES
from support.drawn import drawn
from support.listing import criteria

AS_OF = date(2026, 4, 1)
SITE = "RXX01"
# Every attendance counts, so that a test shows only what it is about.
OPEN = criteria({"kind": "year", "at_least": 5})
NO_STAYS = ADMISSIONS.arrow_schema().empty_table()


def visits(
    person: str, times: int, first: str = "2025-05-01", site: str = SITE, every: int = 3,
    **said: Any,
) -> list[dict[str, Any]]:  # fmt: skip
    """So many visits of somebody, one every three days at noon from a day on."""
    begin = datetime.fromisoformat(f"{first} 12:00")
    return [
        {"person_id": person, "site_code": site,
         "arrival_datetime": begin + timedelta(days=every * number), **said}
        for number in range(times)
    ]  # fmt: skip


def attended(*groups: Iterable[dict[str, Any]]) -> pa.Table:
    """Visits as a table of the declared types; columns that nobody says are left out."""
    rows = [row for group in groups for row in group]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({
        name: pa.array([row.get(name) for row in rows], ATTENDANCES[name].type.arrow)
        for name in names
    })  # fmt: skip


def counted(
    engine: Engine, attendances: pa.Table, *, admissions: str | pa.Table | None = None,
    people: pa.Table | None = None, locality: Locality | None = None, year: str | None = None,
    as_of: date = AS_OF, rules: Criteria = OPEN,
) -> Told:  # fmt: skip
    """What is counted of drawn tables; `admissions` None: nobody sent the stays."""
    place = locality or Locality(name="Madeup Vale")
    stays = drawn(admissions, ADMISSIONS) if isinstance(admissions, str) else admissions
    inputs.lay_out_frames(
        engine, attendances, admissions=stays, people=people, locality=place, exclusions=[]
    )
    return make.count(
        engine, Wanted(rules, as_of, place, year), has_admissions=admissions is not None
    )


def tiers_of(engine: Engine, attendances: pa.Table, **said: Any) -> Tiers:
    """The internal tiers of drawn tables."""
    return make.both(counted(engine, attendances, **said)).internal


def people_in(tiers: Tiers) -> dict[str, tuple[Any, ...]]:
    """How many people are in each tier of each unit, the top tier first."""
    return {
        unit.code: tuple(unit.tiers[tier.key].people.total for tier in reversed(tiers.tiers))
        for unit in tiers.units
    }
