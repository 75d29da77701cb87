"""How every place stands comes in; people and leads by fifth of deprivation, the two lines through
the places and how far leads stand from need go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openhiu.report.reach.known import by_fifth, mismatch, percent, together
from openhiu.report.reach.lines import FEWEST, Point, line_through
from openhiu.report.reach.shape import FIFTHS, QUINTILES, Count, Fifth, Line, Standing
from openhiu.report.tiers.told import Tiers

UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class Inequality:
    """What is told of deprivation, need and leads. `why_not`: why there is no line."""

    fifths: tuple[Fifth, ...]
    unknown: Mapping[str, Count]
    need: Line | None
    leads: Line | None
    why_not: str
    mismatch: int | None


def inequality(tiers: Tiers, level: Sequence[Standing]) -> Inequality:
    """Of the area's people, and of the places (or hospitals) that leads were told of."""
    told = [one for one in level if one.leads is not None]
    need = line_through(_points(level, [one.need for one in level]))
    leads = line_through(_points(told, [one.leads_per_1000 for one in told]))
    known = [one for one in told if isinstance(one.top, int)]
    apart = mismatch([float(one.top or 0) for one in known], [one.leads or 0.0 for one in known])
    return Inequality(
        _fifths(tiers, told), _unknown(tiers), need, leads, _why_not(level, told, leads),
        apart if len(known) > 1 else None,
    )  # fmt: skip


def _points(found: Sequence[Standing], rates: Sequence[float | None]) -> list[Point]:
    return [
        Point(one.deprivation, one.in_tiers.shown, rate)
        for one, rate in zip(found, rates, strict=True)
        if rate is not None and one.deprivation is not None and one.in_tiers
    ]


def _why_not(level: Sequence[Standing], told: Sequence[Standing], line: Line | None) -> str:
    if line is not None:
        return ""
    if not any(one.by_fifth for one in level):
        return "It is not known where people live, so nothing can be said of deprivation."
    if len(told) < FEWEST:
        return (
            f"Whether leads rise and fall with deprivation cannot be shown: that takes at least "
            f"{FEWEST} places of which the leads are known, and they are known of {len(told)}."
        )
    return "Too few places have numbers that may be shown, or all are as deprived as each other."


def _unknown(tiers: Tiers) -> Mapping[str, Count]:
    whole = tiers.whole
    return {tier.key: whole.tiers[tier.key].imd.get(UNKNOWN) for tier in tiers.tiers}


def _fifths(tiers: Tiers, told: Sequence[Standing]) -> tuple[Fifth, ...]:
    """Empty where no address is known. The leads of one place alone lie as its people do, which
    says nothing.
    """
    counts = {
        key: {tier.key: tiers.whole.tiers[tier.key].imd.get(key) for tier in tiers.tiers}
        for key in QUINTILES
    }
    guessed = _guessed(tiers)
    if not sum(guessed.values()):
        return ()
    beside, near = _leads_beside(told), _people_near(told)
    posts = sum(beside.values()) if len(told) > 1 else 0.0
    return tuple(
        Fifth(
            key, FIFTHS[key], counts[key], together(counts[key].values()),
            percent(guessed[key], sum(guessed.values())),
            beside[key] if posts else None,
            percent(beside[key], posts),
            1000 * beside[key] / near[key] if posts and near[key] else None,
        )
        for key in QUINTILES
    )  # fmt: skip


def _guessed(tiers: Tiers) -> dict[str, float]:
    """The area's people by fifth, an even share for those that are hidden."""
    whole = tiers.whole.tiers
    found = by_fifth((whole[tier.key].imd, whole[tier.key].people.total) for tier in tiers.tiers)
    return found or dict.fromkeys(QUINTILES, 0.0)


def _leads_beside(told: Sequence[Standing]) -> dict[str, float]:
    """The leads of each place, shared out over the fifths as its own people in the tiers are."""
    found = dict.fromkeys(QUINTILES, 0.0)
    for one in told:
        whole = sum(one.by_fifth.values())
        for key, people in one.by_fifth.items():
            found[key] += (one.leads or 0.0) * people / whole
    return found


def _people_near(told: Sequence[Standing]) -> dict[str, float]:
    """The people in the tiers of the places that leads were told of."""
    return {key: sum(one.by_fifth.get(key, 0.0) for one in told) for key in QUINTILES}
