"""Places with their deprivation, their people and a rate come in; the straight line from the least
to the most deprived end, with its 95% range, goes out.

This is the slope index of inequality: places stand in the order of deprivation, each as wide as its
people are many, and the line is drawn by least squares weighted with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from openhiu.report.reach.shape import Line

FEWEST: Final = 5
_RANGE: Final = 0.975


@dataclass(frozen=True)
class Point:
    """A place: its mean fifth of deprivation (1 is the most deprived), its people and its rate."""

    deprivation: float
    people: float
    rate: float


def line_through(points: Sequence[Point]) -> Line | None:
    """The line. None with fewer than five places, or where all are as deprived as each other."""
    if len(points) < FEWEST or len({point.deprivation for point in points}) < 2:
        return None
    # Loaded here: it takes a while, and many areas have too few places for a line.
    from scipy.stats import t

    weights = np.array([point.people for point in points])
    x, y = np.array(ranks(points)), np.array([point.rate for point in points])
    share = weights / weights.sum()
    apart = x - share @ x
    spread = share @ apart**2
    slope = float(share @ (apart * (y - share @ y)) / spread)
    start = float(share @ y - slope * (share @ x))
    left = share @ (y - start - slope * x) ** 2
    error = float(np.sqrt(left / (len(points) - 2) / spread))
    reach = float(t.ppf(_RANGE, len(points) - 2)) * error
    return Line(start, start + slope, slope, slope - reach, slope + reach, len(points))


def ranks(points: Sequence[Point]) -> list[float]:
    """Where the middle of each place stands between the least (0) and the most deprived end (1).

    Places that are as deprived as each other share one middle.
    """
    whole = sum(point.people for point in points)
    found: dict[float, float] = {}
    passed = 0.0
    for level in sorted({point.deprivation for point in points}, reverse=True):
        here = sum(point.people for point in points if point.deprivation == level)
        found[level] = (passed + here / 2) / whole
        passed += here
    return [found[point.deprivation] for point in points]
