"""Adding someone and changing what is known about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from openhiu.tables.identifiers import IdentifierFault, read_nhs_number
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.people import policies
from openhiu.web.people.actions.holding import changed, held, refuse_stale
from openhiu.web.people.fold import digits, tidy
from openhiu.web.people.indexing import reindex
from openhiu.web.people.match import Known, Likely, MaybeKnown, likely
from openhiu.web.people.models import Apart, Identifier, Person, Phone

LABELS: Final = {
    "given_name": "First name", "family_name": "Family name", "preferred_name": "Preferred name",
    "pronouns": "Pronouns", "birth_date": "Date of birth", "sex": "Sex",
    "nhs_number": "NHS number", "address": "Address", "postcode": "Postcode",
    "gp_practice": "GP practice",
}  # fmt: skip
_NAMES: Final = ("given_name", "family_name", "preferred_name", "pronouns", "gp_practice")


@transaction.atomic
def add_person(
    *,
    by: Actor,
    phones: Iterable[tuple[str, str]] = (),
    numbers: Iterable[tuple[str, str]] = (),
    despite: str = "",
    **fields: Any,
) -> Person:
    """Enter someone new.

    Args:
        by: who enters them.
        phones: number and label of each telephone.
        numbers: issuer (site code) and value of each hospital number.
        despite: why they are someone else, where someone alike is known already.
        fields: of people.models.Person, by the names in LABELS.

    Raises:
        MaybeKnown: someone alike is known and no reason is given.
        ValidationError: the NHS number is damaged or already someone's, or nothing names them.
    """
    policies.add(by)
    phones, values = list(phones), clean(fields)
    if not (values.get("given_name") or values.get("family_name") or values.get("nhs_number")):
        raise ValidationError({"family_name": "Enter a name or an NHS number"})
    alike = _alike(by, values, phones)
    if alike and not despite.strip():
        raise MaybeKnown(alike)
    refuse_taken(by, values.get("nhs_number", ""))
    person = Person.objects.create(service_id=by.service_id, made_by=by.membership, **values)
    _attach(person, phones, numbers)
    _part(by, person, alike, despite)
    reindex(person)
    record(by, Did.ADDED, person=person, about=person, despite_alike=len(alike))
    return person


@transaction.atomic
def change_person(*, by: Actor, person: Person, version: int, **fields: Any) -> Person:
    """Change what is known about someone; a former NHS number stays findable.

    Raises:
        NotAllowed: not theirs to change, or a restricted person's location.
        Stale: someone else saved since `version`; carries both texts.
        ValidationError: the NHS number is damaged or already someone's.
    """
    row = held(Person, by, person.pk)
    values = clean(fields)
    _allow(by, row, values)
    refuse_stale(row, version, values, LABELS)
    before = row.nhs_number
    names = changed(row, values)
    if not names:
        return row
    if "nhs_number" in names:
        refuse_taken(by, row.nhs_number, row)
        supersede(row, before)
    if "address" in names or "postcode" in names:
        row.address_confirmed_on = None
    row.version += 1
    row.save()
    reindex(row)
    record(by, Did.CHANGED, person=row, about=row, fields=names)
    return row


def clean(fields: dict[str, Any]) -> dict[str, Any]:
    """Names tidied, the NHS number read and never repaired.

    Raises:
        ValidationError: the number is not one; the sentence does not repeat it.
    """
    values = dict(fields)
    for name in _NAMES:
        if name in values:
            values[name] = tidy(values[name] or "")
    if "postcode" in values:
        values["postcode"] = tidy(values["postcode"] or "").upper()
    if "address" in values:
        values["address"] = "\n".join(map(tidy, (values["address"] or "").splitlines())).strip()
    if "nhs_number" in values:
        values["nhs_number"] = _number(values["nhs_number"] or "")
    born = values.get("birth_date")
    if isinstance(born, date) and born > timezone.localdate():
        raise ValidationError({"birth_date": "Date of birth must be today or earlier"})
    return values


def refuse_taken(by: Actor, number: str, person: Person | None = None) -> None:
    """Refuse an NHS number that is someone else's, so that nobody's record is mixed with another's.

    Raises:
        ValidationError: it is.
    """
    holders = Person.objects.filter(
        service_id=by.service_id, nhs_number=number, merged_into__isnull=True
    ).exclude(pk=person.pk if person else None)
    if number and holders.exists():
        raise ValidationError({
            "nhs_number": "Someone else in your service has this NHS number. Check it, or propose "
            "that the two records are joined"
        })  # fmt: skip


def supersede(person: Person, number: str) -> None:
    """Keep a former NHS number, so that it is still found and never counts as another person."""
    if number:
        Identifier.objects.get_or_create(
            service_id=person.service_id,
            person=person,
            issuer="nhs",
            value=number,
            defaults={"superseded_on": timezone.localdate()},
        )


def _number(typed: str) -> str:
    number = read_nhs_number(typed) if typed.strip() else ""
    if isinstance(number, IdentifierFault):
        raise ValidationError({"nhs_number": f"This is not an NHS number: {number}"})
    return number


def _allow(by: Actor, row: Person, values: dict[str, Any]) -> None:
    if any(name in values and getattr(row, name) != values[name] for name in policies.MASKED):
        policies.write_location(by, row)
    policies.write(by, row)


def _alike(by: Actor, values: dict[str, Any], phones: list[tuple[str, str]]) -> list[Likely]:
    numbers = frozenset(digits(number) for number, _ in phones) - {""}
    names = values.get("given_name", ""), values.get("family_name", "")
    born, number = values.get("birth_date"), values.get("nhs_number", "")
    return likely(by, Known(*names, born, number, numbers))


def _attach(
    person: Person, phones: list[tuple[str, str]], numbers: Iterable[tuple[str, str]]
) -> None:
    for number, label in phones:
        if digits(number):
            Phone.objects.create(
                service_id=person.service_id, person=person,
                number=tidy(number), label=tidy(label),
            )  # fmt: skip
    for issuer, value in numbers:
        if value:
            Identifier.objects.create(
                service_id=person.service_id, person=person, issuer=issuer, value=value
            )


def _part(by: Actor, person: Person, alike: list[Likely], reason: str) -> None:
    for like in alike:
        Apart.objects.create(
            service_id=by.service_id, one=person, other=like.person,
            reason=reason.strip(), by=by.membership,
        )  # fmt: skip
