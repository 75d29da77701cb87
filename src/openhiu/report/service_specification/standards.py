"""Sections 4 to 6: local policies come in; the standards that apply, what is reported and reviewed,
and who works in the service go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Heading, Paragraph
from openhiu.report import printed
from openhiu.report.service_specification.source import Source

_SAFEGUARDING: Final = (
    "The provider follows the procedures of the local safeguarding boards, for adults and for "
    "children, and the policies of the commissioner. Everyone in the service has them at hand and "
    "is trained in them. The provider shows every year that it does what they ask."
)
_SHARING: Final = (
    (
        "An information-sharing agreement between all partners, and a data protection impact "
        "assessment, are signed before the first list is made."
    ),
    (
        "What is shared about a client, with whom and why, is what the client agreed to. Consent "
        "is recorded for each organisation, looked at again at every review, and can be taken back."
    ),
    (
        "Without consent something is shared only where the law allows it and somebody would "
        "otherwise come to harm; who decided so, and why, is written down and reviewed."
    ),
    "The commissioner receives counts with small numbers hidden, never records of people.",
)
_GOVERNANCE: Final = (
    (
        "Staff who belong to a registered profession keep their registration and its standards. "
        "HIU leads need not be clinicians; they then work under the provider's own code of conduct."
    ),
    (
        "Everyone who meets clients holds an enhanced check by the Disclosure and Barring Service, "
        "looked at once a year."
    ),
    (
        "Practice follows the evidence where there is any, national guidance such as that of NICE "
        "where it fits, and the national model for the rest."
    ),
    "Staff records are kept correctly and confidentially.",
)
_RECORDS: Final = (
    "Every client has one record: consent, what matters to them, the plan in their words, "
    "contacts, connections. They may read it. It is kept as long as the retention schedule for "
    "health and care records says, and who opened it is recorded."
)
_INCIDENTS: Final = (
    "Incidents, complaints and compliments are recorded on the day, answered, and told to the "
    "commissioner every quarter, with what was learnt. A serious incident is reported at once, as "
    "the national framework for safety incidents (PSIRF) asks."
)
_REPORTING: Final = (
    (
        "Every quarter a report to the board: what was done, whom it reached, outcomes against "
        "what would have happened anyway, money with its range, people's own accounts, gaps, risks."
    ),
    (
        "Every month the number of people on the list, asked, agreed, supported and open at a "
        "distance, and the caseload of each lead against section 3.8."
    ),
    (
        "Results are compared from the first day. Without a comparison a fall is reported as a "
        "count before and after, and as nothing more."
    ),
    "Counts of people are protected: 1 to 7 are hidden, others are rounded to the nearest 5.",
)
_WORKFORCE: Final = (
    (
        "Leads are chosen for emotional intelligence, resilience and inventive problem solving. "
        "Neither a clinical degree nor one way into the work is asked for."
    ),
    (
        "Each lead has training before they begin: coaching by phone, calming a crisis, "
        "safeguarding, and looking after oneself."
    ),
    (
        "Each lead has regular supervision, coaching one to one from the start, and other leads to "
        "talk to."
    ),
    (
        "Leave and sickness are covered by somebody the clients have met. Nobody works alone with "
        "a risk that was known."
    ),
    (
        "Leads have room to act and to try new ways: the contract asks for outcomes, not for a "
        "number of visits."
    ),
)


def section(source: Source) -> list[Block]:
    """Section 4, applicable standards."""
    service = source.service
    own = [Bullets(_sentences(service.standards))] if service.standards else []
    return [
        Heading("4 Applicable standards"),
        Heading("4.1 Safeguarding", 3),
        Paragraph(_SAFEGUARDING),
        *_local(service.safeguarding),
        Heading("4.2 Information sharing", 3),
        Bullets(_SHARING),
        *_local(service.information_sharing),
        Heading("4.3 Governance", 3),
        Bullets(_GOVERNANCE),
        *own,
        Heading("4.4 Records", 3),
        Paragraph(_RECORDS),
        *_local(service.records),
        Heading("4.5 Incidents, complaints and compliments", 3),
        Paragraph(_INCIDENTS),
        *_local(service.incidents),
        *_local(service.complaints, "Complaints."),
    ]


def reporting(source: Source) -> list[Block]:
    """Section 5, reporting and review."""
    return [
        Heading("5 Reporting and review"),
        Bullets((*_REPORTING, *_sentences(source.service.reporting))),
        Paragraph(_review(source)),
    ]


def workforce(source: Source) -> list[Block]:
    """Section 6, workforce."""
    return [
        Heading("6 Workforce"),
        *_leads(source),
        Bullets((*_WORKFORCE, *_sentences(source.service.workforce))),
    ]


def _local(words: str, lead: str = "Here.") -> list[Block]:
    return [Paragraph(printed.sentence(words), lead=lead)] if words else []


def _sentences(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(printed.sentence, lines))


def _review(source: Source) -> str:
    at = source.service.review_date
    when = f"on {printed.day(at)}" if at else "on a day to be agreed"
    return (
        f"This specification is reviewed {when}, and before that when the criteria, the area or "
        "the hospitals change. National experience is that a service needs 18 months at least to "
        "find its people and to show what lasts."
    )


def _leads(source: Source) -> list[Block]:
    """What the business case asks for; leads in post are no part of this contract."""
    if not source.leads:
        return []
    there = sum(place.leads or 0 for place in source.locality.places)
    besides = f", besides the {there:g} in post" if there else ""
    return [Paragraph(
        f"Commissioned: {printed.leads(source.leads)}, whole-time equivalent, in all hospitals and "
        f"places together{besides}."
    )]  # fmt: skip
