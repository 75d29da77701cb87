"""The resource-pack method, as it is: counts before and after support come in; the plain fall goes
out, with its own naive interval, labelled. It takes for granted that people would have stayed the
same, which people picked at their worst quarter never do: it is never the headline.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from openhiu.evaluate.plan import LEVEL, OBSERVED_FLOOR

LABEL: Final = "resource-pack method: assumes they would have stayed the same"
_MONTH: Final = 365.25 / 12
_TAIL: Final = 1 - (1 - LEVEL) / 2


@dataclass(frozen=True)
class BeforeAfter:
    """Counts in as many days before and after the start; `fall` in percent of before."""

    people: int
    before: float
    after: float
    fall: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class Spread:
    """How a count lies among people, per month at risk: everyone alike would have all the same."""

    people: int
    months: float
    mean: float | None
    median: float | None
    lower_quarter: float | None
    upper_quarter: float | None
    none_at_all: int


def before_after(
    people: int, after: float, before: float, after_squares: float, products: float,
    before_squares: float,
) -> BeforeAfter:  # fmt: skip
    """The fall from `before` to `after` in percent, and the interval that treats each person as
    their own comparison (sums of squares and products over people).
    """
    if not people or not before > 0:
        return BeforeAfter(people, before, after, None, None)
    fall = 100 * (1 - after / before)
    if people < 2:
        return BeforeAfter(people, before, after, fall, None)
    seen = max(after, OBSERVED_FLOOR)
    ratio = seen / before
    scatter = after_squares - 2 * ratio * products + ratio**2 * before_squares
    se = sqrt(max(scatter, 0.0) * people / (people - 1)) / seen
    half = float(stdtrit(people - 1, _TAIL)) * se
    limits = (100 * (1 - ratio * exp(half)), 100 * (1 - ratio * exp(-half)))
    return BeforeAfter(people, before, after, fall, limits)


def spread(counts: NDArray[np.float64], days: NDArray[np.float64]) -> Spread:
    """Mean, median and quarters of counts per person-month at risk. `counts` (n), `days` (n)."""
    there = days > 0
    months = days[there] / _MONTH
    if not there.any():
        return Spread(0, 0.0, None, None, None, None, 0)
    rates = counts[there] / months
    lower, median, upper = (float(q) for q in np.quantile(rates, (0.25, 0.5, 0.75)))
    total = float(months.sum())
    return Spread(int(there.sum()), total, float(counts[there].sum()) / total, median, lower,
                  upper, int((counts[there] == 0).sum()))  # fmt: skip
