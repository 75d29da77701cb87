"""From a store or frames and a roster to what the estimators read: everything comes in, `Prepared`
goes out. The engine does the heavy work (`steps`); the last arrays are put together here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from openhiu.engines import Engine, Parameters
from openhiu.evaluate import arrays, cautions, layout, steps
from openhiu.evaluate.arrays import Facts
from openhiu.evaluate.clients import Key, Supported, link, register_starts
from openhiu.evaluate.cohort import cohort
from openhiu.evaluate.coverage import Coverage, coverage, spans_of
from openhiu.evaluate.findings import Findings, sentences
from openhiu.evaluate.journeys import journeys, places
from openhiu.evaluate.months import first_day, first_of, month_number
from openhiu.evaluate.roster import Roster, RosterRow
from openhiu.evaluate.roster_places import beside_store
from openhiu.evaluate.rows import Cohort, ListMonth, Prepared, Rows, day_number
from openhiu.evaluate.service import Service
from openhiu.evaluate.sites import SitePlan, by_site, plan_sites
from openhiu.evaluate.volume import VolumeIndex, volume_index
from openhiu.locality import Locality
from openhiu.tables.handover import Activity


def from_store(
    engine: Engine, activity: Activity, roster: Roster, service: Service, as_of: date,
    locality: Locality,
) -> Prepared:  # fmt: skip
    """Prepare from the files of a store. Raises InputNotUsable for one without attendances."""
    layout.lay_out_store(engine, activity)
    prepared = prepare(engine, roster, service, as_of, locality)
    return replace(
        prepared,
        store_months=activity.months or prepared.store_months,
        warnings=(*activity.warnings, *prepared.warnings),
        inputs=(*activity.sources, *prepared.inputs),
    )


def from_frames(
    engine: Engine, frames: Mapping[str, Any], roster: Roster, service: Service, as_of: date,
    locality: Locality,
) -> Prepared:  # fmt: skip
    """Prepare from the user's frames by dataset: attendances, and as many others as there are."""
    layout.lay_out_frames(engine, frames)
    return prepare(engine, roster, service, as_of, locality)


@dataclass(frozen=True)
class _Situation:
    """What is known before anybody is followed."""

    plans: Sequence[SitePlan]
    people: Sequence[Supported]
    unknown: Sequence[RosterRow]
    covered: Coverage
    service: Service
    locality: Locality
    as_of: date
    values: Parameters


def prepare(
    engine: Engine, roster: Roster, service: Service, as_of: date, locality: Locality
) -> Prepared:
    """Prepare from tables that are laid out."""
    values = steps.parameters(as_of, as_of, service.list_size, locality.footprint)
    sent = by_site(engine.run(steps.text("site_months"), values).to_pylist())
    beside = Findings()
    on_roster = beside_store(roster.rows, sent, service, beside)
    plans, told = plan_sites(sent, on_roster, service, as_of, locality.site_name)
    people, unknown, linked = link(engine, on_roster, as_of, values)
    faults = (*roster.faults, *beside.faults(), *linked)
    covered = coverage(
        spans_of(engine.run(steps.text("spans"), values).to_pylist()), plans,
        modes=_a_way_of_coming_is_known(engine),
    )  # fmt: skip
    cut = max((plan.cut for plan in plans), default=as_of)
    situation = _Situation(
        plans, people, unknown, covered, service, locality, as_of,
        steps.parameters(as_of, cut, service.list_size, locality.footprint),
    )  # fmt: skip
    prepared = _follow(engine, situation) if plans else _nothing(situation)
    return replace(
        prepared,
        store_months=tuple(sorted({first_of(m.month) for months in sent.values() for m in months})),
        warnings=(*told, *covered.told, *prepared.warnings),
        findings=sentences(faults), faults=faults,
        inputs=(*([roster.source] if roster.source else []), *service.sources),
        absent=covered.absent, as_of=as_of, cut=cut, list_size=service.list_size,
        hospitals=tuple(sorted(site for site, months in sent.items()
                               if any(month.counted for month in months))),
    )  # fmt: skip


def _nothing(situation: _Situation) -> Prepared:
    return Prepared((), (), (), cohort(situation.people, situation.unknown, (), ()), (), (), ())


