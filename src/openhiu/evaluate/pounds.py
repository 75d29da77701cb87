"""The shapes of money: what was avoided, what it cost and what was assumed, as plain data.

Nothing is worked out here; `money` fills these and `money_words` says them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pounds:
    """An amount with its 95 % range, in whole pounds; None where it may not be said."""

    gbp: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Line:
    """One kind of contact: how many were avoided, at what price. `counted`: it is in the sum;
    `why_not` says why otherwise. `cash`: the place pays for each.
    """

    item: str
    words: str
    unit_cost: float
    price_year: str
    source: str
    cash: bool = False
    counted: bool = False
    why_not: str = ""
    observed: float | None = None
    expected: float | None = None
    avoided: float | None = None
    avoided_low: float | None = None
    avoided_high: float | None = None
    worth: Pounds = Pounds()


@dataclass(frozen=True)
class ServiceCost:
    """The whole cost of the service over the time in which the clients of a window started."""

    gbp: int
    years: float
    a_year: int
    leads: float
    lead_cost_a_year: float
    other_cost_a_year: float
    price_year: str
    lead_cost_given: bool


@dataclass(frozen=True)
class Assumption:
    """One assumption moved over its range, the others as stated: what the service nets at either
    end. `pays_from` is the least (`pays_up_to` the most) at which it costs no more than it
    releases.
    """

    name: str
    words: str
    stated: float
    least: float
    most: float
    net_at_least: int
    net_at_most: int
    pays: str
    pays_from: float | None = None
    pays_up_to: float | None = None


@dataclass(frozen=True)
class Worth:
    """The money of one window. `before_gbp`, `observed_gbp` and `expected_gbp` are what the priced
    contacts cost before, after, and would have cost anyway. `capacity` is the sum of what was
    avoided, `naive` the resource-pack saving beside it, `cash` the part that is cash (None: none
    of it), `net` capacity less cost.

    `break_even_attendances`: so many A&E attendances avoided would pay for the service by
    themselves; `break_even_reduction`: so many percent fewer of everything priced would.
    """

    window: str
    people: int | str
    standing: str
    lines: tuple[Line, ...]
    before_gbp: int | None
    observed_gbp: int | None
    expected_gbp: int | None
    capacity: Pounds
    naive: int | None
    cash: Pounds | None
    cost: ServiceCost | None
    net: Pounds
    break_even_attendances: int | None
    break_even_reduction: float | None
    assumptions: tuple[Assumption, ...]
    price_years: tuple[str, ...]
    notes: tuple[str, ...]
    sentences: tuple[str, ...] = ()
