"""Counts of a tier as numbers to work with: shown counts come in, hidden ones among them; what may
be calculated with goes out, and nothing where it may not.
"""

from __future__ import annotations

from typing import Final

from openhiu.disclosure import HIDDEN, shown_share
from openhiu.report.staffing.demand import counted, left_for
from openhiu.report.tiers.priced import ADMISSIONS, ATTENDANCES, BED_DAYS, LONG, SHORT
from openhiu.report.tiers.shape import BELOW, Count, InTier, Moved, Price, Tiers, Unit

# Somebody below the lowest tier came between no and 4 times: halfway.
_BELOW_ALL: Final = 2.0
# A hidden count of people stands for 1 to 7: halfway.
_HIDDEN: Final = 4.0
# What is taken off where no year before tells: a third of the top tier, and more of the others,
# whose people have only just come so often.
USUAL_FALL: Final = 0.33
USUAL_FALL_BELOW: Final = 0.55
KINDS: Final = (ATTENDANCES, ADMISSIONS)
_MOST_DEPRIVED: Final = "1"


def number(count: float | str | None) -> float | None:
    """A count to calculate with; None where it was not counted or is hidden."""
    return None if count is None or isinstance(count, str) else float(count)


def people_in(tiers: Tiers, unit: Unit, key: str) -> float:
    """People in a tier to plan with. A hidden number of them is what the area leaves for it, as
    staffing takes it.
    """
    found = counted(unit.tiers[key].people.total, tiers.publishable, left_for(unit, tiers, key))
    return found.taken_as if found else 0.0


def a_person(found: InTier, kind: str) -> float | None:
    """Contacts a person and year in a tier."""
    spread = getattr(found, kind)
    people, total = number(found.people.total), number(spread.total)
    if people and total is not None:
        return total / people
    return number(spread.mean)


def an_admission(found: InTier) -> float | None:
    """What an emergency admission of the tier cost, on average: long stays cost more."""
    pounds = number(found.cost.emergency_admissions)
    count = number(found.emergency_admissions.total)
    return pounds / count if pounds and count else None


def prices_used(tiers: Tiers) -> list[Price]:
    """The prices that the cost of the tiers was worked out from."""
    items = {price.item: price for price in tiers.prices}
    two = (SHORT, LONG) if SHORT in items else (ADMISSIONS,)
    inside = (BED_DAYS,) if BED_DAYS in items else two
    return [items[item] for item in (ATTENDANCES, *inside) if item in items]


def stays(unit: Unit, key: str) -> dict[str, float] | None:
    """The share of a tier's contacts that its people of the year before made a year later, with
    what help there was: counted where the tiers tell it. Else of attendances alone, each person at
    the mean of the tier they came to, and admissions are taken to fall alike.

    None where there is no year before. Never above 1: nobody plans with more.
    """
    tier = unit.tiers.get(key)
    if tier is None or tier.moved is None or tier.before is None:
        return None
    found = {kind: _share(again(tier.moved, kind), getattr(tier.before, kind)) for kind in KINDS}
    visits = found[ATTENDANCES]
    if visits is None:
        visits = _worked_out(unit, tier)
    if visits is None:
        return None
    inside = found[ADMISSIONS]
    return {ATTENDANCES: visits, ADMISSIONS: visits if inside is None else inside}


def is_counted(unit: Unit, key: str) -> bool:
    """Whether what remained a year later was counted, and not worked out from who went where."""
    tier = unit.tiers.get(key)
    if tier is None or tier.moved is None or tier.before is None:
        return False
    return _share(again(tier.moved, ATTENDANCES), tier.before.attendances) is not None


def again(moved: Moved, kind: str) -> Count:
    """This year's contacts of the people who were in the tier the year before; None where the tiers
    do not tell.
    """
    found: Count = getattr(moved.again, kind) if moved.again else None
    return found


def _share(later: Count, before: Count) -> float | None:
    now, then = number(later), number(before)
    return None if now is None or not then else min(1.0, now / then)


def _worked_out(unit: Unit, tier: InTier) -> float | None:
    if tier.moved is None or tier.before is None:
        return None
    of, people, visits = (number(one) for one in
                          (tier.moved.of, tier.before.people, tier.before.attendances))  # fmt: skip
    if not of or not people or not visits:
        return None
    went = where_they_went(tier.moved)
    moved = sum(went.values())
    now = sum(count * _visits_in(unit, to) for to, count in went.items())
    return min(1.0, now / moved / (visits / people)) if moved else None


def where_they_went(moved: Moved) -> dict[str, float]:
    """Where the people of the year before are now. Hidden numbers are 1 to 7 and taken at the
    middle; what is then left of all of them lies in the lowest tier that is hidden: nobody plans
    with more visits than that.
    """
    shown = {to: float(count) for to, count in moved.to.items() if isinstance(count, int)}
    hidden = [to for to, count in moved.to.items() if count == HIDDEN]
    whole = number(moved.of)
    if not hidden or whole is None:
        return shown | dict.fromkeys(hidden, _HIDDEN)
    left = max(0.0, whole - sum(shown.values()))
    each = min(_HIDDEN, left / len(hidden))
    return shown | dict.fromkeys(hidden, each) | {hidden[-1]: left - each * (len(hidden) - 1)}


def newcomers(unit: Unit, key: str, people: float) -> tuple[float, dict[str, float]] | None:
    """Of so many people of a tier those who were not in it the year before: from below the tiers,
    and from each other tier. None where no year before tells.
    """
    moved = unit.tiers[key].moved
    if moved is None:
        return None
    came = {
        other: where_they_went(tier.moved).get(key, 0.0)
        for other, tier in unit.tiers.items() if other != key and tier.moved
    }  # fmt: skip
    fresh = number(moved.new)
    if fresh is None:
        fresh = people - where_they_went(moved).get(key, 0.0)
    fresh = min(people, max(0.0, fresh))
    known, below = sum(came.values()), number(moved.from_below)
    # The total stands before its parts: from below is told, or what the other tiers leave.
    others = min(known, fresh) if below is None else max(0.0, fresh - below)
    scale = others / known if known else 0.0
    return fresh - scale * known, {other: scale * count for other, count in came.items()}


def _visits_in(unit: Unit, key: str) -> float:
    if key == BELOW or key not in unit.tiers:
        return _BELOW_ALL
    found = a_person(unit.tiers[key], ATTENDANCES)
    return _BELOW_ALL if found is None else found


def most_deprived(found: InTier | None) -> int | None:
    """The percentage of a tier known to live in the most deprived fifth, of everybody in it: hidden
    fifths are people too. None where either number is hidden.
    """
    least = found.imd.get(_MOST_DEPRIVED) if found else None
    whole = found.people.total if found else None
    share = HIDDEN if least is None or whole is None else shown_share(least, whole)
    return None if isinstance(share, str) else share


def next_year(unit: Unit, key: str) -> tuple[float, float, float] | None:
    """Pounds a tier is forecast to cost in the year after, with its range: its forecast attendances
    at their price, with as many admissions to each as this year. None without a forecast.
    """
    tier = unit.tiers[key]
    visits, total = number(tier.attendances.total), number(tier.cost.total)
    if tier.forecast is None or not visits or total is None:
        return None
    ends = [number(getattr(tier.forecast.attendances, end)) for end in ("expected", "low", "high")]
    if any(end is None for end in ends):
        return None
    middle, low, high = (total * end / visits for end in ends if end is not None)
    return middle, low, high
