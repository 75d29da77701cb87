"""Calendar months as numbers: dates come in, year times 12 plus month goes out, and back.

Day numbers count from 1 January 1970, as in `rows`.
"""

from __future__ import annotations

from datetime import date

from openhiu.evaluate.rows import day_number


def month_number(day: date) -> int:
    """Year times 12 plus month."""
    return day.year * 12 + day.month


def first_of(month: int) -> date:
    """The first day of a month number."""
    year, rest = divmod(month - 1, 12)
    return date(year, rest + 1, 1)


def first_day(month: int) -> int:
    """The first day of a month number, as a day number."""
    return day_number(first_of(month))


def next_first(day: date) -> date:
    """The first of a month on or after a day."""
    return day if day.day == 1 else first_of(month_number(day) + 1)
