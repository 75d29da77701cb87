"""What to expect of a year that has not been: how people moved between tiers comes in; a range that
allows for people leaving by themselves goes out.

This year's people of each tier go where last year's went, as far as last year can tell
(Dirichlet-multinomial); others come new, as many as this year's newcomers make likely (a gamma-
Poisson count), in a year that may differ from this one by itself. Each person of a tier comes as
often as one drawn from it. The same counts give the same numbers: the seed is fixed.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

METHOD: Final = (
    "This year's people go where last year's people of their tier went; as many others come new as "
    "came new this year. Worked out 4,000 times, with everything that so few people leave open and "
    "10% for the difference of one year from another; low and high hold nine in ten of the results."
)
DRAWS: Final = 4000
LOW, HIGH = 5, 95
_SEED: Final = 20_260_401
_EVEN: Final = 0.25  # one person, spread over the four directions, before anything is known
_NEW: Final = 0.5  # Jeffreys: half a newcomer
YEARS_DIFFER: Final = 0.1
Floats = NDArray[np.float64]
Moved = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Expected:
    """People and attendances of one tier in the next year, each as expected, low and high."""

    people: tuple[float, float, float]
    attendances: tuple[float, float, float]


def forecast(
    moved: Moved, values: Mapping[int, Mapping[int, int]], least: Mapping[int, int], key: str
) -> dict[int, Expected]:
    """For each tier. `values` are this year's people by attendances, `least` where a tier begins;
    `key` names the unit, so that two of them do not draw the same numbers.
    """
    rng = np.random.default_rng([_SEED, zlib.crc32(key.encode())])
    tiers = sorted(least)
    people = _people(rng, moved, tiers)
    return {
        tier: Expected(
            _range(people[tier]),
            _range(_attendances(rng, people[tier], values.get(tier, {}), least[tier])),
        )
        for tier in tiers
    }


def _people(rng: np.random.Generator, moved: Moved, tiers: list[int]) -> dict[int, Floats]:
    """Draws of how many people will be in each tier."""
    everywhere = [0, *tiers]
    this_year = {tier: sum(moved.get((was, tier), 0) for was in everywhere) for tier in tiers}
    found = {tier: np.zeros(DRAWS) for tier in tiers}
    year = np.exp(rng.normal(0.0, YEARS_DIFFER, DRAWS))
    for was in tiers:
        went = np.array([moved.get((was, tier), 0) for tier in everywhere], float)
        shares = rng.dirichlet(went + _EVEN, DRAWS)
        gone: Any = rng.multinomial(this_year[was], shares)
        for column, tier in enumerate(everywhere):
            if tier:
                found[tier] += gone[:, column]
    for tier in tiers:
        rate = rng.gamma(moved.get((0, tier), 0) + _NEW, 1.0, DRAWS)
        found[tier] += rng.poisson(rate * year)
    return found


def _attendances(
    rng: np.random.Generator, people: Floats, values: Mapping[int, int], least: int
) -> Floats:
    """Draws of their attendances: so many people, each as often as one of this year's."""
    if not values:
        return people * least
    often = np.array(sorted(values), float)
    shares = rng.dirichlet([values[int(value)] for value in often], DRAWS)
    mean = shares @ often
    spread = np.sqrt(np.maximum(shares @ often**2 - mean**2, 0.0))
    drawn = rng.normal(people * mean, spread * np.sqrt(people))
    found: Floats = np.maximum(drawn, people * least)
    return found


def _range(drawn: Floats) -> tuple[float, float, float]:
    low, high = np.percentile(drawn, (LOW, HIGH))
    return float(round(drawn.mean())), float(np.floor(low)), float(np.ceil(high))
