"""Lone visits: one's own, and those one looks out for; what each may read of them, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.sign_in.sealing import opened_or_nothing
from openhiu.web.casework.models import Case, Visit
from openhiu.web.casework.queries.cases import cases
from openhiu.web.people.presenters import HIDDEN
from openhiu.web.team.queries.care import settings_of
from openhiu.web.team.queries.leave import away_now, cover_for
from openhiu.web.team.queries.staff import managers_of, workers_of

_RECENT: Final = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    """What one reader may know of a visit now; empty where it is not theirs to know."""

    visit: Visit
    own: bool
    open: bool
    late_minutes: int
    who: str
    where: str
    phone: str
    why_hidden: str = ""

    @property
    def late(self) -> bool:
        """Past its end and not ended."""
        return self.late_minutes > 0


def visits(actor: Actor) -> QuerySet[Visit]:
    """One's own, those one looks out for or was told of, and for supervisors their team's."""
    mine = Q(visitor__user=actor.user) | Q(buddy__user=actor.user)
    mine |= Q(told__contains=[str(actor.membership.pk)])
    if actor.is_(Role.SUPERVISOR):
        team = actor.membership.team_id
        mine |= Q(visitor__team=team) if team else Q()
        if not team:
            mine = Q()
    found = Visit.objects.filter(mine, service=actor.service_id)
    return found.select_related(
        "visitor__user", "visitor__service", "buddy__user", "case__person", "back_by__user"
    ).order_by("starts_at", "pk")


def own(actor: Actor) -> QuerySet[Visit]:
    """One's own visits, in any role here."""
    return visits(actor).filter(visitor__user=actor.user)


def own_of_day(actor: Actor, day: date) -> QuerySet[Visit]:
    """One's own of one day in London, and those not ended from before."""
    first, last = bounds(day)
    today = Q(starts_at__gte=first, starts_at__lt=last)
    before = Q(starts_at__lt=first, back_at=None)
    return own(actor).filter(today | before, cancelled_at=None)


def watched_of_day(actor: Actor, day: date) -> QuerySet[Visit]:
    """Visits of others one looks out for on a day, and those overdue one was told of."""
    first, last = bounds(day)
    today = Q(starts_at__gte=first, starts_at__lt=last, buddy__user=actor.user)
    told = Q(back_at=None, told__contains=[str(actor.membership.pk)])
    found = visits(actor).exclude(visitor__user=actor.user)
    return found.filter(today | told, cancelled_at=None)


def between(actor: Actor, first: date, last: date) -> QuerySet[Visit]:
    """One's own visits of some days, cancelled ones left out."""
    begin, end = bounds(first)[0], bounds(last)[1]
    return own(actor).filter(starts_at__gte=begin, starts_at__lt=end, cancelled_at=None)


def of_team(actor: Actor, day: date) -> QuerySet[Visit]:
    """For supervisors: everyone's visits of one day."""
    first, last = bounds(day)
    return visits(actor).filter(starts_at__gte=first, starts_at__lt=last, cancelled_at=None)


def of_case(case: Case) -> QuerySet[Visit]:
    """Visits to a client that was already found readable, newest first."""
    found = Visit.objects.filter(service=case.service_id, case=case)
    return found.select_related("visitor__user", "buddy__user", "case__person").order_by(
        "-starts_at"
    )


def to_record(actor: Actor) -> QuerySet[Visit]:
    """One's own visits to clients of the last week that ended and have no contact yet."""
    since = timezone.now() - _RECENT
    return own(actor).filter(case__in=cases(actor).values("pk"), back_at__gte=since, contact=None)


def visit_or_missing(actor: Actor, visit_id: Any) -> Visit:
    """One visit that one may know of."""
    found = visits(actor).filter(pk=visit_id).first()
    if found is None:
        raise Missing
    return found


