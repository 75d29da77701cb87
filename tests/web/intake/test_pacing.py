"""New people in steady portions: spread by days at work, paused around leave, nobody lost."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.casework import caseload
from openhiu.web.casework.models import LimitPassed
from openhiu.web.intake.pacing import spread
from openhiu.web.intake.queries import pace
from openhiu.web.team.actions.hours import set_pattern
from openhiu.web.team.hours import days_of
from support.web import make_member, make_service, sign_in
from support.web_intake import make_place, released, rows_in
from support.web_team import book

LONDON = ZoneInfo("Europe/London")
# October to December 2026 begins on a Thursday and ends on a Thursday: 14 calendar weeks.
QUARTER = days_of(date(2026, 10, 1), date(2026, 12, 31))
WORKED = {day: Fraction(1) for day in QUARTER if day.weekday() < 5}


def weeks(**changes: object) -> list[int]:
    said = {
        "days": QUARTER, "shares": WORKED, "away": (), "chosen": {}, "allowed": 15,
        "today": QUARTER[0], **changes,
    }  # fmt: skip
    return [week.portion for week in spread(**said)]  # type: ignore[arg-type]


def test_fifteen_people_come_one_or_two_a_week() -> None:
    portions = weeks()
    # 66 working days; the first week has two of them: 15 x 2/66 = 0.45, so nobody; then
    # 15 x 5/64 = 1.17, so one; ... the last weeks take what is left.
    assert portions[:2] == [0, 1]
    assert sum(portions) == 15
    assert max(portions) <= 2


def test_two_weeks_of_leave_are_spread_over_the_others() -> None:
    closed = set(days_of(date(2026, 10, 26), date(2026, 11, 13)))  # a week before, and two away
    open_days = {day: share for day, share in WORKED.items() if day not in closed}
    portions = weeks(shares=open_days, away=set(days_of(date(2026, 11, 2), date(2026, 11, 13))))
    # Weeks of 26 Oct, 2 and 9 Nov are the fifth to the seventh.
    assert portions[4:7] == [0, 0, 0]
    assert sum(portions) == 15
    assert max(portions) <= 2


def test_who_was_chosen_before_is_not_offered_again() -> None:
    portions = weeks(chosen={date(2026, 10, 5): 13}, today=date(2026, 11, 2))
    assert sum(portions) == 2
    assert portions[:5] == [0] * 5


@given(
    shares=st.lists(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]),
                    min_size=92, max_size=92),
    chosen=st.dictionaries(st.sampled_from(QUARTER), st.integers(1, 4), max_size=8),
    allowed=st.integers(1, 30),
    on=st.sampled_from(QUARTER),
)  # fmt: skip
def test_nobody_is_lost_and_nobody_is_offered_twice(
    shares: list[Fraction], chosen: dict[date, int], allowed: int, on: date
) -> None:
    """Chosen and still to come make the limit, wherever a day is left to choose on."""
    opened = dict(zip(QUARTER, shares, strict=True))
    past = {day: count for day, count in chosen.items() if day <= on}
    found = spread(days=QUARTER, shares=opened, away=(), chosen=past, allowed=allowed, today=on)
    to_come = sum(week.portion for week in found)
    monday = on - timedelta(days=on.weekday())
    left = max(0, allowed - sum(past.values()))
    if any(opened[day] for day in QUARTER if day >= monday + timedelta(days=7)):
        assert to_come == left
    assert to_come <= left
    assert not any(week.portion for week in found if not week.open_days)
    assert not any(week.portion for week in found if week.last < on)


# Friday 30 October 2026; leave from Monday 9 to Friday 20 November; five working days before it
# begin on Monday 2 November.
FIRST, LAST = date(2026, 11, 9), date(2026, 11, 20)


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Ada Lead")


@pytest.fixture
def away(lead: Actor) -> None:
    with time_machine.travel(datetime(2026, 10, 30, 10, tzinfo=LONDON), tick=False):
        book(lead, FIRST, LAST, make_member(lead.service, Role.LEAD, name="Ben Peer"))


def plan(lead: Actor, day: date) -> pace.Plan:
    with time_machine.travel(datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)):
        return pace.plan_of(caseload.standing(lead))


@pytest.mark.django_db
@pytest.mark.usefixtures("away")
def test_choosing_pauses_before_leave_and_during_it(lead: Actor) -> None:
    assert plan(lead, date(2026, 10, 30)).pause is None
    paused = plan(lead, date(2026, 11, 2))
    assert paused.pause == (FIRST, LAST)
    assert paused.again_on == date(2026, 11, 23)
    assert plan(lead, LAST).pause == (FIRST, LAST)
    assert plan(lead, date(2026, 11, 23)).pause is None
    assert sum(week.portion for week in paused.weeks) == 15
    assert [week.portion for week in paused.weeks if week.away] == [0, 0]


@pytest.mark.django_db
@pytest.mark.usefixtures("away")
def test_the_page_says_why_and_when_it_opens_again(lead: Actor) -> None:
    assert pace.pause_words(plan(lead, date(2026, 11, 3))) == (
        "You are away from Monday 9 November to Friday 20 November: choosing opens again on "
        "23 November 2026. 15 of your 15 are still to come this quarter."
    )


@pytest.mark.django_db
def test_the_pause_is_passed_on_purpose_only(client: Client) -> None:
    with time_machine.travel(datetime(2026, 10, 30, 10, tzinfo=LONDON), tick=False):
        place = make_place()
        lead, boss = place.lead, place.supervisor
        book(lead, FIRST, LAST, make_member(lead.service, Role.LEAD, name="Ben Peer"))
        row = rows_in(released(place))[0]
    with time_machine.travel(datetime(2026, 11, 3, 10, tzinfo=LONDON), tick=False):
        there = f"{reverse('intake:choose')}?row={row.pk}"
        page = sign_in(client, lead).get(there).content.decode()
        assert "choosing opens again on 23 November 2026" in page
        assert "over_limit_reason" in page
        refused = client.post(there, {"posted": "a", "over_limit_reason": ""})
        assert refused.status_code == 422
        done = client.post(there, {"posted": "b", "over_limit_reason": "They asked for us today"})
        assert done.status_code == 302
        passed = LimitPassed.objects.get()
        assert (passed.limit, passed.value, passed.words) == (
            "paused", 1, "New people around leave: 1",
        )  # fmt: skip
        told = [word.words for word in unseen(boss)]
        assert "A caseload limit was passed: new people around leave: 1." in told


@pytest.mark.django_db
def test_leave_of_a_day_or_two_closes_those_days_only(lead: Actor) -> None:
    with time_machine.travel(datetime(2026, 10, 30, 10, tzinfo=LONDON), tick=False):
        book(lead, FIRST, FIRST + timedelta(days=1), make_member(lead.service, Role.LEAD))
    assert plan(lead, date(2026, 11, 6)).pause is None
    assert plan(lead, FIRST).pause is not None
    assert plan(lead, FIRST + timedelta(days=2)).pause is None


@pytest.mark.django_db
def test_a_part_post_has_its_part_of_the_quarter(lead: Actor) -> None:
    midweek = [None, *[["09:00", "17:00"]] * 3, None, None, None]
    set_pattern(by=lead, member=lead.membership, from_day=date(2026, 10, 1), week=midweek,
                wte=Decimal("0.6"))  # fmt: skip
    found = plan(lead, date(2026, 10, 1))
    assert found.allowed == 9
    assert sum(week.portion for week in found.weeks) == 9


@pytest.mark.django_db
def test_more_than_the_week_needs_a_reason_where_the_service_wants_one(lead: Actor) -> None:
    with time_machine.travel(datetime(2026, 10, 6, 10, tzinfo=LONDON), tick=False):
        found = pace.room(lead, 3)
        assert "For a steady quarter 1 person is to be chosen this week" in found.ahead
        assert not found.needs_reason(steady=False)
        assert found.needs_reason(steady=True)


@pytest.mark.django_db
def test_the_supervisor_sees_every_lead_by_name(client: Client, lead: Actor) -> None:
    make_member(lead.service, Role.LEAD, name="Ben Peer")
    boss = make_member(lead.service, Role.SUPERVISOR)
    page = sign_in(client, boss).get(reverse("intake:quarter_plan")).content.decode()
    assert page.index("Ada Lead") < page.index("Ben Peer")


def test_a_refusal_is_a_refusal() -> None:
    assert issubclass(caseload.LimitReached, NotAllowed)
