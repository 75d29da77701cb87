"""Clients without anybody are told of within a working day: a service comes in, words go out."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.announce import announce
from openhiu.web.access.models import Announcement, Membership, Role, Service
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing
from openhiu.web.design.words import plural
from openhiu.web.team import hours
from openhiu.web.team.models import Leave
from openhiu.web.team.queries.leave import booked, uncovered


@transaction.atomic
def tell_uncovered(service: Service) -> int:
    """Tell the supervisors of leave nobody covers today or on the next working day, and of clients
    whose lead has left.

    Returns how many were newly told of. Safe to call as often as one likes: a leave is told of
    once a working day until somebody covers it, clients without a lead while nobody has read it.
    """
    today = timezone.localdate()
    _ill_from_today(service)
    told = [leave for leave in _open_leaves(service) if _is_due(leave)]
    for leave in told:
        leave.told_uncovered_at = timezone.now()
        leave.save(update_fields=["told_uncovered_at"])
    if told and hours.is_workday(service, today):
        _tell(
            service,
            "A colleague is away and nobody covers their clients. Please look at it today.",
            reverse("team:overview"),
        )
    return len(told) + _tell_of_orphans(service)


def _open_leaves(service: Service) -> list[Leave]:
    """Leave with a day nobody covers, today or on the next working day; held."""
    today = timezone.localdate()
    soon = hours.add_workdays(service, today, 1)
    rows = booked(service.pk, today, soon).select_for_update(of=("self",), skip_locked=True)
    return [leave for leave in rows if any(today <= day <= soon for day in uncovered(leave))]


def _is_due(leave: Leave) -> bool:
    """Not told of yet today."""
    at = leave.told_uncovered_at
    return at is None or timezone.localdate(at) < timezone.localdate()


def _ill_from_today(service: Service) -> None:
    """An illness noted beforehand stands from its first day, covered or not."""
    Leave.objects.filter(
        service=service,
        kind=Leave.Kind.SICK,
        state=Leave.State.ASKED,
        from_day__lte=timezone.localdate(),
    ).update(state=Leave.State.BOOKED)


def _tell_of_orphans(service: Service) -> int:
    gone = Q(lead__ended_at__isnull=False) | Q(lead__user__is_active=False)
    theirs = Case.objects.filter(gone, service=service, person__merged_into=None)
    count = with_standing(theirs).filter(stands=SUPPORTED).count()
    link = reverse("casework:without_lead")
    since = timezone.now() - timedelta(days=1)
    known = Announcement.objects.filter(service=service, link=link).filter(
        Q(seen_at=None) | Q(at__gte=since)
    )
    if not count or known.exists():
        return 0
    _tell(service, f"{plural(count, 'client has', 'clients have')} no lead any more.", link)
    return count


def _tell(service: Service, words: str, link: str) -> None:
    found = Membership.objects.filter(
        service=service, role=Role.SUPERVISOR, ended_at=None, user__is_active=True
    )
    for member in resting.to_tell(found):
        announce(to=member, words=words, link=link)
