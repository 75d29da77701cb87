"""The business case as sections: dates, money, options, risks, what is assumed. Data only."""

from __future__ import annotations

from typing import Final

from openhiu.web.commissioning.area.kinds import Field
from openhiu.web.commissioning.area.section import Section

GROUP: Final = "Business case"
_AT: Final = "business_case"
_KINDS: Final = (
    ("attendances", "A&E attendances"), ("emergency_admissions", "Emergency admissions"),
)  # fmt: skip
_ENDS: Final = (("low", "worse end"), ("central", "middle"), ("high", "better end"))

SECTIONS: Final = (
    Section(
        "business-case", "Contract, money and decision", GROUP, (_AT,),
        (
            Field("starts", "First day of the contract", "date"),
            Field("months", "Months of the contract", "whole", otherwise="24"),
            Field("leads", "Additional leads asked for", "number",
                  otherwise="the number that staffing works out"),
            Field("deficit_gbp", "The area's deficit", "pounds"),
            Field("deficit_year", "Financial year of the deficit", hint="For example 2026/27"),
            Field("data_source", "Where the data come from",
                  hint="For example: Secondary Uses Service, extracted by the trust"),
            Field("funding_source", "Where the money would come from"),
            Field("funding_gbp", "How much money there is", "pounds"),
            Field("recommended", "Option recommended",
                  hint="Write buy, make, share or do_nothing, or the key of one of your own",
                  otherwise="buy"),
            Field("approval_body", "Who decides", hint="For example: Finance Committee"),
            Field("approval_by", "By when it is decided", "date"),
            Field("owner", "Who owns the case", hint="Name and role"),
            Field("procurement", "How a provider is found", "long"),
            Field("payment", "How it is paid", "long"),
            Field("discount_rate", "Discount rate a year", "percent", otherwise="3.5%"),
            Field("ramp_up_months", "Months until the service works at full strength", "whole",
                  otherwise="3"),
            Field("benefit_months", "Months an effect is counted after a start", "whole",
                  otherwise="12"),
            Field("natural_fall", "Fall that would come by itself", "percent",
                  hint="Used only where there is no year before"),
        ),
    ),
    Section(
        "effect", "Effect planned with", GROUP, (_AT, "effect"),
        (
            Field("source", "Who measured it", hint="Needed where anything is typed below"),
            *(Field(f"{kind}.{end}", f"{words}: percent fewer, {side}", "number",
                    hint="A minus is more" if end == "low" else "")
              for kind, words in _KINDS for end, side in _ENDS),
        ),
        about="Used only where the service has no evaluation of its own yet.",
    ),
    Section(
        "options", "Options", GROUP, (_AT, "options"),
        (
            Field("key", "Key", hint="do_nothing, make, buy or share to use your words on what is "
                  "built in; any other short name adds one"),
            Field("name", "Name"),
            Field("words", "What it is", "long"),
            Field("benefits", "What speaks for it", "long"),
            Field("risks", "What speaks against it", "long"),
            Field("leads", "Leads", "number"),
            Field("lead_cost_a_year", "A lead, a year", "pounds"),
            Field("mobilise_months", "Months until it begins", "whole"),
            Field("scores", "Scores from 0 to 5", "table",
                  hint="One to a line: key of the criterion | score"),
        ),
        about="Doing nothing, making, buying and sharing leads are in the document already.",
        one="option", name="name",
    ),
    Section(
        "criteria", "Criteria the options are scored by", GROUP, (_AT, "criteria"),
        (
            Field("key", "Key", hint="A short name that scores refer to"),
            Field("words", "In words"),
            Field("weight", "How much it counts", "number", otherwise="1"),
        ),
        about="Left empty, the document's own criteria are used.",
        one="criterion", name="words",
    ),
    Section(
        "risks", "Risks", GROUP, (_AT, "risks"),
        (
            Field("risk", "What could go wrong", "long"),
            Field("mitigation", "What is done about it", "long"),
            Field("owner", "Who looks after it"),
        ),
        about="Those that every such service has are in the document already.",
        one="risk", name="risk",
    ),
    Section(
        "timeline", "Timeline", GROUP, (_AT, "timeline"),
        (
            Field("what", "What happens"),
            Field("first", "First day", "date"),
            Field("last", "Last day", "date", hint="Leave empty for a single day"),
        ),
        about="Left empty, the usual steps are laid out from the first day of the contract.",
        one="step", name="what",
    ),
    Section(
        "schemes", "Services there already", GROUP, (_AT, "schemes"),
        (
            Field("place", "Where"),
            Field("people_a_year", "People supported a year", "number"),
            Field("leads", "Leads", "number"),
            Field("funded_months", "Months it is funded for", "number"),
            Field("funded_from", "From", "date"),
            Field("words", "More about it", "long"),
        ),
        one="scheme", name="place",
    ),
)  # fmt: skip
