"""What this room may show, within the actor's service: people, invitations, looks, openings."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import (
    AuditEntry,
    BreakGlass,
    Invitation,
    Membership,
    Organisation,
    Team,
)

# Acts by which someone sees or receives a person's record.
SEEING = (
    Did.LOOKED, Did.EXPORTED, Did.PRINTED, Did.SHARED, Did.SHARED_WITHOUT_CONSENT,
    Did.BROKE_GLASS,
)  # fmt: skip
ATTEST_EVERY = resting.CONFIRM_EVERY


def members(actor: Actor, *, ended: bool = False) -> QuerySet[Membership]:
    """Who has a role in the actor's service, by name; `ended`: those whose role has ended."""
    rows = Membership.objects.filter(service=actor.service, ended_at__isnull=not ended)
    return rows.select_related("user", "organisation", "team").order_by("user__name", "role")


def member_or_missing(actor: Actor, membership_id: UUID) -> Membership:
    """One of them."""
    found = Membership.objects.filter(service=actor.service, pk=membership_id)
    return _one(found.select_related("user", "service", "organisation"))


def to_attest(actor: Actor) -> QuerySet[Membership]:
    """Whose access nobody has confirmed for 90 days, longest first; never the actor's own."""
    due = members(actor).filter(attested_at__lt=timezone.now() - ATTEST_EVERY)
    return due.exclude(user=actor.user).order_by("attested_at")


def invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations of the service that can still be used."""
    rows = Invitation.objects.filter(service=actor.service, used_at=None)
    now = timezone.now()
    return rows.filter(expires_at__gt=now).select_related("made_by").order_by("expires_at")


def invitation_or_missing(actor: Actor, invitation_id: UUID) -> Invitation:
    """One of them."""
    return _one(invitations(actor).filter(pk=invitation_id))


def teams(actor: Actor) -> QuerySet[Team]:
    """The service's teams."""
    return Team.objects.filter(service=actor.service).order_by("name")


def organisations(_actor: Actor) -> QuerySet[Organisation]:
    """Every organisation: a directory without personal data."""
    return Organisation.objects.order_by("name")


def openings(actor: Actor) -> QuerySet[BreakGlass]:
    """Records opened outside someone's own and not yet reviewed, oldest first."""
    rows = BreakGlass.objects.filter(service=actor.service, reviewed_at=None)
    return rows.select_related("membership__user").order_by("began_at")


def opening_or_missing(actor: Actor, opening_id: UUID) -> BreakGlass:
    """One of them, reviewed or not."""
    rows = BreakGlass.objects.filter(service=actor.service, pk=opening_id)
    return _one(rows.select_related("membership__user"))


def has_broken_glass(actor: Actor, person_id: Any) -> bool:
    """Whether the actor has this person's record open right now by giving a reason."""
    return bool(
        BreakGlass.objects.filter(
            service=actor.service,
            membership=actor.membership,
            person_id=getattr(person_id, "pk", person_id),
            expires_at__gt=timezone.now(),
        ).exists()
    )


def opened_by_glass(actor: Actor) -> QuerySet[BreakGlass]:
    """Every opening the actor has running: for scoped queries (`values("person_id")`)."""
    mine = BreakGlass.objects.filter(service=actor.service, membership=actor.membership)
    return mine.filter(expires_at__gt=timezone.now())


def looks_at(actor: Actor, person: Any) -> QuerySet[AuditEntry]:
    """Who has seen or received one person's record, newest first.

    The caller has made sure that the actor may see this person.
    """
    rows = AuditEntry.objects.filter(service=actor.service, person_id=getattr(person, "pk", person))
    rows = rows.filter(did__in=SEEING, result="done")
    return rows.select_related("user", "organisation").order_by("-at")


def audit(
    actor: Actor,
    *,
    person_id: UUID | None = None,
    user_id: UUID | None = None,
    did: str = "",
    from_day: date | None = None,
    to_day: date | None = None,
) -> QuerySet[AuditEntry]:
    """The service's audit, newest first, narrowed by reference, user, act and days (inclusive)."""
    rows = AuditEntry.objects.filter(service=actor.service)
    wanted: dict[str, Any] = {"person_id": person_id, "user_id": user_id, "did": did or None}
    wanted["at__gte"] = _start(from_day)
    wanted["at__lt"] = _start(to_day + timedelta(days=1)) if to_day else None
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return rows.select_related("user", "organisation").order_by("-at", "-seq")


def own_acts(actor: Actor) -> QuerySet[AuditEntry]:
    """What the actor did themselves in this service, newest first."""
    return audit(actor, user_id=actor.user.pk)


def _start(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def _one(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise Missing
    return found
