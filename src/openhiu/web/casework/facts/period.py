"""The time that facts are about: a quarter or two days come in; a period goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.casework.quarter import days_of, in_words, quarter_of


@dataclass(frozen=True)
class Period:
    """From a day up to, not with, another; `name` is how people say it."""

    first: date
    to_exclusive: date
    name: str

    @property
    def begins(self) -> datetime:
        """Its first moment."""
        return _midnight(self.first)

    @property
    def ends(self) -> datetime:
        """The moment at which it is over, or now where that is still ahead."""
        return min(_midnight(self.to_exclusive), timezone.now())

    @property
    def last(self) -> date:
        """Its last day that has come."""
        return min(self.to_exclusive - timedelta(days=1), timezone.localdate())

    @property
    def quarters(self) -> list[str]:
        """The quarters it touches, in order."""
        days, found = self.first, []
        while days < self.to_exclusive:
            found.append(quarter_of(days))
            days = days_of(found[-1])[1] + timedelta(days=1)
        return found

    def within(self, column: str) -> dict[str, Any]:
        """What a query takes to look at moments in it."""
        return {f"{column}__gte": self.begins, f"{column}__lt": self.ends}

    def as_dict(self) -> dict[str, str]:
        """As the facts tell it."""
        return {
            "from": self.first.isoformat(),
            "to_exclusive": self.to_exclusive.isoformat(),
            "name": self.name,
        }


def quarter_period(quarter: str) -> Period:
    """The period of a quarter written like "2026-Q3".

    Raises:
        ValueError: it names no quarter.
    """
    first, last = days_of(quarter)
    return Period(first, last + timedelta(days=1), in_words(quarter))


def period_of(first: date, to_exclusive: date) -> Period:
    """Any days; a whole quarter is called by its name.

    Raises:
        ValueError: it ends before it begins.
    """
    if to_exclusive <= first:
        raise ValueError("the period ends before it begins")
    quarter = quarter_period(quarter_of(first))
    if (quarter.first, quarter.to_exclusive) == (first, to_exclusive):
        return quarter
    last = to_exclusive - timedelta(days=1)
    return Period(first, to_exclusive, f"{first:%-d %B %Y} to {last:%-d %B %Y}")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
