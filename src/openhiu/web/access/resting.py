"""Roles that rest because nobody confirmed them: a membership comes in, whether it rests goes out.

Every role is confirmed every 90 days. One that nobody confirmed rests after some days of grace (a
setting of the service) until somebody does; the last who could put that right never rests.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import ROLE_MAY, Permission

CONFIRM_EVERY: Final = timedelta(days=90)


def confirm_by(member: Membership) -> datetime:
    """When a role has to be confirmed again."""
    by: datetime = member.attested_at + CONFIRM_EVERY
    return by


def rests_from(member: Membership) -> datetime:
    """When it rests unless somebody confirms it before."""
    return confirm_by(member) + timedelta(days=member.service.attest_grace_days)


def rests(member: Membership) -> bool:
    """Whether a role rests now."""
    return rests_from(member) <= timezone.now() and member.pk not in kept_awake(member.service_id)


def awake(held: Iterable[Membership]) -> list[Membership]:
    """Those of somebody's roles that do not rest."""
    return [member for member in held if not rests(member)]


def at_work(found: QuerySet[Membership]) -> QuerySet[Membership]:
    """Of these members those whose role does not rest: whoever is counted on, or asked to act."""
    rest = [member.pk for member in found.select_related("service") if rests(member)]
    return found.exclude(pk__in=rest) if rest else found


def to_tell(found: QuerySet[Membership]) -> QuerySet[Membership]:
    """Who is told: members at work. Where all of them rest they are told all the same, because
    words that go to nobody are lost.
    """
    awake = at_work(found)
    return awake if awake.exists() else found


def kept_awake(service_id: Any) -> set[UUID]:
    """Roles that never rest: the supervisor, the administrator and, where nobody supervises, the
    other who confirms roles, who was confirmed last. Without them nobody could be restored.
    """
    held = Membership.objects.filter(
        service=service_id,
        ended_at=None,
        user__is_active=True,
        role__in=(Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR),
    )
    last = {member.role: member.pk for member in held.order_by("attested_at", "granted_at", "pk")}
    if Role.SUPERVISOR in last:
        last.pop(Role.AUDITOR, None)
    return set(last.values())


def who_can_restore(member: Membership) -> list[Membership]:
    """Who can confirm a role that rests: never its holder, nor anybody whose own role rests."""
    roles = [role for role, held in ROLE_MAY.items() if Permission.ATTEST_ACCESS in held]
    found = Membership.objects.filter(
        service=member.service_id, ended_at=None, user__is_active=True, role__in=roles
    ).exclude(user=member.user_id)
    return awake(found.select_related("user", "service").order_by("user__name", "pk"))
