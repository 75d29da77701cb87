"""Contacts of one client, newest first, and what one did on a day: scoped reads."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.casework.models import Case, Contact, SupervisionNote
from openhiu.web.casework.queries.cases import cases


def contacts_of(case: Case) -> QuerySet[Contact]:
    """Everything written down about a case that may be read, newest first.

    `thanked`: a supervisor said something about it.
    """
    notes = SupervisionNote.objects.filter(contact=OuterRef("pk"))
    return (
        Contact.objects.filter(service=case.service_id, case=case)
        .select_related("by__user", "error_by__user")
        .annotate(thanked=Exists(notes))
        .order_by("-at", "-recorded_at")
    )


def tallies(case: Case) -> dict[str, int]:
    """How many contacts and tries there were, and how many reached the client."""
    spoke = Q(who=Contact.Who.CLIENT, reached=Contact.Reached.YES)
    ours = Q(who=Contact.Who.CLIENT)
    found: dict[str, int] = Contact.objects.filter(case=case, error_at=None).aggregate(
        all=Count("pk"),
        spoke=Count("pk", filter=spoke),
        tried=Count("pk", filter=ours & ~spoke),
    )
    return found


def contact_or_missing(case: Case, contact_id: Any) -> Contact:
    """One contact of a case that was already found readable."""
    found = contacts_of(case).filter(pk=contact_id).first()
    if found is None:
        raise Missing
    found.case = case
    return found


def earlier(contact: Contact) -> list[Any]:
    """What stood there before each correction, newest first: rows of the kept history."""
    return list(contact.events.order_by("-pgh_id"))[1:]


def on_day(actor: Actor, day: date) -> QuerySet[Contact]:
    """What this member wrote down as done on a day, about clients who are still theirs to see."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return (
        Contact.objects.filter(
            service=actor.service_id,
            by=actor.membership,
            error_at=None,
            at__gte=start,
            at__lt=end,
            case__in=cases(actor),
        )
        .select_related("case__person")
        .order_by("at")
    )


def last_of_each(found: list[Case]) -> dict[Any, Contact]:
    """The newest contact that counts of each of these cases; one query."""
    newest = (
        Contact.objects.filter(case__in=found, error_at=None)
        .select_related("by__user")
        .order_by("case_id", "-at", "-recorded_at")
        .distinct("case_id")
    )
    return {contact.case_id: contact for contact in newest}