def _follow(engine: Engine, situation: _Situation) -> Prepared:
    values, plans = situation.values, situation.plans
    layout.lay_out_footprint(engine, situation.locality)
    _register_plans(engine, plans)
    register_starts(engine, situation.people)
    steps.contenders(engine, values, footprint=situation.locality.footprint.defined)
    values = {**values, "any_age": _nobodys_age_is_known(engine)}
    steps.lists(engine, values)
    _register_lags(engine, plans)
    _register_flags(engine, situation.service)
    steps.follow(engine, values)
    facts = arrays.fetch(engine, values, situation.covered.absent)
    indices, told = _indices(engine, situation)
    on_list = _on_list(engine)
    rows = _rows(situation, facts, indices)
    found = places(
        engine.run(steps.text("listed_since")).to_pylist(), situation.people,
        [plan.site for plan in plans],
    )  # fmt: skip
    walked = journeys(
        engine, values, found, {plan.site: plan for plan in plans}, _numbers(rows, facts), on_list,
        situation.locality.priority_lsoas, situation.as_of,
    )  # fmt: skip
    counted = cohort(situation.people, situation.unknown, walked, rows)
    flags = cautions.of_flags(facts.flag, given=situation.service.social_flag is not None)
    warnings = (*told, *flags, *_cautions(engine, situation, rows, counted))
    return Prepared(rows, walked, _lists(engine, situation), counted, (), warnings, ())


def _register_plans(engine: Engine, plans: Sequence[SitePlan]) -> None:
    """The tables `list_sites`, `list_dates` and `list_months` (the three months that each list
    counts): every date is worked out here.
    """
    engine.register("list_sites", _table({
        "site_code": [plan.site for plan in plans],
        "start_no": [plan.start_list for plan in plans],
    }))  # fmt: skip
    dated = [(plan.site, month) for plan in plans for month in plan.lists]
    engine.register("list_dates", _table({
        "site_code": [site for site, _ in dated],
        "list_no": [month for _, month in dated],
        "list_day": [first_day(month) for _, month in dated],
        "next_day": [first_day(month + 1) for _, month in dated],
        "three_before": [first_day(month - 3) for _, month in dated],
        "twelve_before": [first_day(month - 12) for _, month in dated],
    }))  # fmt: skip
    counted = [(site, month, month - back) for site, month in dated for back in (1, 2, 3)]
    engine.register("list_months", _table({
        "site_code": [site for site, *_ in counted],
        "list_no": [month for _, month, _ in counted],
        "month_no": [month for *_, month in counted],
    }))  # fmt: skip


def _table(columns: Mapping[str, Sequence[Any]]) -> pa.Table:
    """Columns of text where the name says so, of whole numbers otherwise."""
    kinds = {name: pa.string() if name in ("site_code", "person_id") else pa.int32()
             for name in columns}  # fmt: skip
    return pa.table({name: pa.array(values, kinds[name]) for name, values in columns.items()})


def _nobodys_age_is_known(engine: Engine) -> bool:
    born = "select count(*) as people from births where born_month is not null"
    return not engine.run(born)["people"][0].as_py()


def _a_way_of_coming_is_known(engine: Engine) -> bool:
    known = "select count(*) as records from attendances where arrival_mode is not null"
    return bool(engine.run(known)["records"][0].as_py())


def _register_lags(engine: Engine, plans: Sequence[SitePlan]) -> None:
    """The table `site_lags`: the median days from list to start of each site's clients.

    A site without clients takes that of all sites; the wait is 0 where there are none at all.
    """
    waits: dict[str, list[int]] = {}
    clients = "select site_code, list_day, start_day from list_rows where role = 'client'"
    for row in engine.run(clients).to_pylist():
        waits.setdefault(row["site_code"], []).append(row["start_day"] - row["list_day"])
    all_waits = [wait for site in waits.values() for wait in site]
    lags = [int(np.median(waits.get(plan.site) or all_waits or [0])) for plan in plans]
    engine.register("site_lags", _table({
        "site_code": [plan.site for plan in plans], "lag": lags,
        "cut_day": [day_number(plan.cut) for plan in plans],
    }))  # fmt: skip


