"""Leave is booked once it is covered; cover sees and works, and it all ends by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import Missing, NotAllowed, Stale
from openhiu.web.access.models import AuditEntry, Membership, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import actions as casework
from openhiu.web.casework.actions.contacts import record_contact
from openhiu.web.casework.actions.covering import tell_uncovered
from openhiu.web.casework.models import Case, Task
from openhiu.web.casework.queries import covering as note_of
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.tasks import mine
from openhiu.web.monitoring.models import Signal
from openhiu.web.team import queries
from openhiu.web.team.actions.hours import set_pattern
from openhiu.web.team.actions.leave import Days, answer_cover, ask_cover, cancel_leave, change_leave
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries.leave import uncovered
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case
from support.web_team import ask, book

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
# Friday 20 November 2026; leave runs Monday 30 November to Friday 11 December: ten working days.
TODAY = datetime(2026, 11, 20, 10, tzinfo=LONDON)
FIRST, LAST = date(2026, 11, 30), date(2026, 12, 11)
MIDWEEK = [None, ["09:00", "17:00"], ["09:00", "17:00"], ["09:00", "17:00"], None, None, None]


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(TODAY, tick=False) as moved:
        yield moved


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def peer(lead: Actor) -> Actor:
    return make_member(lead.service, Role.LEAD, name="Ben Peer", team=lead.team)


@pytest.fixture
def boss(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sue Boss", team=lead.team)


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Robin", family_name="Finch")


def at(clock: time_machine.Coordinates, day: date, hour: int = 10) -> None:
    clock.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=LONDON))


def test_planned_leave_is_refused_without_anybody_to_cover(lead: Actor) -> None:
    with pytest.raises(NotAllowed, match="somebody who covers every working day"):
        ask(lead, FIRST, LAST)
    assert not Leave.objects.exists()


def test_it_waits_for_the_colleague_s_yes_and_is_booked_by_it(lead: Actor, peer: Actor) -> None:
    leave = ask(lead, FIRST, LAST, peer)
    assert leave.state == "asked"
    assert queries.away(lead.membership, FIRST) is None
    (word,) = unseen(peer)
    assert word.words == "Can you cover a colleague who is away, 30 Nov to 11 Dec?"
    answer_cover(by=peer, cover=Cover.objects.get(), yes=True)
    leave.refresh_from_db()
    assert leave.state == "booked"
    assert queries.away(lead.membership, FIRST) == leave
    assert queries.cover_for(lead.membership, LAST) == peer.membership
    assert queries.covers(peer.membership, FIRST) == [lead.membership]
    assert not queries.covers(peer.membership, LAST + timedelta(days=1))
    assert not unseen(peer)  # the request is settled


def test_a_no_leaves_it_unbooked_and_the_lead_is_told(lead: Actor, peer: Actor) -> None:
    leave = ask(lead, FIRST, LAST, peer)
    answer_cover(by=peer, cover=Cover.objects.get(), yes=False)
    leave.refresh_from_db()
    assert leave.state == "asked"
    assert [word.words for word in unseen(lead)] == [
        "A colleague cannot cover you. Ask somebody else."
    ]


def test_a_colleague_who_works_three_days_does_not_cover_five(lead: Actor, peer: Actor) -> None:
    set_pattern(by=peer, member=peer.membership, from_day=FIRST, week=MIDWEEK, wte=Decimal("0.6"))
    with pytest.raises(NotAllowed, match="30 Nov, 4 Dec, 7 Dec and 1 more day are not covered"):
        ask(lead, FIRST, LAST, peer)
    third = make_member(lead.service, Role.COVER, name="Cy Cover")
    leave = ask(lead, FIRST, LAST, peer, third)
    for cover in Cover.objects.all():
        assert leave.state == "asked"
        answer_cover(by=peer if cover.covering == peer.membership else third, cover=cover, yes=True)
    leave.refresh_from_db()
    assert leave.state == "booked"
    assert uncovered(leave) == []


def test_two_people_never_cover_each_other_on_the_same_days(lead: Actor, peer: Actor) -> None:
    """Ada is away to the 11th and Ben was asked to cover; Ben wants the 11th and Ada to cover."""
    asked = ask(lead, FIRST, LAST, peer)
    with pytest.raises(NotAllowed, match="Ada Lead is away from 30 Nov to 11 Dec"):
        ask(peer, LAST, LAST + timedelta(days=3), lead)
    third = make_member(lead.service, Role.LEAD, name="Cy Third")
    book(peer, LAST, LAST + timedelta(days=3), third)
    with pytest.raises(NotAllowed, match="Ben Peer is away"):
        answer_cover(by=peer, cover=Cover.objects.get(leave=asked), yes=True)


def test_who_promised_to_cover_does_not_go_away_then(lead: Actor, peer: Actor) -> None:
    book(lead, FIRST, LAST, peer)
    third = make_member(lead.service, Role.LEAD, name="Cy Third")
    with pytest.raises(NotAllowed, match="You cover Ada Lead from 30 Nov to 11 Dec"):
        ask(peer, LAST, LAST + timedelta(days=3), third)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2026, 11, 19), date(2026, 11, 24), "before it begins"),
        (date(2026, 12, 5), date(2026, 12, 6), "None of these days is a working day"),
        (date(2026, 12, 25), date(2026, 12, 28), "None of these days is a working day"),
        (date(2026, 12, 4), date(2026, 12, 1), "cannot be before the first"),
        (date(2026, 12, 1), date(2028, 1, 1), "longer than a year"),
    ],
)
def test_days_that_are_no_leave(
    lead: Actor, peer: Actor, first: date, last: date, why: str
) -> None:
    with pytest.raises(NotAllowed, match=why):
        ask(lead, first, last, peer)


def test_a_partner_or_somebody_of_another_service_cannot_cover(lead: Actor) -> None:
    stranger = make_member(make_service(), Role.LEAD, open_rows=False)
    partner = make_member(lead.service, Role.PARTNER)
    for wrong in (stranger, partner):
        with pytest.raises(NotAllowed, match="lead or cover of this service"):
            ask(lead, FIRST, LAST, wrong)


def test_half_days_count_half_and_are_covered_too(lead: Actor, peer: Actor) -> None:
    leave = book(lead, FIRST, FIRST, peer, from_midday=True)
    assert leave.share(FIRST) == 0.5
    morning = datetime(2026, 11, 30, 9, tzinfo=LONDON)
    assert queries.away_now(lead.membership, morning) is None
    assert queries.away_now(lead.membership, morning.replace(hour=13)) == leave


def test_an_illness_stands_at_once_and_says_nothing_but_away(
    lead: Actor, peer: Actor, boss: Actor
) -> None:
    leave = ask(boss, TODAY.date(), TODAY.date() + timedelta(days=4), kind="sick", member=lead)
    assert leave.state == "booked"
    assert len(uncovered(leave)) == 3  # Friday 20, Monday 23, Tuesday 24
    ask_cover(by=boss, leave=leave, covering=peer.membership, first=leave.from_day,
              last=leave.until_day)  # fmt: skip
    answer_cover(by=boss, cover=Cover.objects.get(), yes=True)  # spoken with Ben by telephone
    assert not uncovered(leave)
    assert AuditEntry.objects.filter(detail__for_them=True).count() == 1
    said = [word.words for who in (peer, lead, boss) for word in unseen(who)]
    assert not [words for words in said if "sick" in words.lower() or "ill" in words.split()]


def test_a_supervisor_cannot_say_yes_to_planned_leave_for_somebody(
    lead: Actor, peer: Actor, boss: Actor
) -> None:
    ask(lead, FIRST, LAST, peer)
    with pytest.raises(NotAllowed, match="Only they can say yes"):
        answer_cover(by=boss, cover=Cover.objects.get(), yes=True)


def test_somebody_ill_without_cover_is_told_at_once_and_each_day_until_covered(
    clock: time_machine.Coordinates, lead: Actor, boss: Actor, peer: Actor
) -> None:
    ask(lead, TODAY.date(), TODAY.date() + timedelta(days=10), kind="sick")
    assert [word.words for word in unseen(boss)] == [
        "A colleague is away, and nobody covers some of the days."
    ]
    assert tell_uncovered(lead.service) == 0  # once a day is enough
    at(clock, date(2026, 11, 23))
    assert tell_uncovered(lead.service) == 1
    assert tell_uncovered(lead.service) == 0
    leave = Leave.objects.get()
    ask_cover(by=boss, leave=leave, covering=peer.membership, first=date(2026, 11, 23),
              last=leave.until_day)  # fmt: skip
    answer_cover(by=peer, cover=Cover.objects.get(), yes=True)
    at(clock, date(2026, 11, 24))
    assert tell_uncovered(lead.service) == 0


def test_cover_sees_and_writes_while_it_runs_and_not_a_day_longer(
    clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    book(lead, FIRST, LAST, peer)
    assert not cases(peer).exists()
    at(clock, FIRST, 0)
    assert cases(peer).get() == case
    assert cases(peer).get().lead == lead.membership  # nobody's lead changes
    record_contact(
        by=peer, case=case, who="client", how="phone", reached="yes", next_contact=date(2026, 12, 8)
    )
    entry = AuditEntry.objects.get(person_id=case.person_id, user=peer.user)
    assert entry.detail["covering_for"] == str(lead.membership.pk)
    at(clock, LAST, 23)
    assert cases(peer).exists()
    at(clock, LAST + timedelta(days=1), 0)
    assert not cases(peer).exists()
    with pytest.raises(NotAllowed, match="someone else"):
        record_contact(by=peer, case=case, who="client", how="phone", reached="yes")


def test_an_entry_about_ones_own_client_names_nobody(lead: Actor, case: Case) -> None:
    record_contact(by=lead, case=case, who="client", how="phone", reached="yes")
    assert not AuditEntry.objects.filter(detail__has_key="covering_for").exists()


def test_a_request_alone_opens_nothing(
    clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    ask(lead, FIRST, LAST, peer)
    at(clock, FIRST)
    assert not cases(peer).exists()


def test_tasks_that_fall_due_come_to_the_cover(
    clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    casework.add_task(by=lead, words="Ring the housing officer", case=case, due_on=FIRST)
    casework.add_task(by=lead, words="Book my own training", due_on=FIRST)
    book(lead, FIRST, LAST, peer)
    at(clock, FIRST)
    assert [task.words for task in mine(peer)] == ["Ring the housing officer"]
    casework.finish_task(by=peer, task=Task.objects.get(case=case))
    assert not mine(peer)


def test_the_morning_page_says_whose_clients_these_are(
    client: Client, clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    book(lead, FIRST, LAST, peer)
    Case.objects.filter(pk=case.pk).update(next_contact_on=FIRST)
    at(clock, FIRST)
    page = sign_in(client, peer).get("/").content.decode()
    assert "Robin Finch" in page
    assert "Covering for Ada Lead" in page
    shown = client.get(reverse("casework:client", args=[case.pk])).content.decode()
    assert "Covering for Ada Lead" in shown


def test_a_request_stands_on_the_morning_page_and_is_answered_in_one_press(
    client: Client, lead: Actor, peer: Actor
) -> None:
    ask(lead, FIRST, LAST, peer)
    assert "Can you cover Ada Lead?" in sign_in(client, peer).get("/").content.decode()
    there = reverse("team:answer_cover", args=[Cover.objects.get().pk])
    client.post(there, {"answer": "yes", "posted": "one"})
    assert Leave.objects.get().state == "booked"


def test_cancelling_ends_the_cover_and_tells_it(lead: Actor, peer: Actor) -> None:
    leave = book(lead, FIRST, LAST, peer)
    cancel_leave(by=lead, leave=leave)
    assert queries.away(lead.membership, FIRST) is None
    assert Cover.objects.get().answer == "ended"
    assert "not needed any more" in unseen(peer)[0].words


def test_coming_back_early_keeps_the_days_that_were(
    clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    leave = book(lead, FIRST, LAST, peer)
    at(clock, date(2026, 12, 3))
    cancel_leave(by=lead, leave=leave)
    leave.refresh_from_db()
    assert (leave.state, leave.until_day) == ("booked", date(2026, 12, 2))
    assert not cases(peer).exists()


def test_longer_leave_waits_for_cover_of_the_new_days(lead: Actor, peer: Actor) -> None:
    leave = book(lead, FIRST, LAST, peer)
    longer = Days(FIRST, date(2026, 12, 18))
    with pytest.raises(NotAllowed, match="every working day"):
        change_leave(by=lead, leave=leave, version=leave.version, days=longer)
    third = make_member(lead.service, Role.LEAD, name="Cy Third")
    changed = change_leave(
        by=lead, leave=leave, version=leave.version, days=longer, covering=[third.membership]
    )
    assert changed.state == "asked"
    with pytest.raises(Stale):
        change_leave(by=lead, leave=leave, version=1, days=Days(FIRST, LAST))


def test_shorter_leave_shortens_the_cover(lead: Actor, peer: Actor) -> None:
    leave = book(lead, FIRST, LAST, peer)
    change_leave(by=lead, leave=leave, version=leave.version, days=Days(FIRST, date(2026, 12, 4)))
    assert Cover.objects.get().until_day == date(2026, 12, 4)
    assert Leave.objects.get().state == "booked"


def test_leave_that_has_begun_does_not_grow(
    clock: time_machine.Coordinates, lead: Actor, peer: Actor
) -> None:
    leave = book(lead, FIRST, LAST, peer)
    at(clock, FIRST)
    with pytest.raises(NotAllowed, match="This leave has begun"):
        change_leave(by=lead, leave=leave, version=leave.version,
                     days=Days(FIRST, LAST + timedelta(days=7)))  # fmt: skip


def test_a_cover_who_falls_ill_leaves_days_open_that_the_supervisor_sees(
    client: Client, clock: time_machine.Coordinates, lead: Actor, peer: Actor, boss: Actor
) -> None:
    leave = book(lead, FIRST, LAST, peer)
    at(clock, date(2026, 12, 2))
    ask(peer, date(2026, 12, 2), date(2026, 12, 3), kind="sick")
    assert uncovered(leave) == [date(2026, 12, 2), date(2026, 12, 3)]
    page = sign_in(client, boss).get("/").content.decode()
    assert "Ada Lead is away, and nobody covers" in page
    assert "2 days not covered" in client.get(reverse("team:overview")).content.decode()


def test_colleagues_see_that_someone_is_away_and_not_why(
    client: Client, lead: Actor, peer: Actor, boss: Actor
) -> None:
    ask(lead, TODAY.date(), TODAY.date(), kind="sick")
    seen = sign_in(client, peer).get(reverse("team:away")).content.decode()
    assert "Ada Lead" in seen
    assert "sick" not in seen.lower()
    leave = Leave.objects.get()
    assert client.get(reverse("team:leave", args=[leave.pk])).status_code == 404
    own = sign_in(client, boss).get(reverse("team:leave", args=[leave.pk])).content.decode()
    assert "Off sick" in own


def test_the_note_for_the_cover_is_written_from_the_record(
    clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    steady = make_case(lead, given_name="Sam", family_name="Steady")
    Case.objects.filter(pk=steady.pk).update(next_contact_on=date(2027, 2, 1))
    Case.objects.filter(pk=case.pk).update(next_contact_on=date(2026, 12, 2))
    casework.add_task(by=lead, words="Ring the housing officer", case=case, due_on=FIRST)
    leave = book(lead, FIRST, LAST, peer)
    with pytest.raises(NotAllowed, match="five working days before"):
        note_of.readable_leave(peer, leave.pk)
    at(clock, date(2026, 11, 23))  # the fifth working day before Monday 30
    first, second = note_of.note(peer, note_of.readable_leave(peer, leave.pk).leave)
    assert (first.case, first.due, [task.words for task in first.tasks]) == (
        case, True, ["Ring the housing officer"],
    )  # fmt: skip
    assert (second.case, second.asks) == (steady, False)
    at(clock, LAST + timedelta(days=1))
    with pytest.raises(NotAllowed):
        note_of.readable_leave(peer, leave.pk)
    third = make_member(lead.service, Role.LEAD, name="Cy Third")
    with pytest.raises(Missing):
        note_of.readable_leave(third, leave.pk)


def test_who_covers_a_part_reads_for_their_own_days_alone(
    client: Client, clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    third = make_member(lead.service, Role.LEAD, name="Cy Third")
    leave = book(lead, FIRST, LAST, peer)
    Cover.objects.update(until_day=date(2026, 12, 4))  # Ben the first week,
    Cover.objects.create(  # Cy the second
        service=lead.service, leave=leave, covering=third.membership, from_day=date(2026, 12, 7),
        until_day=LAST, answer="yes", asked_by=lead.membership, answered_at=TODAY,
    )  # fmt: skip
    for day, first, second in (
        (date(2026, 11, 22), False, False),
        (date(2026, 11, 23), True, False),  # the fifth working day before the 30th
        (date(2026, 11, 29), True, False),
        (date(2026, 11, 30), True, True),  # the fifth working day before the 7th
        (date(2026, 12, 4), True, True),
        (date(2026, 12, 5), False, True),
        (LAST, False, True),
        (LAST + timedelta(days=1), False, False),
    ):
        at(clock, day)
        assert [_may_read(who, leave) for who in (peer, third)] == [first, second], day
    at(clock, date(2026, 11, 29))
    assert "You cover Ada Lead" not in sign_in(client, third).get("/").content.decode()
    at(clock, date(2026, 11, 30))
    assert "You cover Ada Lead" in sign_in(client, third).get("/").content.decode()


def _may_read(who: Actor, leave: Leave) -> bool:
    try:
        note_of.readable_leave(who, leave.pk)
    except NotAllowed:
        return False
    return True


def test_open_early_warnings_stand_first_on_the_note(
    clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    other = make_case(lead, given_name="Abe", family_name="Ash")
    Case.objects.filter(pk=other.pk).update(next_contact_on=TODAY.date())
    Signal.objects.create(
        service=lead.service, case=case, key="k", rule="at_a_distance", level="amber",
        day=TODAY.date(), why="Came to A&E once.", answer_by=TODAY,
    )  # fmt: skip
    leave = book(lead, FIRST, LAST, peer)
    at(clock, date(2026, 11, 25))
    first, second = note_of.note(peer, leave)
    assert (first.case, first.watch) == (case, ["Early warning, 20 Nov: Came to A&E once."])
    assert second.case == other


def test_every_client_on_the_note_is_recorded_as_looked_at(
    client: Client, clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    leave = book(lead, FIRST, LAST, peer)
    at(clock, date(2026, 11, 25))
    there = reverse("casework:cover_note", args=[leave.pk])
    assert "Robin Finch" in sign_in(client, peer).get(there).content.decode()
    looks = AuditEntry.objects.filter(person_id=case.person_id, user=peer.user, did="looked")
    assert looks.count() == 1


def test_back_at_work_one_reads_what_happened(
    client: Client, clock: time_machine.Coordinates, lead: Actor, peer: Actor, case: Case
) -> None:
    leave = book(lead, FIRST, LAST, peer)
    at(clock, date(2026, 12, 3))
    record_contact(
        by=peer, case=case, who="client", how="phone", reached="yes", what_mattered="The new flat"
    )
    at(clock, date(2026, 12, 14))
    page = sign_in(client, lead).get(reverse("casework:while_away", args=[leave.pk]))
    assert "The new flat" in page.content.decode()
    assert "What happened while you were away" in client.get("/").content.decode()
    assert sign_in(client, peer).get(page.request["PATH_INFO"]).status_code in {403, 404}


def test_clients_whose_lead_left_are_told_of_and_can_be_handed_on(
    client: Client, lead: Actor, peer: Actor, boss: Actor, case: Case
) -> None:
    Membership.objects.filter(pk=lead.membership.pk).update(ended_at=TODAY)
    assert tell_uncovered(lead.service) == 1
    assert tell_uncovered(lead.service) == 0
    assert "1 client has no lead any more." in [word.words for word in unseen(boss)]
    page = sign_in(client, boss).get(reverse("casework:without_lead")).content.decode()
    assert "Robin Finch" in page
    casework.hand_over(
        by=boss, from_lead=lead.membership, to_lead=peer.membership, case_ids=[case.pk],
        reason="Ada has left",
    )  # fmt: skip
    assert not note_of.without_lead(boss).exists()


def test_a_supervisor_s_own_leave_needs_no_cover(boss: Actor) -> None:
    assert ask(boss, FIRST, LAST).state == "booked"


def test_a_supervisor_of_another_team_does_not_see_why(
    client: Client, lead: Actor, peer: Actor
) -> None:
    leave = book(lead, FIRST, LAST, peer)
    other = make_member(lead.service, Role.SUPERVISOR, team=make_team(lead.service, "South"))
    there = reverse("team:leave", args=[leave.pk])
    assert sign_in(client, other).get(there).status_code == 404
    with pytest.raises(NotAllowed, match="your own hours and leave only"):
        cancel_leave(by=other, leave=leave)


def test_the_clock_tells_every_service(lead: Actor, boss: Actor) -> None:
    ask(lead, TODAY.date(), TODAY.date() + timedelta(days=4), kind="sick")
    Leave.objects.update(told_uncovered_at=None)
    said = StringIO()
    call_command("tell_uncovered", stdout=said)
    assert said.getvalue() == "1 told of\n"
    set_service(lead.service_id)
    assert any("Please look at it today." in word.words for word in unseen(boss))
