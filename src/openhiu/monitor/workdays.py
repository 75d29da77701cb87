"""Working days in England: a day comes in; whether offices are open then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays

_SATURDAY = 5


def is_workday(day: date) -> bool:
    """Monday to Friday, and no bank holiday of England."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


@cache
def _bank_holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))
