"""Other names, telephone numbers, hospital numbers and the address's confirmation."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.people import policies
from openhiu.web.people.actions.details import refuse_taken
from openhiu.web.people.actions.holding import held
from openhiu.web.people.fold import digits, tidy
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import Identifier, OtherName, Person, Phone


@transaction.atomic
def add_other_name(*, by: Actor, person: Person, name: str, kind: str = "alias") -> OtherName:
    """Add a name someone was or is also known by; they are found under it from now on."""
    row = held(Person, by, person.pk)
    policies.write(by, row)
    if not tidy(name):
        raise ValidationError({"name": "Enter a name"})
    other, made = OtherName.objects.get_or_create(
        service_id=row.service_id, person=row, name=tidy(name), defaults={"kind": kind}
    )
    if made:
        reindex(row)
        record(by, Did.ADDED, person=row, about=other)
    return other


@transaction.atomic
def remove_other_name(*, by: Actor, name: OtherName) -> None:
    """Take away a name that was entered in error."""
    row = held(Person, by, name.person_id)
    policies.write(by, row)
    record(by, Did.CHANGED, person=row, about=name, fields=["other_names"])
    name.delete()
    reindex(row)


@transaction.atomic
def add_phone(*, by: Actor, person: Person, number: str, label: str = "") -> Phone:
    """Add a telephone number; one that was no longer in use is in use again."""
    row = held(Person, by, person.pk)
    policies.write_location(by, row)
    if not digits(number):
        raise ValidationError({"number": "Enter a telephone number"})
    have = Phone.objects.select_for_update().filter(
        person=row, found_by__in=Phone.words([digits(number)], row.service_id)
    )
    phone = have.first() or Phone(service_id=row.service_id, person=row)
    phone.number, phone.label, phone.in_use = tidy(number), tidy(label), True
    phone.save()
    reindex(row)
    record(by, Did.ADDED, person=row, about=phone)
    return phone


@transaction.atomic
def stop_phone(*, by: Actor, phone: Phone) -> None:
    """Stop using a number. They are still found by it; nobody is called on it."""
    row = held(Person, by, phone.person_id)
    policies.write_location(by, row)
    Phone.objects.filter(pk=phone.pk).update(in_use=False)
    record(by, Did.CHANGED, person=row, about=phone, fields=["in_use"])


@transaction.atomic
def add_number(
    *, by: Actor, person: Person, issuer: str, value: str, superseded_on: date | None = None
) -> Identifier:
    """Add a number someone is or was known by.

    Args:
        by: who adds it.
        person: whose it is.
        issuer: a site code, or "nhs" for a superseded NHS number.
        value: the number; an NHS number is read and never repaired.
        superseded_on: since when it is no longer theirs.

    Raises:
        ValidationError: it is not a number of that kind, or is someone else's NHS number.
    """
    row = held(Person, by, person.pk)
    policies.write(by, row)
    if issuer == "nhs":
        number = read_nhs_number(value)
        if isinstance(number, IdentifierFault):
            raise ValidationError({"value": f"This is not an NHS number: {number}"})
        refuse_taken(by, number, row)
        value, superseded_on = number, superseded_on or timezone.localdate()
    identifier, made = Identifier.objects.get_or_create(
        service_id=row.service_id, person=row, issuer=issuer, value=tidy(value),
        defaults={"superseded_on": superseded_on},
    )  # fmt: skip
    if made:
        reindex(row)
        record(by, Did.ADDED, person=row, about=identifier)
    return identifier


@transaction.atomic
def confirm_address(*, by: Actor, person: Person | UUID) -> Person:
    """Say that the address was checked with the person today; letters need this to be recent."""
    row = held(Person, by, getattr(person, "pk", person))
    policies.write_location(by, row)
    if not row.address:
        raise ValidationError("There is no address to confirm")
    row.address_confirmed_on = timezone.localdate()
    row.version += 1
    row.save()
    record(by, Did.CHANGED, person=row, about=row, fields=["address_confirmed_on"])
    return row
