"""Scoped reads of safety concerns and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from importlib import metadata
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.models import SafetyConcern, SafetyDecision
from openhiu.web.assurance.reminders import Due


def concerns(actor: Actor) -> QuerySet[SafetyConcern]:
    """What this actor reported; everything of the service for who answers. Open ones first."""
    rows = SafetyConcern.objects.filter(service=actor.service).select_related(
        "by__user", "rated_by__user", "closed_by__user"
    )
    if not may(actor.role, Permission.ANSWER_SAFETY):
        rows = rows.filter(Q(by=actor.membership))
    return rows.order_by("closed_at", "-at")


def concern_or_missing(actor: Actor, concern_id: UUID) -> SafetyConcern:
    """One of them; what is another's answers like what is not there."""
    found: SafetyConcern | None = concerns(actor).filter(pk=concern_id).first()
    if found is None:
        raise Missing
    return found


def decisions(service_id: Any) -> QuerySet[SafetyDecision]:
    """Every decision of a service, the newest first."""
    rows = SafetyDecision.objects.filter(service=service_id).select_related("recorded_by__user")
    return rows.order_by("-signed_on", "-recorded_at")


def decision_now(service_id: Any) -> SafetyDecision | None:
    """The newest decision about the version that runs; None where nobody decided yet."""
    found: SafetyDecision | None = (
        decisions(service_id).filter(openhiu=metadata.version("openhiu")).first()
    )
    return found


# A concern nobody has rated after this is overdue: the plan of clinical risk management says so.
_TO_RATE: Final = timedelta(days=2)


def due(service_id: UUID, _today: date) -> Iterator[Due]:
    """Concerns to be rated, and the day on which the officer's decision is looked at again."""
    to = tuple(role for role in list(Role) if may(role, Permission.ANSWER_SAFETY))
    for row in SafetyConcern.objects.filter(service=service_id, rated_at=None, closed_at=None):
        link = reverse("assurance:safety_concern", args=[row.pk])
        words = f"Safety concern {row.reference} has to be rated"
        yield Due(f"concern:{row.pk}", words, row.at.date() + _TO_RATE, to, link)
    decision = decision_now(service_id)
    if decision:
        words = "The clinical safety officer's decision has to be looked at again"
        link = reverse("assurance:safety")
        yield Due(f"safety-decision:{decision.pk}", words, decision.review_on, to, link)