def _register_flags(engine: Engine, service: Service) -> None:
    flags = service.social_flag or {}
    engine.register("social_flags", _table({
        "person_id": list(flags), "flag": [int(flag) for flag in flags.values()],
    }))  # fmt: skip


def _indices(engine: Engine, situation: _Situation) -> tuple[dict[str, VolumeIndex], list[str]]:
    busy = {row["site_code"]: row["with_one"] / row["person_months"]
            for row in engine.run(steps.text("busy_months")).to_pylist()}  # fmt: skip
    indices, told = {}, []
    for plan in situation.plans:
        singles = busy.get(plan.site, 1.0)
        indices[plan.site], more = volume_index(
            plan, situation.service, singles, situation.locality.site_name(plan.site)
        )
        told += more
    return indices, told


def _on_list(engine: Engine) -> set[Key]:
    rows = engine.run("select person_key from list_rows where role = 'client'")
    return set(rows["person_key"].to_pylist())


def _rows(
    situation: _Situation, facts: Facts, indices: Mapping[str, VolumeIndex]
) -> tuple[Rows, ...]:
    numbers = {key: number for number, key in enumerate(facts.keys)}
    asked: dict[str, set[tuple[int, int]]] = {plan.site: set() for plan in situation.plans}
    for person in situation.people:
        number = numbers.get(person.key)
        if number is not None and person.started is None:
            for row in person.rows:
                day = row.list_date or row.offer_date
                if row.site in asked and day and (row.offer_date or row.consent is False):
                    asked[row.site].add((month_number(day), number))
    return tuple(
        arrays.rows_of(
            plan, facts, indices[plan.site], asked[plan.site], situation.covered.since,
            has_flag=situation.service.social_flag is not None,
        )
        for plan in situation.plans
    )  # fmt: skip


def _numbers(rows: Sequence[Rows], facts: Facts) -> dict[str, dict[Key, int]]:
    """Site by site, the number in its rows of each person by the store's key."""
    found = {}
    for site in rows:
        stretch = facts.sites.get(site.site, range(0))
        keys = facts.key[stretch.start : stretch.stop]
        found[site.site] = {facts.keys[key]: int(number)
                            for key, number in zip(keys, site.person, strict=True)}  # fmt: skip
    return found


def _lists(engine: Engine, situation: _Situation) -> tuple[ListMonth, ...]:
    """The top of each list date, supported or not: people leave this list by coming less only."""
    levels: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row in engine.run("select * from list_levels").to_pylist():
        levels.setdefault((row["site_code"], row["list_no"]), []).append(
            (int(row["in_three"]), int(row["people"]))
        )
    made = []
    for plan in situation.plans:
        sent = {month.month for month in plan.months if month.counted}
        for month in plan.lists:
            places, attendances = situation.service.list_size, 0
            for count, people in sorted(levels.get((plan.site, month), []), reverse=True):
                taken = min(people, places)
                places -= taken
                attendances += taken * count
            listed = situation.service.list_size - places
            complete = {month - 3, month - 2, month - 1} <= sent
            made.append(ListMonth(plan.site, first_of(month), listed, attendances, complete))
    return tuple(made)


def _cautions(
    engine: Engine, situation: _Situation, rows: Sequence[Rows], counted: Cohort
) -> list[str]:
    name = situation.locality.site_name
    told = []
    for plan, site in zip(situation.plans, rows, strict=True):
        told += cautions.of_history(plan, name(plan.site))
        told += cautions.of_months(plan, name(plan.site))
        started = any(p.started and p.site == plan.site for p in situation.people)
        told += cautions.of_rows(site, name(plan.site), started=started)
    admissions = engine.run(steps.text("admission_months"), situation.values).to_pylist()
    cuts = {plan.site: plan.cut for plan in situation.plans}
    people = situation.people
    return [
        *told,
        *cautions.of_admissions(admissions, situation.plans),
        *cautions.of_ages(rows),
        *cautions.of_cohort(
            counted.off_list,
            sum(1 for p in people if p.started and p.site in cuts and p.started >= cuts[p.site]),
            sum(1 for p in people if len({row.site for row in p.rows}) > 1),
            sum(1 for p in people for plan in situation.plans
                if p.site == plan.site and p.started and p.started < plan.service_start),
        ),
    ]  # fmt: skip
