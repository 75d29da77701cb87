"""Section 2, what is recommended: a case comes in; blocks go out."""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Heading, Paragraph, Verdict
from openhiu.report.business_case.answer import harm, how_sure
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.said import tell, values

TITLE: Final = "2. The recommendation"
_WHAT: Final = (
    "Option {option_number}: {option}. {area} pays for {leads} at {lead_cost} a lead and year"
    "{besides}: {cost_a_year} a year and {contract_total} over {months} months."
)
_NO_MONEY: Final = "Option {option_number}: {option}. No new money is asked for."
_WHERE: Final = (
    "The new leads work in {uncovered}, where there is no service today.",
    "They work in {unsaid}; whether there is a service nobody has said.",
    "They strengthen {short_of}, where more people need support than the leads there can carry.",
    "In {existing_places} there {existing_are} already {existing_leads} in post, outside this sum.",
)
_TOP: Final = (
    (
        "Supporting the people who come {top_label} could by itself release "
        "{top_saving_a_year} of hospital capacity a year, on average over the contract."
    ),
)


def section(case: Case) -> list[Block]:
    """The whole section."""
    told = values(case)
    where = tell(told, *_WHERE) if case.asks else ""
    worth = (tell(told, *_TOP), _lower(case), f"{how_sure(case)}{harm(case)}")
    return [
        Heading(TITLE),
        Verdict((tell(told, _WHAT if case.asks else _NO_MONEY),), 0),
        *([Paragraph(where)] if where else []),
        Paragraph(" ".join(part for part in worth if part)),
    ]


def _lower(case: Case) -> str:
    """What the lower tiers add, where anybody in them is reached."""
    if not case.asks:
        return ""
    below = case.chosen.worth.tiers[1:]
    if not case.chosen.worth.people:
        return ""
    if sum(tier.people for tier in below) < 1:
        return (
            "The new leads are fully taken up by the top tier; the lower tiers, where there are "
            "many more people, would need more of them."
        )
    return (
        "Leads with room also work with people in the lower tiers; what that releases is counted "
        "tier by tier in section 7."
    )
