"""From sums to limits: observed, expected and their variance come in; standing, 95 % interval, what
could have been shown at this size and how many people it would take go out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, exp, log, sqrt
from typing import Final

from scipy.special import stdtr, stdtrit

from openhiu.evaluate.plan import (
    HEADLINE_PEOPLE,
    LEVEL,
    METHOD_ALLOWANCE,
    OBSERVED_FLOOR,
    POWER,
    RANGE_EXPECTED,
    RANGE_PEOPLE,
)

# Standard error of the log ratio of one client, in simulated services (bench/evaluate): what is
# used to say how many people it takes before a place has its own figure.
TYPICAL_SPREAD: Final = 1.25
_TAIL: Final = 1 - (1 - LEVEL) / 2
_RULE_OF_THREE: Final = 3.0


class Standing(StrEnum):
    """How much may be said."""

    ENOUGH = "enough"
    RANGE_ONLY = "range only"
    TOO_FEW = "too few"
    NO_HISTORY = "no history"
    NO_CLIENTS = "no clients"
    NO_FOLLOW_UP = "no follow-up"


NOTHING: Final = frozenset({Standing.NO_HISTORY, Standing.NO_CLIENTS, Standing.NO_FOLLOW_UP})


@dataclass(frozen=True)
class Interval:
    """Limits of a ratio. `raw` is the standard error of its log before the method allowance;
    `quantile` the t value used. `low` is None where nothing at all was observed.
    """

    low: float | None
    high: float
    se: float
    raw: float
    quantile: float
    freedom: float
    n_eff: float
    p_value: float
    clustered: bool


def judge(people: int, expected: float) -> Standing:
    """What so many clients allow to be said."""
    if people < RANGE_PEOPLE or expected < RANGE_EXPECTED:
        return Standing.TOO_FEW
    return Standing.RANGE_ONLY if people < HEADLINE_PEOPLE else Standing.ENOUGH


def interval(
    people: int, observed: float, expected: float, squares: float,
    variance: Callable[[float], float], sites: Sequence[tuple[float, float]],
) -> Interval | None:  # fmt: skip
    """95 % limits of observed over expected.

    `squares` is the sum of squared expectations; `variance` gives V at a ratio; `sites` are
    (observed, expected) a site where there are enough to compare the sites with each other too:
    the wider of the two stands. None with fewer than two people or nothing expected.
    """
    if people < 2 or expected <= 0:
        return None
    seen = max(observed, OBSERVED_FLOOR)
    ratio = seen / expected
    n_eff = expected**2 / squares
    options = [(sqrt(max(variance(ratio), 0.0)) / seen, max(n_eff - 1, 1.0), False)]
    if sites:
        scatter = sum((y - ratio * m) ** 2 for y, m in sites) * len(sites) / (len(sites) - 1)
        options.append((sqrt(scatter) / seen, len(sites) - 1.0, True))
    wide = [(float(stdtrit(freedom, _TAIL)) * _allow(raw), raw, freedom, clustered)
            for raw, freedom, clustered in options]  # fmt: skip
    half, raw, freedom, clustered = max(wide)
    se = _allow(raw)
    p_value = 2 * float(stdtr(freedom, -abs(log(ratio)) / se))
    low, high = ratio * exp(-half), ratio * exp(half)
    if observed <= 0:
        return Interval(None, _RULE_OF_THREE / expected, se, raw, half / se, freedom, n_eff,
                        p_value, clustered)  # fmt: skip
    return Interval(low, high, se, raw, half / se, freedom, n_eff, p_value, clustered)


def _allow(raw: float) -> float:
    """The standard error with the method's own allowance."""
    return sqrt(raw**2 + METHOD_ALLOWANCE**2)


def detectable(found: Interval) -> float:
    """The smallest true reduction (percent) that this size would show four times in five."""
    power = float(stdtrit(found.freedom, POWER))
    return 100 * (1 - exp(-(found.quantile + power) * found.se))


def people_needed(percent: float, raw: float | None, people: int) -> int:
    """How many clients would show a true reduction of so many percent four times in five.

    From the spread seen among these `people`; below the size at which that can be trusted, from
    the spread of simulated services.
    """
    spread = raw * sqrt(people) if raw and people >= HEADLINE_PEOPLE else TYPICAL_SPREAD
    wanted = -log(1 - percent / 100) / (1.959964 + 0.841621)
    room = wanted**2 - METHOD_ALLOWANCE**2
    return ceil(spread**2 / room)
