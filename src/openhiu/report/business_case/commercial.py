"""Section 6, the commercial case: a case comes in; the size and length of the contract, what one
place would pay, and how it is found and paid go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph, Table
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.said import tell, values
from openhiu.report.business_case.sums.worth import contract_cost
from openhiu.report.business_case.words import exact

TITLE: Final = "6. Commercial case"
_CONTRACT: Final = (
    (
        "One contract for {area}: {cost_a_year} a year, no more than {contract_total} over "
        "{months} months."
    ),
    "It runs from {contract_from} to {contract_to}.",
    "How the provider or the posts are found: {procurement}.",
)
_TERMS: Final = (
    ("Payment is for leads in post, not for people who stay away from A&E: a service must never "
        "gain "
    "when somebody who needs a hospital does not go."),
    "A break clause at 12 months, and a right to move leads between places as need moves.",
    ("The list, the evaluation and the quarterly report come from the hospitals' own data; the "
    "provider owes consent, contacts and stories."),
    "At least 18 months: recruiting takes time, and a second cohort shows what the first taught.",
)  # fmt: skip


def section(case: Case) -> list[Block]:
    """The whole section."""
    told = values(case)
    payment = case.settings.payment
    return [
        Heading(TITLE),
        Paragraph(tell(told, *_CONTRACT) if case.asks else "No contract is asked for."),
        a_place(case),
        Heading("Terms that matter", 3),
        Bullets((*((f"{payment.rstrip('.')}.",) if payment else ()), *_TERMS)),
    ]


def a_place(case: Case) -> Table:
    """What one place pays for one lead, and for two."""
    lead, months = case.chosen.plan.lead_cost, case.settings.months
    rows = tuple(
        (words, exact(contract_cost(leads, lead, 12)), exact(contract_cost(leads, lead, months)))
        for leads, words in ((1, "One lead"), (2, "Two leads, who cover for each other"))
    )
    return Table("What one place pays", ("In a place", "A year", f"{months} months"), rows,
                 widths=(3, 1, 1), sheet="One place",
                 note=f"{exact(lead)} a lead and year, with on-costs.")  # fmt: skip
