"""Records opened outside one's own: told at once, reviewed in 3 working days, patterns shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actions import break_glass, review_opening
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, BreakGlass, Role
from openhiu.web.assurance.actions import openings as actions
from openhiu.web.assurance.queries import openings as queries
from openhiu.web.assurance.reminders import due_for
from openhiu.web.people.models import Person
from support.web import make_member, make_service, make_user, sign_in
from support.web_people import make_person

pytestmark = pytest.mark.django_db
WHY = "They came to our drop-in tonight."


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), user=make_user("Ada Hill"))


@pytest.fixture
def boss(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR)


@pytest.fixture
def someone(lead: Actor) -> Person:
    return make_person(lead, "Robin", "Canaryname", mine=False)


def test_every_reviewer_is_told_in_the_same_breath_and_reads_nothing_of_the_person(
    lead: Actor, boss: Actor, someone: Person
) -> None:
    governance = make_member(lead.service, Role.AUDITOR)
    break_glass(by=lead, person_id=someone.pk, reason=WHY)
    told = Announcement.objects.all()
    assert {one.to_id for one in told} == {boss.membership.pk, governance.membership.pk}
    for one in told:
        assert (timezone.now() - one.at) < timedelta(minutes=5)
        for word in ("Canaryname", "Robin", str(someone.pk), WHY, "Ada"):
            assert word not in f"{one.words} {one.link}"


def test_nobody_opens_their_own_record_and_a_tie_is_told(
    lead: Actor, boss: Actor, someone: Person
) -> None:
    with pytest.raises(NotAllowed, match="your right"):
        break_glass(by=lead, person_id=someone.pk, reason=WHY, tie="self")
    opening = break_glass(by=lead, person_id=someone.pk, reason=WHY, tie="family")
    assert opening.tie == "family"
    assert "they know" in Announcement.objects.get(to=boss.membership).words


def test_a_review_is_due_after_three_working_days_then_overdue_once(
    lead: Actor, boss: Actor, someone: Person, time_machine: Any
) -> None:
    time_machine.move_to("2026-10-01T10:00:00+01:00", tick=False)  # a Thursday
    opening = break_glass(by=lead, person_id=someone.pk, reason=WHY)
    (waiting,) = queries.waiting(boss)
    assert f"{waiting.review_by:%a %-d}" == "Tue 6"  # Friday, Monday, Tuesday
    assert [one.on for one in due_for(boss) if one.key.startswith("opening:")] == [
        waiting.review_by
    ]
    assert actions.tell_overdue_openings(lead.service) == 0
    time_machine.move_to("2026-10-06T23:00:00+01:00", tick=False)
    assert actions.tell_overdue_openings(lead.service) == 0
    time_machine.move_to("2026-10-07T00:30:00+01:00", tick=False)
    assert actions.tell_overdue_openings(lead.service) == 1
    assert actions.tell_overdue_openings(lead.service) == 0
    assert Announcement.objects.filter(to=boss.membership, words=actions.OVERDUE).count() == 1
    assert queries.waiting(boss)[0].overdue
    review_opening(by=boss, opening=opening, justified=True, note="Right")
    assert queries.waiting(boss) == []


def test_patterns_say_who_how_often_and_whether_the_family_name_is_their_own(
    lead: Actor, boss: Actor, someone: Person, client: Client, time_machine: Any
) -> None:
    time_machine.move_to("2030-10-05T22:00:00+01:00", tick=False)  # a Saturday night
    same = make_person(lead, "Jo", "Hill", mine=False)
    first = break_glass(by=lead, person_id=someone.pk, reason=WHY)
    BreakGlass.objects.filter(pk=first.pk).update(expires_at=timezone.now())
    break_glass(by=lead, person_id=someone.pk, reason=WHY, tie="known")
    break_glass(by=lead, person_id=same.pk, reason=WHY)
    review_opening(by=boss, opening=first, justified=False, note="No")
    (pattern,) = queries.patterns(boss)
    # Three openings of two people: one of them again; all at night; one tie said.
    assert (pattern.openings, len(pattern.people), pattern.again) == (3, 2, 1)
    assert (pattern.out_of_hours, pattern.know_them, pattern.not_right) == (3, 1, 1)
    assert pattern.waiting == 2
    assert pattern.same_name == {same.pk}
    sign_in(client, boss)
    page = client.get(reverse("assurance:openings")).content.decode()
    assert "Ada Hill" in page
    assert "Canaryname" not in page


def look_at_many(lead: Actor, people: int) -> None:
    from uuid import uuid4

    for _ in range(people):
        record(lead, Did.LOOKED, person=uuid4())


def test_forty_in_an_hour_is_work_and_more_is_told_of_once(lead: Actor, boss: Actor) -> None:
    look_at_many(lead, 40)
    record(lead, Did.LOOKED, person=None)
    assert actions.tell_of_many_looks(lead.service) == 0
    look_at_many(lead, 1)
    call_command("watch_openings")
    assert actions.tell_of_many_looks(lead.service) == 0
    assert Announcement.objects.filter(to=boss.membership, words=actions.MANY).count() == 1
    entry = AuditEntry.objects.get(did=Did.PASSED_LIMIT)
    assert entry.detail["people"] == 41


def test_looks_of_an_hour_ago_do_not_count(lead: Actor, boss: Actor, time_machine: Any) -> None:
    time_machine.move_to("2026-10-01T10:00:00+01:00", tick=False)
    look_at_many(lead, 30)
    time_machine.move_to("2026-10-01T11:01:00+01:00", tick=False)
    look_at_many(lead, 30)
    assert actions.tell_of_many_looks(lead.service) == 0
