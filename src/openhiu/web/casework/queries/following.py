"""What is still followed up: an actor comes in, open follow-ups and their steps go out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Membership, Role
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case, FollowUp, FollowUpStep


def to_look_at(by: Actor) -> Any:
    """Everything open that this actor may follow up, what is due first."""
    rows = FollowUp.objects.filter(service=by.service_id, closed_at=None)
    if not policies.may_review(by):
        mine = Case.objects.filter(policies.scope(by), service=by.service_id).values("person")
        rows = rows.filter(
            Q(owner=by.membership) | Q(shared__by__user=by.user) | Q(shared__person__in=mine)
            | Q(concern__person__in=mine)
        )  # fmt: skip
    return rows.select_related(
        "shared__person", "concern__person", "owner__user"
    ).order_by("look_again_on", "pk")  # fmt: skip


def follow_up_or_missing(by: Actor, key: UUID) -> FollowUp:
    """One that this actor may follow up, open or closed."""
    rows = FollowUp.objects.filter(service=by.service_id, pk=key)
    found: FollowUp | None = rows.select_related(
        "shared__by", "shared__person", "concern__person", "owner__user", "closed_by__user"
    ).first()
    if found is None or not policies.may_follow(by, found):
        raise Missing
    return found


def step_or_missing(by: Actor, key: UUID) -> FollowUpStep:
    """One step of such a follow-up."""
    step: FollowUpStep | None = FollowUpStep.objects.filter(service=by.service_id, pk=key).first()
    if step is None:
        raise Missing
    follow_up_or_missing(by, step.follow_up_id)
    return step


def steps_of(follow_up: FollowUp) -> QuerySet[FollowUpStep]:
    """Its steps, what is still to be done first."""
    rows = follow_up.steps.select_related("who__user", "done_by__user")
    return rows.order_by("done_at", "due_on", "pk")


def colleagues(by: Actor) -> QuerySet[Membership]:
    """Who of the service can be asked to do something; partners have no part in it."""
    rows = Membership.objects.filter(service=by.service, ended_at=None, user__is_active=True)
    able = (Role.LEAD, Role.COVER, Role.SUPERVISOR, Role.SAFEGUARDING)
    able_now = resting.at_work(rows.filter(role__in=able))
    return able_now.select_related("user").order_by("user__name", "role")
