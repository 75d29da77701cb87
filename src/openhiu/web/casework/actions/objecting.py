"""Someone does not want to be counted: kept from the day they say so until they say otherwise."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.models import Objection
from openhiu.web.people.models import Person


@transaction.atomic
def object_to_counting(*, by: Actor, person: Person, heard_on: date, words: str = "") -> Objection:
    """Record that someone does not want their record used for evaluation; support goes on.

    Raises:
        NotAllowed: not theirs, a day ahead, or recorded already.
    """
    policies.must_hold(by, Permission.RECORD_CONSENT)
    policies.must_know(by, person)
    if heard_on > timezone.localdate():
        raise NotAllowed("The day they said so cannot be after today.")
    if standing_objections(person).exists():
        raise NotAllowed("This is recorded already.")
    kept = Objection.objects.create(
        service=by.service, person=person, heard_on=heard_on, words=words.strip(),
        heard_by=by.membership,
    )  # fmt: skip
    record(by, Did.RECORDED_CONSENT, person=person, about=kept, kind="objection")
    return kept


@transaction.atomic
def lift_objection(*, by: Actor, person: Person) -> int:
    """They do not mind any more; how many objections ended."""
    policies.must_hold(by, Permission.RECORD_CONSENT)
    policies.must_know(by, person)
    ended = standing_objections(person).update(lifted_at=timezone.now(), lifted_by=by.membership)
    if ended:
        record(by, Did.RECORDED_CONSENT, person=person, kind="objection lifted")
    return int(ended)


def standing_objections(person: Person):  # type: ignore[no-untyped-def]
    """What of a person's objections still stands."""
    return Objection.objects.filter(service=person.service_id, person=person, lifted_at=None)
