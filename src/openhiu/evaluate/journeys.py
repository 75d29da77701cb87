"""The way of each person through a service: the lists, the roster and what the store says of people
come in; one `Journey` a person and site goes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import pyarrow as pa

from openhiu.engines import Engine, Parameters
from openhiu.evaluate import steps
from openhiu.evaluate.arrays import born_by
from openhiu.evaluate.clients import Key, Supported
from openhiu.evaluate.months import first_of, month_number
from openhiu.evaluate.rows import Journey, day_number, day_of
from openhiu.evaluate.sites import SitePlan
from openhiu.tables import codes

_BANDS: Final = ((18, "Under 18"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"),
                 (65, "50 to 64"), (80, "65 to 79"), (999, "80 and over"))  # fmt: skip
_KNOWN_FOR: Final = 12  # months of attendances that speak of housing and mental health


@dataclass(frozen=True)
class Place:
    """Somebody at a site: when they were first listed, and their person on the roster, if any."""

    site: str
    key: Key
    first_listed: date | None
    supported: Supported | None

    @property
    def known_by(self) -> date | None:
        """The day from which on nothing new may be known of them: the list, or else the roster."""
        rows = self.supported.rows if self.supported else ()
        days = [day for row in rows if row.site == self.site
                for day in (row.list_date, row.offer_date, row.start_date) if day]  # fmt: skip
        return self.first_listed or min(days, default=None)


def places(
    listed: Sequence[Mapping[str, Any]], people: Sequence[Supported], sites: Sequence[str]
) -> list[Place]:
    """Everybody listed since the service started or on the roster, site by site."""
    first = {(row["site_code"], row["person_key"]): first_of(int(row["list_no"]))
             for row in listed}  # fmt: skip
    known = {person.key: person for person in people}
    here = set(sites)
    of_roster = {(row.site, person.key) for person in people for row in person.rows
                 if row.site in here}  # fmt: skip
    return [Place(site, key, _first_listed(first.get((site, key)), known.get(key), site),
                  known.get(key))
            for site, key in sorted(first.keys() | of_roster)]  # fmt: skip


def _first_listed(rebuilt: date | None, person: Supported | None, site: str) -> date | None:
    told = [row.list_date for row in (person.rows if person else ())
            if row.site == site and row.list_date]  # fmt: skip
    return min([*told, *([rebuilt] if rebuilt else [])], default=None)


def journeys(
    engine: Engine, values: Parameters, found: Sequence[Place], plans: Mapping[str, SitePlan],
    numbers: Mapping[str, Mapping[Key, int]], on_list: Set[Key], wards: frozenset[str],
    as_of: date,
) -> tuple[Journey, ...]:  # fmt: skip
    """Each place with its dates and attributes. `numbers`: site by site, the person's number in
    its rows; `on_list`: those whose start lies within the month of a list they were on.
    """
    said, needs = _said(engine, values, found, as_of)
    after = {site: len(numbers[site]) for site in plans}
    made = []
    for place, facts, need in zip(found, said, needs, strict=True):
        number = numbers[place.site].get(place.key)
        if number is None:
            number = after[place.site]
            after[place.site] += 1
        listed = place.known_by or as_of
        made.append(Journey(
            place.site, number, place.first_listed,
            **_dates(place, facts, plans[place.site], on_list),
            **_attributes(facts, need, place, listed, wards),
        ))  # fmt: skip
    return tuple(made)


def _said(
    engine: Engine, values: Parameters, found: Sequence[Place], as_of: date
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    days = [place.known_by or as_of for place in found]
    kind = engine.run("select person_key from persons where 1 = 0").schema.field("person_key").type
    engine.register("journey_people", pa.table({
        "journey_no": pa.array(range(len(found)), pa.int32()),
        "person_key": pa.array([place.key for place in found], kind),
        "known_by": _moments(days),
        "known_from": _moments([first_of(month_number(day) - _KNOWN_FOR) for day in days]),
    }))  # fmt: skip
    said = engine.run(steps.text("said_of_people"), values).to_pylist()
    needs = {row["journey_no"]: row
             for row in engine.run(steps.text("needs_told"), values).to_pylist()}  # fmt: skip
    return said, [needs.get(number, {}) for number in range(len(found))]


def _moments(days: Sequence[date]) -> pa.Array:
    return pa.array([datetime.combine(day, time()) for day in days], pa.timestamp("us"))


def _dates(
    place: Place, facts: Mapping[str, Any], plan: SitePlan, on_list: Set[Key]
) -> dict[str, Any]:
    person = place.supported
    rows = [row for row in (person.rows if person else ()) if row.site == place.site]
    offered = [row.offer_date for row in rows if row.offer_date]
    consents = [row.consent for row in rows if row.consent is not None]
    here = person is not None and person.site == place.site
    started = person.started if person and here else None
    first = next((row for row in rows if row.start_date == started), None) if started else None
    again = [row.return_date for row in rows if row.return_date]
    again += [row.start_date for row in rows
              if started and row.start_date and row.start_date > started]  # fmt: skip
    return {
        "offered": min(offered, default=None),
        "said_yes": True if started or True in consents else False if consents else None,
        "started": started,
        "stepped_back": first.step_down_date if first else None,
        "returned": min(again, default=None),
        "died": _seen(facts["death_day"], plan),
        "moved": _seen(facts["moved_day"], plan),
        "off_list": started is not None and started < plan.cut and place.key not in on_list,
    }


def _seen(day: int | None, plan: SitePlan) -> date | None:
    return day_of(day) if day is not None and day < day_number(plan.cut) else None


def _attributes(
    facts: Mapping[str, Any], need: Mapping[str, Any], place: Place, listed: date,
    wards: frozenset[str],
) -> dict[str, Any]:  # fmt: skip
    rows = [row for row in (place.supported.rows if place.supported else ())
            if row.site == place.site]  # fmt: skip
    decile = facts["imd_decile"]
    lsoa = facts["lsoa"]
    return {
        "age_band": _age_band(facts["born_month"], facts["born_day"], listed),
        "sex": None if facts["sex"] in (None, "0") else codes.SEX.get(facts["sex"]),
        "ethnicity": _ethnicity(facts["ethnic_category"]),
        "imd_quintile": None if decile is None else str((int(decile) - 1) // 2 + 1),
        "housing": next((row.housing for row in rows if row.housing), _housing(need)),
        "priority_ward": None if not wards or lsoa is None else "yes" if lsoa in wards else "no",
        "mental_health": next(
            (row.mental_health for row in rows if row.mental_health), _mental_health(need)
        ),
    }  # fmt: skip


def _age_band(month: int | None, day: int | None, on: date) -> str | None:
    if month is None:
        return None
    age = (month_number(on) - born_by(month, day or 1)) // 12
    return next((name for top, name in _BANDS if age < top), None)


def _ethnicity(code: str | None) -> str | None:
    group = codes.ETHNIC_GROUPS.get((code or "").strip()[:2].rstrip("*"))
    return None if group in (None, "Not known") else group


def _housing(need: Mapping[str, Any]) -> str | None:
    if not need.get("housing_told"):
        return None
    return "no settled home" if need["not_housed"] else "settled home"


def _mental_health(need: Mapping[str, Any]) -> str | None:
    if need.get("mental_health"):
        return "yes"
    return "no" if need.get("complaints_told") else None
