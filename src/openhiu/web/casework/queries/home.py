"""What the morning page asks of this room: what is due, what waits, what changed; scoped reads."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Draft
from openhiu.web.casework import lifecycle, policies
from openhiu.web.casework.models import (
    Case,
    Consent,
    LimitPassed,
    PhaseChange,
    SharedWithoutConsent,
    SupervisionNote,
)
from openhiu.web.casework.queries import consent
from openhiu.web.casework.queries.active_list import came_since_spoken
from openhiu.web.casework.queries.cases import cases
from openhiu.web.casework.queries.standing import SUPPORTED, with_standing


def own(actor: Actor) -> QuerySet[Case]:
    """Clients one answers for today, who are supported now: not all a cover may see.

    One's own, and those of colleagues on leave whom one covers.
    """
    mine = policies.answers_for(actor.membership)
    return with_standing(cases(actor)).filter(mine, stands=SUPPORTED)


def calls_due(actor: Actor) -> QuerySet[Case]:
    """Clients to be in touch with today or earlier, the longest overdue first."""
    today = timezone.localdate()
    return own(actor).filter(next_contact_on__lte=today).order_by("next_contact_on", "pk")


def came_while_steady(actor: Actor) -> QuerySet[Case]:
    """Clients further away who came to A&E and have not been spoken with since, newest first."""
    further = [lifecycle.WALKING_BACKWARDS.key, lifecycle.AT_A_DISTANCE.key]
    came = own(actor).filter(came_since_spoken(), phase__in=further)
    return came.order_by("-last_attendance_at")


def unplanned(actor: Actor) -> QuerySet[Case]:
    """Clients with no next contact set."""
    return own(actor).filter(next_contact_on=None).order_by("last_contact_at", "pk")


def reviews_due(actor: Actor) -> list[Consent]:
    """Consent answers of one's own clients whose review is due within two weeks."""
    people = list(own(actor).values_list("person", flat=True))
    return consent.due(actor, people, within_days=14) if people else []


def reasons_owed(actor: Actor) -> QuerySet[SharedWithoutConsent]:
    """Sharing to keep someone safe, by this member, whose full reasons are still to be written."""
    return (
        SharedWithoutConsent.objects.filter(
            service=actor.service_id, by=actor.membership, reasons_at=None
        )
        .select_related("person")
        .order_by("reasons_due_at")
    )


def notes_unread(actor: Actor) -> QuerySet[SupervisionNote]:
    """What supervision wrote about one's own clients and one has not opened yet."""
    return (
        SupervisionNote.objects.filter(
            service=actor.service_id, case__in=own(actor).values("pk"), seen_at=None
        )
        .select_related("case__person", "by__user")
        .order_by("-at")
    )


def limits_answered(actor: Actor, days: int = 7) -> QuerySet[LimitPassed]:
    """One's own passed limits that the supervisor answered in the last days."""
    since = timezone.now() - timedelta(days=days)
    return (
        LimitPassed.objects.filter(
            service=actor.service_id, by=actor.membership, seen_at__gte=since
        )
        .select_related("seen_by__user")
        .order_by("-seen_at")
    )


def drafts(actor: Actor) -> QuerySet[Draft]:
    """What one began to write and has not saved, newest first."""
    return Draft.objects.filter(service=actor.service_id, user=actor.user).order_by("-saved_at")


def moved_by_others(actor: Actor) -> QuerySet[PhaseChange]:
    """Phase changes of one's own clients by somebody else since the start of yesterday."""
    return (
        PhaseChange.objects.filter(
            service=actor.service_id, case__in=own(actor).values("pk"), at__gte=since_yesterday()
        )
        .exclude(by=actor.membership)
        .exclude(from_phase="")
        .select_related("case__person", "by__user")
        .order_by("-at")
    )


def people_of_drafts(actor: Actor, case_ids: list[Any]) -> dict[Any, Case]:
    """The cases that drafts are about, when they are still theirs to open."""
    return {case.pk: case for case in cases(actor).filter(pk__in=case_ids)} if case_ids else {}


def since_yesterday() -> datetime:
    """Midnight in London before yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return timezone.make_aware(datetime.combine(yesterday, time.min))
