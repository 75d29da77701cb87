"""Ranking: laid-out tables and criteria come in, the lists with their facts and flow go out.

The counting is in `sql/`; here the steps are run in order and the few listed rows get their words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from openhiu.engines import Engine, Parameters
from openhiu.errors import WrongUsage
from openhiu.identify import steps
from openhiu.identify.criteria import Criteria, Kind, Rule
from openhiu.identify.why import why
from openhiu.identify.windows import Window, age_on
from openhiu.locality import Locality
from openhiu.tables.handover import ALL_SITES


@dataclass(frozen=True)
class Boundary:
    """Where a list was cut: the count in the last place, and who stood there and above."""

    list_id: str
    cut_at: int
    people_at_cut: int
    people_above: int
    people: int

    def is_tied(self, top_n: int) -> bool:
        """True when more people stood at the cut than there were places left."""
        return self.people_above < top_n < self.people_above + self.people_at_cut

    def is_deep(self, criteria: Criteria) -> bool:
        """True when a top list had to be filled with people who came once."""
        top = criteria.rule(Kind.TOP)
        return bool(top and self.cut_at == 1 and self.people > 0)


@dataclass(frozen=True)
class ListedPerson:
    """One row of a list, before people's names and last month's list are looked at."""

    list_id: str
    rank: int
    person_id: str
    attendances: int
    max_in_month: int
    attendances_12m: int
    by_ambulance: int
    admissions: int
    sites_attended: int
    first_arrival: datetime
    last_arrival: datetime
    age: int | None
    sex: str | None
    imd_decile: int | None
    ethnic_category: str | None
    rules: tuple[str, ...]
    tied: bool
    why: str
    change: str = ""


@dataclass(frozen=True)
class Ranked:
    """The lists of one as-of date. `admissions_from` is "spells" or "attendances"."""

    criteria: Criteria
    window: Window
    listed: tuple[ListedPerson, ...]
    boundaries: Mapping[str, Boundary]
    sites: tuple[str, ...]
    admissions_from: str
    parameters: Parameters


def rank(
    engine: Engine,
    criteria: Criteria,
    as_of: date,
    *,
    locality: Locality,
    sites: tuple[str, ...] = (),
    keyed: bool = True,
    has_admissions: bool = False,
) -> Ranked:
    """Make the lists from the tables that `inputs` laid out.

    `sites` restricts the lists to those site codes and leaves out the list across all sites.
    Raises WrongUsage for a site at which nobody attended.
    """
    window = Window(as_of, criteria.window_months)
    footprint = locality.footprint
    values = steps.parameters(
        criteria,
        window,
        sites=tuple(site.code for site in locality.sites),
        listed=sites,
        footprint_combine=footprint.combine,
        has_lsoas=bool(footprint.lsoas),
        has_practices=bool(footprint.gp_practices),
    )
    steps.prepare(engine, values, footprint=footprint.defined)
    steps.count(engine, criteria, values)
    attended = _attended(engine)
    _refuse_unknown_sites(sites, attended)
    values = {**values, "across_sites": not sites and len(attended) > 1}
    steps.order(engine, values)
    steps.choose(engine, criteria, values, keyed=keyed)
    boundaries = _boundaries(engine, values)
    source = "spells" if has_admissions else "attendances"
    listed = _listed(engine, criteria, window, locality, boundaries, values, source)
    return Ranked(criteria, window, listed, boundaries, attended, source, values)


def _attended(engine: Engine) -> tuple[str, ...]:
    rows = engine.run("select distinct site_code from counts order by site_code")
    return tuple(str(code) for code in rows["site_code"].to_pylist())


def _refuse_unknown_sites(wanted: tuple[str, ...], attended: tuple[str, ...]) -> None:
    unknown = sorted(set(wanted) - set(attended))
    if unknown:
        raise WrongUsage(
            f"nobody attended at site {unknown[0]} by these criteria",
            remedy=f"use one of: {', '.join(attended) or 'none'}",
        )


def _boundaries(engine: Engine, values: Parameters) -> dict[str, Boundary]:
    rows = engine.run(steps.text("boundary"), values).to_pylist()
    return {
        row["list_id"]: Boundary(
            row["list_id"], int(row["cut_at"]), int(row["people_at_cut"]),
            int(row["people_above"]), int(row["people"]),
        )
        for row in rows
    }  # fmt: skip


def _listed(
    engine: Engine,
    criteria: Criteria,
    window: Window,
    locality: Locality,
    boundaries: Mapping[str, Boundary],
    values: Parameters,
    source: str,
) -> tuple[ListedPerson, ...]:
    facts = {row["person_key"]: row
             for row in engine.run(steps.text("facts"), values).to_pylist()}  # fmt: skip
    rows = engine.run("select * from listed order by list_id, place").to_pylist()
    listed = []
    for row in rows:
        rules = _rules(row, criteria)
        if rules:
            person = _person(row, facts.get(row["person_key"], {}), rules, window, source)
            listed.append(_with_words(person, row, rules, criteria, locality, boundaries))
    return tuple(listed)


def _rules(row: Mapping[str, Any], criteria: Criteria) -> tuple[Rule, ...]:
    """The rules that list this row, in the order of the criteria."""

    def applies(rule: Rule) -> bool:
        if rule.kind in (Kind.YEAR, Kind.BAND):
            count = row["in_year"]
            return bool(rule.at_least <= count <= (rule.at_most or steps.NEVER))
        column = f"by_{'rolling' if rule.rolling else rule.kind.value}"
        return bool(row[column])

    return tuple(rule for rule in criteria.rules if applies(rule))


def _person(
    row: Mapping[str, Any],
    facts: Mapping[str, Any],
    rules: tuple[Rule, ...],
    window: Window,
    source: str,
) -> ListedPerson:
    birth = facts.get("birth_date")
    admissions = (row["admissions"] or 0) if source == "spells" else row["admitted"]
    return ListedPerson(
        list_id=row["list_id"],
        rank=int(row["place"]),
        person_id=row["person_id"],
        attendances=int(row["in_window"]),
        max_in_month=int(row["max_in_month"]),
        attendances_12m=int(row["in_year"]),
        by_ambulance=int(row["by_ambulance"]),
        admissions=int(admissions),
        sites_attended=int(row["sites"]),
        first_arrival=row["first_arrival"],
        last_arrival=row["last_arrival"],
        age=age_on(birth, window.as_of) if birth else facts.get("age"),
        sex=facts.get("sex"),
        imd_decile=facts.get("imd_decile"),
        ethnic_category=facts.get("ethnic_category"),
        rules=tuple(rule.label for rule in rules),
        tied=False,
        why="",
    )


def _place(row: Mapping[str, Any]) -> str:
    """The site a sentence names: the list's own, or the only one attended."""
    one_site = row["list_id"] == ALL_SITES and row["sites"] == 1 and row["a_site"]
    return str(row["a_site"] if one_site else row["list_id"])


def _with_words(
    person: ListedPerson,
    row: Mapping[str, Any],
    rules: tuple[Rule, ...],
    criteria: Criteria,
    locality: Locality,
    boundaries: Mapping[str, Boundary],
) -> ListedPerson:
    top = criteria.rule(Kind.TOP)
    boundary = boundaries.get(person.list_id)
    at_cut = boundary is not None and person.attendances == boundary.cut_at
    month = row["busiest_month"]
    sentence = why(
        list_id=person.list_id,
        site_name=locality.site_name(_place(row)),
        attendances=person.attendances,
        attendances_12m=person.attendances_12m,
        max_in_month=person.max_in_month,
        busiest_month=None if month is None else int(month),
        max_in_30_days=int(row["max_in_30_days"]),
        by_ambulance=person.by_ambulance,
        admissions=person.admissions,
        sites=person.sites_attended,
        first=person.first_arrival,
        last=person.last_arrival,
        rules=rules,
        criteria=criteria,
    )
    tied = bool(top and boundary and at_cut and row["by_top"] and boundary.is_tied(top.at_least))
    return replace(person, why=sentence, tied=tied)
