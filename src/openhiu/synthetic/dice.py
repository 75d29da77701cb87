"""Draws that are the same on every machine: a seed comes in, repeatable draws go out.

Python promises the same `random()` for the same seed in every version, and nothing of the kind for
its other methods, so every other draw is made here from `random()` alone.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Values with weights, in the order given; the weights need not add up to one."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values: Sequence[T] = tuple(weights)
        self._sums = tuple(accumulate(weights.values()))
        self._total = self._sums[-1]

    def at(self, share: float) -> T:
        """The value that stands at `share` (0 up to, not including, 1) of the total weight."""
        return self.values[min(bisect_right(self._sums, share * self._total), len(self.values) - 1)]


class Dice:
    """One stream of draws."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random  # noqa: S311  made-up people, not secrets

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.random() < probability

    def between(self, low: float, high: float) -> float:
        """Any number from `low` up to, not including, `high`."""
        return low + (high - low) * self.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of `values`, each as likely."""
        return values[int(self.random() * len(values))]

    def draw(self, weighted: Weighted[T]) -> T:
        """One of the weighted values."""
        return weighted.at(self.random())

    def exponential(self, mean: float) -> float:
        """A waiting time with this mean."""
        return -mean * math.log(1.0 - self.random())

    def normal(self) -> float:
        """A standard normal number (Box and Muller)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.random()))
        return radius * math.cos(2.0 * math.pi * self.random())

    def pareto(self, least: float, slope: float, most: float) -> float:
        """A heavy-tailed number: at least `least`, cut at `most`, P(> x) falling as x^-slope."""
        return min(least * math.exp(self.exponential(1.0 / slope)), most)

    def poisson(self, mean: float) -> int:
        """A count with this mean, by counting the arrivals of one unit of time."""
        limit, product, count = math.exp(-min(mean, 600.0)), self.random(), 0
        while product > limit:
            product *= self.random()
            count += 1
        return count
