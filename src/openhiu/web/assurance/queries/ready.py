"""Officers, confirmations and the beginning of the actor's service; the reviews that come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Role, Service
from openhiu.web.assurance.models import Beginning, Confirmation, Officer
from openhiu.web.assurance.ready.lines import LINES, Line
from openhiu.web.assurance.ready.standing import confirmations
from openhiu.web.assurance.reminders import Due

_TOLD: tuple[Any, ...] = (Role.SUPERVISOR, Role.AUDITOR)


def line_or_missing(key: str) -> Line:
    """One line that a person confirms."""
    found = LINES.get(key)
    if found is None or not found.asks:
        raise Missing
    return found


def history(actor: Actor, line: Line) -> QuerySet[Confirmation]:
    """Everything that was ever confirmed of a line, newest first."""
    rows = Confirmation.objects.filter(service=actor.service, line=line.key)
    return rows.select_related("confirmed_by__user", "taken_back_by__user").order_by("-at")


def confirmation_or_missing(actor: Actor, confirmation_id: UUID) -> Confirmation:
    """One confirmation that was not taken back."""
    rows = Confirmation.objects.filter(
        service=actor.service, pk=confirmation_id, taken_back_at=None
    )
    found: Confirmation | None = rows.select_related("confirmed_by__user").first()
    if found is None or found.line not in LINES:
        raise Missing
    return found


def officers(service: Service) -> dict[str, Officer]:
    """Who answers for what now, by post: for pages, papers and evidence."""
    rows = Officer.objects.filter(service=service, until=None).select_related("named_by__user")
    return {row.post: row for row in rows}


def beginning(service: Service) -> Beginning | None:
    """The day the service began, or what is proposed."""
    rows = Beginning.objects.filter(service=service, dropped_at=None)
    return rows.select_related("proposed_by__user", "agreed_by__user").first()


def beginning_or_missing(actor: Actor, beginning_id: UUID) -> Beginning:
    """The one of the actor's service."""
    found = beginning(actor.service)
    if found is None or found.pk != beginning_id:
        raise Missing
    return found


def due(service_id: UUID, _today: date) -> Iterable[Due]:
    """What was confirmed and comes up again."""
    held = confirmations(Service(pk=service_id))
    for key, one in held.items():
        line = LINES.get(key)
        if line is not None and line.asks:
            words = f"To be confirmed again before the service can be called ready: {line.words}"
            link = reverse("assurance:confirm_line", args=[key])
            yield Due(f"ready:{key}", words, one.review_on, _TOLD, link, steps=(30, 7, 0))
