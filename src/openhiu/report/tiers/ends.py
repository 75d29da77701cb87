"""Minimum, maximum and average as anybody may see them: people by value come in; means that tell of
no single person, and not how many people they are of, go out.
"""

from __future__ import annotations

from typing import Final

from openhiu.report.tiers.counted import Values
from openhiu.report.tiers.shape import Count

AT_EACH_END: Final = 8
_ROUNDED: Final = 2


def outermost(values: Values, *, highest: bool) -> float:
    """The mean of the eight lowest or highest, to whole numbers."""
    left, total = AT_EACH_END, 0
    for value in sorted(values, reverse=highest):
        taken = min(left, values[value])
        total, left = total + taken * value, left - taken
    return float(round(total / AT_EACH_END))


def any_number_of(people: int, total: Count, lowest: float, highest: float) -> bool:
    """Whether any number of people that is shown as this one could have this total with these ends,
    so that the ends do not tell which.
    """
    if not isinstance(total, int):
        return False
    ends, rounded = AT_EACH_END * (lowest + highest), 1.0 * AT_EACH_END
    return all(
        ends - rounded + between * (lowest - 0.5) <= total + _ROUNDED
        and total - _ROUNDED <= ends + rounded + between * (highest + 0.5)
        for between in (people - _ROUNDED - 2 * AT_EACH_END, people + _ROUNDED - 2 * AT_EACH_END)
        if between >= 0
    ) and people - _ROUNDED >= 2 * AT_EACH_END  # fmt: skip


def two_digits(number: float) -> float:
    """To two significant digits: 33.75 is 34, 2.75 is 2.8."""
    return float(f"{number:.1e}")
