"""What may be seen of requests about people's own records: requests, their clocks, what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Role
from openhiu.web.assurance.clocks import Clock, Pause, thirty_days_after
from openhiu.web.assurance.models import AccessPack, Correction, ProcessingHold, RightsRequest
from openhiu.web.assurance.models import Telling as TellingRow
from openhiu.web.assurance.policies.rights import sees_all
from openhiu.web.assurance.reminders import Due
from openhiu.web.casework.models import Case
from openhiu.web.casework.policies import scope
from openhiu.web.intake.models import Listed
from openhiu.web.people.fold import fold
from openhiu.web.people.models import Person

Kind = RightsRequest.Kind
_TOLD = (str(Role.AUDITOR), str(Role.SUPERVISOR))


def requests(actor: Actor) -> Any:
    """Those the actor may see: everyone's, or those about own clients and noted by oneself."""
    rows = RightsRequest.objects.filter(service=actor.service_id)
    if not sees_all(actor):
        mine = Case.objects.filter(scope(actor), service=actor.service_id)
        rows = rows.filter(Q(person__in=mine.values("person")) | Q(noted_by=actor.membership))
    return (
        rows.select_related("person", "noted_by__user", "owner__user", "decided_by__user")
        .prefetch_related("pauses")
        .order_by("-number")
    )


def request_or_missing(actor: Actor, request_id: UUID) -> RightsRequest:
    """One of them."""
    found: RightsRequest | None = requests(actor).filter(pk=request_id).first()
    if found is None:
        raise Missing
    return found


def clock_of(request: RightsRequest) -> Clock:
    """The statutory clock of a request as its rows say."""
    asked = request.identity_asked_on
    return Clock(
        request.received_on,
        Pause(asked, request.identity_confirmed_on) if asked else None,
        tuple(Pause(one.asked_on, one.answered_on) for one in request.pauses.all()),
        extended=request.extended_on is not None,
    )


def latest_pack(request: RightsRequest) -> AccessPack | None:
    """The newest copy made for a request."""
    rows = AccessPack.objects.filter(request=request)
    found: AccessPack | None = (
        rows.defer("content").select_related("made_by__user", "confirmed_by__user")
        .order_by("-made_at").first()
    )  # fmt: skip
    return found


def pack_or_missing(actor: Actor, request: RightsRequest, pack_id: UUID) -> AccessPack:
    """One copy of a request of the actor's service."""
    rows = AccessPack.objects.filter(service=actor.service_id, request=request, pk=pack_id)
    found: AccessPack | None = rows.select_related("made_by", "request").first()
    if found is None:
        raise Missing
    return found


def untold(request: RightsRequest) -> Any:
    """Recipients of what was put right who are still to be told."""
    return TellingRow.objects.filter(
        correction__request=request, told_on=None, cannot=""
    ).select_related("correction", "organisation")


def telling_or_missing(actor: Actor, telling_id: UUID) -> TellingRow:
    """One recipient, of a request the actor may see."""
    rows = TellingRow.objects.filter(service=actor.service_id, pk=telling_id)
    found: TellingRow | None = rows.select_related("correction__request").first()
    if found is None or not requests(actor).filter(pk=found.correction.request_id).exists():
        raise Missing
    return found


def standing_hold(person: Person) -> ProcessingHold | None:
    """Since when a person's record is kept and not used, or None."""
    rows = ProcessingHold.objects.filter(service=person.service_id, lifted_at=None)
    found: ProcessingHold | None = rows.filter(person=person).select_related("by__user").first()
    return found


def held_people(service_id: Any) -> Any:
    """Everyone in a service whose record is not used for now, as a query of their keys."""
    return ProcessingHold.objects.filter(service=service_id, lifted_at=None).values("person_id")


def corrections_of(person: Person) -> Any:
    """What was put right or disputed in a record, newest first."""
    return Correction.objects.filter(service=person.service_id, person=person).order_by("-at")


def people_like(
    actor: Actor, *, nhs_number: str = "", family_name: str = "", born: date | None = None
) -> list[Person]:
    """Whose record it may be: by NHS number, or by last name and date of birth, both exactly."""
    rows = Person.objects.filter(service=actor.service_id, merged_into=None)
    found = []
    if nhs_number:
        found = list(rows.filter(search_text__contains=f" {nhs_number} "))
    if not found and family_name and born:
        same_day = rows.filter(birth_date=born)
        found = [one for one in same_day if fold(one.family_name) == fold(family_name)]
    return sorted(found, key=lambda one: (one.family_name, one.given_name, str(one.pk)))


def listed_like(actor: Actor, nhs_number: str) -> int:
    """How many rows of lists are of somebody without a record, by NHS number."""
    rows = Listed.objects.filter(service=actor.service_id, person=None, nhs_number=nhs_number)
    return rows.count() if nhs_number else 0


def due(service_id: UUID, today: date) -> Iterable[Due]:
    """What must be answered, acknowledged or emptied, for reminders: references only."""
    rows = RightsRequest.objects.filter(service=service_id, closed_at=None)
    for one in rows.select_related("owner").prefetch_related("pauses"):
        link = reverse("assurance:right", args=[one.pk])
        members = (one.owner_id,) if one.owner_id else ()
        if one.kind == Kind.COMPLAINT and not one.acknowledged_on:
            yield Due(f"right:{one.pk}:acknowledge", f"Complaint {one.reference} is acknowledged",
                      thirty_days_after(one.received_on), _TOLD, link, members=members)  # fmt: skip
        clock = clock_of(one)
        if not one.replied_on and not clock.stopped:
            yield Due(f"right:{one.pk}:reply", f"Request {one.reference} has its answer",
                      clock.due(today), _TOLD, link, members=members)  # fmt: skip


def open_counts(actor: Actor) -> dict[str, int]:
    """How many requests are open and how many of them are late."""
    today = timezone.localdate()
    rows = [one for one in requests(actor) if not one.closed_at and not one.replied_on]
    late = sum(not clock_of(one).stopped and clock_of(one).days_left(today) < 0 for one in rows)
    return {"open": len(rows), "late": late}
