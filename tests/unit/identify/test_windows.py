"""Dates of a list, against a plain reading of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from openhiu.identify.windows import Window, age_on, born_on_or_before, months_before

DAYS = st.dates(date(1930, 1, 1), date(2100, 12, 31))


def test_three_calendar_months_back() -> None:
    assert months_before(date(2026, 4, 1), 3) == date(2026, 1, 1)
    assert months_before(date(2019, 5, 31), 3) == date(2019, 2, 28)
    assert months_before(date(2024, 5, 31), 3) == date(2024, 2, 29)
    assert months_before(date(2026, 1, 15), 3) == date(2025, 10, 15)


def test_12_months_are_12_months_however_long_the_window_is() -> None:
    for months, earliest in ((3, date(2025, 4, 1)), (24, date(2024, 4, 1))):
        window = Window(date(2026, 4, 1), months)
        assert (window.year_start, window.earliest) == (date(2025, 4, 1), earliest)


def test_a_birthday_on_29_february_falls_on_1_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@given(DAYS, st.integers(0, 100), st.integers(0, 40_000))
def test_the_latest_birth_date_of_an_age_agrees_with_the_age(
    day: date, age: int, days_old: int
) -> None:
    try:
        birth = day - timedelta(days=days_old)
        limit = born_on_or_before(age, day)
    except (OverflowError, ValueError):
        return
    assert (birth <= limit) == (age_on(birth, day) >= age)
