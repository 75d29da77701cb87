"""Leads by each reading of what one lead can carry, and what they cost: `Staffing` comes in; tables
and the sentences between them go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Paragraph, Table
from openhiu.report import printed
from openhiu.report.staffing import sizing, words
from openhiu.report.staffing.shape import PlaceStaffing, Staffing, Total

_ENDS: Final = (
    " Leads whose money ends within these months count as in post until then: those to add a year "
    "are without them."
)
_NOT_KNOWN: Final = "not known"
_STARS: Final = (
    " * is a number that may not be shown: 1 to 7 people, or one that gives them away; what it "
    "was taken as stands below. Other numbers of people are rounded to the nearest 5."
)


def by_reading(staffing: Staffing) -> list[Block]:
    """Every reading beside the others, the one used named; what they say against each other."""
    places = staffing.places
    names = [one.name for one in places] if len(places) <= 3 else []
    rows = []
    for reading in staffing.readings:
        each = [_leads_cell(one, reading.key) for one in places] if names else []
        total = staffing.total.needed[reading.key]
        every = [] if len(places) == 1 else [f"{total.leads} ({words.before_rounding(total)})"]
        label = f"{reading.words} ({reading.source})"
        rows.append((f"{label}: used here" if reading.used else label, words.carries(reading),
                     *each, *every))  # fmt: skip
    ends = () if len(places) == 1 else ("All places",)
    told = sizing.contradictions(staffing.readings)
    return [
        Table("Leads needed by each reading of what one lead can carry",
              ("Reading", "One lead carries", *names, *ends), tuple(rows),
              widths=(4, 1.6, *(1.4 for _ in names), *(1.4 for _ in ends)), sheet="By reading",
              note="Whole posts, each place by itself. In brackets: before rounding."),
        *([] if names or len(places) < 2 else [_places_table(staffing)]),
        *(Paragraph(one) for one in told.values()),
        _costs(staffing),
    ]  # fmt: skip


def _leads_cell(place: PlaceStaffing, key: str) -> str:
    found = place.needed[key]
    return f"{found.leads} ({words.before_rounding(found)})"


def _places_table(staffing: Staffing) -> Table:
    keys = [one.key for one in staffing.readings]
    return Table(
        "The same for each place",
        ("Place", *(one.words for one in staffing.readings)),
        tuple((place.name, *(_leads_cell(place, key) for key in keys))
              for place in staffing.places),
        sheet="By reading and place",
    )  # fmt: skip


def _costs(staffing: Staffing) -> Table:
    people = f"People in the tier of {staffing.tier_label}"
    total = staffing.total
    rows = [
        (
            place.name,
            place.people,
            _posts(place.in_post) if place.known else _NOT_KNOWN,
            place.recommended,
            _posts(place.extra),
            printed.pounds(place.cost_a_year),
            printed.pounds(place.cost_over),
        )
        for place in staffing.places
    ]
    if len(rows) > 1:
        rows.append((
            "Together", total.people, _posts(total.in_post) if total.known else _at_least(total),
            total.recommended, _posts(total.extra),
            printed.pounds(total.cost_a_year), printed.pounds(total.cost_over),
        ))  # fmt: skip
    if total.shared < total.recommended:
        rows.append((
            "Together, posts shared", total.people, rows[-1][2], total.shared,
            _posts(total.shared_extra), printed.pounds(total.shared_cost_a_year),
            printed.pounds(total.shared_cost_over),
        ))  # fmt: skip
    return Table(
        "Leads in post, leads to add and what they cost",
        ("Place", people, "In post", "Recommended", "To add", "Cost a year",
         f"Over {staffing.months} months"),
        tuple(rows), widths=(2, 1.7, 0.9, 1.9, 0.9, 1.4, 1.5), sheet="Leads and costs",
        note=f"{printed.pounds(staffing.lead_cost_a_year)} a lead and year, prices of "
        f"{staffing.price_year}; only leads to add are costed."
        f"{_ENDS if _ends(staffing) else ''} People: hospital data of {staffing.year}."
        f"{_STARS if staffing.publishable else ''}",
    )  # fmt: skip


def _ends(staffing: Staffing) -> bool:
    return any(one.funded_until for one in staffing.places)


def _at_least(total: Total) -> str:
    return f"at least {_posts(total.in_post)}" if total.in_post else _NOT_KNOWN


def _posts(leads: float) -> float | int:
    return int(leads) if leads == int(leads) else leads
