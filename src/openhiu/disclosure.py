"""Disclosure control: counts of people come in, counts that may be seen go out.

The NHS England rule for counts below national level: 0 stays 0, 1 to 7 become `*`, everything else
is rounded to the nearest 5. Where only one group of a set would be hidden, the next smallest is
hidden too, so that it cannot be worked out from the others.
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


def disclose_groups(counts: Mapping[str, int]) -> dict[str, int | str]:
    """The counts of groups that make up a whole, with secondary suppression."""
    shown = {group: disclose(count) for group, count in counts.items()}
    if list(shown.values()).count(HIDDEN) == 1:
        others = [group for group in shown if shown[group] not in (HIDDEN, 0)]
        if others:
            shown[min(others, key=lambda group: counts[group])] = HIDDEN
    return shown


def share(part: int | str, whole: int) -> str:
    """A percentage worked out from rounded numbers; `*` where the part is hidden."""
    if isinstance(part, str) or whole == 0:
        return HIDDEN
    return f"{100 * part / whole:.0f}%"
