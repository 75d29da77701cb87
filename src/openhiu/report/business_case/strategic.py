"""Section 4, the strategic case: a case comes in; the need by tier, why this service, inequalities
and what it fits with go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Cell, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.business_case import inequalities
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.counted import again, next_year, number, prices_used
from openhiu.report.business_case.said import tell, values
from openhiu.report.business_case.words import percent, rough, span, times
from openhiu.report.tiers.shape import ELSEWHERE
from openhiu.report.tiers.told import InTier, Tier, Unit

TITLE: Final = "4. Strategic case"
_OPENING: Final = (
    (
        "In {year}, {top_people} people in {area} came to A&E {top_label}, {top_attendances} "
        "attendances between them. {mid_people} more came {mid_label} and {low_people} came "
        "{low_label}."
    ),
)
_UNLIKE: Final = (
    "Social prescribing and care navigation help many people before a crisis. An HIU service is "
    "for people who are in one again and again: it chooses them from the hospital's own data, "
    "rings them, and does not wait for a referral. The ambulance service's own work with people "
    "who ring 999 most is for another group, and has no room to walk beside somebody for months. "
    "The two share names where people consent."
)
_FEATURES: Final = (
    ("One person to talk to, by phone and face to face, for as long as it takes and open at a "
    "distance afterwards."),
    ("Coaching, not treatment: what is behind the visits is found together, and people are "
        "connected "
    "with what is near them."),
    "Nobody is punished for needing help, and nobody is told to stay away from A&E.",
    ("It supports the joint forward plan's four aims: better health, fewer inequalities, better "
        "value "
    "and a part in social and economic life."),
    "It keeps paying: each quarter's list brings new people, and those who are steady make room.",
)  # fmt: skip
_MOST, _HALF, _THIRD = 0.55, 0.45, 0.25  # of those who leave
_ROUNDED: Final = (
    "Counts are rounded to the nearest 5; * stands for 1 to 7, or for what would give one away."
)


def section(case: Case) -> list[Block]:
    """The whole section."""
    told = values(case)
    return [
        Heading(TITLE),
        Paragraph(" ".join(part for part in (tell(told, *_OPENING), _next(case)) if part)),
        tiers_table(case),
        *_leave(case),
        Heading("Why this service", 3),
        Paragraph(_UNLIKE),
        Bullets(_FEATURES),
        *inequalities.section(case.tiers, case.locality, case.staffing),
    ]


def tiers_table(case: Case) -> Table:
    """The area by tier, then each place's own."""
    units = [case.tiers.whole, *(one for one in case.tiers.places if one.code != ELSEWHERE)]
    rows = [_row(unit, tier) for tier in reversed(case.tiers.tiers) for unit in units
            if tier.key in unit.tiers]  # fmt: skip
    return Table(
        f"People who come to A&E most often, {case.tiers.year.name}",
        ("Came, and where", "People", "A&E attendances", "Emergency admissions", "Cost"),
        tuple(rows), widths=(2.2, 1, 1.2, 1.3, 1.3), sheet="Tiers",
        note=f"Source: {values(case)['data_source']}. Cost, to the nearest £1,000: {prices(case)}. "
        f"A person counts in one place. {_ROUNDED}",
    )  # fmt: skip


def prices(case: Case) -> str:
    """The prices that the cost was worked out from, with year and source."""
    each = [f"£{price.gbp:,.2f} for each of the {price.words} ({price.source}, {price.price_year})"
            for price in prices_used(case.tiers)]  # fmt: skip
    return printed.listed(each) or "no price is known"


def _row(unit: Unit, tier: Tier) -> tuple[Cell, ...]:
    found = unit.tiers[tier.key]
    cost = number(found.cost.total)
    hidden = "*" if found.cost.total is not None else None
    return (
        f"{printed.capital(times(tier))}: {unit.name}", found.people.total, found.attendances.total,
        found.emergency_admissions.total, hidden if cost is None else rough(cost),
    )  # fmt: skip


def _next(case: Case) -> str:
    """What the top tier is forecast to cost anyway: what doing nothing is measured against."""
    found = next_year(case.tiers.whole, case.tiers.top.key)
    if found is None:
        return ""
    return (
        f"With nothing changed the top tier is forecast to cost {rough(found[0])} next year "
        f"({span(found[1], found[2])})."
    )


def _leave(case: Case) -> list[Block]:
    """How many stay in the top tier, and what their visits came to: the ground of every saving."""
    tier = case.tiers.whole.tiers[case.tiers.top.key]
    of = number(tier.moved.of) if tier.moved else None
    stayed = number(tier.moved.to.get(case.tiers.top.key)) if tier.moved else None
    if not of or stayed is None or case.tiers.year_before is None or tier.moved is None:
        return []
    share = min(1.0, stayed / of)
    return [
        Paragraph(
            f"Of the people in the top tier in {case.tiers.year_before.name}, {percent(share)} "
            f"were still in it a year later{_fell(tier)}{_there(case)}; others came in the place "
            "of those who left. So a plain before and after would claim what happens anyway. Every "
            "saving in this document is what is left after that.",
            lead=_lead(share),
        )
    ]


def _lead(share: float) -> str:
    """What the share says, in a few words."""
    left = 1 - share
    return (
        "Most people leave the tier within a year." if left > _MOST
        else "About half of the people leave the tier within a year." if left >= _HALF
        else "About a third of the people leave the tier within a year." if left >= _THIRD
        else "Most people stay in the tier, and some leave it."
    )  # fmt: skip


def _fell(tier: InTier) -> str:
    """What all their attendances came to a year later, where it was counted."""
    before = number(tier.before.attendances) if tier.before else None
    now = number(again(tier.moved, "attendances")) if tier.moved else None
    if not before or now is None:
        return ""
    return f", and all of them together made {printed.change(100 * (1 - now / before))} attendances"


def _there(case: Case) -> str:
    """Whether that is without help: only where it was said."""
    said = [unit.leads for unit in (case.tiers.places or (case.tiers.whole,))]
    if any(said):
        return ", with the leads who are in post"
    return ", with no lead in post" if None not in said else ""
