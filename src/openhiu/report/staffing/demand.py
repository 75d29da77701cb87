"""Who waits and who comes: the top tier of one place comes in; people in it now, people coming into
it a year, and how long they stay by themselves go out, with what had to be assumed, in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

import numpy as np

from openhiu.disclosure import HIDDEN, SMALLEST_SHOWN
from openhiu.locality.staffing import StaffingSettings
from openhiu.report.staffing.sizing import Counted
from openhiu.report.tiers import InTier, Tiers, Unit
from openhiu.report.tiers.shape import PLACE

MONTHS: Final = 12
MIDDLE: Final = SMALLEST_SHOWN / 2  # of 1 to 7
MOST_HIDDEN: Final = SMALLEST_SHOWN - 1
# How sure an assumption is taken to be: as sure as the experience of so many people.
AS_SURE_AS: Final = 20
_ROUNDED_BY: Final = 2.5
_ANCHORED: Final = 0.15
_ROUNDED: Final = 0.05
_LEFT: Final = 0.3
# Shares of fewer people, rounded as they are, say nothing.
FOLLOWED: Final = 50
_LOW, _HIGH = 0.02, 0.98
_HIDDEN_PEOPLE: Final = (
    "How many people are in the tier is not shown (1 to 7, or more where it protects another "
    "number): taken as {:.0f}."
)
_HIDDEN_MONTHS: Final = "In {} of {} months the number who came into the tier is not shown: "
_OF_YEAR: Final = _HIDDEN_MONTHS + "the number of the whole year is spread over them."
_OF_NEW: Final = _HIDDEN_MONTHS + (
    "together they are taken as the number who are new in it over the year."
)
_OF_AREA: Final = _HIDDEN_MONTHS + (
    "what the area has beyond the other places stands for the year, by the size of the tier."
)
_STEADY: Final = _HIDDEN_MONTHS + (
    "as many are taken to come in a year as leave the tier by themselves."
)
_NEW_ALONE: Final = (
    "How many come into the tier a month is not told: the people who are in it and were not a year "
    "before stand for it."
)
_NOT_FOLLOWED: Final = (
    "How long people stay in the tier by themselves is an assumption here, not this area's data: "
    "the usual value below stands for it, as too few were followed."
)


@dataclass(frozen=True)
class Demand:
    """`a_year` people come into the tier, known to a factor of exp(± `spread`); their months vary
    by `unevenness` (the variance of a month's share). `stays` are shares still in it after 1 to 12
    months, known as well as `left` people who left can tell.
    """

    counted: Counted
    a_year: float
    spread: float
    unevenness: float
    stays: tuple[float, ...]
    left: float
    from_data: frozenset[str]
    notes: tuple[str, ...] = ()


def counted(
    people: int | str | None, publishable: bool, share: float | None = None
) -> Counted | None:
    """The people of a tier. A hidden count lies between 1 and 7, and is taken at the middle, or is
    hidden to protect another: then `share` is what the area leaves for it.
    """
    if people is None:
        return None
    if isinstance(people, str):
        if share is None or share <= MOST_HIDDEN:
            return Counted(MIDDLE if share is None else max(1.0, share), 1, MOST_HIDDEN)
        return Counted(share, 1, 2 * share)
    spare = _ROUNDED_BY if publishable and people else 0.0
    return Counted(people, max(0.0, people - spare), people + spare)


def left_for(unit: Unit, tiers: Tiers, key: str) -> float | None:
    """An equal part of the people whom the area has beyond the places that are shown; None where
    nothing is hidden, or not enough is shown.
    """
    whole = tiers.whole.tiers[key].people.total
    each = [place.tiers[key].people.total for place in tiers.places]
    hidden = sum(isinstance(count, str) for count in each)
    if unit.kind != PLACE or not hidden or not isinstance(whole, int) or None in each:
        return None
    return max(0.0, whole - sum(one for one in each if isinstance(one, int))) / hidden


def entered_for(unit: Unit, tiers: Tiers, key: str) -> float | None:
    """Who came into the tier in the area in the year, beyond the places that are shown: shared out
    over the others by the people of their tier. None where the area does not tell either.
    """
    whole = year_of(tiers.whole.tiers[key])
    if unit.kind != PLACE or whole is None:
        return None
    told = [(place, year_of(place.tiers[key])) for place in tiers.places]
    left = whole - sum(one for _, one in told if one is not None)
    people = {place.code: _taken_as(place, tiers, key) for place, one in told if one is None}
    every = sum(people.values())
    return max(0.0, left) * people.get(unit.code, 0.0) / every if every else None


def _taken_as(unit: Unit, tiers: Tiers, key: str) -> float:
    people = unit.tiers[key].people.total
    found = counted(people, tiers.publishable, left_for(unit, tiers, key))
    return found.taken_as if found else 0.0


def demand_of(
    tier: InTier, key: str, settings: StaffingSettings, *, publishable: bool,
    share: float | None = None, entered: float | None = None,
) -> Demand | None:  # fmt: skip
    """What is known of the tier of this key. None where nobody knows how many are in it, or how
    many come into it. `share` and `entered` are what the area leaves for it of its people and of
    those who came into the tier in the year.
    """
    people = counted(tier.people.total, publishable, share)
    stays, left, known = _stays(tier, key, settings, publishable=publishable)
    came = _came(tier, people, stays[-1], entered) if people else None
    if people is None or came is None:
        return None
    a_year, spread, unevenness, notes = came
    hidden = [_HIDDEN_PEOPLE.format(people.taken_as)]
    if not known:
        notes = [*notes, _NOT_FOLLOWED]
    return Demand(
        people, a_year, spread, unevenness, stays, left,
        frozenset({"arrivals", *(("stays",) if known else ())}),
        (*(hidden if tier.people.total == HIDDEN else []), *notes),
    )  # fmt: skip


def _came(
    tier: InTier, people: Counted, still: float, left: float | None
) -> tuple[float, float, float, list[str]] | None:
    """People a year, how surely, how unevenly over the months, and what to say of it."""
    months = [count for _, count in tier.entered if count is not None]
    hidden = months.count(HIDDEN)
    seen = [count for count in months if isinstance(count, int)]
    if months and not hidden:
        return sum(seen) * MONTHS / len(months), 1 / sqrt(sum(seen) + 1), _unevenness(seen), []
    least = sum(seen) + hidden  # a hidden month has one at least
    of_year = year_of(tier)
    if of_year is not None:
        whole, known = float(max(of_year, least)), tier.entered_in_year is not None
        if known and months:
            note = _OF_YEAR.format(hidden, len(months))
        else:
            note = _OF_NEW.format(hidden, len(months)) if months else _NEW_ALONE
        spread = _ROUNDED if known else _ANCHORED
        return whole, spread + 1 / sqrt(whole + 1), 0.0, [note]
    if not months:
        return None
    if left is not None:
        whole = max(left, float(least))
        return whole, _LEFT + 1 / sqrt(whole + 1), 0.0, [_OF_AREA.format(hidden, len(months))]
    whole = max(people.taken_as * (1 - still), float(least))
    return whole, _LEFT + 1 / sqrt(whole + 1), 0.0, [_STEADY.format(hidden, len(months))]


def year_of(tier: InTier) -> int | None:
    """How many came into the tier in the year, where one protected number tells it; else who is in
    it and was not the year before, which is a little less.
    """
    if isinstance(tier.entered_in_year, int):
        return tier.entered_in_year
    new = tier.moved.new if tier.moved else None
    return new if isinstance(new, int) else None


def _unevenness(months: Sequence[int]) -> float:
    """How much more the months vary than chance makes them, as a squared coefficient."""
    mean = float(np.mean(months))
    if len(months) < 2 or mean <= 0:
        return 0.0
    return max(0.0, float((np.var(months, ddof=1) - mean) / mean**2))


def _stays(
    tier: InTier, key: str, settings: StaffingSettings, *, publishable: bool
) -> tuple[tuple[float, ...], float, bool]:
    """The curve, how many people who left it rests on, and whether it comes from data."""
    told = [(month, share) for month, share in enumerate(tier.stays, start=1) if share is not None]
    of = tier.moved.of if tier.moved else None
    followed = of if isinstance(of, int) and of else AS_SURE_AS
    if told:
        return _filled(told), max(1.0, followed * (1 - told[-1][1])), True
    still = tier.moved.to.get(key) if tier.moved else None
    enough = of if isinstance(of, int) and (of >= FOLLOWED or not publishable) else 0
    if enough and isinstance(of, int) and isinstance(still, int):
        share = min(max(still / of, _LOW), _HIGH)
        return _even(share), max(1.0, of * (1 - share)), True
    return _even(settings.still_after_a_year), AS_SURE_AS, False


def _filled(told: Sequence[tuple[int, float]]) -> tuple[float, ...]:
    """Twelve shares that never rise; between those told, and after them, people leave evenly."""
    months = [0, *(month for month, _ in told)]
    gone = [0.0, *(-log(min(max(share, _LOW), 1.0)) for _, share in told)]
    if months[-1] < MONTHS:
        gone.append(gone[-1] / months[-1] * MONTHS)
        months.append(MONTHS)
    curve = np.exp(-np.interp(np.arange(1, MONTHS + 1), months, gone))
    return tuple(float(share) for share in np.minimum.accumulate(curve))


def _even(after_a_year: float) -> tuple[float, ...]:
    return tuple(after_a_year ** (month / MONTHS) for month in range(1, MONTHS + 1))
