"""The plan of each option: tiers, staffing, prices and a place's settings come in; the plans that
the sums are worked out from go out, with where each number is from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Final

from openhiu.locality import BusinessCase, Locality
from openhiu.report.business_case.counted import (
    KINDS,
    USUAL_FALL,
    USUAL_FALL_BELOW,
    a_person,
    an_admission,
    newcomers,
    number,
    people_in,
    stays,
)
from openhiu.report.business_case.effect import Effect
from openhiu.report.business_case.sums.plan import QUARTERS_A_YEAR, Group, Plan, Team, Willing
from openhiu.report.business_case.words import after, times
from openhiu.report.staffing import capacity_of
from openhiu.report.staffing.told import Staffing
from openhiu.report.tiers.priced import ADMISSIONS, ATTENDANCES
from openhiu.report.tiers.shape import PLACE, InTier, Tier, Tiers, Unit

# Of a tier, how many are in it a year later, where no year before tells: 4 in 10.
_STILL: Final = 0.4
_A_HAIR: Final = 1e-9
_DAYS_A_YEAR: Final = 365.25
MADE_UP: Final = (
    "OpenHIU's planning assumption, measured nowhere: a third less in the top tier, 55% less in "
    "the others"
)


@dataclass(frozen=True)
class Place:
    """A place with its leads: in post, of these funded in the first contract year and in each later
    one, to be added, and needed before rounding to whole posts.
    """

    in_post: float
    funded: tuple[float, float]
    extra: float
    needed: float

    @property
    def lasting(self) -> float:
        """Leads in post who are paid to the end of the contract."""
        return self.in_post * min(self.funded)


@dataclass(frozen=True)
class Planning:
    """Who can be reached: leads already there and those to pay for, how many people one of them
    begins with in a quarter, the share who say yes. `places` are by code; none where the area is
    worked out as one.
    """

    in_post: float
    extra: float
    a_quarter: float
    accept: float
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def pooled(self) -> int:
        """Leads needed if they were shared between the places: rounded once, not in each."""
        return ceil(sum(one.needed for one in self.places.values()) - _A_HAIR)

    @property
    def shared(self) -> float | None:
        """Leads to add if those in post, and new ones, were shared between the places; None where
        that spares none.
        """
        found = max(0.0, self.pooled - sum(one.lasting for one in self.places.values()))
        most = sum(one.extra for one in self.places.values())
        return found if len(self.places) > 1 and found < most else None

    @property
    def spare(self) -> float:
        """Leads in post, and paid to the end, beyond the whole posts that their place needs."""
        return sum(max(0.0, one.lasting - ceil(one.needed - _A_HAIR))
                   for one in self.places.values())  # fmt: skip


def planning_of(staffing: Staffing, locality: Locality, as_of: date) -> Planning:
    """The leads of the case: the place's own number, else those that staffing asks for."""
    total, rules = staffing.total, locality.staffing
    said = locality.business_case.leads
    used = staffing.used.key
    return Planning(
        total.in_post, total.extra if said is None else said,
        capacity_of(rules).a_quarter, rules.acceptance,
        places={
            one.code: Place(one.in_post, funded(locality, one.code, as_of), one.extra,
                            one.taken_as / staffing.used.most if one.needed.get(used) else 0.0)
            for one in staffing.places if one.kind == PLACE
        },
    )  # fmt: skip


def funded(locality: Locality, code: str, as_of: date) -> tuple[float, float]:
    """The share of the first contract year, and of those after it, for which the leads that a place
    has in post are paid. From the day of the document where no first day was said.
    """
    case = locality.business_case
    until = next((one.funded_until for one in locality.places if one.code == code), None)
    if until is None:
        return 1.0, 1.0
    begin = case.starts or as_of
    years = (until - begin).days / _DAYS_A_YEAR
    rest = (after(begin, case.months) - begin).days / _DAYS_A_YEAR - 1
    later = min(1.0, max(0.0, years - 1) / rest) if rest > 0 else 0.0
    return min(1.0, max(0.0, years)), later


def plan_of(
    tiers: Tiers, planning: Planning, effect: Effect, locality: Locality, *,
    leads: float, lead_cost: float, mobilise: int, shared: bool = False,
) -> Plan:  # fmt: skip
    """The plan of one option. `shared`: the leads work wherever they are needed."""
    case = locality.business_case
    prices = prices_of(tiers)
    ratios = {kind: ratio.central for kind, ratio in effect.ratios.items() if kind in prices}
    teams = teams_of(tiers, planning, shared=shared)
    return Plan(
        months=case.months, leads=leads, lead_cost=lead_cost,
        groups=groups(tiers, teams, case), prices=prices, ratios=ratios,
        a_quarter=planning.a_quarter, other_cost=_other_cost(locality, planning, leads),
        mobilise=mobilise, ramp=case.ramp_up_months,
        lasts=min(case.benefit_months, effect.months), discount=case.discount_rate,
        cash=frozenset(locality.money.cash_releasing), teams=teams,
    )  # fmt: skip


