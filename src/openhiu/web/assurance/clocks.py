"""Statutory clocks: days come in; the day by which something is due comes out.

Months and pauses are those of Article 12A of the UK GDPR (Data (Use and Access) Act 2025); a day
that ends on a weekend or a bank holiday of England moves to the next working day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from openhiu.web.team.hours import bank_holidays

_ONE: Final = timedelta(days=1)
_SATURDAY: Final = 5
ANSWER_MONTHS: Final = 1
EXTENSION_MONTHS: Final = 2
ACKNOWLEDGE_DAYS: Final = 30  # a complaint about how data were handled


def is_working_day(day: date) -> bool:
    """Monday to Friday and no bank holiday of England, whatever a service's own week is."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += _ONE
    return day


def working_days_after(day: date, count: int) -> date:
    """The working day that many working days later; count is 1 or more."""
    for _ in range(count):
        day = next_working_day(day + _ONE)
    return day


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def one_month_after(day: date) -> date:
    """By when something received that day must be answered: one calendar month."""
    return next_working_day(months_after(day, ANSWER_MONTHS))


def thirty_days_after(day: date) -> date:
    """By when a complaint about data received that day must be acknowledged."""
    return next_working_day(day + ACKNOWLEDGE_DAYS * _ONE)


@dataclass(frozen=True)
class Pause:
    """Waiting for what a person was asked, from the day of asking; `until` None: still waiting."""

    since: date
    until: date | None = None


def days_paused(pauses: Iterable[Pause], today: date) -> int:
    """Whole days the clock stood still up to today; days of two pauses at once count once."""
    days: set[date] = set()
    for pause in pauses:
        end = pause.until or today
        days.update(pause.since + n * _ONE for n in range(max(0, (end - pause.since).days)))
    return len(days)


@dataclass(frozen=True)
class Clock:
    """A request received on a day. `identity` waits for proof of who asks: the month begins only
    when it came. `clarification` waits for what is meant: those days are added.
    """

    received: date
    identity: Pause | None = None
    clarification: tuple[Pause, ...] = ()
    extended: bool = False

    @property
    def stopped(self) -> bool:
        """Whether something asked of the person has not come yet."""
        asked = (self.identity, *self.clarification)
        return any(pause is not None and pause.until is None for pause in asked)

    def begins(self, today: date) -> date:
        """The day from which the month is counted; today while proof is awaited."""
        if self.identity is None:
            return self.received
        return max(self.received, self.identity.until or today)

    def _after(self, months: int, today: date) -> date:
        begins = self.begins(today)
        later = [
            Pause(max(pause.since, begins), pause.until)
            for pause in self.clarification
            if pause.until is None or pause.until > begins
        ]
        end = months_after(begins, months) + days_paused(later, today) * _ONE
        return next_working_day(end)

    def due(self, today: date) -> date:
        """By when to answer; while the clock stands still, as if what is awaited came today."""
        return self._after(ANSWER_MONTHS + EXTENSION_MONTHS * self.extended, today)

    def tell_extension_by(self, today: date) -> date:
        """The last day on which the person can be told that more time is needed, and why."""
        return self._after(ANSWER_MONTHS, today)

    def days_left(self, today: date) -> int:
        """Days until it is due; negative once it is late."""
        return (self.due(today) - today).days
