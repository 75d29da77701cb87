"""Section 4, inequalities: tiers come in; where the people of the tiers live, in how many places
most is to be done, and which hospitals have no service go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.locality import Locality
from openhiu.paper.blocks import Block, Paragraph
from openhiu.report.business_case.counted import most_deprived
from openhiu.report.reach import inequalities as reach
from openhiu.report.reach import reach_of
from openhiu.report.staffing.told import Staffing
from openhiu.report.tiers.told import Tiers

_MORE_TO_DO: Final = 30
_BEFORE: Final = (
    "Whether that gap narrows is not told here: the year before is not counted by deprivation."
)
_OUTREACH: Final = (
    "A lead who rings people from the top of the list, and goes to them, reaches those whom "
    "appointments and referrals have missed."
)


def section(
    tiers: Tiers, locality: Locality | None = None, staffing: Staffing | None = None
) -> list[Block]:
    """The heading and everything under it. The locality knows which hospital is served through
    which place.
    """
    heading, *blocks = reach.section(tiers, reach_of(tiers, locality, staffing), level=3)
    opening = " ".join(part for part in (places(tiers), _OUTREACH) if part)
    return [heading, Paragraph(opening), *blocks]


def places(tiers: Tiers) -> str:
    """In how many places the top tier is drawn from the most deprived fifth; empty where the
    place of too few people is known.
    """
    found = {unit.name: most_deprived(unit.tiers.get(tiers.top.key)) for unit in tiers.places}
    known = {name: share for name, share in found.items() if share is not None}
    if not known:
        return ""
    more = [name for name, share in known.items() if share >= _MORE_TO_DO]
    live = (
        f"{_MORE_TO_DO}% or more of the people in the top tier are known to live in the most "
        "deprived fifth of areas, where even need would make it about 20%"
    )
    if len(known) == 1:
        [(name, share)] = known.items()
        if share < _MORE_TO_DO:
            return ""
        return f"In {name}, the one place whose numbers may be shown, {live}. {_BEFORE}"
    where = f"In {len(more)} of the {len(known)} places whose numbers may be shown"
    todo = f"{live}: there most is to be done." if more else f"{live}."
    return f"{where if more else where.replace('In 0', 'In none')}, {todo} {_BEFORE}"
