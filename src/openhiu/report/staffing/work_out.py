"""Staffing worked out: tiers, what the place has commissioned and, where there is one, a service's
own record come in; `Staffing`, sized and simulated, goes out. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import metadata
from math import ceil
from typing import Final

from openhiu.locality import Locality, StaffingSettings
from openhiu.report import printed
from openhiu.report.staffing import demand, sizing
from openhiu.report.staffing.capacity import capacity_of, found_by
from openhiu.report.staffing.inputs import WEEKS_A_MONTH, Inputs, inputs_of
from openhiu.report.staffing.observed import Observed
from openhiu.report.staffing.posts import Posts, about, posts_of
from openhiu.report.staffing.shape import PlaceStaffing, Reading, Setting, Staffing, WithLeads
from openhiu.report.staffing.simulate import SEED, numbers_of, simulate
from openhiu.report.staffing.words import LIMITS, carries, enough_means
from openhiu.report.tiers import Tiers, Unit
from openhiu.report.tiers.shape import ELSEWHERE

Say = Callable[[str], None]
_MORE: Final = 2  # leads beyond what any reading asks for
_FEWEST: Final = 3
_MOST: Final = 60
_NOT_COUNTED: Final = "The people of the top tier were not counted here."
_TOO_LARGE: Final = (
    f"Nothing is simulated: more than {_MOST} leads are no one team. Name its places under "
    "[[places]] in the locality file."
)
_NOT_TOLD: Final = (
    "Nothing is simulated: how many come into the tier in a month or a year is not told."
)


def work_out(
    tiers: Tiers, place: Locality, observed: Observed | None = None, *,
    say: Say = lambda _: None, seed: int = SEED,
) -> Staffing:  # fmt: skip
    """Every place, or the area where none is named, sized and simulated."""
    settings, inputs = place.staffing, inputs_of(place.staffing, observed)
    found = sizing.readings(settings)
    months = place.business_case.months
    lead_cost = place.money.lead_cost_a_year
    units = [unit for unit in tiers.places if unit.code.lower() != ELSEWHERE] or [tiers.whole]
    key = tiers.top.key
    places = []
    for unit in units:
        posts = posts_of(unit, place, tiers.as_of, months)
        sized = _sized(unit, tiers, found, lead_cost, months, posts)
        places.append(_simulated(sized, unit, tiers, inputs, say, seed))
    return Staffing(
        publishable=tiers.publishable,
        area=tiers.area,
        as_of=tiers.as_of,
        tier_key=tiers.top.key,
        tier_label=tiers.top.label,
        lead_cost_a_year=lead_cost,
        price_year=place.money.price_year,
        months=months,
        readings=found,
        settings=(*inputs.words, *_more_settings(place)),
        places=tuple(places),
        total=replace(
            sizing.total(places, tiers.whole.tiers[key].people.total, found, lead_cost, months),
            elsewhere=_elsewhere(tiers),
        ),
        enough_means=enough_means(settings),
        limits=LIMITS,
        warnings=(*tiers.warnings, *_warnings(tiers, units)),
        openhiu=metadata.version("openhiu"),
        year=tiers.year.name,
        cut_off=tiers.cut_off,
        basis=inputs.notes,
        sources=tiers.sources,
        capacity=replace(capacity_of(_own(inputs)), found=found_by(places)),
    )  # fmt: skip


def _own(inputs: Inputs) -> StaffingSettings:
    """The settings, with what a service's own record says in their place."""
    return replace(
        inputs.settings, acceptance=round(inputs.acceptance.value, 2), start_weeks=inputs.start,
        support_months=inputs.support.value / WEEKS_A_MONTH,
    )  # fmt: skip


def _elsewhere(tiers: Tiers) -> int | str | None:
    """People of the top tier who belong to none of the places."""
    found = next((unit for unit in tiers.places if unit.code.lower() == ELSEWHERE), None)
    return found.tiers[tiers.top.key].people.total if found else None


def _sized(
    unit: Unit, tiers: Tiers, found: Sequence[Reading], lead_cost: float, months: int,
    posts: Posts,
) -> PlaceStaffing:  # fmt: skip
    people = unit.tiers[tiers.top.key].people.total
    share = demand.left_for(unit, tiers, tiers.top.key)
    known = demand.counted(people, tiers.publishable, share)
    counted = known or sizing.Counted(0, 0, 0)
    sums = sizing.sized(counted, found, posts.leads or 0.0, lead_cost, months, posts.paid_months)
    ends = about(unit.name, posts, months)
    return PlaceStaffing(
        unit.kind, unit.code, unit.name, people, counted.taken_as, **sums,
        why_not="" if known else _NOT_COUNTED,
        notes=(*((ends,) if ends else ()),
               *(_about_rounding(counted, found) if tiers.publishable else ())),
        known=posts.leads is not None, funded_until=posts.until.isoformat() if posts.until else "",
    )  # fmt: skip


