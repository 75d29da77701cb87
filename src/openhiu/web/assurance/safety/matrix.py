"""How grave and how likely come in; the rating from 1 to 5 and what it asks for go out.

The matrix is the one that NHS clinical safety officers use for DCB0129 and DCB0160.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Consequence(IntEnum):
    """How grave the harm would be, from the least."""

    MINOR = 0
    SIGNIFICANT = 1
    CONSIDERABLE = 2
    MAJOR = 3
    CATASTROPHIC = 4


class Likelihood(IntEnum):
    """How likely it is, from the least."""

    VERY_LOW = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    VERY_HIGH = 4


_RATINGS: Final = {
    Likelihood.VERY_LOW: (1, 1, 2, 2, 3),
    Likelihood.LOW: (1, 2, 2, 3, 4),
    Likelihood.MEDIUM: (2, 2, 3, 3, 4),
    Likelihood.HIGH: (2, 3, 3, 4, 5),
    Likelihood.VERY_HIGH: (3, 4, 4, 5, 5),
}
ASKS_FOR: Final = {
    1: "Acceptable, nothing further is needed",
    2: "Acceptable where reducing it further would cost more than it gains",
    3: "Undesirable: reduce it, or a clinical safety officer accepts it in writing",
    4: "Has to be reduced before use",
    5: "Unacceptable",
}
# What is left must not be higher before anybody uses it, unless an officer accepts it in writing.
TOLERABLE: Final = 3


def rating(consequence: Consequence, likelihood: Likelihood) -> int:
    """From 1 (nothing further needed) to 5 (unacceptable)."""
    return _RATINGS[likelihood][consequence]
