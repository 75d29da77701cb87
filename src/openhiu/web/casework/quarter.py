"""Calendar quarters as the service counts them: a day comes in, "2026-Q4" goes out, and back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from django.utils import timezone

_MONTHS: Final = ("January to March", "April to June", "July to September", "October to December")
_NAME: Final = re.compile(r"(\d{4})-Q([1-4])")


def quarter_of(day: date | None = None) -> str:
    """The quarter a day lies in (today in London unless told), like "2026-Q4"."""
    on = day or timezone.localdate()
    return f"{on.year}-Q{(on.month - 1) // 3 + 1}"


def days_of(quarter: str) -> tuple[date, date]:
    """The first and the last day of a quarter.

    Raises:
        ValueError: the text does not name a quarter.
    """
    year, number = _parts(quarter)
    first = date(year, number * 3 - 2, 1)
    return first, date(year + number // 4, number % 4 * 3 + 1, 1) - timedelta(days=1)


def in_words(quarter: str) -> str:
    """October to December 2026.

    Raises:
        ValueError: the text does not name a quarter.
    """
    year, number = _parts(quarter)
    return f"{_MONTHS[number - 1]} {year}"


def earlier(number: int, day: date | None = None) -> list[str]:
    """The quarter of a day (today unless told) and those before it, newest first."""
    on = day or timezone.localdate()
    found = []
    for _ in range(number):
        found.append(quarter_of(on))
        on = days_of(found[-1])[0] - timedelta(days=1)
    return found


def _parts(quarter: str) -> tuple[int, int]:
    found = _NAME.fullmatch(quarter)
    if not found:
        raise ValueError(f"not a quarter: {quarter!r}; write it like 2026-Q4")
    return int(found[1]), int(found[2])
