"""For whom a maintenance command acts: an e-mail and a service come in; an Actor goes out."""

from __future__ import annotations

from django.core.management.base import CommandError

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.row_security import set_service


def actor_named(email: str, service: str, permission: Permission) -> Actor:
    """The member on whose behalf a command runs; what it does is recorded as theirs.

    Raises:
        CommandError: nobody of that name may do this, or they may in several services.
    """
    held = Membership.objects.filter(
        user__email__iexact=email, ended_at=None, user__is_active=True
    ).select_related("user", "service__provider", "organisation", "team")
    named = held.filter(service__name=service) if service else held
    fitting = [one for one in named if may(one.role, permission)]
    if not fitting:
        raise CommandError(f"This account has no role here that may {permission}.")
    if len({one.service_id for one in fitting}) > 1:
        raise CommandError("They work in several services. Name one with --service.")
    set_service(fitting[0].service_id)
    return Actor(user=fitting[0].user, membership=fitting[0])
