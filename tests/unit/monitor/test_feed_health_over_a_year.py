"""A year of made-up feeds, looked at every day: quiet while they are well, loud by the next working
day when they are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from openhiu.monitor.health import Count, Fault, Part, look
from openhiu.monitor.workdays import is_workday
from openhiu.tables.handover import Delivery

FIRST = date(2024, 6, 1)
DAYS = 640
ONE = timedelta(days=1)
Days = dict[Part, dict[date, int]]
SIZES: Mapping[Part, float] = {
    ("attendances", "BIG"): 300, ("attendances", "MIDDLE"): 40, ("attendances", "SMALL"): 3,
    ("admissions", "BIG"): 70, ("ambulance", "RYC"): 25, ("calls_111", ""): 8,
}  # fmt: skip


def made_up(seed: int) -> Days:
    """Daily rows with seasons, busy Mondays, quieter bank holidays, and more noise than Poisson."""
    dice = np.random.default_rng(seed)
    found: Days = {}
    for part, size in SIZES.items():
        found[part] = {}
        for number in range(DAYS):
            day = FIRST + number * ONE
            rate = size * (1 + 0.1 * np.sin(number / 58)) * (1.12 if day.weekday() == 0 else 1)
            rate *= 0.8 if not is_workday(day) and day.weekday() < 5 else 1
            rate *= dice.gamma(100, 1 / 100)
            found[part][day] = int(dice.poisson(rate))
    return found


def seen_on(days: Days, as_of: date, **more: object) -> list[Fault]:
    """What is told on a day, of all that came before it."""
    since = date(as_of.year - 1, as_of.month, 1) + 122 * ONE
    known = {part: {d: n for d, n in rows.items() if since <= d < as_of and n}
             for part, rows in days.items()}  # fmt: skip
    months: dict[Part, dict[date, Count]] = {}
    for part, rows in known.items():
        months[part] = {}
        for day, n in rows.items():
            month = day.replace(day=1)
            before = months[part].get(month, Count(0, 0, f"{part} {month}"))
            months[part][month] = before._replace(rows=before.rows + n, people=before.people + n)
    newest = {part: datetime.combine(max(rows), datetime.min.time()) + timedelta(hours=23)
              for part, rows in known.items() if rows}  # fmt: skip
    return look(months, newest, as_of, days=known, **more)  # type: ignore[arg-type]


def mornings(days: int, every: int = 1) -> list[date]:
    return [FIRST + (260 + n) * ONE for n in range(0, days, every)]


@pytest.mark.parametrize("seed", range(3))
def test_feeds_in_health_are_not_suspected(seed: int) -> None:
    days = made_up(seed)
    told = [(as_of, one.words) for as_of in mornings(370, 5) for one in seen_on(days, as_of)]
    assert told == []


@pytest.mark.parametrize("seed", range(8))
def test_a_site_that_stops_is_told_by_the_next_working_day(seed: int) -> None:
    days = made_up(seed)
    stops = FIRST + (300 + 17 * seed) * ONE  # the first day without rows
    for part in (("attendances", "BIG"), ("attendances", "MIDDLE")):
        quiet = days | {part: {d: n for d, n in days[part].items() if d < stops}}
        told_on = stops
        while not is_workday(told_on):  # offices are shut: nothing is delivered or missed
            told_on += ONE
        found = [(one.kind, one.site) for one in seen_on(quiet, told_on + ONE)]
        assert ("stopped", part[1]) in found, (part, stops)


@pytest.mark.parametrize("seed", range(8))
def test_a_site_that_halves_is_told_soon(seed: int) -> None:
    """300 a day: after the first working day with less than half. 40 a day: within a week."""
    days = made_up(seed)
    begins = FIRST + (300 + 17 * seed) * ONE
    for part, wait in ((("attendances", "BIG"), 1), (("attendances", "MIDDLE"), 5)):
        few = days | {part: {d: n if d < begins else n * 4 // 10 for d, n in days[part].items()}}
        until, workdays = begins, 0
        while workdays < wait:
            workdays += is_workday(until)
            until += ONE
        assert ("halved", part[1]) in [(o.kind, o.site) for o in seen_on(few, until)], begins


def test_files_that_stop_coming_are_told_whatever_the_data_reach() -> None:
    days = made_up(1)
    stops = FIRST + 400 * ONE
    came = [Delivery(FIRST + n * ONE, 900, 900) for n in range(DAYS)
            if is_workday(FIRST + n * ONE) and FIRST + n * ONE < stops]  # fmt: skip
    given = {"attendances": came}
    first_told = next(
        stops + n * ONE
        for n in range(10)
        if "late" in [one.kind for one in seen_on(days, stops + n * ONE, deliveries=given)]
    )
    silent = [stops + n * ONE for n in range((first_told - stops).days)]
    assert sum(map(is_workday, silent)) == 1
