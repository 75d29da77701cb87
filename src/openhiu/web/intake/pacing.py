"""New people in steady weekly portions: a quarter, days at work and a limit come in, weeks go out.

Choosing pauses before a lead's leave and during it; what is left of the quarter is spread over the
weeks that remain, so that the list never feasts or starves.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True)
class Week:
    """One week of a quarter: its days, how much of it is open for new people, and the portion.

    `open_days` counts days at work on which choosing is not paused (halves count half); `away`
    says that leave touches it, `paused` that no day of it is open. `chosen` is how many were
    chosen in it so far, `portion` how many are still to come.
    """

    monday: date
    last: date
    open_days: Fraction
    away: bool
    paused: bool
    chosen: int
    portion: int


@dataclass(frozen=True)
class Plan:
    """The quarter of one lead: weeks in order, what is left, and the pause that runs today.

    `pause` is (first, last day) of the leave because of which choosing is paused today; `again_on`
    the next day it is open, None when there is none left in the quarter. `heavy`: the lead's
    clients weigh as much as their post has room for, so nobody new is to come this week.
    """

    weeks: tuple[Week, ...]
    allowed: int
    chosen: int
    today: date
    pause: tuple[date, date] | None = None
    again_on: date | None = None
    heavy: bool = False

    @property
    def left(self) -> int:
        """How many of the quarter's people are still to come."""
        return max(0, self.allowed - self.chosen)

    @property
    def week(self) -> Week:
        """The week of today."""
        return next(week for week in self.weeks if week.monday <= self.today <= week.last)


def spread(
    *,
    days: Sequence[date],
    shares: Mapping[date, Fraction],
    away: Collection[date],
    chosen: Mapping[date, int],
    allowed: int,
    today: date,
) -> tuple[Week, ...]:
    """The weeks of a quarter with their portions.

    Args:
        days: every day of the quarter, in order.
        shares: how much of each day is open for new people, 0 to 1; days at work only.
        away: days of leave.
        chosen: by day, how many were chosen.
        allowed: the quarter's limit.
        today: portions are given to this week and those after it.

    Weeks that are over have no portion. Of what is left, each week gets its part by open days of
    those that remain, to a whole person; the last open week gets the rest, so that nobody is lost.
    """
    groups = _weeks(days)
    past = sum(count for day, count in chosen.items() if day < _monday(today))
    left = allowed - past
    found = []
    for position, group in enumerate(groups):
        portion = 0
        if group[-1] >= today:
            rest = [day for later in groups[position:] for day in later]
            portion = _part(left, _open(shares, group, today), _open(shares, rest, today))
        here = sum(chosen.get(day, 0) for day in group)
        now = group[0] <= today <= group[-1]
        left -= max(portion, here) if now else portion
        found.append(_week(group, shares, away, here, max(0, portion - here) if now else portion))
    return tuple(found)


def _part(left: int, here: Fraction, rest: Fraction) -> int:
    """The part of what is left that falls to this week, to a whole person, halves up."""
    if left <= 0 or not here:
        return 0
    return min(left, int(Fraction(left) * here / rest + Fraction(1, 2)))


def _open(shares: Mapping[date, Fraction], days: Sequence[date], today: date) -> Fraction:
    """Open days from today on; this week counts whole, so that its portion does not melt away."""
    monday = _monday(today)
    return sum((shares.get(day, Fraction(0)) for day in days if day >= monday), Fraction(0))


def _week(
    group: list[date],
    shares: Mapping[date, Fraction],
    away: Collection[date],
    here: int,
    portion: int,
) -> Week:
    opened = sum((shares.get(day, Fraction(0)) for day in group), Fraction(0))
    return Week(
        group[0], group[-1], opened, any(day in away for day in group), not opened, here, portion
    )


def _weeks(days: Sequence[date]) -> list[list[date]]:
    """Days by calendar week; the first and the last may be short."""
    groups: dict[date, list[date]] = {}
    for day in days:
        groups.setdefault(_monday(day), []).append(day)
    return list(groups.values())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
