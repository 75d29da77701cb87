"""Quarters by the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from openhiu.web.casework.quarter import days_of, in_words, quarter_of


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_a_day_lies_in_its_calendar_quarter(day: date, quarter: str) -> None:
    assert quarter_of(day) == quarter


def test_a_quarter_has_a_first_and_a_last_day() -> None:
    assert days_of("2026-Q4") == (date(2026, 10, 1), date(2026, 12, 31))
    assert days_of("2028-Q1") == (date(2028, 1, 1), date(2028, 3, 31))
    assert in_words("2026-Q2") == "April to June 2026"


@pytest.mark.parametrize("text", ["", "2026", "2026-Q5", "Q1-2026", "2026-Q1 "])
def test_what_is_no_quarter_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="write it like 2026-Q4"):
        in_words(text)
