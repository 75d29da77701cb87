"""Signs of overload: worked out by hand, shown first to their owner, to others in general only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework.models import Case, Contact
from openhiu.web.team import overload
from openhiu.web.team.actions.busy import answer
from openhiu.web.team.actions.care import note_talk
from openhiu.web.team.actions.care_settings import settle
from openhiu.web.team.models import BusySpell, TalkWish
from openhiu.web.team.queries.busy import signs_of
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db
GENERAL = "There are signs that Nia Evans has a lot on. Please ask."


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 11, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


@pytest.fixture
def nia(clock: Any) -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Nia Evans", team=make_team(service))


@pytest.fixture
def boss(nia: Actor) -> Actor:
    return make_member(nia.service, Role.SUPERVISOR, name="Bea Boss", team=nia.team)


@pytest.fixture
def case(nia: Actor) -> Case:
    return make_case(nia)


def wrote(case: Case, *days: tuple[int, int, int], count: int = 1) -> None:
    """Entries written in November 2026: (day, hour, minute) in London."""
    for day, hour, minute in days:
        at = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
        for _ in range(count):
            Contact.objects.create(
                service=case.service, case=case, by=case.lead, how="phone", reached="yes", at=at,
                recorded_at=at,
            )  # fmt: skip


def found(nia: Actor) -> dict[str, overload.Sign]:
    return {sign.key: sign for sign in signs_of(nia.membership)}


def look(service: Any) -> None:
    call_command("look_after_the_team", verbosity=0)
    set_service(service.pk)


def make_busy(case: Case) -> None:
    """Four evenings: Monday 2 to Thursday 5 November at 20:00."""
    wrote(case, (2, 20, 0), (3, 20, 0), (4, 20, 0), (5, 20, 0))


def test_a_calm_fortnight_shows_nothing(nia: Actor, case: Case) -> None:
    wrote(case, (2, 9, 0), (3, 12, 0), (9, 17, 20))
    assert found(nia) == {}


def test_entries_outside_ones_hours_on_four_days_of_two_weeks(nia: Actor, case: Case) -> None:
    wrote(case, (2, 20, 0), (3, 8, 15), (7, 11, 0), (2, 21, 0))  # 3 days; 7 November is a Saturday
    assert "outside_hours" not in found(nia)
    wrote(case, (10, 17, 31))  # half an hour after five is no sign, one minute more is
    sign = found(nia)["outside_hours"]
    assert sign.words == "You wrote entries outside your hours on 4 days in the last 14."
    assert sign.days == tuple(date(2026, 11, day) for day in (2, 3, 7, 10))


def test_half_an_hour_of_writing_up_is_no_sign(nia: Actor, case: Case) -> None:
    wrote(case, (2, 17, 30), (3, 17, 30), (4, 17, 30), (5, 17, 30), (9, 8, 30))
    assert "outside_hours" not in found(nia)


def test_what_is_older_than_two_weeks_is_over(nia: Actor, case: Case, clock: Any) -> None:
    make_busy(case)
    assert "outside_hours" in found(nia)
    clock.move_to(datetime(2026, 11, 16, 10, tzinfo=UTC))  # 3 to 16 November: three evenings left
    assert "outside_hours" not in found(nia)


def test_many_contacts_on_one_day(nia: Actor, case: Case) -> None:
    wrote(case, (9, 12, 0), count=11)
    assert "contacts_a_day" not in found(nia)
    wrote(case, (9, 13, 0))
    assert found(nia)["contacts_a_day"].words == (
        "Many contacts on one day: 12 on Monday 9 November."
    )


def test_seven_days_running(nia: Actor, case: Case) -> None:
    wrote(case, *[(day, 12, 0) for day in (2, 3, 4, 5, 6, 7)])
    assert "days_running" not in found(nia)
    wrote(case, (8, 12, 0))
    assert found(nia)["days_running"].days == (date(2026, 11, 2), date(2026, 11, 8))


def test_eight_weeks_without_supervision(nia: Actor, clock: Any) -> None:
    note_talk(
        by=nia, member=nia.membership, kind="supervision", on=timezone.localdate(),
        with_words="Bea",
    )  # fmt: skip
    clock.shift(timedelta(days=55))
    assert found(nia) == {}
    clock.shift(timedelta(days=1))
    assert "8 weeks without supervision" in found(nia)["without_supervision"].words


def test_a_load_over_what_the_post_has_room_for(nia: Actor) -> None:
    # A new client weighs 1.5; the post has room for 15: 11 make 16.5, which is 110 of a hundred.
    for _ in range(10):
        make_case(nia)
    assert "load" not in found(nia)
    make_case(nia)
    assert "weigh 16.5; your post has room for 15.0" in found(nia)["load"].words


def test_a_service_sets_its_own_thresholds_and_nought_switches_off(
    nia: Actor, boss: Actor, case: Case
) -> None:
    wrote(case, (9, 20, 0))
    settle(by=boss, version=0, thresholds={"outside_hours": 1})
    assert "outside_hours" in found(nia)
    settle(by=boss, version=1, thresholds={"outside_hours": 0})
    assert "outside_hours" not in found(nia)


def test_others_entries_are_not_ones_own(nia: Actor, case: Case) -> None:
    make_busy(case)
    other = make_member(nia.service, Role.LEAD, team=nia.team)
    assert found(other) == {}


def test_its_owner_sees_it_first_with_its_days_and_what_others_will_read(
    nia: Actor, boss: Actor, case: Case, client: Client
) -> None:
    make_busy(case)
    look(nia.service)
    assert [one.words for one in unseen(nia)] == [
        "Your record shows signs that you have a lot on. Only you see which."
    ]
    sign_in(client, nia)
    page = client.get(reverse("team:care")).content.decode()
    assert "Monday 2 November" in page
    assert "Only you see this" in page
    assert GENERAL in page
    assert "Wednesday 25 November" in page, "ten working days after 11 November"
    sign_in(client, boss)
    assert "a lot on" not in client.get(reverse("team:looking_after")).content.decode()
    assert [one for one in unseen(boss) if "a lot on" in one.words] == []


def test_after_ten_working_days_the_supervisor_reads_one_general_sentence(
    nia: Actor, boss: Actor, case: Case, clock: Any, client: Client
) -> None:
    settle(by=boss, version=0, thresholds={"load": 1})  # a sign that stays
    for day in range(14):
        look(nia.service)
        told = [one.words for one in unseen(boss)]
        assert told == [], f"day {day}"
        clock.shift(timedelta(days=1))
    look(nia.service)
    look(nia.service)
    assert [one.words for one in unseen(boss)] == [GENERAL]
    sign_in(client, boss)
    page = client.get(reverse("team:looking_after")).content.decode().split("<main")[1]
    assert page.count(GENERAL) == 1
    for figure in ("weigh", "evening", "outside", "load", "1.5"):
        assert figure not in page


def test_when_it_is_over_before_nobody_is_told(
    nia: Actor, boss: Actor, case: Case, clock: Any
) -> None:
    make_busy(case)
    look(nia.service)
    clock.shift(timedelta(days=8))
    look(nia.service)
    clock.shift(timedelta(days=20))
    look(nia.service)
    assert [one for one in unseen(boss) if "a lot on" in one.words] == []
    assert BusySpell.objects.get().ended_on == date(2026, 11, 19)


def test_talked_about_already_nobody_is_told(
    nia: Actor, boss: Actor, case: Case, clock: Any
) -> None:
    settle(by=boss, version=0, thresholds={"load": 1})
    look(nia.service)
    answer(by=nia, answer="talked")
    clock.shift(timedelta(days=30))
    look(nia.service)
    assert [one for one in unseen(boss) if "a lot on" in one.words] == []


def test_the_answer_goes_with_the_sentence(
    nia: Actor, boss: Actor, case: Case, clock: Any, client: Client
) -> None:
    settle(by=boss, version=0, thresholds={"load": 1})
    look(nia.service)
    answer(by=nia, answer="passing", words="Two new clients at once")
    clock.shift(timedelta(days=14))
    look(nia.service)
    sign_in(client, boss)
    page = client.get(reverse("team:looking_after")).content.decode()
    assert "Two new clients at once" in page


def test_asking_for_a_talk_in_the_answer_is_passed_on_at_once(
    nia: Actor, boss: Actor, case: Case
) -> None:
    make_busy(case)
    look(nia.service)
    answer(by=nia, answer="help")
    assert TalkWish.objects.get().member == nia.membership
    assert [one.words for one in unseen(boss)] == ["Nia Evans would like a talk."]


def test_without_signs_there_is_nothing_to_answer(nia: Actor) -> None:
    with pytest.raises(NotAllowed):
        answer(by=nia, answer="passing")


def test_no_figure_is_kept_anywhere(nia: Actor, case: Case) -> None:
    make_busy(case)
    look(nia.service)
    row = BusySpell.objects.values().get()
    assert set(row) == {
        "id", "service_id", "member_id", "began_on", "tell_on", "told_at", "answer",
        "answer_words", "answered_at", "ended_on",
    }  # fmt: skip


def test_early_warnings_that_wait_for_an_answer(nia: Actor) -> None:
    from openhiu.web.monitoring.models import Signal

    now = timezone.now()
    for number in range(5):
        Signal.objects.create(
            service=nia.service, case=make_case(nia), key=f"k{number}", rule="at_a_distance",
            level="amber", day=now.date(), why="They came once.", answer_by=now,
            state="raised" if number < 4 else "acknowledged",
        )  # fmt: skip
    assert "unanswered" not in found(nia)
    Signal.objects.update(state="escalated")
    assert found(nia)["unanswered"].words == (
        "5 early warnings about your clients wait for an answer, the oldest since "
        "Wednesday 11 November."
    )


def test_early_warnings_are_counted_as_on_the_morning_page_and_dated_once(
    nia: Actor, client: Client
) -> None:
    from openhiu.web.casework import home
    from openhiu.web.monitoring.models import Signal

    now = timezone.now()
    cases = [make_case(nia) for _ in range(5)]
    for number, one in enumerate([*cases, cases[0]]):  # two about the first
        Signal.objects.create(
            service=nia.service, case=one, key=f"k{number}", rule="at_a_distance", level="amber",
            day=now.date(), why="They came once.", answer_by=now, state="raised",
        )  # fmt: skip
    assert len(home.gather(nia)["signals"]) == 5
    assert found(nia)["unanswered"].words.startswith("5 early warnings")
    page = sign_in(client, nia).get(reverse("team:care")).content.decode()
    assert page.count("Wednesday 11 November") == 1
