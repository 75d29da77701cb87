"""Staffing as a page shows it: what was worked out comes in, with the number of leads somebody asks
about; what to expect with that many goes out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from openhiu.report.staffing.shape import Estimate, PlaceStaffing, Staffing, WithLeads
from openhiu.report.staffing.told import read_staffing
from openhiu.web.commissioning.making.blocks import Drawn
from openhiu.web.commissioning.presenters.tiers import pounds, shown

_LONGER: Final = "more than a year"


@dataclass(frozen=True)
class StaffingPage:
    """The chosen place with the chosen number of leads, and every place beside the others."""

    area: str
    places: tuple[tuple[str, str], ...]
    place: str
    name: str
    why_not: str
    numbers: tuple[int, ...]
    leads: int
    recommended: int
    enough: int | None
    enough_means: str
    expect: tuple[tuple[str, str, str], ...]
    every: Drawn
    all_places: Drawn
    readings: Drawn
    limits: tuple[str, ...]
    settings: Drawn


def staffing_page(told: Mapping[str, Any], place: str, leads: str) -> StaffingPage:
    """What staffing tells of one place with so many leads; the first and the recommended number
    where none, or an unknown one, is asked about.

    Raises:
        InputNotUsable: this version reads such a file otherwise.
    """
    found = read_staffing(told)
    chosen = found.place(place) or found.places[0]
    numbers = tuple(one.leads for one in chosen.by_leads)
    asked = next((one for one in numbers if str(one) == leads), _usual(chosen, numbers))
    now = chosen.with_leads(asked)
    return StaffingPage(
        area=found.area,
        places=tuple((one.code, one.name) for one in found.places),
        place=chosen.code,
        name=chosen.name,
        why_not=chosen.why_not,
        numbers=numbers,
        leads=asked,
        recommended=chosen.recommended,
        enough=chosen.enough,
        enough_means=found.enough_means,
        expect=_expect(now) if now else (),
        every=_every(chosen),
        all_places=_all_places(found),
        readings=_readings(found, chosen),
        limits=found.limits,
        settings=_settings(found),
    )


def _usual(chosen: PlaceStaffing, numbers: tuple[int, ...]) -> int:
    if chosen.recommended in numbers:
        return chosen.recommended
    return min(numbers, key=lambda one: abs(one - chosen.recommended), default=0)


def _expect(now: WithLeads) -> tuple[tuple[str, str, str], ...]:
    """The three numbers to look at, each with its words and its range."""
    return (
        (_percent(now.reached.value), "of the tier asked within 12 months", _span(now.reached)),
        (_weeks(now.wait_90.value), "until nine in ten are asked", _span_of_weeks(now.wait_90)),
        (_percent(now.overload.value), "chance that a lead stands above a limit in a year",
         _span(now.overload)),
    )  # fmt: skip


def _every(chosen: PlaceStaffing) -> Drawn:
    rows = [
        [
            _leads(one.leads), _percent(one.reached.value), _percent(one.began.value),
            _weeks(one.wait_median.value), _weeks(one.wait_90.value),
            _percent(one.overload.value), _one(one.starts.value), _one(one.alone.value),
        ]
        for one in chosen.by_leads
    ]  # fmt: skip
    return Drawn(
        f"{chosen.name}: what to expect with each number of leads",
        ["Leads", "Asked within 12 months", "Begin support", "Half are asked after",
         "Nine in ten are asked after", "Chance of overload", "Begin a year",
         "Weeks a year with nobody there"],
        rows, "Ranges over the simulated years stand in the document.", frozenset(range(1, 8)),
    )  # fmt: skip


def _all_places(found: Staffing) -> Drawn:
    rows = [
        [one.name, shown(one.people), shown(one.in_post) if one.known else "Not said",
         str(one.recommended), shown(one.extra), pounds(one.cost_a_year)]
        for one in found.places
    ]  # fmt: skip
    total = found.total
    rows.append(["Together", shown(total.people), shown(total.in_post), str(total.recommended),
                 shown(total.extra), pounds(total.cost_a_year)])  # fmt: skip
    return Drawn(
        "Leads by place",
        ["", f"People with {found.tier_label} attendances", "Leads in post", "Leads needed",
         "In addition", "Cost of these a year"],
        rows, f"A lead costs {pounds(found.lead_cost_a_year)} a year ({found.price_year} prices).",
        frozenset(range(1, 6)),
    )  # fmt: skip


def _readings(found: Staffing, chosen: PlaceStaffing) -> Drawn:
    rows = []
    for reading in found.readings:
        needed = chosen.needed.get(reading.key)
        span = f"{_one(needed.low)} to {_one(needed.high)}" if needed else "–"  # noqa: RUF001
        used = " (used)" if reading.used else ""
        rows.append([f"{reading.words}{used}", span, str(needed.leads) if needed else "",
                     reading.source])  # fmt: skip
    return Drawn(
        f"{chosen.name}: what each published figure for a lead comes to",
        ["Reading", "Leads before rounding", "Leads", "Source"], rows, "", frozenset({1, 2}),
    )  # fmt: skip


def _settings(found: Staffing) -> Drawn:
    sources = {"setting": "Set here", "default": "National figure", "data": "From the data",
               "roster": "From the service's own work"}  # fmt: skip
    rows = [[one.words, one.value, sources.get(one.source, one.source)] for one in found.settings]
    return Drawn("What it was worked out with", ["", "Value", "From"], rows)


def _leads(number: int) -> str:
    """The name of a row: on a phone it stands alone above its card."""
    return f"{number} lead" if number == 1 else f"{number} leads"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"  # noqa: RUF001


def _weeks(weeks: float | None) -> str:
    if weeks is None:
        return _LONGER
    return "at once" if weeks < 1 else f"{weeks:.0f} week{'' if round(weeks) == 1 else 's'}"


def _one(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")  # noqa: RUF001


def _span(found: Estimate) -> str:
    return f"{_percent(found.low)} to {_percent(found.high)}"


def _span_of_weeks(found: Estimate) -> str:
    return f"{_weeks(found.low)} to {_weeks(found.high)}"
