"""Variation rules of the NHS "Making data count" charts: a series of values comes in; its mean, its
limits and which points break a rule go out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Final

LIMIT: Final = 2.66  # times the mean moving range: three sigma
OUTER: Final = LIMIT * 2 / 3
RUN: Final = 7
LEAST_POINTS: Final = 12
RULES: Final = {
    "beyond": "a point beyond the limits",
    "shift": "7 points in a row on one side of the mean",
    "trend": "7 points in a row rising or falling",
    "two_of_three": "2 of 3 points close to one limit",
}


@dataclass(frozen=True)
class Limits:
    """The mean of a series and its process limits."""

    mean: float
    lower: float
    upper: float
    spread: float  # mean moving range


def limits(values: Sequence[float]) -> Limits | None:
    """Mean plus and minus 2.66 mean moving ranges; None with fewer than 12 points."""
    if len(values) < LEAST_POINTS:
        return None
    spread = fmean(abs(b - a) for a, b in pairwise(values))
    mean = fmean(values)
    return Limits(mean, max(mean - LIMIT * spread, 0.0), mean + LIMIT * spread, spread)


def broken(values: Sequence[float], found: Limits) -> list[dict[str, int]]:
    """For each point the rules it belongs to: rule and side, -1 low or falling, 1 high or rising.

    Every point of a run belongs to it, as on the charts people know.
    """
    marks: list[dict[str, int]] = [{} for _ in values]
    away = [value - found.mean for value in values]
    for at, gap in enumerate(away):
        if abs(gap) > LIMIT * found.spread:
            marks[at]["beyond"] = _side(gap)
    _runs(marks, "shift", [_side(gap) for gap in away], RUN)
    steps = [_side(b - a) for a, b in pairwise(values)]
    _trends(marks, steps)
    for at in range(2, len(values)):
        _two_of_three(marks, away, at, found.spread)
    return marks


def _runs(marks: list[dict[str, int]], rule: str, sides: Sequence[int], length: int) -> None:
    for start in range(len(sides) - length + 1):
        run = set(sides[start : start + length])
        if run in ({1}, {-1}):
            for at in range(start, start + length):
                marks[at][rule] = sides[start]


def _trends(marks: list[dict[str, int]], steps: Sequence[int]) -> None:
    """7 points are 6 steps."""
    for start in range(len(steps) - RUN + 2):
        if set(steps[start : start + RUN - 1]) in ({1}, {-1}):
            for at in range(start, start + RUN):
                marks[at]["trend"] = steps[start]


def _two_of_three(
    marks: list[dict[str, int]], away: Sequence[float], at: int, spread: float
) -> None:
    for side in (1, -1):
        close = [n for n in range(at - 2, at + 1) if side * away[n] > OUTER * spread]
        if len(close) >= 2:
            for number in close:
                marks[number]["two_of_three"] = side


def _side(gap: float) -> int:
    return (gap > 0) - (gap < 0)
