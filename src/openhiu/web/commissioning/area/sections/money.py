"""Money and what a lead can carry, as sections. Data only."""

from __future__ import annotations

from typing import Final

from openhiu.web.commissioning.area.kinds import Field
from openhiu.web.commissioning.area.section import Section

GROUP: Final = "Money and staffing"

SECTIONS: Final = (
    Section(
        "money", "What the service costs", GROUP, ("money",),
        (
            Field("lead_cost_a_year", "A lead, a year", "pounds",
                  hint="With everything: pay, on-costs, supervision", otherwise="£60,000"),
            Field("leads", "Leads the service has now", "number",
                  hint="Whole-time equivalents that are paid for", otherwise="1"),
            Field("other_cost_a_year", "Other costs of the service, a year", "pounds"),
            Field("price_year", "Prices of the financial year", hint="For example 2026/27"),
            Field("cash_releasing", "Contacts for which one fewer means less paid", "lines",
                  hint="Only where the contract says so: attendances, emergency_admissions. Left "
                  "empty, capacity is freed and no cash"),
        ),
    ),
    Section(
        "unit-costs", "What a contact costs here", GROUP, ("money", "unit_costs"),
        (
            Field("item", "Kind of contact", hint="attendances, emergency_admissions or bed_days"),
            Field("words", "In words", hint="For example: an A&E attendance"),
            Field("gbp", "Pounds each", "pounds"),
            Field("price_year", "Prices of the financial year", hint="For example 2024/25"),
            Field("source", "Who says so", hint="Printed beside every figure made with it"),
        ),
        about="Local prices. Without them the national schedule is used, and said so.",
        one="price", name="words",
    ),
    Section(
        "staffing", "What one lead can carry", GROUP, ("staffing",),
        (
            Field("size_by", "Size the service by", "choice", otherwise="people at once",
                  hint="National papers give numbers that do not fit each other. All are shown; "
                  "the recommended number follows from this one",
                  choices=(("open", "People at once"), ("a_quarter", "New people a quarter"),
                           ("intensive", "People worked with intensively"),
                           ("a_month", "New people a month"))),
            Field("new_a_quarter", "New people a quarter", "number", otherwise="15"),
            Field("new_a_month", "New people a month", "number", otherwise="15"),
            Field("intensive_least", "Worked with intensively, at least", "number", otherwise="12"),
            Field("intensive_most", "Worked with intensively, at most", "number", otherwise="15"),
            Field("open_least", "At once, at least", "number", otherwise="40"),
            Field("open_most", "At once, at most", "number", otherwise="45"),
            Field("never_above", "Never above", "number", otherwise="50"),
            Field("keep_free", "Places kept free for people picked up again", "number",
                  otherwise="3"),
            Field("support_months", "Months of intensive support", "number", otherwise="3"),
            Field("support_spread", "Spread of that, as a share of the mean", "number",
                  otherwise="0.5"),
            Field("open_months", "Months open at a distance afterwards", "number", otherwise="6"),
            Field("at_a_distance_counts", "How much somebody open at a distance counts", "percent",
                  hint="100% counts them whole", otherwise="100%"),
            Field("start_weeks", "Weeks from asking to beginning", "number", otherwise="2"),
            Field("acceptance", "Share of those asked who say yes", "percent", otherwise="60%, or "
                  "what the service itself has seen"),
            Field("return_share", "Share picked up again", "percent", otherwise="20%"),
            Field("return_within_months", "Within so many months", "number", otherwise="6"),
            Field("return_support", "Length of support then, against the first time", "percent",
                  otherwise="50%"),
            Field("leave_weeks", "Weeks of leave a year", "number", otherwise="7"),
            Field("sickness_weeks", "Weeks of sickness a year", "number", otherwise="2.5"),
            Field("still_after_a_year", "Share who stay in the tier by themselves", "percent",
                  otherwise="40%, or what the tiers show"),
            Field("target_share", "Share of the tier to be reached in 12 months", "percent",
                  otherwise="50%"),
            Field("overload_at_most", "Largest chance of overload that is accepted", "percent",
                  otherwise="25%"),
            Field("horizon_months", "Months to look ahead", "number", otherwise="24"),
        ),
        about="Left empty, the national figures are used, and each document says which.",
    ),
)  # fmt: skip
