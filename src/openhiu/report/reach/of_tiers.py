"""Published tiers, a locality and the staffing of its places come in; the reach of the area goes
out. Nothing is counted here: every number was protected before.
"""

from __future__ import annotations

from collections.abc import Sequence

from openhiu.locality import Locality
from openhiu.report.reach.inequality import inequality
from openhiu.report.reach.shape import NOT_SAID, YES, Reach, Waiting
from openhiu.report.reach.standings import Standings, WaitingOf, standings
from openhiu.report.staffing.capacity import capacity_of
from openhiu.report.staffing.told import Staffing
from openhiu.report.tiers.told import Tiers


def reach_of(
    tiers: Tiers, locality: Locality | None = None, staffing: Staffing | None = None
) -> Reach:
    """Who is reached, where nobody is, and how that lies with need and deprivation.

    Raises ValueError where the tiers may not be published: reach leaves the house.
    """
    if not tiers.publishable:
        raise ValueError("reach is told from publishable tiers only")
    place = locality or Locality()
    capacity = capacity_of(place.staffing, staffing)
    found = standings(tiers, place, capacity, _waiting(staffing))
    level = _level(found)
    units = found.places if level == "place" else found.sites
    seen = inequality(tiers, units)
    whole = tiers.whole.tiers
    return Reach(
        area=tiers.area, as_of=tiers.as_of, year=tiers.year.name, cut_off=tiers.cut_off,
        level=level, top_words=tiers.top.label,
        tiers={tier.key: tier.label for tier in tiers.tiers}, capacity=capacity,
        whole=found.whole, places=found.places, sites=found.sites, fifths=seen.fifths,
        unknown_fifth=seen.unknown, priority=whole[tiers.top.key].priority,
        need_line=seen.need, leads_line=seen.leads, no_line=seen.why_not,
        mismatch=seen.mismatch, unsaid=tuple(_unsaid(found, level)), counting=tiers.counting,
        sources=tiers.sources, openhiu=tiers.openhiu,
    )  # fmt: skip


def _level(found: Standings) -> str:
    """Where the leads were told of: at places, or at hospitals."""
    places = sum(one.leads is not None for one in found.places)
    sites = sum(one.leads is not None for one in found.sites)
    return "place" if (places and places >= sites) or (found.places and not sites) else "site"


def _waiting(staffing: Staffing | None) -> WaitingOf:
    def of(kind: str, code: str) -> Waiting | None:
        found = staffing.place(code) if staffing else None
        if found is None or found.kind != kind:
            return None
        leads = int(found.in_post)
        one = found.with_leads(leads) if leads else None
        wait = one.wait_median if one else None
        return Waiting(wait.value, wait.low, wait.high, leads, found.recommended) if wait else None

    return of


def _unsaid(found: Standings, level: str) -> list[str]:
    """What nobody has said, in the words of whoever has to ask for it."""
    units = found.places if level == "place" else found.sites
    hospitals = [one.name for one in found.sites if one.service == NOT_SAID]
    places = [one.name for one in found.places if one.service == NOT_SAID]
    unsized = [one.name for one in units
               if one.service == YES and one.leads is None and not one.through]  # fmt: skip
    lost = [one.name for one in found.sites if all(n is None for n in one.people.values())]
    told = []
    if lost:
        told.append(f"How many people come to {_some(lost)}: the data hold nobody")
    if hospitals:
        told.append(f"Whether there is a service at {_some(hospitals)}")
    if places and level == "place":
        told.append(f"Whether there are leads in {_some(places)}")
    if unsized:
        told.append(f"How many leads there are at {_some(unsized)}")
    return told


def _some(names: Sequence[str]) -> str:
    """Some names, and how many more."""
    if len(names) <= 3:
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return f"{', '.join(names[:3])} and {len(names) - 3} more"
