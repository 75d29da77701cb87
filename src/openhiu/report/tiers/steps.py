"""The steps of the tiers, in order: registered tables come in, small tables of counts go out.

Who and what counts is decided by the list's own steps (identify/sql), how stays in hospital are
joined by those of the evaluation; the files in `sql/` only add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

import pyarrow as pa

from openhiu.engines import Engine, Parameters
from openhiu.engines.base import NO_PARAMETERS
from openhiu.evaluate import steps as evaluation
from openhiu.evaluate.rows import day_number
from openhiu.identify import steps as listing
from openhiu.identify.criteria import OnePer
from openhiu.identify.windows import Window, midnight, months_before
from openhiu.locality import Locality, Place
from openhiu.report.tiers.shape import Tier, Year
from openhiu.report.tiers.wanted import LEAST, MONTHS, Wanted, by_tiers

NOW: Final = "now"
BEFORE: Final = "before"
_LONGEST_OPEN_STAY: Final = 365
_NOBODY: Final = "select person_key from deaths_known where 1 = 0"
Rows = list[dict[str, Any]]


@cache
def text(step: str) -> str:
    """The SQL of one step, without its file number."""
    folder = resources.files("openhiu.report.tiers") / "sql"
    for entry in folder.iterdir():
        if entry.name.partition("_")[2] == f"{step}.sql":
            return entry.read_text("utf-8")
    raise KeyError(step)


@dataclass(frozen=True)
class Years:
    """The year, the one before, and the tiers that people are counted into."""

    now: Year
    before: Year
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class Found:
    """What the engine counted, as rows of small tables: everyone `seen` in the year; `values` by
    which year.
    """

    seen: Rows
    values: Mapping[str, Rows]
    moved: Rows
    groups: Rows
    through: Rows
    again: Rows
    by_spells: bool


def count(engine: Engine, wanted: Wanted, years: Years, *, has_admissions: bool) -> Found:
    """Everything, from the tables that `identify.inputs` laid out."""
    _register(engine, wanted.locality, years.tiers)
    whole = _parameters(wanted, years, years.now.to_exclusive, 2 * MONTHS)
    engine.persist("deaths_known", text("deaths_known"), whole)
    engine.persist("often", text("often"), whole)
    seen = _one_year(engine, wanted, years, NOW, has_admissions=has_admissions)
    _one_year(engine, wanted, years, BEFORE, has_admissions=has_admissions)
    _both_years(engine, wanted, whole)
    for name in ("everyone", "known", "placed"):
        engine.persist(name, text(name), whole)
    values = _values(engine, whole, years, has_admissions=has_admissions)
    return Found(
        seen=seen,
        values=values,
        moved=_rows(engine, text("moved")),
        groups=_groups(engine, whole),
        through=_rows(engine, text("through_the_year"), whole),
        again=_rows(engine, text("again"), whole),
        by_spells=has_admissions,
    )


def begins(engine: Engine, wanted: Wanted, years: Years) -> Rows:
    """The first and newest attendance of each hospital before the as-of date."""
    values = _parameters(wanted, years, wanted.as_of, MONTHS)
    return _rows(engine, text("begins"), values)


def _one_year(
    engine: Engine, wanted: Wanted, years: Years, which: str, *, has_admissions: bool
) -> Rows:
    """From attendances to who was in a tier in one year: `reached_now` or `reached_before`."""
    year = years.now if which == NOW else years.before
    values = _parameters(wanted, years, year.to_exclusive, MONTHS)
    _count(engine, wanted, values, text("dead_by_then"), MONTHS, everyone=which == NOW)
    engine.persist(f"reached_{which}", text("reached"), values)
    if which == NOW:
        engine.persist("came", text("came"), values)
    _these(engine, "reached", which)
    engine.persist(f"main_site_{which}", text("main_site"), values)
    if not has_admissions:
        engine.persist(f"admitted_{which}", text("admitted"), values)
    return _rows(engine, text("seen"), values) if which == NOW else []


def _both_years(engine: Engine, wanted: Wanted, values: Parameters) -> None:
    """Who may have been in a tier at a month's end, and how often they had come by then."""
    _count(engine, wanted, values, _NOBODY, 2 * MONTHS, everyone=False)
    engine.persist("busy", text("busy"), values)
    every_row = wanted.criteria.one_per is OnePer.ROW
    engine.persist(
        "month_ends", text("month_ends_every_row" if every_row else "month_ends"), values
    )


def _count(
    engine: Engine, wanted: Wanted, values: Parameters, dead: str, months: int, *, everyone: bool
) -> None:
    """Exact counts of everyone, or of those alone who may be in a tier."""
    footprint = wanted.locality.footprint.defined
    listing.prepare(engine, values, footprint=footprint, dead=dead)
    if not everyone:
        engine.view("steps_of_everyone", listing.text("steps"), values)
        engine.view("steps", text("steps_of_often"))
    listing.count(engine, by_tiers(wanted.criteria, (), months), values)


