"""Dates: every one a list needs, worked out here so that no engine does date arithmetic.

An as-of date and criteria come in; the parameters of the SQL steps go out.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time


def months_before(day: date, months: int) -> date:
    """The same day that many calendar months earlier, clipped at the month's end.

    31 May less 3 months is 28 February, or 29 in a leap year.
    """
    index = day.year * 12 + (day.month - 1) - months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def age_on(birth: date, day: date) -> int:
    """Whole years lived on that day; a birthday on 29 February falls on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def born_on_or_before(age: int, day: date) -> date:
    """The latest date of birth of someone who is at least that old on that day."""
    return months_before(day, age * 12)


@dataclass(frozen=True)
class Window:
    """The window `[start, as_of)` and the 12 months `[year_start, as_of)` behind an as-of date."""

    as_of: date
    months: int

    @property
    def start(self) -> date:
        """First day of the window."""
        return months_before(self.as_of, self.months)

    @property
    def year_start(self) -> date:
        """First day of the 12 months before the as-of date."""
        return months_before(self.as_of, 12)

    @property
    def earliest(self) -> date:
        """First day of either, whichever comes first."""
        return min(self.start, self.year_start)


def midnight(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time())
