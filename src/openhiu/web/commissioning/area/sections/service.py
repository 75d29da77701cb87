"""The service that is specified, and reach, as sections. Data only."""

from __future__ import annotations

from typing import Final

from openhiu.web.commissioning.area.kinds import Field
from openhiu.web.commissioning.area.section import Section

GROUP: Final = "Service specification and reach"
_PRESETS: Final = (
    ("spec-top-250", "The 250 with most attendances, and more than 3 in a month"),
    ("pack-top-50", "The 50 with most attendances in 3 months"),
    ("nhse-2026", "More than 5 in a month or more than 20 in a year"),
    ("red-cross-5", "5 or more in a year"),
    ("tiers", "By tiers: 5 to 10, 11 to 19, 20 or more in a year"),
)

SECTIONS: Final = (
    Section(
        "service", "The service", GROUP, ("service",),
        (
            Field("name", "What the service is called"),
            Field("specification_number", "Number of the specification"),
            Field("commissioner", "Commissioner"),
            Field("commissioner_lead", "Who leads for the commissioner"),
            Field("provider", "Provider"),
            Field("provider_lead", "Who leads for the provider"),
            Field("period", "Period of the contract"),
            Field("contract_months", "Months of the contract", "whole"),
            Field("review_date", "When it is reviewed", "date"),
            Field("days", "Days", otherwise="Monday to Friday, without bank holidays"),
            Field("hours", "Hours", otherwise="9am to 5pm, moved where a client needs it"),
            Field("out_of_hours", "Who answers in the evening, at night and at weekends"),
            Field("location", "Where the leads are based"),
            Field("accessibility", "How people with other needs are reached", "long"),
            Field("boundaries", "Boundaries", "long"),
            Field("referral", "How people are found", "long",
                  otherwise="in the hospital's data, not by referral"),
            Field("relationships", "Services it works with", "lines"),
            Field("outcomes", "Outcomes", "lines"),
            Field("standards", "Quality standards", "lines"),
            Field("reporting", "What is reported, and how often", "lines"),
            Field("workforce", "Workforce", "lines"),
            Field("safeguarding", "Safeguarding policies and boards", "long"),
            Field("information_sharing", "Information-sharing agreement", "long"),
            Field("records", "Records", "long"),
            Field("incidents", "Incidents", "long"),
            Field("complaints", "Where somebody complains", "long"),
        ),
    ),
    Section(
        "criteria-of-the-list", "Who is listed", GROUP, ("service",),
        (
            Field("preset", "Criteria of the list", "choice", choices=_PRESETS,
                  otherwise="the 250 with most attendances, chosen by nobody"),
            Field("criteria_file", "Or a criteria file of your own", "file",
                  hint="The file that the analyst makes the list with. Choose one of the two"),
        ),
        about="The specification's eligibility is written from the same criteria that the list is "
        "made with.",
    ),
    Section(
        "reach", "Map of the area", GROUP, ("reach",),
        (
            Field("boundaries_file", "Outlines of the places (GeoJSON)", "file",
                  hint="Without one, ranked dots are drawn in the place of a map"),
            Field("key", "Property that holds the code of the place", otherwise="code"),
            Field("rows", "Rows in a printed table", "whole", otherwise="10"),
        ),
    ),
)  # fmt: skip
