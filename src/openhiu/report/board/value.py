"""Money: the worth of a window comes in; what was released, what the service cost and when it pays
for itself go out, with the plain figure beside it and why that is not the headline.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openhiu.evaluate import tables as evaluated
from openhiu.paper.blocks import Block, Heading, Paragraph, Table
from openhiu.report import printed
from openhiu.report.board.otherwise import otherwise
from openhiu.report.board.source import Source

_NOTHING: Final = (
    "The evaluation holds no money: unit costs could not be put to anything that was counted."
)
_NOT_CASH: Final = "none: no bill falls when one person stays away"


def section(source: Source) -> list[Block]:
    """The money of the longest window that has any."""
    heading = Heading("Money")
    worth = worth_of(source)
    if worth is None:
        return [heading, Paragraph(_NOTHING)]
    other = other_leads(source, (worth.get("cost") or {}).get("leads"))
    pays = [other] if other else [*break_even(source, worth), *otherwise(worth)]
    told = " ".join([*pays, *_not_priced(worth)])
    small = " ".join([*_cost_words(worth), *worth.get("notes", ())])
    return [heading, _sums(worth, told_net=not other), *([Paragraph(told)] if told else []),
            Paragraph(small, small=True)]  # fmt: skip


def tables(source: Source) -> list[Table]:
    """Kinds of contact with their prices, and what if, for the workbook."""
    found = []
    for window in source.evidence.windows:
        worth = source.evidence.part("money").get(window)
        if not isinstance(worth, Mapping):
            continue
        found.append(evaluated.money_lines(source.evidence.raw, window))
        if not other_leads(source, (worth.get("cost") or {}).get("leads")):
            found.append(evaluated.assumptions(source.evidence.raw, window))
    return [table for table in found if table is not None]


def worth_of(source: Source) -> Mapping[str, Any] | None:
    """The money of the headline window, else of the longest one that has a range."""
    money = source.evidence.part("money")
    windows = [source.evidence.headline, *source.evidence.windows]
    found = [money[window] for window in windows if isinstance(money.get(window), Mapping)]
    told = [one for one in found if one.get("capacity", {}).get("low") is not None]
    return next(iter((*told, *found)), None)


def _sums(worth: Mapping[str, Any], *, told_net: bool) -> Table:
    cost = worth.get("cost") or {}
    cash = worth.get("cash")
    net = (("Net of what the service cost (95% range)", printed.pounds_range(worth["net"])),)
    whole = "all of it" if told_net else f"with {printed.leads(cost['leads'])}"
    rows = (
        ("Contacts would have cost anyway (expected)", printed.pounds(worth["expected_gbp"])),
        ("They cost (happened)", printed.pounds(worth["observed_gbp"])),
        ("Released: capacity, not cash (95% range)", printed.pounds_range(worth["capacity"])),
        ("Cash among it", printed.pounds_range(cash) if cash else _NOT_CASH),
        (f"The service cost, {whole}, over the same time", printed.pounds(cost.get("gbp"))),
        *(net if told_net else ()),
        ("Plain before and after (resource-pack method): no evidence of effect",
         printed.pounds(worth["naive"])),
    )  # fmt: skip
    return Table(
        f"Money over {worth['window']} months of {worth['people']} people",
        ("What", "Pounds"), rows, widths=(3, 2), sheet="Money",
        note="The plain figure takes for granted that people would have stayed as they were in "
        "their worst months. They would not, so it is never the headline.",
    )  # fmt: skip


def break_even(source: Source, worth: Mapping[str, Any]) -> list[str]:
    """At what size of effect it releases what it costs; nothing where the cost is another's."""
    attendances, reduction = worth["break_even_attendances"], worth["break_even_reduction"]
    cost, expected = worth.get("cost") or {}, worth.get("expected_gbp")
    if attendances is None or reduction is None or other_leads(source, cost.get("leads")):
        return []
    return [
        (
            f"The service releases what it costs if it avoids {attendances:,} A&E attendances and "
            f"nothing else, or {reduction:.0f}% of every contact priced here "
            f"({printed.pounds(cost.get('gbp'))} of {printed.pounds(expected)} expected)."
        )
    ]


def other_leads(source: Source, costed: float | None) -> str:
    """What is wrong where the costs are for another number of leads than the service has, with
    the remedy; empty where they agree or nothing is known. Less than one lead apart is part time.
    """
    money, has = source.locality.money, source.facts.leads if source.facts else None
    if not has or costed is None or -1 < costed - has <= 0:
        return ""
    begin = "The place has not entered its leads: these"
    if money.leads_given:
        begin = "These"
    return (
        f"{begin} costs are for {printed.leads(costed)}, the service has {has:g}. So nothing is "
        "said of what is left over or of when it pays for itself. What to do: write [money] leads "
        f"= {has:g} in the locality file and evaluate again."
    )


def _not_priced(worth: Mapping[str, Any]) -> list[str]:
    return [line["why_not"] for line in worth.get("lines", ()) if line.get("why_not")]


def _cost_words(worth: Mapping[str, Any]) -> list[str]:
    cost = worth.get("cost")
    years = printed.listed(worth["price_years"])
    prices = f"Prices of {years}; each price with its source is in the workbook."
    if cost is None:
        return [prices]
    usual = "" if cost["lead_cost_given"] else ", the programme's usual figure"
    return [
        (
            f"The cost is of {cost['years']:.1f} years, the time in which these people started: "
            f"{printed.pounds(cost['a_year'])} a year ({printed.leads(cost['leads'])} at "
            f"{printed.pounds(cost['lead_cost_a_year'])}{usual}; "
            f"{printed.pounds(cost['other_cost_a_year'])} of other cost)."
        ),
        prices,
    ]
