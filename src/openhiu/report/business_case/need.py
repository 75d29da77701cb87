"""Section 1, the need and what the service is for: a case comes in; blocks go out."""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph
from openhiu.report import printed
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.said import tell, values

TITLE: Final = "1. The need, and what we want to achieve"
_LOWEST: Final = (
    (
        "In {year}, {low_people} people came to A&E in {area} {low_label} each. They made "
        "{low_attendances} attendances, which cost {low_attendances_cost}."
    ),
    (
        "They were admitted as an emergency {low_admissions} times, at a further "
        "{low_admissions_cost}: {low_total} in all."
    ),
)
_HIGHER: Final = (
    "Another {mid_people} people came {mid_label} ({mid_attendances} attendances and "
    "{mid_admissions} emergency admissions; {mid_total}), and {top_people} people came {top_label} "
    "({top_attendances} and {top_admissions}; {top_total})."
)
_HIGHER_ALONE: Final = (
    "Another {mid_people} people came {mid_label} ({mid_attendances} attendances), and "
    "{top_people} people came {top_label} ({top_attendances} attendances)."
)
_SOURCE: Final = (
    "Source: {data_source}; prices are national averages unless the annex says otherwise."
)
_MONEY: Final = (
    "{area} plans with a shortfall of {deficit} in {deficit_year}. A proposal has to show what it "
    "releases, how sure that is, and what it does for people; this one does all three."
)
_PEOPLE: Final = (
    "People who come to A&E again and again are rarely there by choice. Behind the visits are "
    "pain, loneliness, trauma, addiction, mental illness, an unsafe home or none. An emergency "
    "department treats the crisis; it cannot mend what brings the next one. A High Intensity Use "
    "(HIU) service can: a lead rings the people at the top of the hospital's list, asks what "
    "would help, and stays beside those who say yes until they are steadier and connected."
)
_OBJECTIVES: Final = (
    "Every A&E in {area} has an HIU service that people can be offered.",
    ("People in the three tiers live better: their own goals reached, fewer crises, somebody to "
    "ring."),
    ("Fewer A&E attendances, avoidable emergency admissions and 999 calls than there would have "
        "been "
    "anyway, so that hospital and ambulance crews have time for others."),
    "Narrower inequalities: {priority}.",
    "Commissioners learn which needs no service meets, from the people who fall through.",
)  # fmt: skip


def section(case: Case) -> list[Block]:
    """The whole section."""
    told = values(case)
    higher = tell(told, _HIGHER) or tell(told, _HIGHER_ALONE)
    paragraphs = [tell(told, *_LOWEST), f"{higher} {tell(told, _SOURCE)}".strip(),
                  tell(told, _MONEY)]  # fmt: skip
    return [
        Heading(TITLE),
        Paragraph(_PEOPLE),
        *(Paragraph(text) for text in paragraphs if text),
        Heading("Objectives", 3),
        Bullets(tuple(_objective(case, line) for line in _OBJECTIVES)),
    ]


def _objective(case: Case, line: str) -> str:
    plus = [one[:1].lower() + one[1:] for one in case.locality.plus]
    wards = (
        "people in the priority wards first"
        if case.locality.priority_lsoas
        else ("people in the most deprived fifth of areas first")
    )
    groups = f", with {printed.listed(plus)}" if plus else ""
    return line.format(area=case.area, priority=f"{wards}{groups}")
