"""Numbers of a business case as they are read: values come in, words go out; estimates are rounded,
contract sums are not.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from openhiu.report import printed
from openhiu.report.tiers.shape import Tier

_COARSE: Final = 10_000.0
_TO: Final = "to"
_LEAST: Final = 0.005


def rough(pounds: float) -> str:
    """An estimate in pounds: to the nearest thousand from £10,000 on, else to the nearest £100."""
    step = 1000 if abs(pounds) >= _COARSE else 100
    return printed.pounds(round(pounds / step) * step)


def exact(pounds: float) -> str:
    """A sum that will be in a contract."""
    return printed.pounds(pounds)


def span(low: float, high: float) -> str:
    """From one estimate to another, the lower first."""
    first, last = sorted((low, high))
    return f"{rough(first)} {_TO} {rough(last)}"


def number_of(count: float | str | None) -> str:
    """A number of people or contacts in a sentence."""
    if count is None:
        return "an unknown number of"
    if isinstance(count, str):
        return "some"
    return f"{round(count):,}"


def month(at: date) -> str:
    """Such as April 2027."""
    return f"{at:%B %Y}"


def times(tier: Tier) -> str:
    """How often the people of a tier came: 5 to 10 times, 20 times or more."""
    return (
        f"{tier.least} times or more" if tier.most is None else f"{tier.least} to {tier.most} times"
    )


def posts(leads: float) -> str:
    """Such as 1 lead, 2.5 leads."""
    return printed.leads(round(leads, 2))


def percent(share: float) -> str:
    """A share of 1 in percent; never none or all of it by rounding alone."""
    if 0 < share < _LEAST or 1 - _LEAST < share < 1:
        return "under 1%" if share < _LEAST else "over 99%"
    return f"{100 * share:.0f}%"


def after(first: date, months: int) -> date:
    """The same day so many months later; the first day of a contract is early in its month."""
    whole = first.year * 12 + first.month - 1 + months
    return date(whole // 12, whole % 12 + 1, min(first.day, 28))
