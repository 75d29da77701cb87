"""A record is kept and not used for now (restriction), until somebody lifts that."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.models import ProcessingHold, RightsRequest
from openhiu.web.assurance.policies import rights as policies
from openhiu.web.assurance.queries.rights import standing_hold
from openhiu.web.casework.models import Case
from openhiu.web.casework.policies import must_hold
from openhiu.web.people.models import Person


@transaction.atomic
def hold_processing(
    *, by: Actor, request: RightsRequest, ground: str, reason: str = ""
) -> ProcessingHold:
    """From now on the record is kept and neither shared nor counted, and nobody contacts them.

    Raises:
        NotAllowed: not the role, no record, or it is held already.
    """
    policies.decide(by, request)
    person = request.person
    if person is None:
        raise NotAllowed("No record belongs to this request.")
    Person.objects.select_for_update().get(pk=person.pk)
    if standing_hold(person):
        raise NotAllowed("Their record is not used already.")
    made = ProcessingHold.objects.create(
        service=by.service, person=person, request=request, ground=ground, reason=reason.strip(),
        by=by.membership,
    )  # fmt: skip
    record(by, Did.HELD_PROCESSING, person=person, about=made, purpose=Purpose.IG_AUDIT,
           ground=str(ground))  # fmt: skip
    _tell_lead(person, "A client's record is not used for now: do not share it or be in touch.")
    return made


@transaction.atomic
def lift_hold(*, by: Actor, hold: ProcessingHold, told_on: date, reason: str) -> None:
    """The record may be used again; the person was told before.

    Raises:
        NotAllowed: not the role, lifted already, not told, or no reason.
    """
    must_hold(by, Permission.DECIDE_RIGHT)
    row: Any = ProcessingHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if row.lifted_at:
        raise NotAllowed("Their record is used again already.")
    if not timezone.localdate(row.since) <= told_on <= timezone.localdate():
        raise NotAllowed("They have to be told before, on a day since their record was held.")
    if not reason.strip():
        raise NotAllowed("Say why it may be used again.")
    row.told_before_lift_on, row.lifted_reason = told_on, reason.strip()
    row.lifted_at, row.lifted_by = timezone.now(), by.membership
    row.save()
    record(by, Did.LIFTED_PROCESSING, person=row.person_id, about=row,
           purpose=Purpose.IG_AUDIT)  # fmt: skip
    _tell_lead(row.person, "A client's record may be used again.")


def _tell_lead(person: Person, words: str) -> None:
    case = Case.objects.filter(person=person).select_related("lead").first()
    if case is not None:
        announce(to=case.lead, words=words, link=reverse("casework:client", args=[case.pk]))
