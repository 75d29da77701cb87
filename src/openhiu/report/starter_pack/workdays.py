"""Working days in England: days come in; the working day so many before or after goes out.

Monday to Friday without the bank holidays of England and the days a place is closed anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Final

import holidays

_SATURDAY: Final = 5
_ONE: Final = timedelta(days=1)


@cache
def bank_holidays(year: int) -> Mapping[date, str]:
    """The bank holidays of England in a year, with their names."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


@dataclass(frozen=True)
class Workdays:
    """The days on which anybody works. `closed` are local days besides the bank holidays."""

    closed: frozenset[date] = frozenset()

    def open(self, day: date) -> bool:
        """Whether it is a working day."""
        return (
            day.weekday() < _SATURDAY
            and day not in bank_holidays(day.year)
            and day not in self.closed
        )

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        return next(self._walk(day, _ONE))

    def after(self, day: date, count: int = 1) -> date:
        """The working day that many working days later."""
        return next(islice(self._walk(day + _ONE, _ONE), count - 1, None)) if count else day

    def before(self, day: date, count: int = 1) -> date:
        """The working day that many working days earlier; 0: the day itself."""
        return next(islice(self._walk(day - _ONE, -_ONE), count - 1, None)) if count else day

    def between(self, first: date, last: date) -> int:
        """Working days from the first day to the last, both included; 0 where it comes earlier."""
        length = (last - first).days + 1
        return sum(self.open(first + n * _ONE) for n in range(max(0, length)))

    def closed_between(self, first: date, last: date) -> list[tuple[date, str]]:
        """Bank holidays and local closures on weekdays from the first day to the last."""
        days = (first + n * _ONE for n in range(max(0, (last - first).days + 1)))
        return [
            (day, bank_holidays(day.year).get(day, "closed here"))
            for day in days
            if day.weekday() < _SATURDAY and not self.open(day)
        ]

    def _walk(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            if self.open(day):
                yield day
            day += step
