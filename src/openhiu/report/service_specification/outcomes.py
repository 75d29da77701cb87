"""Section 2, outcomes: what a place adds comes in; what the service is to achieve, and how each
part of it is shown, goes out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.service_specification.source import Source

_TO_DO: Final = (
    "Find those most likely to come to A&E or be admitted as an emergency, every month, from data.",
    (
        "Reach out to them and support a changing group of people at once, starting from what they "
        "say they need."
    ),
    "Bring other services to the table and stay until each connection holds.",
    (
        "Fewer A&E attendances, and fewer emergency admissions that could have been avoided, than "
        "there would have been without the service."
    ),
    "As a consequence fewer 999 calls, ambulance journeys and, where it applies, police call-outs.",
)
_HARDER: Final = (
    "Clients are heard, in their own care and in how services are planned.",
    "Health, social care, mental health, housing, police and voluntary groups work on one plan.",
    "A crisis is noticed and calmed before it becomes an ambulance.",
    "Everyone around a client knows what was agreed, at night and at weekends too.",
    "What sets a crisis off, and what is missing in the area, is told to those who plan services.",
    "Clients trust themselves to manage, and know that they can come back at once.",
)
_EXPECTED: Final = (
    "Less intensive use of urgent care by the people supported.",
    "Lives that clients themselves call better: work, family, a home, health, company.",
    (
        "Coaching one to one becomes a usual way of working, and the blame attached to coming "
        "often fades."
    ),
)
_SHOWN: Final = (
    ("A&E attendances, emergency admissions, bed days, ambulance arrivals",
     "Change against what would have happened anyway, with its range", "Every quarter"),
    ("Whom the service reached",
     "Listed, asked, agreed and supported, by deprivation, age, sex and ethnic group",
     "Every quarter"),
    ("Outcomes that clients chose", "Reached, on the way, changed: in the client's words",
     "Every quarter"),
    ("Connections", "Made, and still holding after three months", "Every quarter"),
    ("Gaps", "Which services were missing, for how many people", "Every quarter"),
    ("Wellbeing of the leads", "Caseload, supervision, leave and cover", "Every quarter"),
)  # fmt: skip


def section(source: Source) -> list[Block]:
    """The whole section."""
    own = source.service.outcomes
    local: list[Block] = (
        [Heading("2.4 Outcomes of this area", 3), Bullets(tuple(map(printed.sentence, own)))]
        if own
        else []
    )
    return [
        Heading("2 Outcomes"),
        Heading("2.1 What the service is to achieve", 3),
        Bullets(_TO_DO),
        Heading("2.2 Harder to measure and just as important", 3),
        Bullets(_HARDER),
        Heading("2.3 Expected of the whole", 3),
        Bullets(_EXPECTED),
        Paragraph(
            "The last two can hardly be put into numbers. Without them nothing else lasts, so they "
            "are reported in words and by people's own accounts."
        ),
        Table(
            "How each outcome is shown", ("Outcome", "How it is shown", "When"), _SHOWN,
            widths=(1.6, 2.2, 0.9), sheet="Outcomes",
        ),
        *local,
    ]  # fmt: skip
