"""Money in words: the worth of a window comes in; the sentences a board reads go out, in order:
what was released, what it cost, what the plain method would have claimed, and that it is not cash.
"""

from __future__ import annotations

from openhiu.evaluate.interval import Standing
from openhiu.evaluate.pounds import Pounds, Worth


def say(worth: Worth) -> tuple[str, ...]:
    """Every sentence that may stand."""
    if worth.standing == Standing.NO_HISTORY:
        return ("There is too little history of before the service to put a worth on anything.",)
    if worth.capacity.low is None:
        return ("There are too few people or events to put a worth on what was avoided.",)
    return (
        _capacity(worth),
        *_cost(worth),
        *_naive(worth),
        *_break_even(worth),
        _cash(worth),
        *(line.why_not for line in worth.lines if line.why_not),
        *worth.notes,
    )


def pounds(amount: float) -> str:
    """Pounds without pence, thousands apart, a minus before the sign of the pound."""
    sign = "\N{MINUS SIGN}" if round(amount) < 0 else ""
    return f"{sign}£{abs(round(amount)):,}"


def span(amount: Pounds) -> str:
    """The 95 % range of an amount."""
    if amount.low is None:
        return "no range"
    if amount.high is None:
        return f"95% range: {pounds(amount.low)} or more"
    return f"95% range: {pounds(amount.low)} to {pounds(amount.high)}"


def _capacity(worth: Worth) -> str:
    who = f"Over {worth.window} months of {worth.people} people"
    kinds = ", ".join(line.words for line in worth.lines if line.counted)
    if worth.capacity.gbp is None:
        return (
            f"{who}, anything in this range may have been released ({kinds}): "
            f"{span(worth.capacity)}. There are not yet enough people for one figure."
        )
    change = "less" if worth.capacity.gbp >= 0 else "more"
    return (
        f"{who}, contacts cost {pounds(abs(worth.capacity.gbp))} {change} than would have been "
        f"spent anyway ({kinds}; {span(worth.capacity)}){_chance(worth.capacity)}."
    )


def _chance(amount: Pounds) -> str:
    """The words of the verdict, where the range goes over nothing."""
    over = amount.low is not None and amount.low <= 0 and (amount.high is None or amount.high >= 0)
    return " - cannot yet be told from none" if over else ""


def _cost(worth: Worth) -> list[str]:
    cost = worth.cost
    if cost is None:
        return []
    default = (
        "" if cost.lead_cost_given else " (the programme's usual figure, not this place's own)"
    )
    told = (
        f"The service cost {pounds(cost.gbp)} over {cost.years:.1f} years, from its first day to "
        f"the last on which anybody could start and finish {worth.window} months within the data: "
        f"{_leads(cost.leads)} at {pounds(cost.lead_cost_a_year)} a year{default} "
        f"and {pounds(cost.other_cost_a_year)} a year of other cost. Of what it avoided only the "
        f"first {worth.window} months of each person are counted."
    )
    if worth.net.low is None or worth.net.gbp is None:
        return [told]
    return [told, f"Net of that cost: {pounds(worth.net.gbp)} ({span(worth.net)})."]


def _leads(leads: float) -> str:
    return "1 lead" if leads == 1 else f"{leads:g} leads"


def _naive(worth: Worth) -> list[str]:
    if worth.naive is None:
        return []
    told = (
        f"The resource-pack method would claim {pounds(worth.naive)}: it takes for granted that "
        "people would have stayed as they were in their worst months."
    )
    return [told]


def _break_even(worth: Worth) -> list[str]:
    if worth.cost is None or worth.break_even_reduction is None or worth.expected_gbp is None:
        return []
    told = (
        "The service releases what it costs if it avoids "
        f"{worth.break_even_attendances or 0:,} A&E attendances and nothing else, or "
        f"{worth.break_even_reduction:.0f}% of everything priced here ({pounds(worth.cost.gbp)} of "
        f"the {pounds(worth.expected_gbp)} that would have been spent anyway)."
    )
    return [told]


def _cash(worth: Worth) -> str:
    if worth.cash is None:
        return (
            "This is capacity released for others, not cash saved: the prices are national "
            "averages, and no bill falls when one person does not come."
        )
    kinds = ", ".join(line.words for line in worth.lines if line.cash and line.counted)
    amount = "too little to say" if worth.cash.gbp is None else pounds(worth.cash.gbp)
    return (
        f"Of this, {amount} ({span(worth.cash)}) is cash, because this place pays for each of: "
        f"{kinds}. The rest is capacity released for others."
    )
