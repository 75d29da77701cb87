"""The occasions on which a return may be more likely, each as cells of time: a client's days come
in; how much time lies in each cell, and in which cell a return lies, go out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from openhiu.monitor.workdays import is_workday

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Coarser = Sequence[Sequence[tuple[str, Sequence[int]]]]
_LEAP: Final = 2024  # every day of the year is in it
_NEVER: Final = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Followed:
    """One client over the time looked at. `ref` is never in a result.

    `spans` are the days, from and up to, on which they were steady and might have come back
    (usually walking backwards or open at a distance); `returns` the moments, in local time, at
    which they did. The others are days on which something happened: contacts, stepping back, a
    change of lead, something about their housing; of `anniversaries` the day and month count.
    `phases` has each phase entered and its first day, in order.
    """

    ref: str
    spans: tuple[tuple[date, date], ...]
    returns: tuple[datetime, ...] = ()
    contacts: tuple[date, ...] = ()
    stepped_back: tuple[date, ...] = ()
    lead_changes: tuple[date, ...] = ()
    housing: tuple[date, ...] = ()
    anniversaries: tuple[date, ...] = ()
    phases: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class Occasion:
    """One way of cutting time into cells.

    `time(client, days)` gives the share of each day in each cell (days x cells), and
    `cell(client, moment)` the cell of a moment; `coarser` are groupings to fall back on.
    """

    key: str
    title: str
    counted: str
    labels: tuple[str, ...]
    time: Callable[[Followed, Ints], Floats]
    cell: Callable[[Followed, datetime], int]
    coarser: Coarser = ()


Cells = Callable[[Followed, Ints], Ints]


def _by_day(
    key: str, title: str, counted: str, labels: tuple[str, ...], cells: Cells, coarser: Coarser = ()
) -> Occasion:
    """An occasion in which a whole day lies in one cell."""

    def time(client: Followed, days: Ints) -> Floats:
        found: Floats = np.eye(len(labels))[cells(client, days)]
        return found

    def cell(client: Followed, at: datetime) -> int:
        return int(cells(client, np.array([at.date().toordinal()]))[0])

    return Occasion(key, title, counted, labels, time, cell, coarser)


def _each(say: Callable[[date], int]) -> Cells:
    """Cells that depend on the calendar alone."""
    said = cache(say)
    return lambda _, days: np.array([said(date.fromordinal(day)) for day in days.tolist()], int)


def _since(dates: Callable[[Followed], Sequence[date]], *, that_day: bool) -> Cells:
    """Days since the last of some dates; a very large number where there was none.

    Without `that_day` only what lies before the day counts: a call after somebody came is not what
    went before it.
    """

    def days_since(client: Followed, days: Ints) -> Ints:
        known = np.array(sorted(day.toordinal() for day in dates(client)), np.int64)
        place = np.searchsorted(known, days, side="right" if that_day else "left")
        found = np.full(len(days), _NEVER)
        had = place > 0
        found[had] = days[had] - known[place[had] - 1]
        return found

    return days_since


def _bands(since: Cells, *limits: int) -> Cells:
    """The band in which a number of days lies; the last band holds `never` as well."""
    return lambda client, days: np.searchsorted(np.array(limits), since(client, days), side="left")


def _near(client: Followed, days: Ints) -> Ints:
    """0 within seven days of an anniversary, before or after, of any year; else 1."""
    near = {
        ((day := date(_LEAP, one.month, one.day) + timedelta(days=n)).month, day.day)
        for one in client.anniversaries
        for n in range(-7, 8)
    }
    calendar = [date.fromordinal(day) for day in days.tolist()] if near else []
    found = [0 if (day.month, day.day) in near else 1 for day in calendar]
    return np.array(found, int) if near else np.ones(len(days), int)


def _phase(client: Followed, days: Ints) -> Ints:
    """The phase of each day; the last cell where none is known."""
    starts = [day.toordinal() for day, _ in client.phases]
    named = [*(_PHASES.get(phase, len(_PHASES)) for _, phase in client.phases), len(_PHASES)]
    place = np.searchsorted(np.array(starts, np.int64), days, side="right") - 1
    return np.array(named, int)[place]


def _last_workday(month_of: date) -> date:
    day = (month_of.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def _after_payday(day: date) -> int:
    """0 on the last working day of a month and the three days after it, else 1."""
    paid = [_last_workday(day), _last_workday(day.replace(day=1) - timedelta(days=1))]
    return 0 if any(0 <= (day - one).days <= 3 for one in paid) else 1


def _hours(_: Followed, days: Ints) -> Floats:
    return np.full((len(days), 4), 0.25)


def _open_hours(client: Followed, days: Ints) -> Floats:
    opened = _each(lambda day: 1 if is_workday(day) else 0)(client, days)
    share = opened * (8 / 24)
    return np.column_stack([share, 1 - share])


def _in_open_hours(_: Followed, at: datetime) -> int:
    return 0 if is_workday(at.date()) and 9 <= at.hour < 17 else 1


_PHASES: Final = {"working_together": 0, "walking_backwards": 1, "at_a_distance": 2,
                  "picked_up_again": 3}  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YES_NO: Final = ("Yes", "No")

OCCASIONS: Final = (
    _by_day(
        "weekday", "Day of the week", "The day on which people came back.", _DAYS,
        _each(date.weekday),
        ((("Monday", (0,)), ("Tuesday to Friday", range(1, 5)), ("Saturday and Sunday", (5, 6))),
         (("Monday to Friday", range(5)), ("Saturday and Sunday", (5, 6))),),
    ),
    Occasion(
        "hour", "Time of day", "The hour at which people came back, as on the clock.",
        ("Midnight to 6 am", "6 am to noon", "Noon to 6 pm", "6 pm to midnight"),
        _hours, lambda _, at: at.hour // 6,
        ((("6 am to 6 pm", (1, 2)), ("6 pm to 6 am", (0, 3))),),
    ),
    Occasion(
        "open_hours", "When offices are open",
        "Monday to Friday from 9 to 5, no bank holidays, against all other hours.",
        ("Offices open", "Offices closed"), _open_hours, _in_open_hours,
    ),
    _by_day(
        "day_of_month", "Week of the month",
        "Universal Credit comes once a month on a day of each person's own, which is not recorded "
        "here; this shows the month only.",
        ("1st to 7th", "8th to 14th", "15th to 21st", "22nd to the end"),
        _each(lambda day: min((day.day - 1) // 7, 3)),
        ((("1st to 14th", (0, 1)), ("15th to the end", (2, 3))),),
    ),
    _by_day(
        "payday", "After the last working day of the month",
        "That day and the three after it: many wages and some benefits are paid on it. Not "
        "Universal Credit.",
        _YES_NO, _each(_after_payday),
    ),
    _by_day(
        "stepping_back", "Time since stepping back",
        "Days since contact was last made rarer by agreement.",
        ("Within 4 weeks", "5 to 13 weeks", "Later, or never stepped back"),
        _bands(_since(lambda one: one.stepped_back, that_day=False), 28, 91),
        ((("Within 13 weeks", (0, 1)), ("Later, or never stepped back", (2,))),),
    ),
    _by_day(
        "contact", "Time since the last contact", "Days since somebody last spoke with them.",
        ("Within 2 weeks", "3 to 4 weeks", "5 to 8 weeks", "Longer, or never"),
        _bands(_since(lambda one: one.contacts, that_day=False), 14, 28, 56),
        ((("Within 4 weeks", (0, 1)), ("Longer, or never", (2, 3))),),
    ),
    _by_day(
        "lead_changed", "Loss of a worker", "Within eight weeks of a change of lead.",
        _YES_NO, _bands(_since(lambda one: one.lead_changes, that_day=True), 56),
    ),
    _by_day(
        "housing", "Something about housing",
        "Within four weeks of something written down about their home.",
        _YES_NO, _bands(_since(lambda one: one.housing, that_day=True), 28),
    ),
    _by_day(
        "anniversary", "An anniversary",
        "Within seven days, before or after, of a date that matters to them.", _YES_NO, _near,
    ),
    _by_day(
        "phase", "Phase", "The phase people were in when they came back.",
        ("Working together", "Walking backwards", "Open at a distance", "Picked up again",
         "Not known"),
        _phase,
        ((("Open at a distance", (2,)), ("Any other", (0, 1, 3, 4))),),
    ),
)  # fmt: skip
