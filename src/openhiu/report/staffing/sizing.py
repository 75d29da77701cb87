"""How many leads by each of the seeds' readings: people of the top tier and the place's settings
come in; leads needed and what they cost go out. No simulation: what a page of arithmetic gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any, Final

from openhiu.locality.staffing import BY_INTENSIVE, BY_MONTH, BY_OPEN, BY_QUARTER, StaffingSettings
from openhiu.report.staffing.shape import Needed, PlaceStaffing, Reading, Total

AT_MOST: Final = "never_above"
AT_ONCE: Final = "at once"
A_YEAR: Final = "a year"
_MODEL: Final = "NHS England model service specification"
_CASE: Final = "NHS England business case template"
_A_HAIR: Final = 1e-9


@dataclass(frozen=True)
class Counted:
    """People of the top tier: as taken, and from where to where they lie if some are hidden."""

    taken_as: float
    least: float
    most: float


def readings(settings: StaffingSettings) -> tuple[Reading, ...]:
    """Every reading of what a lead can carry; the one the place sizes by is `used`."""
    each_year = 12 / settings.support_months
    months = f"{settings.support_months:g} months each"
    found = (
        Reading(BY_OPEN, "Everybody of the tier at once", _CASE,
                settings.open_least, settings.open_most, AT_ONCE),
        Reading(BY_QUARTER, f"{settings.new_a_quarter:g} new people a quarter", _MODEL,
                settings.new_a_quarter * 4, settings.new_a_quarter * 4, A_YEAR),
        Reading(BY_INTENSIVE,
                f"{settings.intensive_least:g} to {settings.intensive_most:g} worked with "
                f"intensively, {months}", _MODEL,
                settings.intensive_least * each_year, settings.intensive_most * each_year, A_YEAR),
        Reading(BY_MONTH, f"{settings.new_a_month:g} people a month", _CASE,
                settings.new_a_month * 12, settings.new_a_month * 12, A_YEAR),
        Reading(AT_MOST, f"Never above {settings.never_above:g} at once", _MODEL,
                settings.never_above, settings.never_above, AT_ONCE),
    )  # fmt: skip
    return tuple(
        Reading(one.key, one.words, one.source, one.least, one.most, one.per, used=True)
        if one.key == settings.size_by else one
        for one in found
    )  # fmt: skip


def needed(counted: Counted, reading: Reading) -> Needed:
    """Leads for so many people; whole posts are those with which nobody carries more than the
    upper end of the reading.
    """
    return Needed(
        low=counted.least / reading.most,
        high=counted.most / reading.least,
        leads=ceil(counted.taken_as / reading.most - _A_HAIR),
    )


def sized(
    counted: Counted, found: Iterable[Reading], in_post: float, lead_cost: float, months: int,
    paid_months: float | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The sums of one place, by the names of `PlaceStaffing`."""
    by_reading = {one.key: needed(counted, one) for one in found}
    used = next(one.key for one in found if one.used)
    recommended = by_reading[used].leads
    lasting = in_post if paid_months is None else 0.0
    extra = max(0.0, recommended - lasting)
    posts = [(in_post, paid_months)]
    return {
        "in_post": in_post,
        "needed": by_reading,
        "recommended": recommended,
        "extra": extra,
        "cost_a_year": extra * lead_cost,
        "cost_over": lead_months(recommended, posts, months) * lead_cost / 12,
        "recommended_cost_a_year": recommended * lead_cost,
        "lasting": lasting,
        "spare": max(0.0, lasting - recommended),
        "paid_months": paid_months,
    }


def lead_months(wanted: float, posts: Sequence[tuple[float, float | None]], months: float) -> float:
    """Months of work that are missing: those in post are there until their money ends."""
    paid = [(leads, months if until is None else min(until, months)) for leads, until in posts]
    ends = sorted({0.0, float(months), *(until for _, until in paid)})
    return sum(
        max(0.0, wanted - sum(leads for leads, until in paid if until > start)) * (end - start)
        for start, end in pairwise(ends)
    )


def total(
    places: Iterable[PlaceStaffing], people: int | str | None, found: Sequence[Reading] = (),
    lead_cost: float = 0.0, months: int = 0,
) -> Total:  # fmt: skip
    """All places together: each has whole posts of its own; and the same with posts shared."""
    each = list(places)
    keys = each[0].needed if each else {}
    lasting = sum(one.lasting for one in each)
    used = next((one for one in found if one.used), None)
    shared = needed(_all(each), used).leads if used else 0
    shared_extra = max(0.0, shared - lasting)
    posts = [(one.in_post, one.paid_months) for one in each]
    return Total(
        people=people,
        in_post=sum(one.in_post for one in each),
        needed={key: _together(one.needed[key] for one in each) for key in keys},
        recommended=sum(one.recommended for one in each),
        extra=sum(one.extra for one in each),
        cost_a_year=sum(one.cost_a_year for one in each),
        cost_over=sum(one.cost_over for one in each),
        recommended_cost_a_year=sum(one.recommended_cost_a_year for one in each),
        known=all(one.known for one in each),
        lasting=lasting,
        spare=sum(one.spare for one in each),
        shared=shared,
        shared_extra=shared_extra,
        shared_cost_a_year=shared_extra * lead_cost,
        shared_cost_over=lead_months(shared, posts, months) * lead_cost / 12,
    )


def _all(places: Iterable[PlaceStaffing]) -> Counted:
    people = sum(one.taken_as for one in places)
    return Counted(people, people, people)


def _together(found: Iterable[Needed]) -> Needed:
    each = list(found)
    return Needed(
        sum(one.low for one in each), sum(one.high for one in each), sum(one.leads for one in each)
    )


def contradictions(found: Iterable[Reading]) -> Mapping[str, str]:
    """What the readings say against each other, in sentences by key."""
    by_key = {one.key: one for one in found}
    quarter, month, intensive = by_key[BY_QUARTER], by_key[BY_MONTH], by_key[BY_INTENSIVE]
    told = {}
    if month.most > quarter.most:
        told["month_or_quarter"] = (
            f"The specification begins with {quarter.most / 4:g} new people a quarter "
            f"({quarter.most:g} a year), the business case template with {month.most / 12:g} a "
            f"month ({month.most:g} a year): {month.most / quarter.most:.3g} times as many for "
            "the same lead. Both cannot hold."
        )
    if intensive.least <= quarter.most <= intensive.most:
        told["agree"] = (
            f"{quarter.most / 4:g} a quarter agrees with the band worked with intensively, which "
            f"comes to {intensive.least:g} to {intensive.most:g} a year."
        )
    return told
