"""Hours as people write them, as weeks in words, and "open now" over midnight and bank holidays."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhiu.web.directory import hours
from openhiu.web.directory.words import DAYS

LONDON = ZoneInfo("Europe/London")
WEEK = {day: [["09:00", "17:00"]] for day in ("MO", "TU", "WE", "TH", "FR")}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(("typed", "spells"), [
    ("9am to 5pm", [["09:00", "17:00"]]),
    ("09:00-17:30", [["09:00", "17:30"]]),
    ("9:30am \u2013 12.30pm, 2pm to 5pm", [["09:30", "12:30"], ["14:00", "17:00"]]),
    ("6pm to 6am", [["18:00", "06:00"]]),
    ("24 hours", [["00:00", "24:00"]]),
    ("noon until midnight", [["12:00", "24:00"]]),
    ("closed", []),
    ("", []),
])  # fmt: skip
def test_hours_are_read_the_way_people_write_them(typed: str, spells: list[list[str]]) -> None:
    assert hours.read_spells(typed) == spells


@pytest.mark.parametrize("typed", ["9 to 5", "mornings", "9am", "9am to 25:00"])
def test_what_is_no_time_is_not_guessed_at(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        hours.read_spells(typed)


def test_a_week_is_said_in_few_words() -> None:
    assert hours.week_words(WEEK) == [
        ("Monday to Friday", "9am to 5pm"), ("Other days", "closed")
    ]  # fmt: skip
    some = {"MO": [["10:00", "15:00"]], "WE": [["10:00", "15:00"]], "FR": [["10:00", "15:00"]]}
    assert hours.one_line(some) == "Monday, Wednesday and Friday 10am to 3pm"
    always = {day: [hours.ALL_DAY] for day in DAYS}
    assert hours.week_words(always) == [("Every day", "24 hours")]
    assert hours.week_words({}) == []


@pytest.mark.parametrize(("moment", "open_now"), [
    ("2026-11-23T08:59", False),  # a Monday
    ("2026-11-23T09:00", True),
    ("2026-11-23T16:59", True),
    ("2026-11-23T17:00", False),
    ("2026-11-22T12:00", False),  # a Sunday
])  # fmt: skip
def test_open_from_the_first_minute_to_the_last(moment: str, open_now: bool) -> None:
    assert hours.open_at(WEEK, at(moment), "usual") is open_now


def test_a_night_belongs_to_the_evening_it_began() -> None:
    friday_night = {"FR": [["22:00", "04:00"]]}
    assert hours.open_at(friday_night, at("2026-11-28T03:59"), "usual") is True  # Saturday
    assert hours.open_at(friday_night, at("2026-11-28T04:00"), "usual") is False
    assert hours.open_at(friday_night, at("2026-11-27T03:00"), "usual") is False  # Friday


def test_a_whole_day_ends_at_midnight() -> None:
    saturday = {"SA": [hours.ALL_DAY]}
    assert hours.open_at(saturday, at("2026-11-28T23:59"), "usual") is True
    assert hours.open_at(saturday, at("2026-11-29T00:00"), "usual") is False


@pytest.mark.parametrize(("said", "answer"), [("closed", False), ("usual", True), ("ask", None)])
def test_on_a_bank_holiday_only_what_was_said_counts(said: str, answer: bool | None) -> None:
    boxing_day_observed = at("2026-12-28T11:00")  # a Monday: 26 December 2026 is a Saturday
    assert hours.open_at(WEEK, boxing_day_observed, said) is answer
    # The night before a bank holiday goes on into it.
    christmas_eve = {"TH": [["20:00", "02:00"]]}
    assert hours.open_at(christmas_eve, at("2026-12-25T01:00"), "closed") is True


def test_hours_that_nobody_knows_are_not_closed() -> None:
    assert hours.open_at({}, at("2026-11-23T10:00"), "ask") is None


def test_the_clock_on_the_wall_counts_in_summer_too() -> None:
    nine_in_summer = datetime.fromisoformat("2026-07-06T08:00+00:00")  # 9:00 in London
    assert hours.open_at(WEEK, nine_in_summer, "usual") is True


_CLOCK = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))


@given(_CLOCK, _CLOCK)
def test_what_is_said_of_a_spell_is_read_as_the_same_spell(opens: str, closes: str) -> None:
    spell = hours.tidy(opens, closes)
    assert hours.read_spells(hours.spells_words([spell])) == [spell]
