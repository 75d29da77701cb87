"""Who works here: an actor comes in, the colleagues who can take something over go out."""

from __future__ import annotations

from django.db.models import QuerySet

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case


def workers(actor: Actor) -> QuerySet[Membership]:
    """Leads and covers of the actor's team, or of the whole service when they have none."""
    found = Membership.objects.filter(
        service=actor.service_id,
        role__in=(Role.LEAD, Role.COVER),
        ended_at=None,
        user__is_active=True,
    ).select_related("user", "service", "team")
    team = actor.membership.team_id
    return (found.filter(team=team) if team else found).order_by("user__name", "pk")


def leads(actor: Actor) -> QuerySet[Membership]:
    """The leads among them."""
    return workers(actor).filter(role=Role.LEAD)


def colleagues(actor: Actor) -> QuerySet[Membership]:
    """The others."""
    return workers(actor).exclude(pk=actor.membership.pk)


def may_own(by: Actor, owner: Membership, case: Case | None) -> str:
    """Why someone cannot own a task, or nothing: they must be here and able to see its client."""
    if owner.pk != by.membership.pk and not workers(by).filter(pk=owner.pk).exists():
        return "Choose someone of your team."
    if case is not None and not policies.is_theirs(Actor(owner.user, owner), case):
        return "They do not support this client, so they could not open the task."
    return ""
