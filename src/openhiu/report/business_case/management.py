"""Section 8, the management case: a case comes in; who answers for what, the timeline, and how it
is measured go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph
from openhiu.report.business_case import timeline
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.said import tell, values

TITLE: Final = "8. Management case"
_WHO: Final = (
    "{owner} answers for the service at the commissioner.",
    "{approval_body} decides on this case.",
)
_HOW: Final = (
    "There is no single threshold nationally: a person is helped who accesses care more than would "
    "be expected. This area's lists follow written criteria, the same in the contract and in the "
    "software that makes them. People are asked, never sent; consent is written down and renewed; "
    "support is open at a distance afterwards, and picked up again when somebody needs it."
)
_COUNTED: Final = (
    "People asked, saying yes, supported, open at a distance; by deprivation, age and sex.",
    ("A&E attendances, avoidable emergency admissions and 999 calls, against what was to be "
    "expected."),
    "How long people wait, how many each lead supports, never above 50.",
)  # fmt: skip
_HARDER: Final = (
    "People's own goals, well-being and stories, told with consent and read by two people first.",
    "Health, social care, mental health, housing and voluntary partners working as one network.",
    "Crises eased before they become a 999 call; patterns and gaps told to commissioners.",
    "People's own voice in how the service is run.",
)  # fmt: skip
_EXPERIENCE: Final = (
    "The provider shows experience of easing demand on A&E, of working with inequalities, of a "
    "workforce that is not clinical, and of giving time back to those who are."
)


def section(case: Case) -> list[Block]:
    """The whole section."""
    who = tell(values(case), *_WHO)
    return [
        Heading(TITLE),
        *([Paragraph(who)] if who else []),
        Paragraph(_HOW),
        Paragraph(_EXPERIENCE),
        *([Heading("Timeline", 3), *timeline.blocks(case)] if timeline.wanted(case) else []),
        Heading("How we will know", 3),
        Paragraph("Measured every month or quarter:"),
        Bullets(_COUNTED),
        Paragraph("Harder to measure, and essential:"),
        Bullets(_HARDER),
        Paragraph(
            "The evaluation compares what happened with what would have happened anyway, with its "
            "range; the board reads it every quarter, and the plan behind it is fixed beforehand."
        ),
    ]
