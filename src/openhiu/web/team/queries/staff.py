"""Who works here and who looks after whom: an actor or a member comes in, colleagues go out."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership, Role

CARED_FOR = (Role.LEAD, Role.COVER, Role.SUPERVISOR)


def staff(actor: Actor) -> QuerySet[Membership]:
    """Everyone of the actor's service who works with clients or supervises, by name."""
    found = Membership.objects.filter(
        service=actor.service_id, role__in=CARED_FOR, ended_at=None, user__is_active=True
    )
    return found.select_related("user", "service", "team").order_by("user__name", "role", "pk")


def colleagues(actor: Actor) -> QuerySet[Membership]:
    """The others: those one may name as a buddy."""
    return staff(actor).exclude(user=actor.user)


def looked_after(actor: Actor) -> QuerySet[Membership]:
    """Whom a supervisor looks after: their team, or the whole service where they have none."""
    team = actor.membership.team_id
    found = colleagues(actor).filter(role__in=(Role.LEAD, Role.COVER))
    return found.filter(team=team) if team else found


def looked_after_or_missing(actor: Actor, membership_id: Any) -> Membership:
    """One of them."""
    found = looked_after(actor).filter(pk=membership_id).first()
    if found is None:
        raise Missing
    return found


def managers_of(member: Membership) -> list[Membership]:
    """Who supervises a member: those of their team or of no team; else any of the service."""
    every = Membership.objects.filter(
        service=member.service_id, role=Role.SUPERVISOR, ended_at=None, user__is_active=True
    ).exclude(user=member.user_id)
    every = (
        resting.to_tell(every)
        .select_related("user", "service", "team")
        .order_by("user__name", "pk")
    )
    near = every.filter(Q(team=member.team_id) | Q(team=None))
    return list(near) or list(every)


def page_about(member: Membership, manager: Membership) -> str:
    """Where this manager sees to this member; nothing where they stand in for another team's."""
    near = manager.team_id in (None, member.team_id)
    return reverse("team:care_of", args=[member.pk]) if near else ""


def workers_of(service_id: Any) -> QuerySet[Membership]:
    """Leads and covers of a service, by name: for what runs by the clock."""
    return (
        Membership.objects.filter(
            service=service_id,
            role__in=(Role.LEAD, Role.COVER),
            ended_at=None,
            user__is_active=True,
        )
        .select_related("user", "service", "team")
        .order_by("user__name", "pk")
    )
