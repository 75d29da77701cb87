"""Numbers as they may be shown come in; sums, shares and best guesses that anybody could work out
from them go out. Nothing here knows a hidden number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN
from openhiu.report.reach.shape import QUINTILES, Count, People

_MIDDLE: Final = SMALLEST_SHOWN / 2  # of 1 to 7
_MOST: Final = 0.8


def together(counts: Iterable[Count]) -> People | None:
    """The people of several groups. None where every one of them is hidden or was not counted."""
    given = list(counts)
    shown = [count for count in given if isinstance(count, int)]
    if not shown or any(count is None for count in given):
        return None
    hidden = HIDDEN in given
    return None if hidden and not sum(shown) else People(sum(shown), hidden)


def filled(parts: Mapping[str, Count], whole: Count) -> dict[str, float]:
    """A number for every part: what is shown, and for hidden ones an even share of what is left of
    the whole; the middle of 1 to 7 where that is hidden too.
    """
    shown = {name: float(count) for name, count in parts.items() if isinstance(count, int)}
    hidden = [name for name, count in parts.items() if count == HIDDEN]
    if not hidden:
        return shown
    left = whole - sum(shown.values()) if isinstance(whole, int) else 0.0
    each = left / len(hidden) if left > 0 else _MIDDLE
    return shown | dict.fromkeys(hidden, each)


def by_fifth(tiers: Iterable[tuple[Mapping[str, Count], Count]]) -> dict[str, float]:
    """The people of all tiers by fifth of deprivation, of whom it is known where they live; each
    tier comes as its counts by fifth and its people. A tier of which much is hidden is left out:
    even shares would make it look as if nobody were more deprived than others. Empty where no
    fifth is known.
    """
    found = dict.fromkeys(QUINTILES, 0.0)
    for parts, whole in tiers:
        if not mostly_shown(parts, whole):
            continue
        for name, people in filled(parts, whole).items():
            if name in found:
                found[name] += people
    return found if sum(found.values()) else {}


def mostly_shown(parts: Mapping[str, Count], whole: Count) -> bool:
    """Whether the parts that are shown are most of a whole."""
    shown = sum(count for count in parts.values() if isinstance(count, int))
    if HIDDEN not in parts.values():
        return shown > 0
    return isinstance(whole, int) and shown >= _MOST * whole


def mean_fifth(found: Mapping[str, float]) -> float | None:
    """The mean fifth of deprivation, from 1 to 5."""
    known = sum(found.values())
    return sum(int(name) * people for name, people in found.items()) / known if known else None


def percent(part: float, whole: float) -> int | None:
    """A whole percentage; None of nothing."""
    return round(100 * part / whole) if whole else None


def mismatch(need: Sequence[float], leads: Sequence[float]) -> int | None:
    """The percentage of the leads' time that would have to move for it to lie as the need does.

    Half of the sum of the differences between the two shares (Hoover's index).
    """
    people, posts = sum(need), sum(leads)
    if not people or not posts:
        return None
    apart = sum(abs(n / people - p / posts) for n, p in zip(need, leads, strict=True))
    return round(100 * apart / 2)
