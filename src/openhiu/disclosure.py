"""Disclosure control: counts of people come in, counts that may be seen go out.

The NHS England rule for counts below national level: 0 stays 0, 1 to 7 become `*`, everything else
is rounded to the nearest 5. Shares are worked out from what is shown, so that nothing that is shown
depends on what is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HIDDEN: Final = "*"
SMALLEST_SHOWN: Final = 8
ROUND_TO: Final = 5


def disclose(count: int) -> int | str:
    """One count as it may be shown."""
    if 0 < count < SMALLEST_SHOWN:
        return HIDDEN
    return ROUND_TO * ((count + ROUND_TO // 2) // ROUND_TO)


def disclose_groups(counts: Mapping[str, int]) -> dict[str, tuple[int | str, str]]:
    """The groups of a whole, each as its count and its share of all that are shown."""
    shown = {group: disclose(count) for group, count in counts.items()}
    whole = sum(count for count in shown.values() if isinstance(count, int))
    return {group: (count, _share(count, whole)) for group, count in shown.items()}


def _share(count: int | str, whole: int) -> str:
    if isinstance(count, str) or whole == 0:
        return HIDDEN
    return f"{100 * count / whole:.0f}%"
