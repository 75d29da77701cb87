"""One count at a time: a count comes in; the count that may be shown, or a star, goes out."""

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


def shown_count(count: int) -> int | str:
    """The exact number of people an estimate rests on: itself from 8 upwards, else a star.

    For the size of a whole estimate only; every breakdown goes through a table.
    """
    return HIDDEN if 0 < count < SMALLEST_SHOWN else count


def shown_share(part: int | str, whole: int | str) -> int | str:
    """The percentage of two numbers that are shown; a star unless the whole is at least 8."""
    if isinstance(part, str) or isinstance(whole, str) or whole < SMALLEST_SHOWN:
        return HIDDEN
    return round(100 * part / whole)


def disclose_groups(counts: Mapping[str, int]) -> dict[str, tuple[int | str, str]]:
    """The groups of a whole of which no total is told, each as its count and its share of all that
    are shown.
    """
    shown = {group: disclose(count) for group, count in counts.items()}
    whole = sum(count for count in shown.values() if isinstance(count, int))
    return {group: (count, _share(count, whole)) for group, count in shown.items()}


def _share(count: int | str, whole: int) -> str:
    share = shown_share(count, whole)
    return share if isinstance(share, str) else f"{share}%"
