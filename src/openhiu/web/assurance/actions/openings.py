"""What the clock does about openings and looks: overdue reviews are told of, and many looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.models import AuditEntry, BreakGlass, Membership, Role, Service
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.queries import SEEING
from openhiu.web.assurance.queries.openings import review_by

MOST_AN_HOUR: Final = 40
_HOUR: Final = timedelta(hours=1)
OVERDUE: Final = "The review of an opened record is overdue."
MANY: Final = f"One member looked at the records of more than {MOST_AN_HOUR} people in an hour."
_LIMIT: Final = "looks in an hour"


@transaction.atomic
def tell_overdue_openings(service: Service) -> int:
    """Tell every reviewer, once for each opening, that its review is overdue."""
    rows = BreakGlass.objects.select_for_update(of=("self",), skip_locked=True).filter(
        service=service, reviewed_at=None, escalated_at=None
    )
    told = 0
    for one in rows.select_related("membership"):
        if review_by(one) >= timezone.localdate():
            continue
        one.escalated_at = timezone.now()
        one.save(update_fields=["escalated_at"])
        _tell(_holding(service, Permission.REVIEW_BREAK_GLASS, but=one.membership.user_id),
              OVERDUE, reverse("access:opening", args=[one.pk]))  # fmt: skip
        told += 1
    return told


@transaction.atomic
def tell_of_many_looks(service: Service) -> int:
    """Tell supervisors and information governance of anyone who opened more than forty people's
    records within the hour; once an hour for each.
    """
    Service.objects.select_for_update().get(pk=service.pk)
    since = timezone.now() - _HOUR
    recent = AuditEntry.objects.filter(service=service, at__gte=since)
    busy = (
        recent.filter(did__in=SEEING, result="done")
        .exclude(user=None)
        .exclude(person_id=None)
        .values("user")
        .annotate(people=Count("person_id", distinct=True))
        .filter(people__gt=MOST_AN_HOUR)
    )
    told = 0
    for one in busy:
        user = str(one["user"])
        said = recent.filter(did=Did.PASSED_LIMIT, detail__limit=_LIMIT, detail__user=user)
        if said.exists():
            continue
        record(None, Did.PASSED_LIMIT, service_id=service.pk, purpose=Purpose.SYSTEM,
               limit=_LIMIT, user=user, people=one["people"])  # fmt: skip
        _tell(_holding(service, Permission.REVIEW_BREAK_GLASS, but=one["user"]), MANY,
              reverse("assurance:openings"))  # fmt: skip
        told += 1
    return told


def _holding(service: Service, permission: Permission, but: Any) -> Iterable[Membership]:
    roles = [role for role in Role.values if may(Role(role), permission)]
    found = Membership.objects.filter(
        service=service, role__in=roles, ended_at=None, user__is_active=True
    )
    return resting.to_tell(found.exclude(user=but))


def _tell(members: Iterable[Membership], words: str, link: str) -> None:
    for member in members:
        announce(to=member, words=words, link=link, urgent=True)
