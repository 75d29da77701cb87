"""The units of published tiers and what the locality says of them come in; how each hospital and
place stands, ranked by the people beyond reach, goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from openhiu.disclosure import HIDDEN
from openhiu.locality import Locality, Place, Site
from openhiu.report.reach.known import by_fifth, mean_fifth, percent, together
from openhiu.report.reach.shape import (
    NO,
    NOT_SAID,
    YES,
    Count,
    Service,
    Standing,
    Waiting,
    seen,
    size,
)
from openhiu.report.staffing.shape import Capacity
from openhiu.report.tiers.shape import AREA, ELSEWHERE, FEW, PLACE, SITE, InTier, Tiers, Unit

_NO_WORDS: Final = {"none", "no", "no service", "nothing", "not yet"}
WaitingOf = Callable[[str, str], Waiting | None]


@dataclass(frozen=True)
class Standings:
    """The area, its places and its hospitals."""

    whole: Standing
    places: tuple[Standing, ...]
    sites: tuple[Standing, ...]


def standings(
    tiers: Tiers, locality: Locality, capacity: Capacity, waiting_of: WaitingOf
) -> Standings:
    """Every unit. A hospital of a place with leads is served through that place."""
    one = _Maker(tiers, capacity, waiting_of)
    said = {place.code: place for place in locality.places}
    found = [_as_said(unit, said.get(unit.code)) for unit in tiers.places if unit.code != ELSEWHERE]
    places = {unit.code: one.standing(unit) for unit in found}
    through = _place_of_sites(locality)
    sites = [
        _served(one.standing(unit), places.get(through.get(unit.code, "")))
        for unit in _hospitals(tiers, locality)
    ]
    kept = [_told_by_sites(one, place, sites, through) for place in places.values()]
    told = [*(place.leads for place in locality.places), *(site.leads for site in locality.sites)]
    anew = any(leads is not None for leads in told)
    whole = replace(tiers.whole, leads=None) if anew else tiers.whole
    everywhere = one.standing(_with_leads(whole, [kept, sites]))
    if len(kept) > 1 and any(place.leads is not None for place in kept):
        everywhere = _of_places(everywhere, kept, _elsewhere(tiers))
    return Standings(everywhere, _ranked(kept), _ranked(sites))


class _Maker:
    """Turns units of one report of tiers into standings."""

    def __init__(self, tiers: Tiers, capacity: Capacity, waiting_of: WaitingOf) -> None:
        self._tiers, self._waiting_of = tiers, waiting_of
        self._a_year = capacity.asked
        self._of_population = all(unit.population for unit in tiers.places)

    def standing(self, unit: Unit) -> Standing:
        """One unit by itself."""
        people = {tier.key: unit.tiers[tier.key].people.total for tier in self._tiers.tiers}
        top = people[self._tiers.top.key]
        takes_on = None if unit.leads is None else unit.leads * self._a_year
        fifths = by_fifth(
            (unit.tiers[tier.key].imd, people[tier.key]) for tier in self._tiers.tiers
        )
        whole, of = self._of(unit)
        everybody = together(people.values())
        return Standing(
            kind=unit.kind, code=unit.code, name=unit.name,
            service=_service(unit.service, unit.leads), service_words=unit.service or "",
            leads=unit.leads, through="", people=people, top=top, in_tiers=everybody,
            takes_on=takes_on, unmet=_unmet(top, takes_on, _service(unit.service, unit.leads)),
            hidden_unmet=_hidden(top, takes_on, _service(unit.service, unit.leads)),
            few=unit.tiers[self._tiers.top.key].stars.get("people.total") == FEW,
            need=1000 * everybody.shown / whole if everybody and whole else None, need_of=of,
            deprivation=mean_fifth(fifths),
            most_deprived=percent(fifths["1"], sum(fifths.values())) if fifths else None,
            by_fifth=fifths, waiting=self._waiting_of(unit.kind, unit.code),
        )  # fmt: skip

    def with_leads(self, standing: Standing, leads: float) -> Standing:
        """The same with leads that were told elsewhere."""
        service = _service(standing.service_words, leads)
        takes_on = leads * self._a_year
        return replace(standing, service=service, leads=leads, takes_on=takes_on,
                       unmet=_unmet(standing.top, takes_on, service),
                       hidden_unmet=_hidden(standing.top, takes_on, service))  # fmt: skip

    def _of(self, unit: Unit) -> tuple[int | None, str]:
        """Whom the people in the tiers are held against."""
        lived_in = unit.kind == AREA or (unit.kind == PLACE and self._of_population)
        if lived_in and unit.population:
            return unit.population, "1,000 people who live there"
        shown = unit.people_seen if isinstance(unit.people_seen, int) else None
        return shown, "1,000 people who came to A&E"


def _service(words: str | None, leads: float | None) -> Service:
    said = (words or "").strip().lower().rstrip(".")
    if said in _NO_WORDS:
        return NO
    if leads is not None:
        return YES if leads or said else NO
    return YES if said else NOT_SAID


def _unmet(top: object, takes_on: float | None, service: Service) -> int | None:
    """People of the top tier whom nobody can begin with in a year. Where no lead was told of there
    is none to count on; where there is a service of unknown size it cannot be said.
    """
    if not isinstance(top, int) or (takes_on is None and service == YES):
        return None
    return max(0, round(top - (takes_on or 0.0)))


def _hidden(top: object, takes_on: float | None, service: Service) -> bool:
    """Whether somebody is surely beyond reach although how many are in the tier is hidden: nobody
    works there.
    """
    return top == HIDDEN and not takes_on and service != YES


def _elsewhere(tiers: Tiers) -> Count:
    """People of the top tier who belong to none of the places."""
    found = next((unit for unit in tiers.places if unit.code == ELSEWHERE), None)
    return found.tiers[tiers.top.key].people.total if found else None


def _of_places(whole: Standing, places: Sequence[Standing], elsewhere: Count) -> Standing:
    """The area: leads reach people of their own place, and no more than there are. Hidden people of
    places without a lead, and people of no place, are beyond reach.
    """
    if not isinstance(whole.top, int):
        return replace(whole, reached=None, unmet=None, takes_on=None)
    each = [*(one.top for one in places), elsewhere]
    hidden = each.count(HIDDEN)
    shown = sum(top for top in each if isinstance(top, int))
    left = max(0.0, whole.top - shown) / hidden if hidden else 0.0
    within = sum(
        min(float(one.top) if isinstance(one.top, int) else left, one.takes_on or 0.0)
        for one in places
    )  # fmt: skip
    share = min(100, round(100 * within / whole.top)) if whole.top else 100
    return replace(whole, reached=share, unmet=max(0, round(whole.top - within)))


def _hospitals(tiers: Tiers, locality: Locality) -> list[Unit]:
    """Those of the data, and those that the locality names and the data do not hold."""
    said = {site.code: site for site in locality.sites}
    there = [_as_said(unit, said.pop(unit.code, None)) for unit in tiers.sites]
    nothing = {tier.key: InTier() for tier in tiers.tiers}
    missing = [Unit(SITE, site.code, site.name, nothing) for site in said.values()]
    return [*there, *(_as_said(unit, said[unit.code]) for unit in missing)]


def _as_said(unit: Unit, said: Place | Site | None) -> Unit:
    """A unit with what the locality says now: tiers may have been counted before somebody came."""
    if said is None:
        return unit
    return replace(
        unit,
        leads=unit.leads if said.leads is None else said.leads,
        service=said.service or unit.service,
        population=getattr(said, "population", None) or unit.population,
    )


def _place_of_sites(locality: Locality) -> Mapping[str, str]:
    """The code of the place of each hospital, from either end."""
    by_site = {site.code: site.place for site in locality.sites if site.place}
    return {**by_site, **{site: place.code for place in locality.places for site in place.sites}}


def _served(site: Standing, place: Standing | None) -> Standing:
    """A hospital that says nothing itself stands as its place does."""
    if place is None or site.service != NOT_SAID or place.service == NOT_SAID:
        return site
    return replace(
        site, service=place.service, service_words=place.service_words,
        through=place.name if place.service == YES else "",
        unmet=None if place.service == YES else site.unmet,
        hidden_unmet=site.hidden_unmet and place.service != YES,
    )  # fmt: skip


def _told_by_sites(
    one: _Maker, place: Standing, sites: list[Standing], through: Mapping[str, str]
) -> Standing:
    """A place that says nothing itself has the leads of its hospitals."""
    told = [site.leads for site in sites
            if through.get(site.code) == place.code and site.leads is not None]  # fmt: skip
    return one.with_leads(place, sum(told)) if place.leads is None and told else place


def _with_leads(unit: Unit, parts: Sequence[Sequence[Standing]]) -> Unit:
    """The area with the leads of its places, or else hospitals, where it says none of its own."""
    if unit.leads is not None:
        return unit
    for found in parts:
        told = [part.leads for part in found if part.leads is not None]
        if told:
            return replace(unit, leads=sum(told))
    return unit


def _ranked(found: list[Standing]) -> tuple[Standing, ...]:
    """Most people beyond reach first, hidden ones next, then those wholly within reach by the size
    of the top tier; where it is not known, last.
    """
    in_order = sorted(
        found,
        key=lambda one: (
            not (one.unmet or one.hidden_unmet), one.unmet is None and not one.hidden_unmet,
            -(one.unmet or 0), -size(one.top), -seen(one), one.name,
        ),
    )  # fmt: skip
    return tuple(replace(one, rank=place) for place, one in enumerate(in_order, start=1))
