"""Section 3, scope: local choices and criteria come in; what is provided, for whom, where and when,
and how the people are found go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.locality import StaffingSettings
from openhiu.paper.blocks import Block, Bullets, Fields, Heading, Note, Paragraph
from openhiu.report import printed
from openhiu.report.service_specification import criteria_said
from openhiu.report.service_specification.source import Source

_SERVICE: Final = (
    (
        "After the list arrives the lead phones each person chosen, says who they are, and asks "
        "what would help. Somebody who says yes becomes a client. Somebody who says no, or not "
        "now, is thanked and may come back to the offer at any time."
    ),
    (
        "What follows is support one to one, in the order that the client sets: listening, calming "
        "a crisis, sorting out what can be sorted out today, speaking for the client where they "
        "are not heard, and going along to the services that can carry on. People change because "
        "they agreed to, never because they fear to lose a service or the law."
    ),
    (
        "As life steadies the lead steps back slowly, by agreement. The client stays open at a "
        "distance and is picked up again at once, by one phone call, when things turn."
    ),
)
_REASONS: Final = (
    "Drink, drugs and other addiction", "Symptoms that nobody has been able to explain",
    "Distress of the mind, and self-harm", "Long-term illness that is hard to live with",
    "No home, an unsafe home, debt or benefits", "Loneliness",
    "Violence, exploitation and other risks to safety", "Trouble in the family or at work",
)  # fmt: skip
_PARTNERS: Final = (
    "The integrated care board", "A&E and the other wards of the receiving hospitals",
    "General practice and the rest of primary care", "Mental health services and crisis teams",
    "Drug and alcohol services", "Community services, rapid response and anticipatory care",
    "Adult social care and safeguarding", "Housing and benefits advice, the job centre",
    "The ambulance service, 111 and the police", "Voluntary, faith and community organisations",
)  # fmt: skip
_ACCESS: Final = (
    "Interpreters, large print, easy read and support for people who do not use a phone are "
    "offered from the first contact. Clients are met where they feel safe."
)


def section(source: Source) -> list[Block]:
    """The whole section."""
    service = source.service
    return [
        Heading("3 Scope"),
        Heading("3.1 The service", 3),
        *[Paragraph(words) for words in _SERVICE],
        Paragraph("The reasons that bring people to A&E again and again, often several at once:"),
        Bullets(_REASONS),
        Heading("3.2 Accessibility and threshold", 3),
        Paragraph(printed.sentence(service.accessibility) or _ACCESS),
        Paragraph(_threshold(source)),
        criteria_said.rules_table(source.criteria),
        Heading("3.3 Whole-system relationships", 3),
        Paragraph("The service works with at least:"),
        Bullets(tuple(map(printed.capital, service.relationships or _PARTNERS))),
        Paragraph("Others are brought in as a client needs them."),
        Heading("3.4 Geographic coverage and boundaries", 3),
        *_coverage(source),
        Heading("3.5 Days and hours of operation", 3),
        *_hours(source),
        Heading("3.6 Referral sources", 3),
        Paragraph(printed.sentence(source.said("referral"))),
        Heading("3.7 Identifying the cohort", 3),
        *[Paragraph(words) for words in _identifying(source)],
        Heading("3.8 Caseload", 3),
        Bullets(caseload(source.locality.staffing)),
        Heading("3.9 Eligibility criteria", 3),
        Paragraph(_GENERATED),
        Bullets(criteria_said.eligible(source.criteria, source.locality)),
        Heading("3.10 Exclusion criteria", 3),
        Bullets(criteria_said.excluded(source.criteria, source.locality)),
        *_one_truth(source),
        Heading("3.11 Location", 3),
        Paragraph(_LOCATION),
        *(
            [Paragraph(printed.sentence(service.location), lead="Base.")]
            if service.location
            else []
        ),
    ]


_GENERATED: Final = (
    "These sentences are not written by hand: they are made from the criteria file that makes the "
    "list (annex A), and are the same as on the list's own cover sheet."
)
_LOCATION: Final = (
    "The lead goes to people: at home, in hospital, in a café, at an appointment. The rest of the "
    "week is spent at the base, with partners or at home, as the work asks for it."
)


def _threshold(source: Source) -> str:
    title = criteria_said.plain(source.criteria.title).rstrip(".")
    said_by = criteria_said.plain(source.criteria.source)
    return (
        "People are reached from the hospital's data and not by referral. The threshold "
        f"commissioned here: {title} ({said_by})."
    )


def _coverage(source: Source) -> list[Block]:
    footprint = source.locality.footprint
    if not footprint.defined:
        told = f"The area of {source.area}. Its boundary is not defined yet."
    else:
        parts = [
            f"{len(codes):,} {one if len(codes) == 1 else more}"
            for codes, one, more in (
                (footprint.lsoas, "small area (LSOA)", "small areas (LSOAs)"),
                (footprint.gp_practices, "GP practice", "GP practices"),
            )
            if codes
        ]
        told = (
            f"People of {source.area}: {printed.listed(parts)}, as listed in the locality file of "
            f"the commissioner (fingerprint {source.footprint[:12]}, annex A)."
        )
    found: list[Block] = [Paragraph(told)]
    if source.hospitals:
        found.append(Paragraph("Receiving hospitals, each with a list of its own:"))
        found.append(Bullets(source.hospitals))
    places = tuple(place.name for place in source.locality.places)
    if places:
        found.append(Paragraph(f"Places of the area: {printed.listed(places)}."))
    if source.service.boundaries:
        found.append(Paragraph(printed.sentence(source.service.boundaries)))
    return found


def _hours(source: Source) -> list[Block]:
    rows = [(name, printed.capital(source.said(name.lower()))) for name in ("Days", "Hours")]
    if source.service.out_of_hours:
        rows.append(("Outside these hours", printed.capital(source.service.out_of_hours)))
    return [
        Fields("When the service works", tuple(rows), columns=("What", "When"), widths=(1, 3)),
        Paragraph(
            "It is no crisis service. Every client is told, in writing and from the first day, "
            "whom to reach when the lead is not there."
        ),
    ]


def _identifying(source: Source) -> tuple[str, ...]:
    months = source.criteria.window_months
    window = f"{months} calendar months" if months > 1 else "calendar month"
    several = len(source.hospitals) > 1
    lists = "one list for each receiving hospital and one across all of them" if several else (
        "one list"
    )  # fmt: skip
    return (
        (
            f"Every month the hospital's analysts make {lists}, from the attendances of the "
            f"{window} before the as-of date, by the criteria of annex A and by nothing else. The "
            "list ranks people by their attendances in the window and says on each line why the "
            "person is on it. It predicts nothing and diagnoses nobody."
        ),
        (
            "Two people check the list before it leaves the hospital. The service receives what it "
            "needs to get in touch and no more: name, NHS number, phone number and warning flags. "
            "The lead decides whom to phone; a person on the list has agreed to nothing yet."
        ),
        (
            "Each list states the fingerprint of its criteria. Commissioner and provider compare "
            "it with the fingerprint in annex A; where they differ, the list was not made by this "
            "contract."
        ),
    )


def caseload(staffing: StaffingSettings) -> tuple[str, ...]:
    """What one full-time lead holds, from the settings that staffing is worked out with."""
    new = (f"{staffing.new_a_month:g} new people a month" if staffing.size_by == "a_month"
           else f"{staffing.new_a_quarter:g} new people a quarter")  # fmt: skip
    return (
        f"One full-time lead begins with about {new}, taken from the list.",
        (
            f"They work closely with {staffing.intensive_least:g} to {staffing.intensive_most:g} "
            "clients at any one time."
        ),
        (
            f"With those open at a distance they hold {staffing.open_least:g} to "
            f"{staffing.open_most:g} people, and never more than {staffing.never_above:g}."
        ),
        (
            "A group that stays much the same for a quarter gives everyone a steady footing: "
            "clients, partners, and the lead, who must not be worn out by the work."
        ),
    )


def _one_truth(source: Source) -> list[Block]:
    name = criteria_said.plain(source.criteria.name)
    lines = (
        f"Criteria {name}, fingerprint {source.fingerprint[:12]} (annex A).",
        _CHANGED_TOGETHER,
    )
    return [Note("Contract and list", lines)]


_CHANGED_TOGETHER: Final = (
    "To change whom the service is for, change the criteria file and make this specification "
    "again. A sentence changed by hand changes nobody's place on the list."
)
