"""How sure the financial case is: a case comes in; scenarios, break-even, a tornado and the chance
that it pays go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Cell, Figure, Heading, Paragraph, Table
from openhiu.paper.tornado import Swing, tornado
from openhiu.report.business_case.answer import how_sure
from openhiu.report.business_case.case import Case
from openhiu.report.business_case.sums.chance import CONTACTS, PRICES, REACHED
from openhiu.report.business_case.sums.worth import (
    VISIT,
    Worth,
    break_even_attendances,
    break_even_share,
)
from openhiu.report.business_case.words import exact, percent, rough, span

PICTURE: Final = "what-hangs-on-what"
_NAMES: Final = (("low", "Worse end of the effect"), ("central", "Middle"),
                 ("high", "Better end of the effect"))  # fmt: skip


def blocks(case: Case) -> list[Block]:
    """Everything, under one heading."""
    return [
        Heading("How sure is it?", 3),
        scenarios_table(case),
        Paragraph(break_even(case), lead="Break-even:"),
        picture(case),
        Paragraph(_chance(case), lead="All together:"),
    ]


def scenarios_table(case: Case) -> Table:
    """The effect at its worse end, its middle and its better end."""
    rows: list[tuple[Cell, ...]] = []
    for key, words in _NAMES:
        worth = case.scenarios[key]
        rows.append((words, exact(worth.cost), rough(worth.released), rough(worth.net),
                     rough(worth.present_net)))  # fmt: skip
    return Table(
        f"Three scenarios over {case.settings.months} months",
        ("Scenario", "Cost", "Released", "Released less cost", "Net present value"), tuple(rows),
        widths=(2, 1, 1, 1.2, 1.2), sheet="Scenarios",
        note="The two ends are those of the effect's 95% range; all else as planned.",
    )  # fmt: skip


def break_even(case: Case) -> str:
    """At what effect, and at how many avoided visits, it releases what it costs."""
    worth, plan = case.chosen.worth, case.chosen.plan
    share, visits = break_even_share(worth), break_even_attendances(plan, worth)
    if share is None or visits is None:
        return "It cannot be worked out without prices."
    alone = f"{visits:,} A&E attendances and nothing else"
    if share <= 1:
        found = (
            f"It releases what it costs if the people reached make {percent(share)} fewer "
            f"contacts than expected ({exact(worth.cost)} of {rough(worth.expected_gbp)}), or if "
            f"{alone} are avoided."
        )
        if visits > round(_visits(worth)):
            found = (
                f"It releases what it costs if the people reached make {percent(share)} fewer "
                f"contacts than expected ({exact(worth.cost)} of {rough(worth.expected_gbp)}). "
                f"Fewer A&E attendances alone could not: not even if every one of the "
                f"{_visits(worth):,.0f} expected were avoided."
            )
    else:
        found = (
            "No effect is large enough within the contract: the contacts that are counted are "
            f"expected to cost {rough(worth.expected_gbp)}, less than the {exact(worth.cost)} it "
            "costs."
        )
    return f"{found}{_afterwards(case)}"


def _visits(worth: Worth) -> float:
    """A&E attendances that are expected with no new service."""
    return sum(tier.expected.get(VISIT, 0.0) for tier in worth.tiers)


def _afterwards(case: Case) -> str:
    """What is left out of every sum: effects after the last day of the contract."""
    pounds = case.chosen.worth.afterwards
    if pounds <= 0:
        return ""
    return (
        f" Another {rough(pounds)} would follow after the contract ends, from people who started "
        "within it; no sum here counts it."
    )


def picture(case: Case) -> Figure:
    """A tornado of what is left over."""
    net = case.chosen.worth.net
    swings = [Swing(one.words, one.net_worse, one.net_better, one.worse, one.better)
              for one in case.otherwise]  # fmt: skip
    told = " ".join(
        f"{one.words}: {rough(one.net_worse)} at {one.worse}, {rough(one.net_better)} at "
        f"{one.better}." for one in case.otherwise
    )  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.words, one.worse, round(one.net_worse), one.better, round(one.net_better))
        for one in case.otherwise
    )
    return Figure(
        PICTURE, tornado(swings, net, "Released less cost", "£"),
        f"A bar for each assumption, the widest first, around {rough(net)}. {told}",
        "What hangs on what: released less cost when one assumption changes. Grey is the worse "
        "end, blue the better; the line is the plan, the broken line is nought",
        Table("One assumption at a time", ("Assumption", "Worse end", "Released less cost",
              "Better end", "Released less cost then"), rows, sheet="One at a time"),
        data_in_print=False,
    )  # fmt: skip


def _chance(case: Case) -> str:
    found = case.chance
    return (
        f"{how_sure(case)} That is the share of {found.draws:,} runs in which effect, reach "
        f"({_range(REACHED)} of plan), contacts ({_range(CONTACTS)}) and prices ({_range(PRICES)}) "
        "were drawn at once. In 95% of them what is left after the cost lies in the range "
        f"{span(found.net_low, found.net_high)}; in the middle it is {rough(found.net)}."
    )


def _range(span_of: tuple[float, float, float]) -> str:
    return f"{100 * span_of[0]:.0f} to {100 * span_of[2]:.0f}%"
