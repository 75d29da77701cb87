"""The secret address of somebody's calendar: made, replaced and taken away by its owner."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.access.policies import needs
from openhiu.web.team.models import CalendarKey


@transaction.atomic
def make_key(*, by: Actor) -> str:
    """A new secret, shown once; the one before does not work any more. Only its hash is kept."""
    needs(by, Permission.OWN_WORK)
    secret = secrets.token_urlsafe(32)
    key, made = CalendarKey.objects.update_or_create(
        service=by.service,
        member=by.membership,
        defaults={
            "secret_hash": hashed(secret),
            "made_at": timezone.now(),
            "asked_at": None,
        },
    )
    record(by, Did.ADDED if made else Did.CHANGED, about=key, renewed=not made)
    return secret


@transaction.atomic
def take_key_away(*, by: Actor) -> None:
    """No calendar address works from now on. Taking it away twice is fine."""
    needs(by, Permission.OWN_WORK)
    for key in CalendarKey.objects.filter(service=by.service, member=by.membership):
        record(by, Did.CHANGED, about=key, taken_away=True)
        key.delete()


@transaction.atomic
def fetched(member: Membership, key: CalendarKey) -> None:
    """Note that a calendar asked, once a day: its owner sees that it is in use."""
    now = timezone.now()
    if key.asked_at and timezone.localdate(key.asked_at) == timezone.localdate(now):
        return
    key.asked_at = now
    key.save(update_fields=["asked_at"])
    actor = Actor(user=member.user, membership=member)
    record(actor, Did.EXPORTED, about=key, what="calendar")


def hashed(secret: str) -> str:
    """What the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
