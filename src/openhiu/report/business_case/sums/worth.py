"""What a plan costs and what it would release: a plan comes in; pounds by tier and by year, what
would have fallen anyway, and when it pays for itself go out.

Pounds released are capacity. Nothing is counted after the contract ends, and nothing of what would
have changed with no service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from openhiu.report.business_case.sums.plan import MONTHS_A_YEAR, Group, Plan
from openhiu.report.business_case.sums.starts import starts

VISIT = "attendances"


@dataclass(frozen=True)
class OfTier:
    """One tier. `person_years` are those in which an effect is counted; contacts are by kind.

    `before_gbp` is what these contacts would cost did nothing change, `expected_gbp` what they
    would cost with no service, `released_gbp` what of that the service takes away.
    """

    key: str
    label: str
    people: float
    person_years: float
    expected: Mapping[str, float]
    avoided: Mapping[str, float]
    before_gbp: float
    expected_gbp: float
    released_gbp: float

    @property
    def fell_anyway_gbp(self) -> float:
        """What a plain before and after would claim although nobody did anything for it."""
        return self.before_gbp - self.expected_gbp


@dataclass(frozen=True)
class Worth:
    """A plan in pounds. Lists by year begin with the first contract year.

    `afterwards` is what those who started would still release after the contract has ended; it is
    in no other sum.
    """

    tiers: tuple[OfTier, ...]
    cost: float
    cost_by_year: tuple[float, ...]
    released_by_year: tuple[float, ...]
    released: float
    cash: float
    naive: float
    present_cost: float
    present_released: float
    afterwards: float = 0.0

    @property
    def net(self) -> float:
        """Released less cost, not discounted."""
        return self.released - self.cost

    @property
    def present_net(self) -> float:
        """The net present value."""
        return self.present_released - self.present_cost

    @property
    def people(self) -> float:
        """People started over the whole contract."""
        return sum(tier.people for tier in self.tiers)

    @property
    def expected_gbp(self) -> float:
        """What the contacts that are counted would have cost with no service."""
        return sum(tier.expected_gbp for tier in self.tiers)


def contract_cost(leads: float, lead_cost: float, months: int, other: float = 0.0) -> float:
    """What a contract costs: 10 leads at £60,000 over 24 months are £1,200,000."""
    return (leads * lead_cost + other) * months / MONTHS_A_YEAR


def work_out(plan: Plan) -> Worth:
    """The sums of one plan."""
    began = starts(plan)
    counted = {key: _counted(plan, months) for key, months in began.items()}
    tiers = tuple(
        _tier(plan, group, sum(began[group.key]), sum(counted[group.key]))
        for group in plan.groups
    )  # fmt: skip
    costs = tuple(
        contract_cost(plan.leads, plan.lead_cost, plan.months_in(year), plan.other_cost)
        for year in range(plan.years)
    )
    released = tuple(
        sum(counted[group.key][year] * _released(plan, group) for group in plan.groups)
        for year in range(plan.years)
    )
    return Worth(
        tiers,
        contract_cost(plan.leads, plan.lead_cost, plan.months, plan.other_cost),
        costs,
        released,
        sum(tier.released_gbp for tier in tiers),
        sum(plan.price(group, kind) * tier.avoided[kind]
            for group, tier in zip(plan.groups, tiers, strict=True) for kind in plan.cash
            if kind in tier.avoided),
        sum(tier.fell_anyway_gbp + tier.released_gbp for tier in tiers),
        present(costs, plan.discount),
        present(released, plan.discount),
        sum(_after(plan, began[group.key]) * _released(plan, group) for group in plan.groups),
    )  # fmt: skip


def present(by_year: tuple[float, ...], rate: float) -> float:
    """The present value: the first year as it is, each later one discounted once more."""
    return sum(amount / (1 + rate) ** year for year, amount in enumerate(by_year))


def _counted(plan: Plan, began: list[float]) -> list[float]:
    """Person-years with an effect, by contract year. Who starts in a month counts from the next."""
    found = [0.0] * plan.years
    for month, people in enumerate(began):
        for after in range(month + 1, min(month + 1 + plan.lasts, plan.months)):
            found[after // MONTHS_A_YEAR] += people / MONTHS_A_YEAR
    return found


def _after(plan: Plan, began: list[float]) -> float:
    """Person-years with an effect that lie after the end of the contract."""
    return sum(
        people * max(0, month + 1 + plan.lasts - max(plan.months, month + 1)) / MONTHS_A_YEAR
        for month, people in enumerate(began)
    )


def _tier(plan: Plan, group: Group, people: float, years: float) -> OfTier:
    expected = {kind: years * count for kind, count in group.expected.items()}
    avoided = {kind: count * (1 - plan.ratios.get(kind, 1.0)) for kind, count in expected.items()}
    return OfTier(
        group.key, group.label, people, years, expected, avoided,
        years * _pounds(plan, group, group.before), _pounds(plan, group, expected),
        _pounds(plan, group, avoided),
    )  # fmt: skip


def _released(plan: Plan, group: Group) -> float:
    """Pounds released a person-year."""
    return _pounds(plan, group, {kind: count * (1 - plan.ratios.get(kind, 1.0))
                                 for kind, count in group.expected.items()})  # fmt: skip


def _pounds(plan: Plan, group: Group, contacts: Mapping[str, float]) -> float:
    return sum(plan.price(group, kind) * count for kind, count in contacts.items())


def break_even_share(worth: Worth) -> float | None:
    """The share of the counted contacts that must be avoided to release what the plan costs; above
    1 no effect is large enough. None where nothing is expected.
    """
    return worth.cost / worth.expected_gbp if worth.expected_gbp > 0 else None


def break_even_attendances(plan: Plan, worth: Worth) -> int | None:
    """So many avoided A&E attendances alone would release what the plan costs."""
    price = plan.prices.get(VISIT, 0.0)
    return ceil(round(worth.cost / price, 6)) if price > 0 else None
