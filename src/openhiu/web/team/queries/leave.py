"""Who is away and who answers for whom: a member and a day come in; leave and colleagues go out.

Both are asked of the person, not of one role: who is away as lead is away as supervisor too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.team import hours
from openhiu.web.team.models import Cover, Leave

WORKERS = (Role.LEAD, Role.COVER)
_MIDDAY = 12


def booked(service_id: Any, first: date, last: date) -> QuerySet[Leave]:
    """Leave that holds and touches any of these days, the earliest first."""
    return (
        Leave.objects.filter(
            service=service_id,
            state=Leave.State.BOOKED,
            from_day__lte=last,
            until_day__gte=first,
        )
        .select_related("member__user", "member__service", "member__team")
        .order_by("from_day", "until_day", "pk")
    )


def away(membership: Membership, day: date) -> Leave | None:
    """The leave a member is on that day, half days included; None when they are here."""
    found: Leave | None = (
        booked(membership.service_id, day, day).filter(member__user=membership.user_id).first()
    )
    return found


def away_now(membership: Membership, at: datetime | None = None) -> Leave | None:
    """The same at a moment: who is away from midday is still here in the morning."""
    local = timezone.localtime(at)
    leave = away(membership, local.date())
    if leave is None or leave.share(local.date()) == 1:
        return leave
    morning = local.hour < _MIDDAY
    here_mornings = leave.from_midday and leave.from_day == local.date()
    return None if morning == here_mornings else leave


def covering(service_id: Any, day: date) -> QuerySet[Cover]:
    """Cover that was agreed to and runs on that day, of leave that holds.

    Not by a colleague who is away all that day: who covers them answers for their own clients
    alone, because cover of cover does not chain (ADR 18).
    """
    halves = Q(from_midday=True, from_day=day) | Q(until_midday=True, until_day=day)
    away_too = booked(service_id, day, day).exclude(halves)
    covers = Cover.objects.filter(
        service=service_id,
        answer=Cover.Answer.YES,
        from_day__lte=day,
        until_day__gte=day,
        leave__state=Leave.State.BOOKED,
        leave__from_day__lte=day,
        leave__until_day__gte=day,
        covering__ended_at=None,
        covering__user__is_active=True,
    )
    return covers.exclude(Exists(away_too.filter(member__user=OuterRef("covering__user"))))


def cover_for(membership: Membership, day: date) -> Membership | None:
    """Who answers for a member's clients that day; None when nobody covers or they are here."""
    found = (
        covering(membership.service_id, day)
        .filter(leave__member__user=membership.user_id)
        .select_related("covering__user", "covering__service", "covering__team")
        .order_by("answered_at", "pk")
        .first()
    )
    return found.covering if found else None


def covered_by(membership: Membership, day: date | None = None) -> QuerySet[Membership]:
    """For whom a member answers that day (today where none is given): a part of a larger query."""
    on = day or timezone.localdate()
    theirs = covering(membership.service_id, on).filter(covering=membership.pk)
    return Membership.objects.filter(
        service=membership.service_id,
        role__in=WORKERS,
        user__in=theirs.values("leave__member__user"),
    )


def covers(membership: Membership, day: date) -> list[Membership]:
    """The same as a list by name: the memberships whose clients they answer for."""
    found = covered_by(membership, day).select_related("user", "service", "team")
    return list(found.order_by("user__name", "pk"))


def manages(actor: Actor, member: Membership) -> bool:
    """Whether a supervisor looks after a member: of their team, or where either has none."""
    if not may(actor.role, Permission.MANAGE_TEAM) or actor.service_id != member.service_id:
        return False
    return None in (actor.membership.team_id, member.team_id) or (
        actor.membership.team_id == member.team_id
    )


def works(membership: Membership, day: date) -> bool:
    """Whether a member is at work that day: in their pattern, and not on leave all day."""
    leave = away(membership, day)
    return hours.works_on(membership, day) and (leave is None or leave.share(day) < 1)


# Which days are covered


def may_hold_clients(member: Membership) -> bool:
    """Whether somebody in this role can be the lead of a client, so that leave needs cover."""
    return member.role in WORKERS


def uncovered(leave: Leave, covers: Iterable[Cover] | None = None) -> list[date]:
    """The working days of a leave that nobody covers.

    A day is covered when a colleague who said yes works that day and is not away. With `covers`,
    those count instead, whatever they said.
    """
    if not may_hold_clients(leave.member):
        return []
    days = hours.calendar_of(leave.member).days(leave.from_day, leave.until_day)
    held = list(covers) if covers is not None else said_yes(leave)
    covered = {day for cover in held for day in _days_at_work(cover)}
    return [day for day in days if day not in covered]


def said_yes(leave: Leave) -> list[Cover]:
    """Those who cover a leave, the earliest day first."""
    rows = Cover.objects.filter(
        service=leave.service_id, leave=leave, answer=Cover.Answer.YES,
        covering__ended_at=None, covering__user__is_active=True,
    )  # fmt: skip
    return list(rows.select_related("covering__user", "covering__service").order_by("from_day"))


def covering_days(member: Membership, first: date, last: date) -> Cover | None:
    """A promise of this member to cover somebody on any of these days."""
    rows = Cover.objects.filter(
        service=member.service_id, covering__user=member.user_id, answer=Cover.Answer.YES,
        from_day__lte=last, until_day__gte=first,
    ).exclude(leave__state=Leave.State.CANCELLED)  # fmt: skip
    return rows.select_related("leave__member__user").order_by("from_day").first()


def candidates(actor: Actor, member: Membership) -> QuerySet[Membership]:
    """Leads and covers of the service who could cover somebody, by name; not the same person, and
    nobody whose role rests.
    """
    found = Membership.objects.filter(
        service=actor.service_id, role__in=WORKERS, ended_at=None, user__is_active=True
    ).exclude(user=member.user_id)
    return (
        resting.at_work(found)
        .select_related("user", "service", "team")
        .order_by("user__name", "pk")
    )


def _days_at_work(cover: Cover) -> list[date]:
    """The days of a cover on which the colleague is at work at all."""
    first, last = cover.from_day, cover.until_day
    days = hours.calendar_of(cover.covering).days(first, last)
    away_then = list(
        booked(cover.service_id, first, last).filter(member__user=cover.covering.user_id)
    )
    return [day for day in days if not any(leave.share(day) == 1 for leave in away_then)]
