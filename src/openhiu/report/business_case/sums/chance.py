"""How sure it is: a plan and how uncertain its parts are come in; the chance that what is released
is worth more than the cost, with the range of what is left over, goes out.

Drawn with a fixed seed, so that the same case gives the same number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.report.business_case.sums.plan import Plan, Ratio
from openhiu.report.business_case.sums.worth import Worth, work_out

SEED: Final = 2026
DRAWS: Final = 10_000
# Two-sided 95 %.
_Z: Final = 1.959963984540054
# The least, the likeliest and the most, as multiples of what is planned.
REACHED: Final = (0.7, 1.0, 1.1)
CONTACTS: Final = (0.8, 1.0, 1.2)
PRICES: Final = (0.8, 1.0, 1.2)
_LEAST_RATIO: Final = 1e-6
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Chance:
    """Out of so many `draws`: the share in which the plan releases at least what it costs, and what
    is left over (`net`) in the middle and over 95 % of them.
    """

    draws: int
    pays: float
    net: float
    net_low: float
    net_high: float


def chance(plan: Plan, effect: Mapping[str, Ratio], seed: int = SEED, draws: int = DRAWS) -> Chance:
    """Draw the effect, who is reached, the contacts with no service and the prices together.

    One draw of the effect moves every kind of contact: whether they go together is not known, and
    together is the wider range.
    """
    dice = np.random.default_rng(seed)
    z: Floats = dice.standard_normal(draws)
    scale: Floats = np.prod(
        [dice.triangular(*span, size=draws) for span in (REACHED, CONTACTS, PRICES)], axis=0
    )
    worth = work_out(plan)
    avoided: Floats = np.zeros(draws)
    for kind, ratio in effect.items():
        avoided += _expected(plan, worth, kind) * (1 - _ratios(ratio, z))
    net = scale * avoided - worth.cost
    low, middle, high = (float(q) for q in np.quantile(net, (0.025, 0.5, 0.975)))
    return Chance(draws, float(np.mean(net >= 0)), middle, low, high)


def _ratios(ratio: Ratio, z: Floats) -> Floats:
    """Draws of a ratio: each side of the middle has its own spread on the scale of the logarithm,
    so that 95 % of them lie between the ends that are printed. Nothing at all has no logarithm: a
    better end there is drawn on the scale of the ratio itself.
    """
    low, central, high = (log(max(end, _LEAST_RATIO)) for end in
                          (ratio.low, ratio.central, ratio.high))  # fmt: skip
    worse = np.exp(central + z * (high - central) / _Z)
    better = np.exp(central + z * (central - low) / _Z)
    if ratio.low <= _LEAST_RATIO:
        better = np.maximum(0.0, ratio.central + z * (ratio.central - ratio.low) / _Z)
    return np.where(z > 0, worse, better)


def _expected(plan: Plan, worth: Worth, kind: str) -> float:
    """Pounds of a kind of contact there would be with no new service."""
    return sum(plan.price(group, kind) * tier.expected.get(kind, 0.0)
               for group, tier in zip(plan.groups, worth.tiers, strict=True))  # fmt: skip
