"""Who hears of a signal and of data that stopped: a case or a service in, quiet words out.

Words hold nothing personal: whose signal it is stands on the page behind the link.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from openhiu.web.access import resting
from openhiu.web.access.announce import announce
from openhiu.web.access.models import Announcement, Membership, Role, Service
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.models import Case
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.models import FeedFault, Signal
from openhiu.web.team.queries.leave import away, cover_for


def who_answers(case: Case, day: date) -> Membership:
    """The lead who knows the client; their cover while they are away, where there is one."""
    lead: Membership = case.lead
    if away(lead, day) is None:
        return lead
    return cover_for(lead, day) or lead


def supervisors(service: Any) -> QuerySet[Membership]:
    """Who supervises in a service (or its key)."""
    return resting.to_tell(Membership.objects.filter(
        service=service, role=Role.SUPERVISOR, ended_at=None, user__is_active=True
    ))  # fmt: skip


def supervisors_of(case: Case) -> list[Membership]:
    """Who hears of a client nobody answers for: supervisors of the team or of no team; where there
    are none, any of the service. The lead themself only where nobody else supervises.
    """
    every = supervisors(case.service_id)
    others = every.exclude(user=case.lead.user_id)
    near = others.filter(Q(team=None) | Q(team=case.team_id))
    return list(near) or list(others) or list(every)


def first_of_each(signals: Iterable[Signal]) -> list[Signal]:
    """The most pressing signal of each client: one word for one night, however many rules spoke."""
    found: dict[Any, Signal] = {}
    for signal in sorted(signals, key=pressing):
        found.setdefault(signal.case_id, signal)
    return list(found.values())


def pressing(signal: Signal) -> tuple[int, datetime]:
    """Red before amber before look; the longest waiting first."""
    return (Signal.Level.values.index(signal.level), signal.raised_at)


def tell_of(signals: Iterable[Signal]) -> None:
    """New signals, or some that have become somebody's to answer: one word for each client."""
    for signal in first_of_each(signals):
        level = Signal.Level(signal.level).label.lower()
        words = f"An early warning ({level}) about one of your clients waits for your answer."
        # Led to where the morning page leads: what waits longest and presses most.
        waiting = Signal.objects.filter(case=signal.case_id, state__in=lifecycle.OPEN)
        announce(to=signal.told_to, words=words, link=link_to(min(waiting, key=pressing)))


def tell_supervisors_of(signals: Iterable[Signal], said: str) -> set[Any]:
    """Nobody has answered: whoever supervises hears of it; the keys of the cases somebody heard of.

    A supervisor of another team is led to the client's page, where a reason is asked.
    """
    told = set()
    for signal in first_of_each(signals):
        case = signal.case
        for member in supervisors_of(case):
            near = member.team_id in (None, case.team_id)
            link = link_to(signal) if near else reverse("casework:client", args=[case.pk])
            announce(to=member, words=said, link=link)
            told.add(case.pk)
    return told


def ask_again(signal: Signal) -> None:
    """An answer is about to be taken back: the quiet words that it put aside wait again."""
    if signal.ended_at is None:
        return
    put_aside = Announcement.objects.filter(
        service=signal.service_id, link=link_to(signal), seen_at__gte=signal.ended_at
    )
    put_aside.update(seen_at=None)


def tell_of_faults(service: Service, begun: Iterable[FeedFault], ended: int) -> None:
    """Leads, supervisors and whoever delivers hear when data stop, and when they are whole."""
    said = [f"{fault.words} Signals and lists may miss something." for fault in begun]
    if ended and not FeedFault.objects.filter(service=service, ended_at=None).exists():
        said.append("The activity data are whole again.")
    if not said:
        return
    for member in _concerned(service):
        delivers = may(Role(member.role), Permission.DELIVER_ACTIVITY)
        link = reverse("monitoring:feeds" if delivers else "monitoring:signals")
        for line in said:
            announce(to=member, words=line[:300], link=link)


def link_to(signal: Signal) -> str:
    """The signal's own page."""
    return str(reverse("monitoring:signal", args=[signal.pk]))


def deliverers(service: Service) -> QuerySet[Membership]:
    """Who brings the activity feed."""
    return _who_may(service, Permission.DELIVER_ACTIVITY)


def _concerned(service: Service) -> QuerySet[Membership]:
    return _who_may(service, Permission.ANSWER_SIGNAL, Permission.DELIVER_ACTIVITY)


def _who_may(service: Service, *permissions: Permission) -> QuerySet[Membership]:
    roles = [
        role
        for role in Role.values
        if any(may(Role(role), permission) for permission in permissions)
    ]
    return resting.to_tell(Membership.objects.filter(
        service=service, role__in=roles, ended_at=None, user__is_active=True
    ))  # fmt: skip
