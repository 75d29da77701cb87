"""Who is away when and who covers, as the pages show it; the first argument is who asks.

Colleagues see that somebody is away. Why is seen by themselves and by their supervisors only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.team import hours
from openhiu.web.team.models import Cover, Leave
from openhiu.web.team.queries.leave import WORKERS, manages, may_hold_clients, uncovered

AHEAD_WEEKS = 8
_STAFF = (*WORKERS, Role.SUPERVISOR)


@dataclass(frozen=True)
class Away:
    """One leave with who covers which days of it, and the working days nobody covers."""

    leave: Leave
    covers: tuple[Cover, ...] = ()
    uncovered: tuple[date, ...] = ()
    mine: bool = False
    why_seen: bool = False

    @property
    def words(self) -> str:
        """The kind for those who may know it, else only that they are away."""
        return str(self.leave.get_kind_display()) if self.why_seen else "Away"


@dataclass(frozen=True)
class DayOff:
    """One day of the calendar: whether the service is open, and who is away."""

    day: date
    in_month: bool
    open: bool
    closed_because: str = ""
    away: tuple[Away, ...] = field(default_factory=tuple)


def staff(actor: Actor) -> QuerySet[Membership]:
    """Everyone here with hours of work: leads, covers and supervisors, by name."""
    return (
        Membership.objects.filter(
            service=actor.service_id, role__in=_STAFF, ended_at=None, user__is_active=True
        )
        .select_related("user", "service", "team")
        .order_by("user__name", "role", "pk")
    )


def team(actor: Actor) -> QuerySet[Membership]:
    """Those one manages: of one's team, or of the service when one has none."""
    mine = actor.membership.team_id
    return staff(actor).filter(Q(team=mine) | Q(team=None)) if mine else staff(actor)


def member_or_missing(actor: Actor, membership_id: Any) -> Membership:
    """Oneself, or for those who manage the team somebody of it."""
    own = membership_id == actor.membership.pk
    found = team(actor) if may(actor.role, Permission.MANAGE_TEAM) or own else staff(actor).none()
    member = found.filter(pk=membership_id).first()
    if member is None:
        raise Missing
    return member


def leaves(actor: Actor, first: date, last: date) -> list[Away]:
    """Leave booked and asked for that touches these days, the earliest first."""
    rows = (
        Leave.objects.filter(service=actor.service_id, from_day__lte=last, until_day__gte=first)
        .exclude(state=Leave.State.CANCELLED)
        .select_related("member__user", "member__service", "member__team")
        .prefetch_related(_covers())
        .order_by("from_day", "member__user__name", "pk")
    )
    return [_away(actor, leave) for leave in rows]


def leave_or_missing(actor: Actor, leave_id: Any) -> Away:
    """One leave: one's own, of those one manages, or one that one is asked to cover."""
    rows = Leave.objects.filter(service=actor.service_id, pk=leave_id)
    leave = (
        rows.select_related("member__user", "member__service").prefetch_related(_covers()).first()
    )
    if leave is None or not _concerns(actor, leave):
        raise Missing
    return _away(actor, leave)


def cover_or_missing(actor: Actor, cover_id: Any) -> Cover:
    """One request to cover: sent to oneself, or of those one manages."""
    rows = Cover.objects.filter(service=actor.service_id, pk=cover_id)
    cover: Cover | None = rows.select_related(
        "leave__member__user", "leave__member__service", "covering__user", "covering__service"
    ).first()
    theirs = cover is not None and cover.covering.user_id == actor.user.pk
    if cover is None or not (theirs or manages(actor, cover.leave.member)):
        raise Missing
    return cover


def own_leaves(actor: Actor) -> list[Away]:
    """One's own leave that is not over, the earliest first."""
    today = timezone.localdate()
    rows = (
        Leave.objects.filter(
            service=actor.service_id, member__user=actor.user, until_day__gte=today
        )
        .exclude(state=Leave.State.CANCELLED)
        .select_related("member__user", "member__service")
        .prefetch_related(_covers())
        .order_by("from_day", "pk")
    )
    return [_away(actor, leave) for leave in rows]


def own_covers(actor: Actor) -> list[Cover]:
    """Whom one covers, or is asked to cover, from today on."""
    rows = Cover.objects.filter(
        service=actor.service_id, covering__user=actor.user, until_day__gte=timezone.localdate(),
        answer__in=(Cover.Answer.WAITING, Cover.Answer.YES),
    ).exclude(leave__state=Leave.State.CANCELLED)  # fmt: skip
    return list(rows.select_related("leave__member__user").order_by("from_day", "pk"))


def requests_waiting(actor: Actor) -> list[Cover]:
    """Requests to cover this member has not answered."""
    return [one for one in own_covers(actor) if one.answer == Cover.Answer.WAITING]


def uncovered_soon(actor: Actor, days: int = 7 * AHEAD_WEEKS) -> list[Away]:
    """Leave that stands and has days ahead nobody covers, the earliest first."""
    today = timezone.localdate()
    found = leaves(actor, today, today + timedelta(days=days))
    return [one for one in found if one.leave.state == Leave.State.BOOKED and one.uncovered]


def month(actor: Actor, first: date) -> list[list[DayOff]]:
    """The weeks of a month, Monday first, each day with who is away on it."""
    begin = first - timedelta(days=first.weekday())
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    end = after - timedelta(days=1)
    end += timedelta(days=6 - end.weekday())
    found, service_days = leaves(actor, begin, end), hours.calendar(actor.service)
    days = [
        DayOff(
            day,
            day.month == first.month,
            service_days.is_workday(day),
            service_days.why_closed(day),
            tuple(one for one in found if one.leave.share(day)),
        )
        for day in hours.days_of(begin, end)
    ]
    return [days[n : n + 7] for n in range(0, len(days), 7)]


def _covers() -> Prefetch[Any]:
    rows = Cover.objects.exclude(answer=Cover.Answer.ENDED).order_by("from_day", "asked_at")
    return Prefetch("covers", rows.select_related("covering__user", "covering__service"))


def _away(actor: Actor, leave: Leave) -> Away:
    mine = leave.member.user_id == actor.user.pk
    today = timezone.localdate()
    open_days = uncovered(leave) if may_hold_clients(leave.member) else []
    return Away(
        leave,
        tuple(leave.covers.all()),
        tuple(day for day in open_days if day >= today),
        mine,
        mine or manages(actor, leave.member),
    )


def _concerns(actor: Actor, leave: Leave) -> bool:
    if leave.member.user_id == actor.user.pk or manages(actor, leave.member):
        return True
    asked = (Cover.Answer.WAITING, Cover.Answer.YES)
    return any(
        one.covering.user_id == actor.user.pk and one.answer in asked for one in leave.covers.all()
    )
