"""Disclosure control: counts of people come in, counts that may be seen go out.

The NHS England rule for counts below national level: 0 stays 0, 1 to 7 become `*`, everything else
is rounded to the nearest 5, totals too. Because everything is rounded, a hidden count cannot be
worked out from the others; tests/unit/test_disclosure.py tries.
"""

from __future__ import annotations

from typing import Final

HIDDEN: Final = "*"
SMALLEST_SHOWN: Final = 8
ROUND_TO: Final = 5


def disclose(count: int) -> int | str:
    """One count as it may be shown."""
    if 0 < count < SMALLEST_SHOWN:
        return HIDDEN
    return ROUND_TO * ((count + ROUND_TO // 2) // ROUND_TO)


def share(part: int, whole: int) -> str:
    """A percentage of the whole, worked out from the shown counts; `*` where one is hidden."""
    shown_part, shown_whole = disclose(part), disclose(whole)
    if isinstance(shown_part, str) or isinstance(shown_whole, str) or shown_whole == 0:
        return HIDDEN
    return f"{100 * shown_part / shown_whole:.0f}%"
