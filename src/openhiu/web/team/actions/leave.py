"""Leave is asked for, booked when covered, changed and cancelled; an illness stands at once.

Words sent to colleagues and supervisors say that somebody is away, never why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce, settle, tell_supervisors
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Stale
from openhiu.web.access.models import Membership, Service
from openhiu.web.design.words import short_day
from openhiu.web.team import policies
from openhiu.web.team.actions import requests
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries.leave import uncovered

State: Any = Leave.State
Answer: Any = Cover.Answer


@dataclass(frozen=True)
class Days:
    """From when until when, both included; half days at either end where so ticked."""

    first: date
    last: date
    from_midday: bool = False
    until_midday: bool = False


@transaction.atomic
def ask_leave(
    *, by: Actor, member: Membership, kind: str, days: Days, covering: Sequence[Membership] = ()
) -> Leave:
    """Ask for leave and ask colleagues to cover it; or write down that somebody is ill.

    Args:
        by: the member, or a supervisor.
        member: who will be away.
        kind: annual, sick, study or other.
        days: when.
        covering: colleagues asked to cover all of it. Together they work every working day of
            it, or the leave is refused. An illness that has begun needs nobody yet.

    Raises:
        NotAllowed: no such days, days nobody covers, or a colleague who cannot cover them.
        Missing: somebody of another service.

    It is booked when those who said yes cover every working day; an illness that has begun, and
    leave of somebody who supports nobody, at once.
    """
    policies.must_concern(by, member)
    _one_at_a_time(by)
    leave = Leave(service=by.service, member=member, kind=kind, noted_by=by.membership)
    _put_days(leave, days)
    policies.must(policies.why_not_leave(leave))
    asked = [requests.as_asked(by, leave, one) for one in covering]
    for cover in asked:
        policies.must(policies.why_not_cover(cover))
    policies.must(policies.why_not_ask(leave, asked))
    if policies.is_sudden(leave):
        leave.state = State.BOOKED
    leave.save()
    record(by, Did.ADDED, about=leave, days=(days.last - days.first).days + 1)
    for cover in asked:
        requests.send(by, cover)
    _after(by, leave)
    return leave


@transaction.atomic
def ask_cover(*, by: Actor, leave: Leave, covering: Membership, first: date, last: date) -> Cover:
    """Ask one more colleague to cover some days of a leave.

    Raises:
        NotAllowed: not theirs to ask, leave that is over, or a colleague who cannot.
    """
    held = _held(by, leave)
    policies.must(policies.why_not_change(held, held.from_day, held.until_day))
    cover = requests.as_asked(by, held, covering, first, last)
    policies.must(policies.why_not_cover(cover))
    requests.send(by, cover)
    return cover


@transaction.atomic
def answer_cover(*, by: Actor, cover: Cover, yes: bool) -> Cover:
    """Say yes or no to covering; a yes can be taken back later, and then everyone is told.

    Raises:
        NotAllowed: not theirs to answer, or they cannot cover those days any more.
    """
    _one_at_a_time(by)
    held = Cover.objects.select_related("leave__member__user", "covering__user").get(
        service=by.service_id, pk=cover.pk
    )
    policies.must(policies.why_not_answer(by, held))
    if yes:
        policies.must(policies.why_not_cover(held))
    held.answer, held.answered_at = (Answer.YES if yes else Answer.NO), timezone.now()
    held.answered_by = by.membership
    held.save(update_fields=["answer", "answered_at", "answered_by"])
    record(by, Did.CHANGED, about=held, answer=str(held.answer),
           for_them=by.user.pk != held.covering.user_id)  # fmt: skip
    settle(by, requests.cover_link(held))
    if not yes:
        _tell_member(by, held.leave, "A colleague cannot cover you. Ask somebody else.")
    elif by.user.pk != held.covering.user_id:
        words = requests.request_words(held, "You cover")
        announce(to=held.covering, words=words, link=requests.cover_link(held))
    _after(by, held.leave)
    return held


@transaction.atomic
def change_leave(
    *, by: Actor, leave: Leave, version: int, days: Days, covering: Sequence[Membership] = ()
) -> Leave:
    """Give leave other days; cover that no longer fits ends or is shortened.

    Args:
        by: the member, or a supervisor.
        leave: which.
        version: as it was read.
        days: the new days.
        covering: colleagues asked in addition.

    Raises:
        Stale: someone else changed it since.
        NotAllowed: no such days, leave that has begun and would grow, or days nobody covers.
    """
    held = _held(by, leave)
    if held.version != version:
        raise Stale(_both(held, days))
    policies.must(policies.why_not_change(held, days.first, days.last))
    _put_days(held, days)
    if days.first >= timezone.localdate() or held.kind == Leave.Kind.SICK:
        policies.must(policies.why_not_leave(held))
    asked = [requests.as_asked(by, held, one) for one in covering]
    for cover in asked:
        policies.must(policies.why_not_cover(cover))
    held.version += 1
    held.told_uncovered_at = None
    held.save()
    kept = requests.fit(by, held)
    policies.must(policies.why_not_ask(held, [*kept, *asked]))
    record(by, Did.CHANGED, about=held, days=(days.last - days.first).days + 1)
    for cover in asked:
        requests.send(by, cover)
    if not policies.is_sudden(held) and policies.why_not_book(held):
        _set_state(held, State.ASKED)
    _after(by, held)
    return held


@transaction.atomic
def cancel_leave(*, by: Actor, leave: Leave) -> Leave:
    """Cancel leave; of leave that has begun, the days from today on. Cover is told.

    Raises:
        NotAllowed: not theirs, or over.
    """
    held = _held(by, leave)
    policies.must(policies.why_not_change(held, held.from_day, held.until_day))
    yesterday = timezone.localdate() - timedelta(days=1)
    if held.state == State.BOOKED and held.from_day <= yesterday:
        held.until_day, held.until_midday = yesterday, False
        held.version += 1
        held.save(update_fields=["until_day", "until_midday", "version"])
        requests.fit(by, held)
    else:
        _set_state(held, State.CANCELLED)
        for cover in Cover.objects.filter(leave=held, answer__in=requests.ASKED):
            requests.end(by, cover)
    record(by, Did.CHANGED, about=held, cancelled=True)
    return held


def leave_link(leave: Leave) -> str:
    """Where a leave and who covers it is shown."""
    return str(reverse("team:leave", args=[leave.pk]))


def _one_at_a_time(by: Actor) -> None:
    """Leave of a service is written one after the other: two cannot promise past each other."""
    Service.objects.select_for_update(no_key=True).get(pk=by.service_id)


def _held(by: Actor, leave: Leave) -> Leave:
    policies.must_concern(by, leave.member)
    _one_at_a_time(by)
    held: Leave = Leave.objects.select_related("member__user", "member__service").get(
        service=by.service_id, pk=leave.pk
    )
    return held


def _put_days(leave: Leave, days: Days) -> None:
    leave.from_day, leave.until_day = days.first, days.last
    leave.from_midday, leave.until_midday = days.from_midday, days.until_midday


def _set_state(leave: Leave, state: str) -> None:
    leave.state = state
    leave.version += 1
    leave.save(update_fields=["state", "version"])


def _after(by: Actor, leave: Leave) -> None:
    """Book what is covered now; where what is booked is not, the supervisors are told at once."""
    if leave.state == State.ASKED and not policies.why_not_book(leave):
        _set_state(leave, State.BOOKED)
        record(by, Did.CHANGED, about=leave, booked=True)
        _tell_member(by, leave, "Your leave is booked: every working day of it is covered.")
        return
    if leave.state == State.BOOKED and uncovered(leave):
        words = "A colleague is away, and nobody covers some of the days."
        tell_supervisors(by, words, reverse("team:overview"))
        leave.told_uncovered_at = timezone.now()
        leave.save(update_fields=["told_uncovered_at"])


def _tell_member(by: Actor, leave: Leave, words: str) -> None:
    if by.user.pk != leave.member.user_id:
        announce(to=leave.member, words=words, link=leave_link(leave))


def _both(leave: Leave, days: Days) -> list[tuple[str, str, str]]:
    fields = [
        ("First day away", leave.from_day, days.first),
        ("Last day away", leave.until_day, days.last),
    ]
    return [(label, short_day(was), short_day(now)) for label, was, now in fields if was != now]
