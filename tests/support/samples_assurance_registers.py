"""Samples of the registers and of the register of staff, for the matrix."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.models import Duty, Entry, Lesson, Registration
from support.samples import OTHER_SERVICE, Situation, sample
from support.web import make_member


@sample(
    "assurance:entry", "assurance:judge_entry", "assurance:write_entry", "assurance:add_to_entry",
    "assurance:ask_for_change", "assurance:close_entry", "assurance:reopen_entry",
)  # fmt: skip
def entry(situation: Situation) -> dict[str, Any]:
    return {"entry_id": entry_by(_who(situation)).pk}


@sample("assurance:answer_duty", "assurance:agree_day")
def duty(situation: Situation) -> dict[str, Any]:
    made = entry_by(_who(situation))
    row = Duty.objects.create(
        service=situation.service, entry=made, what="answer", due_on=timezone.localdate()
    )
    return {"entry_id": made.pk, "duty_id": row.pk}


@sample("assurance:end_change")
def change(situation: Situation) -> dict[str, Any]:
    who = _who(situation)
    row = Lesson.objects.create(
        service=situation.service, entry=entry_by(who), words="Ring before every visit",
        member=who.membership, due_on=timezone.localdate() + timedelta(days=7),
    )  # fmt: skip
    return {"lesson_id": row.pk}


@sample("assurance:note_registration")
def member(situation: Situation) -> dict[str, Any]:
    return {"membership_id": _colleague(situation).membership.pk}


@sample("assurance:registration_error")
def registration(situation: Situation) -> dict[str, Any]:
    today, who = timezone.localdate(), _colleague(situation)
    row = Registration.objects.create(
        service=situation.service, member=who.membership, body="nmc", last_four="1234",
        expires_on=today + timedelta(days=200), checked_on=today, noted_by=who.membership,
    )  # fmt: skip
    return {"registration_id": row.pk}


def entry_by(who: Actor) -> Entry:
    """An incident that somebody noted, with no duties yet."""
    made: Entry = Entry.objects.create(
        service=who.service, register="incident", kind="information", year=2026,
        number=1 + Entry.objects.filter(service=who.service).count(),
        happened_on=timezone.localdate(), aware_at=timezone.now(),
        what="A letter went to another house", told_by=who.membership,
    )  # fmt: skip
    return made


def _who(situation: Situation) -> Actor:
    """The asker where they can note, else somebody of that service."""
    if situation.name != OTHER_SERVICE and may(situation.actor.role, Permission.TELL_EVENT):
        return situation.actor
    return make_member(situation.service, Role.LEAD, open_rows=False)


def _colleague(situation: Situation) -> Actor:
    team = None if situation.name == OTHER_SERVICE else situation.actor.team
    return make_member(situation.service, Role.LEAD, team=team, open_rows=False)
