"""What if it were otherwise: the money of a window comes in; at which effect, prices and staffing
the service releases as much as it costs goes out.
"""

from __future__ import annotations

from typing import Final

from openhiu.evaluate.pounds import Assumption, Pounds, ServiceCost
from openhiu.locality import Money

PRICE_RANGE: Final = 0.2  # either way
LEADS_RANGE: Final = 0.5
THROUGHOUT: Final = "throughout this range"
IN_PART: Final = "in part of this range"
NOWHERE: Final = "nowhere in this range"


def vary(
    capacity: Pounds, expected: float, cost: ServiceCost, money: Money
) -> tuple[Assumption, ...]:
    """Each assumption over its range. `expected`: pounds that would have been spent anyway."""
    made = capacity.gbp or 0
    found = [_unit_costs(made, cost), _leads(made, cost, money), _lead_cost(made, cost, money)]
    if capacity.low is not None and capacity.high is not None:
        found.insert(0, _effect(capacity, expected, cost))
    return tuple(found)


def _effect(capacity: Pounds, expected: float, cost: ServiceCost) -> Assumption:
    ends = [float(end or 0) for end in (capacity.low, capacity.high)]
    least, most = (100 * end / expected for end in ends)
    return _assumption(
        "effect", "the reduction, over its 95% range, in percent",
        100 * (capacity.gbp or 0) / expected, least, most,
        (ends[0] - cost.gbp, ends[1] - cost.gbp), pays_from=100 * cost.gbp / expected,
    )  # fmt: skip


def _unit_costs(made: int, cost: ServiceCost) -> Assumption:
    least, most = 1 - PRICE_RANGE, 1 + PRICE_RANGE
    return _assumption(
        "unit_costs", "unit costs, as a multiple of those stated", 1.0, least, most,
        (least * made - cost.gbp, most * made - cost.gbp),
        pays_from=cost.gbp / made if made > 0 else None,
    )  # fmt: skip


def _leads(made: int, cost: ServiceCost, money: Money) -> Assumption:
    least, most = money.leads * (1 - LEADS_RANGE), money.leads * (1 + LEADS_RANGE)

    def net(leads: float) -> float:
        return made - (leads * money.lead_cost_a_year + money.other_cost_a_year) * cost.years

    room = made / cost.years - money.other_cost_a_year
    most_leads = room / money.lead_cost_a_year if money.lead_cost_a_year else None
    return _assumption(
        "leads", "leads in full-time equivalents, for the same people supported", money.leads,
        least, most, (net(least), net(most)), pays_up_to=most_leads,
    )  # fmt: skip


def _lead_cost(made: int, cost: ServiceCost, money: Money) -> Assumption:
    stated = money.lead_cost_a_year
    least, most = stated * (1 - PRICE_RANGE), stated * (1 + PRICE_RANGE)

    def net(lead: float) -> float:
        return made - (money.leads * lead + money.other_cost_a_year) * cost.years

    room = made / cost.years - money.other_cost_a_year
    return _assumption(
        "lead_cost", "what a lead costs a year, in pounds", stated, least, most,
        (net(least), net(most)), pays_up_to=room / money.leads if money.leads else None,
    )  # fmt: skip


def _assumption(
    name: str, words: str, stated: float, least: float, most: float, nets: tuple[float, float], *,
    pays_from: float | None = None, pays_up_to: float | None = None,
) -> Assumption:  # fmt: skip
    ends = [net >= 0 for net in nets]
    pays = THROUGHOUT if all(ends) else IN_PART if any(ends) else NOWHERE
    return Assumption(
        name, words, round(stated, 2), round(least, 2), round(most, 2), round(nets[0]),
        round(nets[1]), pays, _known(pays_from), _known(pays_up_to),
    )  # fmt: skip


def _known(value: float | None) -> float | None:
    """A threshold that can be met at all."""
    return None if value is None or value <= 0 else round(value, 2)
