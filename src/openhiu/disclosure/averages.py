"""Averages over people: one value a person comes in; an average of at least 8, or a star, goes out.

In a breakdown an average stands only where the group's own count is shown: otherwise the average of
a hidden group could be worked out from the whole and the rest.
"""

from __future__ import annotations

from collections.abc import Collection
from statistics import fmean, median

from openhiu.disclosure.counts import HIDDEN, SMALLEST_SHOWN


def mean_of(values: Collection[float], digits: int = 1) -> float | str:
    """The mean over at least 8 people, rounded."""
    return HIDDEN if len(values) < SMALLEST_SHOWN else round(fmean(values), digits)


def median_of(values: Collection[float], digits: int = 1) -> float | str:
    """The median over at least 8 people, rounded."""
    return HIDDEN if len(values) < SMALLEST_SHOWN else round(float(median(values)), digits)
