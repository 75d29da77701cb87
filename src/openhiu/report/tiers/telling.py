"""What was counted and a way to look at it come in; `Tiers` go out, internal or publishable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from openhiu.identify.windows import months_before
from openhiu.locality import Locality
from openhiu.report.tiers.counted import ALL, Counted
from openhiu.report.tiers.forecast import METHOD, Expected, forecast
from openhiu.report.tiers.plain import Lens
from openhiu.report.tiers.priced import Priced
from openhiu.report.tiers.shape import (
    AREA,
    BELOW,
    PLACE,
    SITE,
    Again,
    Before,
    Cost,
    Count,
    Forecast,
    InTier,
    Moved,
    Number,
    Spread,
    Tiers,
    Unit,
)
from openhiu.report.tiers.steps import BEFORE, NOW, Years

_MEASURES = ("attendances", "emergency_admissions", "bed_days")
_SHORT = "short_stays"
_OF_TWO_YEARS = ("before", "moved", "entered", "entered_by_month")


@dataclass(frozen=True)
class Told:
    """Everything that is known, before it is looked at. `whole_before`: kind and code of the units
    of which the year before is wholly there; `by_spells`: hospital stays were sent.
    """

    units: tuple[Counted, ...]
    years: Years
    priced: Priced
    locality: Locality
    as_of: date
    cut_off: str
    whole_before: frozenset[tuple[str, str]]
    by_spells: bool
    counting: tuple[str, ...]
    criteria: Mapping[str, Any]
    sources: tuple[Mapping[str, Any], ...]
    warnings: tuple[str, ...]
    openhiu: str

    @property
    def sites(self) -> list[Counted]:
        """The hospitals."""
        return [unit for unit in self.units if unit.kind == SITE]

    def has_before(self, unit: Counted) -> bool:
        """Whether the year before is wholly there."""
        return (unit.kind, unit.code) in self.whole_before

    @cached_property
    def forecasts(self) -> Mapping[tuple[str, str], Mapping[int, Expected]]:
        """What to expect of every unit whose year before is there."""
        least = {number: tier.least for number, tier in enumerate(self.years.tiers, start=1)}
        return {
            (unit.kind, unit.code): forecast(
                unit.moved,
                {tier: unit.of(NOW, tier, "attendances") for tier in least},
                least,
                f"{unit.kind} {unit.code}",
            )
            for unit in self.units
            if self.has_before(unit)
        }


def tell(told: Told, lens: Lens) -> Tiers:
    """The tiers as this lens shows them."""
    return Tiers(
        publishable=lens.publishable,
        area=told.locality.name or "The area",
        as_of=told.as_of,
        cut_off=told.cut_off,
        year=told.years.now,
        year_before=told.years.before if (AREA, ALL) in told.whole_before else None,
        tiers=told.years.tiers,
        units=tuple(_unit(told, lens, unit) for unit in told.units),
        counting=told.counting,
        criteria=told.criteria,
        prices=tuple(told.priced.by_item.values()),
        sources=told.sources,
        warnings=told.warnings,
        openhiu=told.openhiu,
    )


def _unit(told: Told, lens: Lens, unit: Counted) -> Unit:
    people, attendances = lens.seen(unit)
    population, leads, service = _standing(told.locality, unit)
    return Unit(
        kind=unit.kind,
        code=unit.code,
        name=unit.name,
        tiers={
            tier.key: _in_tier(told, lens, unit, number)
            for number, tier in enumerate(told.years.tiers, start=1)
        },
        population=population,
        leads=leads,
        service=service,
        people_seen=people,
        attendances_seen=attendances,
    )


def _in_tier(told: Told, lens: Lens, unit: Counted, tier: int) -> InTier:
    people = lens.people(unit, NOW, tier)
    spreads = {measure: _spread(told, lens, unit, tier, measure, people) for measure in _MEASURES}
    return InTier(
        people=_over_hospitals(told, lens, unit, tier, people),
        **spreads,
        cost=_cost(told, lens, unit, NOW, tier),
        before=_before(told, lens, unit, tier) if told.has_before(unit) else None,
        moved=_moved(told, lens, unit, tier) if told.has_before(unit) else None,
        forecast=_forecast(told, lens, unit, tier),
        entered=_entered(told, lens, unit, tier),
        stays=lens.stays(unit, tier) if told.has_before(unit) else (),
        imd=lens.parts(unit, tier, "imd"),
        age=lens.parts(unit, tier, "age"),
        sex=lens.parts(unit, tier, "sex"),
        priority=lens.parts(unit, tier, "priority")["yes"]
        if told.locality.priority_lsoas else None,
        entered_in_year=lens.entered_in_year(unit, tier) if told.has_before(unit) else None,
        stars=_stars(told, lens, unit, tier),
    )  # fmt: skip


def _spread(
    told: Told, lens: Lens, unit: Counted, tier: int, measure: str, people: Count
) -> Spread:
    if measure == "bed_days" and not told.by_spells:
        return Spread()
    total = lens.total(unit, NOW, tier, measure)
    if not people:
        return Spread(total)
    return Spread(total, *lens.ends(unit, tier, measure), lens.mean(unit, tier, measure))


def _over_hospitals(told: Told, lens: Lens, unit: Counted, tier: int, people: Count) -> Spread:
    """People over the hospitals of an area or a place: of a hospital there is only the total."""
    here = [lens.people(site, NOW, tier) for site in told.sites if site.code in unit.sites]
    if unit.kind == SITE or not here:
        return Spread(people)
    shown = [float(count) for count in here if isinstance(count, int)]
    if len(shown) < len(here):
        return Spread(people, "*", max(shown) if shown else "*", "*")
    mean: Number = round(sum(shown) / len(shown), 1)
    return Spread(people, min(shown), max(shown), mean)


def _cost(told: Told, lens: Lens, unit: Counted, which: str, tier: int) -> Cost:
    attendances, admissions, days = (lens.total(unit, which, tier, kind) for kind in _MEASURES)
    one = told.priced.an_admission(
        unit.total(which, tier, "emergency_admissions"), unit.total(which, tier, _SHORT)
    )
    if lens.publishable:
        one = told.priced.told_of_an_admission(one, admissions)
    return told.priced.cost(attendances, admissions, days, one)


def _before(told: Told, lens: Lens, unit: Counted, tier: int) -> Before:
    return Before(
        people=lens.people(unit, BEFORE, tier),
        attendances=lens.total(unit, BEFORE, tier, "attendances"),
        emergency_admissions=lens.total(unit, BEFORE, tier, "emergency_admissions"),
        bed_days=lens.total(unit, BEFORE, tier, "bed_days") if told.by_spells else None,
        cost=_cost(told, lens, unit, BEFORE, tier).total,
    )


def _moved(told: Told, lens: Lens, unit: Counted, tier: int) -> Moved:
    keys = {number: one.key for number, one in enumerate(told.years.tiers, start=1)}
    to = {keys[number]: lens.moved(unit, tier, number) for number in sorted(keys, reverse=True)}
    return Moved(
        of=lens.people(unit, BEFORE, tier),
        to={**to, BELOW: lens.moved(unit, tier, 0)},
        new=lens.new(unit, tier),
        from_below=lens.moved(unit, 0, tier),
        again=Again(*lens.again(unit, tier)),
    )


def _forecast(told: Told, lens: Lens, unit: Counted, tier: int) -> Forecast | None:
    found = told.forecasts.get((unit.kind, unit.code))
    people, new = lens.people(unit, NOW, tier), lens.new(unit, tier)
    if found is None or people == "*":
        return None
    together = people + new if isinstance(people, int) and isinstance(new, int) else "*"
    return Forecast(
        people=lens.range(found[tier].people),
        attendances=lens.range(found[tier].attendances),
        method=METHOD,
        if_all_stayed=together,
    )


def _entered(told: Told, lens: Lens, unit: Counted, tier: int) -> tuple[tuple[str, Count], ...]:
    if not told.has_before(unit):
        return ()
    return tuple(zip(_months(told), lens.entered(unit, tier), strict=True))


def _months(told: Told) -> list[str]:
    end = told.years.now.to_exclusive
    return [f"{months_before(end, 12 - number):%Y-%m}" for number in range(12)]


def _stars(told: Told, lens: Lens, unit: Counted, tier: int) -> dict[str, str]:
    """Of what is hidden, whether it is small itself: by the way to it in the file."""
    keys = {number: one.key for number, one in enumerate(told.years.tiers, start=1)}
    ways = lens.stars(unit, tier, {**keys, 0: BELOW})
    if not told.has_before(unit):
        return {way: said for way, said in ways.items() if way.split(".")[0] not in _OF_TWO_YEARS}
    months = dict(zip((f"month {n}" for n in range(1, 13)), _months(told), strict=True))
    return {
        f"entered_by_month.{months[way.partition('.')[2]]}"
        if way.startswith("entered_by_month.") else way: said
        for way, said in ways.items()
    }  # fmt: skip


def _standing(locality: Locality, unit: Counted) -> tuple[int | None, float | None, str | None]:
    """Who lives there, the leads in post, and what is there already."""
    leads_at = {site.code: site.leads for site in locality.sites}
    at_sites = _sum([leads_at.get(code) for code in unit.sites])
    if unit.kind == SITE:
        site = next((site for site in locality.sites if site.code == unit.code), None)
        return None, at_sites, (site.service or None) if site else None
    if unit.kind == PLACE:
        place = next((place for place in locality.places if place.code == unit.code), None)
        if place is None:
            return None, None, None
        leads = at_sites if place.leads is None else place.leads
        return place.population, leads, place.service or None
    money = locality.money
    entered = money.leads if money.leads_given else None
    in_places = _sum([place.leads for place in locality.places])
    leads = next((found for found in (in_places, at_sites, entered) if found is not None), None)
    people = [place.population for place in locality.places]
    every = bool(people) and None not in people
    return (sum(filter(None, people)) if every else None), leads, None


def _sum(found: Sequence[float | None]) -> float | None:
    told = [number for number in found if number is not None]
    return sum(told) if told else None