def prices_of(tiers: Tiers) -> dict[str, float]:
    """What one contact costs; an admission is as dear as the area's were, whatever they were priced
    by, so that cost and release stand on the same prices.
    """
    found = {price.item: price.gbp for price in tiers.prices if price.item in KINDS}
    inside = [tiers.whole.tiers[tier.key] for tier in tiers.tiers if tier.key in tiers.whole.tiers]
    known = [one for one in inside if an_admission(one) is not None]
    pounds = sum(number(one.cost.emergency_admissions) or 0.0 for one in known)
    count = sum(number(one.emergency_admissions.total) or 0.0 for one in known)
    return {**found, ADMISSIONS: pounds / count} if count and tiers.prices else found


def _other_cost(locality: Locality, planning: Planning, leads: float) -> float:
    """What is paid a year besides leads: all of it where nobody is in post, else what comes with
    as many more leads.
    """
    whole = locality.money.other_cost_a_year
    if leads <= 0:
        return 0.0
    return whole * leads / planning.in_post if planning.in_post > 0 else whole


def teams_of(tiers: Tiers, planning: Planning, *, shared: bool = False) -> tuple[Team, ...]:
    """Each place with its share of the new leads and the people whom those in post leave over; the
    area as one where no places are named, or where leads are shared.
    """
    units = [unit for unit in tiers.places if unit.code in planning.places]
    if not units:
        whole = _left(tiers, tiers.whole, (planning.in_post, planning.in_post), planning)
        return (Team(1.0, whole),)
    left = [_left(tiers, unit, _in_post(planning.places[unit.code]), planning) for unit in units]
    if shared:
        return (Team(1.0, _together(left)),)
    asked = [planning.places[unit.code].extra for unit in units]
    if not any(asked):
        asked = [one[tiers.top.key].first_year for one in left]
    if not any(asked):
        asked = [1.0] * len(left)
    return tuple(Team(weight / sum(asked), people)
                 for weight, people in zip(asked, left, strict=True))  # fmt: skip


def _in_post(place: Place) -> tuple[float, float]:
    first, later = place.funded
    return place.in_post * first, place.in_post * later


def _together(left: list[dict[str, Willing]]) -> dict[str, Willing]:
    """The people of all places as of one."""
    keys = list(left[0])
    return {
        key: Willing(
            sum(one[key].first_year for one in left), sum(one[key].fresh for one in left),
            {other: sum(one[key].moved.get(other, 0.0) for one in left) for other in keys},
        )
        for key in keys
    }  # fmt: skip


def groups(tiers: Tiers, teams: tuple[Team, ...], case: BusinessCase) -> tuple[Group, ...]:
    """The tiers from the top down, each with those who would say yes and are not reached already:
    of the area, whatever their place.
    """
    found = []
    for tier in reversed(tiers.tiers):
        inside = tiers.whole.tiers.get(tier.key)
        before = _before(inside) if inside else {}
        there = [team.people[tier.key] for team in teams]
        first = sum(one.first_year for one in there)
        later = sum(one.fresh + sum(one.moved.values()) for one in there)
        if inside and before and (first or later or tier == tiers.top):
            left = natural(tiers, tier, case)
            price = an_admission(inside) if tiers.prices else None
            found.append(Group(
                tier.key, times(tier), first, later, before, left[ATTENDANCES],
                left, {} if price is None else {ADMISSIONS: price},
            ))  # fmt: skip
    return tuple(found)


def _left(
    tiers: Tiers, unit: Unit, in_post: tuple[float, float], planning: Planning
) -> dict[str, Willing]:
    """People of a unit by tier whom the leads that are there already leave over, in the first year
    and in each later one. They reach the top tier first: that is nobody's gain here.
    """
    first_room, later_room = (leads * planning.a_quarter * QUARTERS_A_YEAR for leads in in_post)
    found = {}
    for tier in reversed(tiers.tiers):
        people = people_in(tiers, unit, tier.key) if tier.key in unit.tiers else 0.0
        came = newcomers(unit, tier.key, people) if tier.key in unit.tiers else None
        fresh, moved = (people * (1 - _STILL), {}) if came is None else came
        first = people * planning.accept
        later = (fresh + sum(moved.values())) * planning.accept
        taken, taken_later = min(first_room, first), min(later_room, later)
        kept = planning.accept * (1 - taken_later / later) if later else 0.0
        found[tier.key] = Willing(first - taken, fresh * kept,
                                  {key: count * kept for key, count in moved.items()})  # fmt: skip
        first_room, later_room = first_room - taken, later_room - taken_later
    return found


def natural(tiers: Tiers, tier: Tier, case: BusinessCase) -> dict[str, float]:
    """The share of contacts there would be a year later with no new service, by kind."""
    measured = stays(tiers.whole, tier.key)
    if measured is not None:
        return measured
    usual = USUAL_FALL if tier == tiers.top else USUAL_FALL_BELOW
    fall = usual if case.natural_fall is None else case.natural_fall
    return dict.fromkeys(KINDS, 1 - fall)


def assumed(tiers: Tiers) -> list[str]:
    """The tiers of which this area's own year before does not tell what happens by itself."""
    return [times(tier) for tier in tiers.tiers if stays(tiers.whole, tier.key) is None]


def _before(inside: InTier) -> dict[str, float]:
    each = {kind: a_person(inside, kind) for kind in KINDS}
    return {kind: count for kind, count in each.items() if count is not None}