def _values(
    engine: Engine, whole: Parameters, years: Years, *, has_admissions: bool
) -> dict[str, Rows]:
    """By which year. This one comes last: its stays in hospital are asked for again."""
    if has_admissions:
        engine.persist("followed_people", "select person_key from everyone")
        engine.persist(
            "same_person", "select person_key, person_key as who from everyone where 1 = 0"
        )
        for name in ("stays", "nights"):
            engine.persist(name, evaluation.text(name), whole)
    found = {}
    for which, year in ((BEFORE, years.before), (NOW, years.now)):
        _these(engine, "reached", which)
        engine.persist(f"levels_{which}", text("levels"), whole)
        _these(engine, "levels", which)
        days = {"first_day": day_number(year.first), "end_day": day_number(year.to_exclusive)}
        told = text("in_hospital") if has_admissions else _as_admitted(which)
        engine.persist("in_hospital", told, days)
        found[which] = _rows(engine, text("values"))
    return found


def _as_admitted(which: str) -> str:
    """Admissions as the attendances tell them; of their length nothing is known."""
    nought = "cast(0 as bigint)"
    return (
        f"select person_key, admissions, {nought} as short_stays, {nought} as bed_days "  # noqa: S608
        f"from admitted_{which}"
    )


def _groups(engine: Engine, whole: Parameters) -> Rows:
    _these(engine, "levels", NOW)
    return _rows(engine, text("groups"), whole)


def _rows(engine: Engine, sql: str, values: Parameters = NO_PARAMETERS) -> Rows:
    found: Rows = engine.run(sql, values).to_pylist()
    return found


def _these(engine: Engine, name: str, which: str) -> None:
    """One year's table under the name that a step reads."""
    engine.view(name, f"select * from {name}_{which}")  # noqa: S608


def _parameters(wanted: Wanted, years: Years, end: date, months: int) -> Parameters:
    place = wanted.locality
    listed = listing.parameters(
        by_tiers(wanted.criteria, years.tiers, months),
        Window(end, months),
        sites=tuple(site.code for site in place.sites),
        listed=(),
        footprint_combine=place.footprint.combine,
        has_lsoas=bool(place.footprint.lsoas),
        has_practices=bool(place.footprint.gp_practices),
    )
    cut = years.now.to_exclusive
    bounds = {
        f"b{number:02d}": midnight(months_before(cut, 2 * MONTHS - number))
        for number in range(2 * MONTHS + 1)
    }
    return {
        **listed,
        **bounds,
        "least": LEAST,
        "has_places": bool(place.places),
        "no_place_lsoas": not any(one.lsoas for one in place.places),
        "no_place_practices": not any(one.gp_practices for one in place.places),
        "cut": midnight(cut),
        "cut_day": day_number(cut),
        "oldest_open_stay": day_number(cut) - _LONGEST_OPEN_STAY,
    }


def _register(engine: Engine, locality: Locality, tiers: tuple[Tier, ...]) -> None:
    """The tables `tier_bounds`, `place_lsoas`, `place_practices`, `place_sites` and
    `priority_lsoas`.
    """
    engine.register("tier_bounds", pa.table({
        "tier": pa.array(range(1, len(tiers) + 1), pa.int32()),
        "least": pa.array([tier.least for tier in tiers], pa.int32()),
        "most": pa.array([tier.most or listing.NEVER for tier in tiers], pa.int32()),
    }))  # fmt: skip
    places = locality.places
    engine.register("place_lsoas", _pairs((p.code, sorted(p.lsoas)) for p in places))
    engine.register("place_practices", _pairs((p.code, sorted(p.gp_practices)) for p in places))
    engine.register("place_sites", _pairs((p.code, sites_of(p, locality)) for p in places))
    priority = pa.array(sorted(locality.priority_lsoas), pa.string())
    engine.register("priority_lsoas", pa.table({"code": priority}))


def sites_of(place: Place, locality: Locality) -> list[str]:
    """The hospitals of a place: those it names, and those that name it."""
    naming = [site.code for site in locality.sites if site.place == place.code]
    return list(dict.fromkeys([*place.sites, *naming]))


def _pairs(found: Any) -> pa.Table:
    pairs: Sequence[tuple[str, str]] = [(code, place) for place, codes in found for code in codes]
    return pa.table({
        "code": pa.array([code for code, _ in pairs], pa.string()),
        "place": pa.array([place for _, place in pairs], pa.string()),
    })  # fmt: skip
