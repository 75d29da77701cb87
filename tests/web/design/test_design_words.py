"""Dates and numbers as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest

from openhiu.web.design import words

NOW = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock_stands_still() -> object:
    with patch("django.utils.timezone.now", return_value=NOW):
        yield


def test_a_day_is_written_out() -> None:
    assert words.day(date(2026, 11, 2)) == "2 November 2026"


def test_a_summer_moment_is_told_in_london_time() -> None:
    assert words.moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 Jul, 00:30"


def test_another_year_is_named() -> None:
    assert words.moment(datetime(2025, 1, 1, 9, 0, tzinfo=UTC)) == "1 Jan 2025, 09:00"


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (3, "in 3 days"),
        (-12, "12 days ago"),
        (-59, "59 days ago"),
        (-60, "2 months ago"),
    ],
)
def test_days_are_told_from_today(away: int, said: str) -> None:
    assert words.days_away(NOW.date() + timedelta(days=away)) == said


def test_yesterday_late_is_yesterday_though_fewer_than_24_hours_ago() -> None:
    assert words.days_away(NOW - timedelta(hours=15)) == "yesterday"


def test_an_nhs_number_stays_on_one_line() -> None:
    assert words.nhs_number("999-123 4561") == "999\u00a0123\u00a04561"


@pytest.mark.parametrize("value", ["", None, "12", "A&E 12"])
def test_what_is_no_nhs_number_is_left_alone(value: str | None) -> None:
    assert words.nhs_number(value) == (value or "")


def test_one_person_three_people_and_none() -> None:
    said = [words.plural(count, "person", "people") for count in (1, 3, 0, 1250)]
    assert said == ["1 person", "3 people", "0 people", "1,250 people"]


def test_nobody_is_a_year_older_before_their_birthday() -> None:
    assert words.age(date(1974, 11, 23)) == 51
    assert words.age(date(1974, 11, 22)) == 52
    assert words.age(date(2000, 2, 29), date(2026, 2, 28)) == 25


@pytest.mark.parametrize("filter_", ["day", "short_day", "weekday", "clock", "moment", "days_away"])
def test_nothing_is_said_of_no_date(filter_: str) -> None:
    assert words.FILTERS[filter_](None) == ""


def test_a_label_within_a_sentence_keeps_its_abbreviations() -> None:
    labels = ["Preferred name", "NHS number", "A&E visits", "GP"]
    assert [words.initial_lower(text) for text in labels] == [
        "preferred name",
        "NHS number",
        "A&E visits",
        "GP",
    ]
