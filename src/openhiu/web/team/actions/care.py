"""Noting what keeps workers well: talks, training, checks and buddies; and asking for a talk.

That something took place is noted, never what was said in it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.access.policies import needs
from openhiu.web.team import policies_care as policies
from openhiu.web.team import rhythms
from openhiu.web.team.models import Buddy, DbsCheck, Talk, TalkWish, Training
from openhiu.web.team.queries import care
from openhiu.web.team.queries.staff import looked_after, managers_of, page_about

LATEST_NEXT_DAYS = 366


@transaction.atomic
def note_talk(
    *,
    by: Actor,
    member: Membership,
    kind: str,
    on: date,
    with_member: Membership | None = None,
    with_words: str = "",
    minutes: int | None = None,
    next_on: date | None = None,
) -> Talk:
    """Note that a talk took place.

    Args:
        by: the worker themselves, or who looks after them.
        member: whose talk it was.
        kind: a key of rhythms.TALKS.
        on: the day, not ahead.
        with_member: the colleague it was with; or else
        with_words: who it was with.
        minutes: how long, if known.
        next_on: the day agreed for the next; by the service's rhythm where none is given.

    Raises:
        NotAllowed: the day is ahead, nobody is named, or the next comes before this one.
        Missing: the member or colleague is of another service.
    """
    policies.may_note_for(by, member)
    policies.must_be_past(on)
    policies.may_be_with(by, with_member, with_words, member)
    if kind not in rhythms.TALKS:
        raise NotAllowed("Choose what kind of talk it was.")
    if next_on is not None and not on < next_on <= rhythms.months_after(on, 12):
        raise NotAllowed("The next one is after this one, and within a year.")
    talk: Talk = Talk.objects.create(
        service=by.service,
        member=member,
        kind=kind,
        on=on,
        with_member=with_member,
        with_words=with_words.strip(),
        minutes=minutes,
        next_on=next_on,
        noted_by=by.membership,
    )
    record(by, Did.ADDED, about=talk, kind=kind)
    _meet(by, member, talk)
    return talk


def _meet(by: Actor, member: Membership, talk: Talk) -> None:
    """Who wished for a talk and had supervision since needs not be asked any more."""
    if talk.kind in (Talk.Kind.SUPERVISION, Talk.Kind.CLINICAL):
        waiting = TalkWish.objects.filter(
            service=by.service, member__user=member.user_id, met_at=None, at__date__lte=talk.on
        )
        waiting.update(met_at=timezone.now(), met_by=by.membership)


@transaction.atomic
def note_training(
    *,
    by: Actor,
    member: Membership,
    subject: str,
    done_on: date,
    subject_words: str = "",
    with_words: str = "",
    expires_on: date | None = None,
) -> Training:
    """Note that somebody was trained; until when it counts is worked out unless it is given.

    Raises:
        NotAllowed: the day is ahead, the subject has no words, or it ends before it began.
    """
    policies.may_note_for(by, member)
    policies.must_be_past(done_on)
    if subject not in rhythms.SUBJECTS and not (subject == rhythms.OTHER and subject_words.strip()):
        raise NotAllowed("Say what the training was about.")
    if expires_on is not None and expires_on <= done_on:
        raise NotAllowed("It counts until a day after it was done.")
    until = expires_on or care.expires_on(subject, done_on, care.settings_of(by.service))
    training: Training = Training.objects.create(
        service=by.service,
        member=member,
        subject=subject,
        subject_words=subject_words.strip(),
        done_on=done_on,
        expires_on=until,
        with_words=with_words.strip(),
        noted_by=by.membership,
    )
    record(by, Did.ADDED, about=training, subject=subject)
    return training


@transaction.atomic
def note_check(
    *,
    by: Actor,
    member: Membership,
    issued_on: date,
    checked_on: date,
    due_on: date | None = None,
    last_four: str = "",
) -> DbsCheck:
    """Note that a DBS certificate was seen: its dates, and at most the last four figures.

    Args:
        by: who saw it, never the person themselves.
        member: whose it is.
        issued_on: the day on the certificate.
        checked_on: the day it was seen, or the update service asked.
        due_on: when it is looked at again; a year after it was checked unless given.
        last_four: the last four figures of its number, or nothing.

    Raises:
        NotAllowed: it is one's own, a day is ahead, or more than four figures are given.
    """
    policies.may_note_check(by, member)
    for day in (issued_on, checked_on):
        policies.must_be_past(day)
    if issued_on > checked_on:
        raise NotAllowed("A certificate is issued before it is checked.")
    if last_four and not (len(last_four) == 4 and last_four.isdigit()):
        raise NotAllowed("Keep at most the last four figures of the number.")
    due = due_on or rhythms.months_after(checked_on, rhythms.DBS_MONTHS)
    if not checked_on < due <= rhythms.months_after(checked_on, rhythms.DBS_MONTHS):
        raise NotAllowed("It is looked at again within a year: the specification says yearly.")
    check: DbsCheck = DbsCheck.objects.create(
        service=by.service,
        member=member,
        issued_on=issued_on,
        checked_on=checked_on,
        due_on=due,
        last_four=last_four,
        noted_by=by.membership,
    )
    record(by, Did.ADDED, about=check)
    return check


@transaction.atomic
def take_back(*, by: Actor, row: Talk | Training | DbsCheck) -> None:
    """Mark what was noted in error; it stays in the record and counts no more.

    Raises:
        NotAllowed: someone who may not note it, or it was marked before.
    """
    if isinstance(row, DbsCheck):
        policies.may_note_check(by, row.member)
    else:
        policies.may_note_for(by, row.member)
    held: Any = type(row).objects.select_for_update().get(pk=row.pk, service=by.service)
    if held.error_at is not None:
        raise NotAllowed("This was taken back already.")
    held.error_at = timezone.now()
    held.save(update_fields=["error_at"])
    record(by, Did.CHANGED, about=held, in_error=True)


@transaction.atomic
def set_buddy(
    *, by: Actor, member: Membership, with_member: Membership | None = None, with_words: str = ""
) -> Buddy | None:
    """Name with whom somebody learns, here or elsewhere; nobody named: end it.

    The one before is ended. A colleague here is told.
    """
    policies.may_note_for(by, member)
    today = timezone.localdate()
    now = Buddy.objects.filter(service=by.service, member__user=member.user_id, ended_on=None)
    for ended in now.select_for_update():
        ended.ended_on = today
        ended.save(update_fields=["ended_on"])
        record(by, Did.CHANGED, about=ended, ended=True)
    if with_member is None and not with_words.strip():
        return None
    policies.may_be_with(by, with_member, with_words, member)
    buddy: Buddy = Buddy.objects.create(
        service=by.service,
        member=member,
        with_member=with_member,
        with_words="" if with_member else with_words.strip(),
        since=today,
    )
    record(by, Did.ADDED, about=buddy)
    if with_member is not None and with_member.user_id != by.user.pk:
        announce(
            to=with_member,
            words=f"{member.user.name} named you as the colleague they learn with.",
            link=reverse("team:care"),
        )
    return buddy


@transaction.atomic
def ask_for_talk(*, by: Actor) -> TalkWish:
    """Tell those who supervise that one would like a talk: that, and nothing else. Once is enough.

    Raises:
        NotAllowed: nobody supervises here.
    """
    needs(by, Permission.OWN_WORK)
    waiting = care.own_wish(by)
    if waiting is not None:
        return waiting
    managers = managers_of(by.membership)
    if not managers:
        raise NotAllowed("Nobody supervises here yet. Use the other ways on this page.")
    wish: TalkWish = TalkWish.objects.create(service=by.service, member=by.membership)
    for manager in managers:
        announce(
            to=manager,
            words=f"{by.user.name} would like a talk.",
            link=page_about(by.membership, manager),
        )
    record(by, Did.ADDED, about=wish)
    return wish


@transaction.atomic
def talked(*, by: Actor, wish: TalkWish) -> None:
    """Note that somebody had the talk they wished for; they may say so themselves."""
    needs(by, Permission.OWN_WORK)
    own = wish.member.user_id == by.user.pk
    if not own and not looked_after(by).filter(pk=wish.member_id).exists():
        raise Missing
    held = TalkWish.objects.select_for_update().get(pk=wish.pk, service=by.service)
    if held.met_at is None:
        held.met_at, held.met_by = timezone.now(), by.membership
        held.save(update_fields=["met_at", "met_by"])
        record(by, Did.CHANGED, about=held, met=True)
