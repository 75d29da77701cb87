"""Removals that somebody asked for: dropped when their request is decided otherwise, and opened
anew where the record they were agreed for is another one now.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import Membership, Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions.retention.appraising import open_one, undecide
from openhiu.web.assurance.models.retention import Appraisal
from openhiu.web.assurance.models.rights import RightsRequest
from openhiu.web.assurance.queries.retention import OPEN
from openhiu.web.assurance.retention.standing import standing_of
from openhiu.web.people.models import Person

_STATE: Final = Appraisal.State
_WHY: Final = Appraisal.Why


def hold_still(service_id: UUID, request_reference: str) -> list[Appraisal]:
    """What is appraised because of a request, locked until the transaction ends.

    Taken before the request itself, as the nightly round does, which empties the request last.
    """
    rows = Appraisal.objects.select_for_update(of=("self",)).order_by("pk")
    return list(rows.filter(service=service_id, request_reference=request_reference))


@transaction.atomic
def drop_erasure(*, by: Actor, request_reference: str) -> None:
    """Take back that a record is erased: its request is decided otherwise now.

    A record whose own time has come waits for a first decision, as any other.

    Raises:
        NotAllowed: it has been removed.
    """
    rows = hold_still(by.service_id, request_reference)
    if any(row.state == _STATE.REMOVED for row in rows):
        raise NotAllowed("The record has been removed already. That cannot be decided otherwise.")
    for row in rows:
        if row.state in OPEN:
            _drop(row)
            record(by, Did.RETURNED, person=row.about, about=row)


def _drop(row: Appraisal) -> None:
    undecide(row, "")
    if row.due_on <= timezone.localdate():
        row.why, row.request_reference = _WHY.TIME, ""
    else:
        row.state, row.ended_at = _STATE.OVERTAKEN, timezone.now()
        row.ended_words = "What was asked for was decided otherwise."
    row.save()


def open_again(ended: Appraisal) -> Appraisal | None:
    """Let an erasure wait for a first decision again, about the record that stands for them now.

    What two people agreed on was another record, and counts no more. None where nothing is left.
    """
    person = _whose(ended)
    standing = standing_of(ended.service_id, person.pk) if person else None
    if standing is None:
        return None
    known = Appraisal.objects.select_for_update(of=("self",)).filter(
        service=ended.service_id, about=standing.person_id, state__in=OPEN
    )
    row = known.first() or open_one(ended.service_id, standing, ended.why)
    if row.why == _WHY.TIME or not row.request_reference:
        if row.state != _STATE.WAITING:
            undecide(row, "A record whose erasure was decided was joined with it since.")
        row.why, row.request_reference = ended.why, ended.request_reference
        row.save()
    _tell(ended, row)
    return row


def _whose(ended: Appraisal) -> Person | None:
    """The record that stands for who asked; without a request, for whom it was about.

    A request goes along when records are joined, and back to its half when they are parted.
    """
    people = Person.objects.filter(service=ended.service_id)
    number = ended.request_reference.removeprefix("R-")
    asked = RightsRequest.objects.filter(service=ended.service_id, person__isnull=False)
    request = asked.filter(number=int(number)).first() if number.isdecimal() else None
    person: Any = request.person if request else people.filter(pk=ended.about).first()
    while person is not None and person.merged_into is not None:
        person = person.merged_into
    found: Person | None = person
    return found


def _tell(ended: Appraisal, row: Appraisal) -> None:
    """Nobody would look for what left the queue: those who appraise are told."""
    roles = [role for role in list(Role) if may(role, Permission.APPRAISE_RECORD)]
    found = Membership.objects.filter(
        service=ended.service_id, role__in=roles, ended_at=None, user__is_active=True
    )
    words = (
        f"{ended.reference} was not removed: the record was joined with another one, or parted, "
        f"since that was agreed. {row.reference} waits for a decision instead."
    )
    for member in resting.to_tell(found):
        announce(to=member, words=words, link=reverse("assurance:appraisal", args=[row.pk]))
