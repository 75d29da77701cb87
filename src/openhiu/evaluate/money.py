"""What an effect is worth: rows, estimates and a place's prices come in; contacts avoided in pounds
with their interval, beside the whole cost of the service, go out.

The pounds are capacity released, not cash: a national average cost falls by nothing when one person
stays at home. Cash is named only where the place said that it pays for each contact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Final

import numpy as np

from openhiu.disclosure import shown_count
from openhiu.evaluate.assumptions import vary
from openhiu.evaluate.estimate import Estimate, Standing
from openhiu.evaluate.money_words import say
from openhiu.evaluate.plan import RANGE_EXPECTED, RANGE_PEOPLE, Window
from openhiu.evaluate.pounds import Assumption, Line, Pounds, ServiceCost, Worth
from openhiu.evaluate.prices import LICENCE, Floats, Price, choose, counts_of
from openhiu.evaluate.rows import Rows, day_number
from openhiu.evaluate.shown import people_shown
from openhiu.evaluate.together import models, together
from openhiu.locality import Money

DAYS_IN_YEAR: Final = 365.25
EXPECTED_NEEDED: Final = RANGE_EXPECTED
_PRICED: Final = "priced"
_FEWER: Final = (
    "The sum is over the people of whom everything priced is in the data: not all of them."
)


def worth(
    sites: Sequence[Rows], window: Window, money: Money,
    estimates: Mapping[str, Estimate] | None = None,
) -> Worth:  # fmt: skip
    """The money of one window over every site.

    `estimates`: pooled estimates already made of the same window, by outcome; the rest are made.
    """
    counted = set.intersection(*(set(rows.outcomes) for rows in sites)) if sites else set()
    prices, notes = choose(money, counted)
    found = {price.item: _estimate(sites, window, price, estimates or {}) for price in prices}
    lines = tuple(_line(price, found[price.item], money) for price in prices)
    summed = [price for price, line in zip(prices, lines, strict=True) if line.counted]
    total = _weighted(sites, window, summed)
    capacity = _pounds(total)
    cost = _cost(sites, window, money)
    first = next(iter(found.values()), None)
    people, fewer = _people(total, first)
    made = Worth(
        window=window.name, people=people,
        standing=str(first.standing if first else Standing.NO_CLIENTS), lines=lines,
        before_gbp=_whole(total, "before"), observed_gbp=_whole(total, "observed"),
        expected_gbp=_whole(total, "expected"), capacity=capacity, naive=_naive(total),
        cash=_cash(sites, window, [p for p in summed if p.item in money.cash_releasing]),
        cost=cost, net=_net(capacity, cost),
        break_even_attendances=_break_even(prices, cost),
        break_even_reduction=_reduction_needed(total, cost),
        assumptions=_assumptions(total, cost, money),
        price_years=_years(prices, money), notes=(*fewer, *notes, *_mixed(prices, money)),
    )  # fmt: skip
    return replace(made, sentences=say(made))


def _estimate(
    sites: Sequence[Rows], window: Window, price: Price, known: Mapping[str, Estimate]
) -> Estimate | None:  # fmt: skip
    return known.get(price.item) or _whole_of(
        [_with(rows, counts_of(price.item, rows.outcomes), counts_of(price.item, rows.before))
         for rows in sites], window
    )  # fmt: skip


def _people(total: Estimate | None, first: Estimate | None) -> tuple[int | str, tuple[str, ...]]:
    """Of how many people the sum is: those of whom every kind priced is in the data."""
    whole = first.people if first else 0
    if total is None or total.people == whole:
        return people_shown(whole), ()
    return people_shown(total.people), (_FEWER,)


def _weighted(sites: Sequence[Rows], window: Window, prices: Sequence[Price]) -> Estimate | None:
    """The estimate of the cost itself: each contact counts as many as it costs. Its interval comes
    from the people; limits of several outcomes are never added.
    """
    if not prices:
        return None
    return _whole_of(
        [_with(rows, _in_pounds(prices, rows.outcomes), _in_pounds(prices, rows.before))
         for rows in sites], window
    )  # fmt: skip


def _whole_of(sites: Sequence[Rows], window: Window) -> Estimate | None:
    found = together(sites, _PRICED, window, models(sites, _PRICED, window.segments))
    return found.whole if found else None


def _with(rows: Rows, counts: Floats, before: Floats) -> Rows:
    """The same rows with something more that is counted."""
    return replace(
        rows,
        outcomes={**rows.outcomes, _PRICED: counts},
        before={**rows.before, _PRICED: before},
    )


def _in_pounds(prices: Sequence[Price], counts: Mapping[str, Floats]) -> Floats:
    each = [price.gbp * counts_of(price.item, counts) for price in prices]
    return np.asarray(np.sum(each, axis=0), dtype=np.float64)


def _line(price: Price, found: Estimate | None, money: Money) -> Line:
    line = Line(
        price.item, price.words, price.gbp, price.price_year, price.source,
        cash=price.item in money.cash_releasing,
    )  # fmt: skip
    if found is None or (found.expected or 0.0) < EXPECTED_NEEDED:
        kind, why = f"{price.words[:1].upper()}{price.words[1:]}", _why_not(found)
        return replace(line, why_not=f"{kind}: {why}; they are not in the sum.")
    avoided = (found.avoided, found.avoided_low, found.avoided_high)
    return replace(
        line, counted=True, observed=found.observed, expected=found.expected,
        avoided=avoided[0], avoided_low=avoided[1], avoided_high=avoided[2],
        worth=Pounds(*(None if n is None else round(price.gbp * n) for n in avoided)),
    )  # fmt: skip


def _why_not(found: Estimate | None) -> str:
    """Why nothing can be said of what was avoided of one kind of contact."""
    match found.standing if found else Standing.NO_CLIENTS:
        case Standing.NO_HISTORY:
            return "there is not enough history of before the service to say what was expected"
        case Standing.NO_CLIENTS | Standing.NO_FOLLOW_UP:
            return "nobody has finished the follow-up, so nothing was expected yet"
        case Standing.TOO_FEW if found and found.people < RANGE_PEOPLE:
            return "too few people to say what was avoided"
    return f"fewer than {EXPECTED_NEEDED:.0f} were expected, too few to say what was avoided"


def _pounds(total: Estimate | None) -> Pounds:
    if total is None or total.expected is None:
        return Pounds()
    ends = [
        None if ratio is None else round(total.expected * (1 - ratio))
        for ratio in (total.high, total.low)
    ]
    return Pounds(None if total.avoided is None else round(total.avoided), *ends)


def _whole(total: Estimate | None, name: str) -> int | None:
    few = total is None or isinstance(shown_count(total.people), str)
    value = None if few else getattr(total, name)
    return None if value is None else round(value)


def _naive(total: Estimate | None) -> int | None:
    """The saving of the resource-pack method over the same people and prices."""
    before, observed = _whole(total, "before"), _whole(total, "observed")
    return None if before is None or observed is None else before - observed


def _cash(sites: Sequence[Rows], window: Window, prices: Sequence[Price]) -> Pounds | None:
    return _pounds(_weighted(sites, window, prices)) if prices else None


def _cost(sites: Sequence[Rows], window: Window, money: Money) -> ServiceCost | None:
    """From the first start of the service to the last day a client can have started who finished
    the window: whom it supported then are those whose contacts are counted.
    """
    days = max(
        (day_number(rows.cut) - window.days - day_number(rows.service_start) for rows in sites),
        default=0,
    )
    if days <= 0:
        return None
    years = days / DAYS_IN_YEAR
    return ServiceCost(
        round(money.cost_a_year * years), round(years, 2), round(money.cost_a_year), money.leads,
        money.lead_cost_a_year, money.other_cost_a_year, money.price_year, money.lead_cost_given,
    )  # fmt: skip


def _net(capacity: Pounds, cost: ServiceCost | None) -> Pounds:
    if cost is None:
        return Pounds()
    return Pounds(*(None if end is None else end - cost.gbp
                    for end in (capacity.gbp, capacity.low, capacity.high)))  # fmt: skip


def _break_even(prices: Sequence[Price], cost: ServiceCost | None) -> int | None:
    visit = next((price.gbp for price in prices if price.item == "attendances"), 0.0)
    return ceil(cost.gbp / visit) if cost and visit else None


def _reduction_needed(total: Estimate | None, cost: ServiceCost | None) -> float | None:
    if cost is None or total is None or not total.expected:
        return None
    return round(100 * cost.gbp / total.expected, 1)


def _assumptions(
    total: Estimate | None, cost: ServiceCost | None, money: Money
) -> tuple[Assumption, ...]:
    if cost is None or total is None or total.avoided is None or not total.expected:
        return ()
    return vary(_pounds(total), total.expected, cost, money)


def _years(prices: Sequence[Price], money: Money) -> tuple[str, ...]:
    return tuple(sorted({money.price_year, *(price.price_year for price in prices)}))


def _mixed(prices: Sequence[Price], money: Money) -> tuple[str, ...]:
    notes = [LICENCE] if any(not price.own for price in prices) else []
    other = [price for price in prices if price.price_year != money.price_year]
    if other:
        kinds = ", ".join(f"{price.words} ({price.price_year})" for price in other)
        notes.append(
            f"Prices of more than one year are added up: the rest is of {money.price_year}, but "
            f"{kinds}. They were not brought to one year."
        )
    return tuple(notes)