def told(actor: Actor, visit: Visit, now: datetime | None = None) -> Told:
    """What this reader may know of a visit at this moment.

    Its visitor: everything. Others: where and the number while it is open or overdue, and who is
    visited only once it is overdue. Where a restricted person is, nobody.
    """
    at = now or timezone.now()
    mine = visit.visitor.user_id == actor.user.pk
    running = not visit.ended and (visit.out_at is not None or visit.starts_at <= at)
    late = int((at - visit.ends_at).total_seconds() // 60) if visit.overdue(at) else 0
    overdue = late >= settings_of(visit.service_id).buddy_after_minutes
    reads = mine or running
    return Told(
        visit=visit,
        own=mine,
        open=running,
        late_minutes=late,
        who=who_of(visit) if mine or overdue else ("A client" if visit.case_id else "Somebody"),
        where=where_of(visit) if reads else "",
        phone=unsealed(visit, "phone") if reads else "",
        why_hidden="" if reads else _why_hidden(visit),
    )


def _why_hidden(visit: Visit) -> str:
    if visit.ended:
        return "The visit has ended, so where it was is not shown any more."
    return "Where it is shows from the time it begins."


def who_of(visit: Visit) -> str:
    """Who is visited, in words."""
    if visit.case is not None:
        return str(visit.case.person.full_name)
    return unsealed(visit, "who")


def where_of(visit: Visit) -> str:
    """Where, unless the person's whereabouts are restricted, by now or from the beginning."""
    if visit.case is not None and visit.case.person.restricted:
        return HIDDEN
    return unsealed(visit, "where")


def unsealed(visit: Visit, name: str) -> str:
    """One of the sealed fields (who, where, phone) as text; empty where there is none."""
    return str(getattr(visit, f"{name}_sealed"))


def as_before(name: str) -> Callable[[Any, str], str]:
    """How a field was sealed with the secret key, before there were field keys: for the upgrade.

    What cannot be opened any more is empty: it is emptied the day after a visit in any case.
    """

    def open_former(visit_id: Any, kept: str) -> str:
        return opened_or_nothing(kept, f"casework.visit:{visit_id}:{name}".encode())

    return open_former


def looking_out(visit: Visit, now: datetime) -> list[Membership]:
    """Who looks out for a visit at this moment.

    The buddy; if away, who covers for them; then a colleague of the team who is here; then whoever
    supervises.
    """
    buddy = visit.buddy
    if _here(buddy, now):
        return [buddy]
    day = timezone.localdate(now)
    cover = cover_for(buddy, day)
    if cover and cover.user_id != visit.visitor.user_id and _here(cover, now):
        return [cover]
    team = visit.visitor.team_id
    near = [one for one in workers_of(visit.service_id)
            if one.user_id not in (visit.visitor.user_id, buddy.user_id)
            and (team is None or one.team_id == team) and _here(one, now)]  # fmt: skip
    return near[:1] or managers_of(visit.visitor)


def _here(member: Membership, now: datetime) -> bool:
    works = member.ended_at is None and member.user.is_active
    return bool(works and away_now(member, now) is None)


def not_ended(service_id: Any) -> QuerySet[Visit]:
    """Every visit of a service past its end: for what runs by the clock."""
    return (
        Visit.objects.filter(
            service=service_id, back_at=None, cancelled_at=None, ends_at__lt=timezone.now()
        )
        .select_related("visitor__user", "visitor__service", "visitor__team",
                        "buddy__user", "buddy__service", "buddy__team")
        .order_by("ends_at", "pk")
    )  # fmt: skip


def late_for(actor: Actor, now: datetime) -> list[Visit]:
    """Visits past their end that concern this actor now: one query, and none joined in vain."""
    mine = Q(visitor__user=actor.user) | Q(buddy__user=actor.user)
    mine |= Q(told__contains=[str(actor.membership.pk)])
    late = Visit.objects.filter(
        mine, service=actor.service_id, back_at=None, cancelled_at=None, ends_at__lt=now
    )
    return list(late.select_related("visitor__user").order_by("ends_at", "pk"))


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day in London and of the next: 23 or 25 hours apart twice a year."""
    return (
        timezone.make_aware(datetime.combine(day, time())),
        timezone.make_aware(datetime.combine(day + timedelta(days=1), time())),
    )
