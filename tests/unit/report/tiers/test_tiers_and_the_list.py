"""Table One and the list stand on the same counting: a made-up trust is counted both ways, and the
tiers add up with themselves.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from openhiu.engines import Engine
from openhiu.identify import inputs
from openhiu.identify.criteria_file import load_preset
from openhiu.identify.flow import flow
from openhiu.identify.rank import rank
from openhiu.locality import Footprint, Locality, Place, Site
from openhiu.report.tiers import make
from openhiu.report.tiers.shape import Tiers
from support.counting_tiers import AS_OF, attended, counted

SITES = ("RXX01", "RXX02", "RXX03")
AREAS = ("E01000001", "E01000002", "E01000003", None)
HERE = Locality(
    name="Madeup Vale",
    sites=tuple(Site(code, code) for code in SITES[:2]),
    footprint=Footprint(lsoas=frozenset(AREAS[:3])),  # type: ignore[arg-type]
    places=(
        Place("NORTH", "North", frozenset({"E01000001"}), sites=("RXX01",)),
        Place("SOUTH", "South", frozenset({"E01000002"}), sites=("RXX02",)),
    ),
)
RULES = load_preset("tiers")


def made_up(seed: int) -> Iterator[dict[str, Any]]:
    """Two years of visits with everything in them that a list leaves out."""
    chance = random.Random(seed)
    begin = datetime(2024, 4, 1)
    for number in range(160):
        often = chance.choice((1, 2, 5, 8, 12, 20, 30, 45))
        birth = begin.date() - timedelta(days=chance.randint(15 * 365, 80 * 365))
        for _ in range(often):
            at = begin + timedelta(minutes=chance.randint(0, 730 * 1440 - 1))
            row = {
                "person_id": f"p{number}" if chance.random() > 0.02 else None,
                "site_code": chance.choice(SITES if number % 3 else SITES[:1]),
                "arrival_datetime": at,
                "department_type": chance.choice(("01", "01", "01", "03")),
                "attendance_category": chance.choice(("1", "1", "2", "4", None)),
                "lsoa": chance.choice(AREAS) if number % 4 else AREAS[0],
                "birth_date": birth if chance.random() > 0.1 else None,
                "discharge_status": "63238001" if chance.random() < 0.004 else None,
            }
            yield row
            if chance.random() < 0.05:
                yield row


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_list_of_everyone_with_5_or_more_holds_the_people_of_table_one(
    duckdb_engine: Engine, seed: int
) -> None:
    table = attended(made_up(seed))
    told = counted(duckdb_engine, table, locality=HERE, rules=RULES)
    tiers = make.both(told).internal
    inputs.lay_out_frames(duckdb_engine, table, locality=HERE, exclusions=[])
    ranked = rank(duckdb_engine, RULES, AS_OF, locality=HERE, keyed=False)
    people = Counter((row.list_id, _tier(tiers, row.attendances_12m)) for row in ranked.listed)
    visits = Counter[tuple[str, str]]()
    for row in ranked.listed:
        visits[row.list_id, _tier(tiers, row.attendances_12m)] += row.attendances_12m
    for unit in (tiers.whole, *tiers.sites):
        for tier in tiers.tiers:
            found = unit.tiers[tier.key]
            assert found.people.total == people[unit.code, tier.key]
            assert found.attendances.total == visits[unit.code, tier.key]
    # And everyone who was seen is who the account of the list ends with before it is cut.
    last = next(step for step in flow(duckdb_engine, ranked) if step.step.startswith("one for"))
    assert (tiers.whole.people_seen, tiers.whole.attendances_seen) == (
        last.people,
        last.attendances,
    )
    assert sum(people.values()) > 50


@pytest.mark.parametrize("seed", [4, 5])
def test_tiers_add_up_with_themselves(duckdb_engine: Engine, seed: int) -> None:
    told = counted(duckdb_engine, attended(made_up(seed)), locality=HERE, rules=RULES)
    for unit in told.units:
        for tier in (1, 2, 3):
            now = sum(n for (_, to), n in unit.moved.items() if to == tier)
            then = sum(n for (was, _), n in unit.moved.items() if was == tier)
            assert (now, then) == (unit.people("now", tier), unit.people("before", tier))
            for measure in ("attendances", "emergency_admissions", "bed_days"):
                assert sum(unit.of("now", tier, measure).values()) == now
            for groups in unit.groups.get(tier, {}).values():
                assert sum(groups.values()) == now
    area, places = told.units[0], [unit for unit in told.units if unit.kind == "place"]
    for which in ("now", "before"):
        for tier in (1, 2, 3):
            assert area.people(which, tier) == sum(one.people(which, tier) for one in places)
            assert area.total(which, tier, "attendances") == sum(
                one.total(which, tier, "attendances") for one in places
            )


def test_nobody_stands_in_two_tiers_of_one_unit(duckdb_engine: Engine) -> None:
    counted(duckdb_engine, attended(made_up(6)), locality=HERE, rules=RULES)
    rows = duckdb_engine.run("""
        select kind, unit, person_key, count(*) as tiers
        from levels_now group by kind, unit, person_key
    """).to_pylist()
    assert rows
    assert {row["tiers"] for row in rows} == {1}
    # Everybody of the area is in one place too, and nobody in two.
    where = {kind: [row["person_key"] for row in rows if row["kind"] == kind]
             for kind in ("area", "place")}  # fmt: skip
    assert sorted(where["area"]) == sorted(where["place"])


def _tier(tiers: Tiers, attendances: int) -> str:
    return next(tier.key for tier in reversed(tiers.tiers) if attendances >= tier.least)
