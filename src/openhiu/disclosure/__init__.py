"""Disclosure control: counts of people come in; what may be seen of them goes out.

The NHS England rule for counts below national level: 0 stays 0, 1 to 7 become `*`, everything else
is rounded to the nearest 5. What is hidden must also not be worked out: from totals, from shares,
from averages, or from the difference to what was published before.
"""

from openhiu.disclosure.averages import mean_of, median_of
from openhiu.disclosure.counts import (
    HIDDEN,
    SMALLEST_SHOWN,
    disclose,
    disclose_groups,
    shown_count,
    shown_share,
)
from openhiu.disclosure.overlap import too_close
from openhiu.disclosure.tables import Shown, disclose_parts, disclose_steps, disclose_table

__all__ = [
    "HIDDEN",
    "SMALLEST_SHOWN",
    "Shown",
    "disclose",
    "disclose_groups",
    "disclose_parts",
    "disclose_steps",
    "disclose_table",
    "mean_of",
    "median_of",
    "shown_count",
    "shown_share",
    "too_close",
]