def _simulated(
    sized: PlaceStaffing, unit: Unit, tiers: Tiers, inputs: Inputs, say: Say, seed: int
) -> PlaceStaffing:
    """The same with what to expect from 1 to n leads, where it is known who comes."""
    if sized.why_not:
        return sized
    key, settings = tiers.top.key, inputs.settings
    comes = demand.demand_of(
        unit.tiers[key], key, settings, publishable=tiers.publishable,
        share=demand.left_for(unit, tiers, key), entered=demand.entered_for(unit, tiers, key),
    )  # fmt: skip
    if comes is None:
        return replace(sized, why_not=_NOT_TOLD)
    notes = (*sized.notes, *comes.notes, *_about_posts(sized))
    if not comes.counted.taken_as and not comes.a_year:
        return replace(sized, why_not="Nobody is in the top tier.", notes=notes)
    if _tried(sized) > _MOST:
        return replace(sized, why_not=_TOO_LARGE, notes=notes)
    lines = simulate(
        comes, inputs, numbers_of(_tried(sized)), sized.in_post, unit.code, seed=seed,
        on=lambda share: say(f"simulating {unit.name}: {share:.0%}"),
    )  # fmt: skip
    a_year = comes.a_year
    return replace(
        sized, arrivals_a_year=5 * round(a_year / 5) if tiers.publishable else round(a_year),
        enough=enough(lines, settings), by_leads=tuple(lines), notes=notes,
    )  # fmt: skip


def _tried(sized: PlaceStaffing) -> int:
    asked = [one.leads for one in sized.needed.values()]
    return max(_FEWEST, *(number + _MORE for number in asked), ceil(sized.in_post))


def enough(lines: Sequence[WithLeads], settings: StaffingSettings) -> int | None:
    """The fewest leads that reach the target and would not be overloaded if nobody waited."""
    return next(
        (
            line.leads for line in lines
            if (line.reached.value or 0) >= settings.target_share
            and (line.pressed.value or 0) <= settings.overload_at_most
        ),
        None,
    )  # fmt: skip


def _about_posts(sized: PlaceStaffing) -> list[str]:
    """What part-time posts and spare ones mean here."""
    told = []
    if sized.in_post != round(sized.in_post):
        told.append(
            f"{printed.leads(sized.in_post).capitalize()} in post: the simulation begins with "
            f"{round(sized.in_post)} whole one{'' if round(sized.in_post) == 1 else 's'} who "
            "already have people to support."
        )
    if sized.spare:
        more = "is" if sized.spare == 1 else "are"
        told.append(
            f"{printed.leads(sized.spare).capitalize()} of those in post {more} more than this "
            "reading asks for."
        )
    return told


def _about_rounding(counted: sizing.Counted, found: Sequence[Reading]) -> list[str]:
    """Where a count that was rounded, or hidden, leaves open how many leads a reading asks for."""
    told = []
    for reading in found:
        fewest, most = (
            sizing.needed(replace(counted, taken_as=end), reading).leads
            for end in (max(counted.least, 1.0) if counted.taken_as else 0.0, counted.most)
        )
        if fewest < most:
            told.append(
                f"The number of people is rounded: by the reading of {carries(reading)} it is "
                f"{fewest} or {most} leads."
            )
    return told


def _more_settings(place: Locality) -> list[Setting]:
    money = place.money
    return [
        Setting("size_by", "The reading that the recommended number follows from",
                carries(next(one for one in sizing.readings(place.staffing) if one.used)),
                "setting" if "size_by" in place.staffing.given else "default"),
        Setting("lead_cost_a_year", "What one lead costs a year", printed.pounds(
                money.lead_cost_a_year), "setting" if money.lead_cost_given else "default",
                "business case template: about £60,000"),
    ]  # fmt: skip


def _warnings(tiers: Tiers, units: Sequence[Unit]) -> list[str]:
    """What somebody has to look at before this is used."""
    hidden = [unit.name for unit in units if unit.tiers[tiers.top.key].people.total is None]
    return [f"The top tier was not counted for {printed.listed(hidden)}."] if hidden else []
