"""Setting the service up, as sections: the starter pack is filled from them. Data only."""

from __future__ import annotations

from typing import Final

from openhiu.web.commissioning.area.kinds import Field
from openhiu.web.commissioning.area.section import Section

GROUP: Final = "Setting up"

SECTIONS: Final = (
    Section(
        "go-live", "Go-live and who answers for what", GROUP, ("go_live",),
        (
            Field("date", "Go-live", "date", hint="Every date of the plan is worked back from it"),
            Field("service_name", "What the service is called"),
            Field("provider_named", "Provider"),
            Field("host", "Where the leads are based"),
            Field("dpo", "Data protection officer"),
            Field("caldicott_guardian", "Caldicott guardian"),
            Field("safeguarding_lead", "Safeguarding lead"),
            Field("clinical_safety_officer", "Clinical safety officer"),
            Field("communications_lead", "Communications lead"),
            Field("analyst", "Analyst who makes the list"),
            Field("controllers", "Data controllers", "lines"),
            Field("partners", "Organisations that share with the service", "lines"),
            Field("stakeholders", "Stakeholders", "lines", hint="As group: who"),
            Field("supervision", "Supervision of leads"),
            Field("coaching", "Coaching of leads"),
            Field("equipment", "Equipment", "lines"),
            Field("training", "Training", "lines"),
            Field("phone", "Telephone of the service"),
            Field("email", "E-mail of the service"),
            Field("complaints", "Where complaints go"),
            Field("privacy_notice", "Where the privacy notice stands"),
            Field("review_months", "Months until a consent is asked again", "whole", otherwise="6"),
            Field("done", "Steps of the plan that are done", "lines", hint="Keys of the steps"),
            Field("takes", "Working days that steps take here", "table",
                  hint="One to a line: key of the step | days"),
            Field("closed", "Local days without work", "lines", hint="As 2026-12-24"),
        ),
    ),
    Section(
        "post", "The post of a lead", GROUP, ("go_live", "post"),
        (
            Field("title", "Title", otherwise="High Intensity Use (HIU) lead"),
            Field("hours", "Hours a week", "number", otherwise="37.5"),
            Field("salary", "Salary", hint="As it stands in the advert"),
            Field("base", "Where it is based"),
            Field("contract", "Kind of contract"),
            Field("answers_to", "Answers to"),
            Field("apply_to", "How to apply"),
            Field("closing", "Closing date", "date"),
            Field("interviews", "Interviews", "date"),
        ),
    ),
    Section(
        "logic-model", "Logic model", GROUP, ("logic_model",),
        (
            Field("aim", "The aim of the service", "long"),
            Field("inputs", "What goes in", "lines"),
            Field("activities", "What is done", "lines"),
            Field("outputs", "What that makes", "lines"),
            Field("outcomes", "What changes", "lines"),
            Field("impact", "What that leads to", "lines"),
            Field("assumptions", "What it rests on", "lines"),
        ),
        about="Left empty, the national programme's words stand and are marked as such.",
    ),
)  # fmt: skip
