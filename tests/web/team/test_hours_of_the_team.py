"""Working days and opening hours: bank holidays, closed days, part weeks, clocks and year ends."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhiu.web.access.models import Service
from openhiu.web.access.models.belonging import weekdays_nine_to_five
from openhiu.web.team import hours
from openhiu.web.team.actions.hours import set_pattern
from openhiu.web.team.hours import Calendar, bank_holidays, week_of
from openhiu.web.team.models import WorkingPattern
from openhiu.web.team.queries.capacity import scaled
from support.web import make_member, make_service

LONDON = ZoneInfo("Europe/London")
NINE = (time(9), time(17))
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
weeks = st.lists(st.sampled_from([NINE, None]), min_size=7, max_size=7).filter(any).map(tuple)
calendars = st.builds(
    Calendar, weeks, st.dictionaries(days, st.just("Closed"), max_size=5).map(dict)
)


def service(**more: object) -> Service:
    return Service(name="North", **more)


def test_the_bank_holidays_of_england_are_known() -> None:
    # gov.uk/bank-holidays, England and Wales, 2026; 26 December is a Saturday.
    assert {
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25),
        date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28),
    } == {day for day in bank_holidays(2026) if day.weekday() < 5}  # fmt: skip
    # 2 January and St Andrew's day are Scotland's.
    assert not {date(2026, 1, 2), date(2026, 11, 30)} & set(bank_holidays(2026))


def test_nobody_works_on_weekends_bank_holidays_and_days_closed_here() -> None:
    north = service(closed_days=[["2026-12-24", "Christmas Eve"]])
    assert hours.is_workday(north, date(2026, 12, 23))
    assert not hours.is_workday(north, date(2026, 12, 24))  # here only
    assert hours.is_workday(service(), date(2026, 12, 24))
    assert not hours.is_workday(north, date(2026, 12, 25))
    assert not hours.is_workday(north, date(2026, 11, 21))  # a Saturday
    assert hours.calendar(north).why_closed(date(2026, 12, 24)) == "Christmas Eve"


def test_over_the_turn_of_the_year_working_days_leave_out_what_is_closed() -> None:
    # Thu 24 Dec is worked; Fri 25 and Mon 28 are bank holidays; then 29, 30, 31 Dec;
    # Fri 1 Jan 2027 is one; Mon 4 Jan is the fourth working day after Christmas Eve.
    north = service()
    assert hours.add_workdays(north, date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert hours.add_workdays(north, date(2026, 12, 24), 4) == date(2027, 1, 4)
    assert hours.workdays_between(north, date(2026, 12, 24), date(2027, 1, 4)) == 4
    assert hours.add_workdays(north, date(2027, 1, 4), -4) == date(2026, 12, 24)
    assert hours.next_workday(north, date(2026, 12, 25)) == date(2026, 12, 29)


def test_no_days_on_is_the_day_itself_or_the_next_one_worked() -> None:
    north = service()
    assert hours.add_workdays(north, date(2026, 11, 20), 0) == date(2026, 11, 20)
    assert hours.add_workdays(north, date(2026, 11, 21), 0) == date(2026, 11, 23)
    assert hours.workdays_between(north, date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert hours.workdays_between(north, date(2026, 11, 20), date(2026, 11, 1)) == 0


@given(calendars, days, st.integers(1, 40))
def test_going_on_and_counting_back_agree(week: Calendar, day: date, count: int) -> None:
    later = week.add(day, count)
    assert week.is_workday(later)
    assert later > day
    assert week.between(day, later) == count
    assert week.between(day, later - timedelta(days=1)) == count - 1


@given(calendars, days, st.integers(0, 200), st.integers(0, 200))
def test_counts_of_two_stretches_add_up(week: Calendar, day: date, one: int, two: int) -> None:
    middle = day + timedelta(days=one)
    end = middle + timedelta(days=two)
    assert week.between(day, end) == week.between(day, middle) + week.between(middle, end)


@given(calendars, days, st.integers(1, 30))
def test_going_back_undoes_going_on_from_a_working_day(
    week: Calendar, day: date, count: int
) -> None:
    begin = week.next(day)
    assert week.add(week.add(begin, count), -count) == begin


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        # The last Monday of GMT and the first of summer time: the clock in London counts.
        (datetime(2026, 3, 27, 9, 0, tzinfo=ZoneInfo("UTC")), True),  # 9:00 GMT
        (datetime(2026, 3, 30, 8, 0, tzinfo=ZoneInfo("UTC")), True),  # 9:00 BST
        (datetime(2026, 3, 30, 7, 59, tzinfo=ZoneInfo("UTC")), False),
        (datetime(2026, 10, 23, 15, 59, tzinfo=ZoneInfo("UTC")), True),  # 16:59 BST
        (datetime(2026, 10, 23, 16, 0, tzinfo=ZoneInfo("UTC")), False),  # 17:00 BST
        (datetime(2026, 10, 26, 16, 59, tzinfo=ZoneInfo("UTC")), True),  # 16:59 GMT
        (datetime(2026, 8, 31, 11, 0, tzinfo=ZoneInfo("UTC")), False),  # a bank holiday
        (datetime(2026, 11, 22, 11, 0, tzinfo=ZoneInfo("UTC")), False),  # a Sunday
    ],
)
def test_open_now_goes_by_the_clock_in_london(moment: datetime, open_then: bool) -> None:
    assert hours.open_now(service(), moment) is open_then


def test_it_says_when_we_are_back() -> None:
    north = service()
    friday_night = datetime(2026, 11, 20, 18, 0, tzinfo=LONDON)
    assert hours.opens_next(north, friday_night) == datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
    early = datetime(2026, 11, 20, 7, 0, tzinfo=LONDON)
    assert hours.opens_next(north, early) == datetime(2026, 11, 20, 9, 0, tzinfo=LONDON)
    # The night before summer time: Monday 9:00 is 8:00 UTC.
    before = datetime(2026, 3, 28, 12, 0, tzinfo=LONDON)
    assert hours.opens_next(north, before).astimezone(ZoneInfo("UTC")).hour == 8


def test_hours_are_said_as_people_say_them() -> None:
    assert hours.hours_words(service()) == "Monday to Friday, 9am to 5pm"
    week = [*weekdays_nine_to_five()]
    week[2], week[5] = None, ["10:30", "12:00"]
    said = hours.hours_words(service(opening=week))
    assert said == (
        "Monday and Tuesday, 9am to 5pm; Thursday and Friday, 9am to 5pm; "
        "Saturday, 10:30am to midday"
    )


def test_a_week_without_any_day_is_the_usual_one() -> None:
    assert week_of([None] * 7) == week_of(weekdays_nine_to_five())


@pytest.mark.parametrize(
    ("limit", "wte", "part"),
    [(15, "0.6", 9), (50, "0.6", 30), (12, "0.6", 7), (15, "0.5", 8), (15, "1", 15), (1, "0.1", 1)],
)
def test_a_part_of_a_post_has_its_part_of_each_limit(limit: int, wte: str, part: int) -> None:
    # 15 x 0.6 = 9; 12 x 0.6 = 7.2, so 7; 15 x 0.5 = 7.5, so 8: halves up.
    assert scaled(limit, Decimal(wte)) == part


@pytest.mark.django_db
def test_a_later_pattern_counts_from_its_day_on() -> None:
    lead = make_member(make_service())
    midweek = [None, ["09:00", "17:00"], ["09:00", "17:00"], ["09:00", "17:00"], None, None, None]
    set_pattern(by=lead, member=lead.membership, from_day=date(2026, 12, 7), week=midweek,
                wte=Decimal("0.6"))  # fmt: skip
    # Friday 4 December is still worked; Friday 11 is not: the next is Tuesday 15.
    assert hours.next_day_at_work(lead.membership, date(2026, 12, 4)) == date(2026, 12, 4)
    assert hours.next_day_at_work(lead.membership, date(2026, 12, 11)) == date(2026, 12, 15)
    assert hours.pattern(lead.membership, date(2026, 12, 6)) is None
    assert WorkingPattern.objects.get().wte == Decimal("0.6")
