"""The risks of the service and what is done about each: built-in ones and those of a place come in;
a table goes out.
"""

from __future__ import annotations

from typing import Final

from openhiu.locality import CaseRisk, Place
from openhiu.paper.blocks import Block, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.business_case.case import Case

BUILT: Final = (
    CaseRisk(
        "The wrong people are appointed",
        "Choose for emotional intelligence, resilience and invention, not for a profession; "
        "involve people with experience of A&E in the choice; pay for training and coaching from "
        "the start.",
        "Provider or host",
    ),
    CaseRisk(
        "Contacts of the people supported do not fall",
        "Support follows the person, not a target. Leads are trained, mentored and see somebody "
        "every month; the effect is measured against what would have happened anyway, from month "
        "6; the national team can advise; the contract has a break clause.",
        "Commissioner",
    ),
    CaseRisk(
        "Leads are exhausted, above all where one works alone",
        "Two or more places share recruitment, cover and peer support, or leads sit in an existing "
        "team; never above 50 people a lead; supervision and national tap-in calls every month.",
        "Provider or host",
    ),
    CaseRisk(
        "Sharing agreement and consent form are not signed in time",
        "Both are drafted with this document and signed before the leads start; the hospital's "
        "first list is ready on the first day.",
        "Data protection officers",
    ),
    CaseRisk(
        "Posts stay empty",
        "Advertise widely, in the voluntary sector too; the plan counts nothing before the first "
        "person is rung and builds up over months.",
        "Provider or host",
    ),
    CaseRisk(
        "People ask for help and there is nothing to connect them with",
        "Gaps are written down and reported each quarter; partners meet monthly.",
        "Commissioner",
    ),
    CaseRisk(
        "What is released is claimed as a cash saving",
        "This document calls it capacity, prints its range, and shows the plain before and after "
        "only beside what happens by itself.",
        "Commissioner",
    ),
)  # fmt: skip


def _funding(case: Case) -> CaseRisk | None:
    """Leads in post whose money ends before the contract would."""
    found = ends_before(case)
    if not found:
        return None
    names = printed.listed([f"{one.name} ({printed.day(one.funded_until)})" for one in found
                            if one.funded_until])  # fmt: skip
    return CaseRisk(
        f"Leads in post are not paid for to the end of the contract: {names}",
        "From that day on no sum here counts them as there, and none pays for them. Their money is "
        "found, or the people they support are handed over, before then.",
        "Commissioner",
    )


def ends_before(case: Case) -> list[Place]:
    """Places with leads in post that are not paid for to the end of the contract."""
    return [one for one in case.locality.places
            if one.leads and one.funded_until and one.code in case.planning.places
            and case.planning.places[one.code].funded != (1.0, 1.0)]  # fmt: skip


def section(case: Case) -> list[Block]:
    """The heading, the table, and whose the risks are."""
    said = case.settings.risks
    replaced = {one.risk for one in said}
    built = (*(one for one in (_funding(case),) if one), *BUILT)
    rows = [*(one for one in built if one.risk not in replaced), *said]
    return [
        Heading("Key risks", 3),
        Paragraph(
            "What makes or breaks a service is known: the right lead, support for the lead, "
            "freedom to act, at least 18 months, and an evaluation that is built in."
        ),
        Table(
            "Risks and mitigations", ("Risk", "What is done about it", "Whose it is"),
            tuple((one.risk, one.mitigation, one.owner) for one in rows),
            widths=(1.4, 3, 0.9), sheet="Risks",
            note="Source: the national resource pack and model documents"
            + (", and this place's own entries." if said else "."),
        ),
    ]  # fmt: skip
