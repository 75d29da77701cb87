"""Something in a record is put right, or stays with the person's own words beside it; everybody who
received it is told.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openhiu.tables.fields import CAN_BE, KINDS, declared
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import announce
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.assurance.held.gathering import row_of
from openhiu.web.assurance.held.recipients import item_of, recipients
from openhiu.web.assurance.held.saying import plain
from openhiu.web.assurance.models import Correction, RightsRequest, Telling
from openhiu.web.assurance.policies import rights as policies
from openhiu.web.casework.models import Case
from openhiu.web.people.indexing import reindex
from openhiu.web.people.models import Person

_FOUND_BY = ("people.Person", "people.OtherName", "people.Identifier", "people.Phone")


def may_be_corrected(model: str, field: str) -> bool:
    """Whether a field is put right here; opinions and the trail get a statement beside them."""
    kind = declared().get(model, {}).get(field, "key")
    return KINDS[kind].rectify == CAN_BE and kind not in ("worker", "body")


@transaction.atomic
def correct(
    *, by: Actor, request: RightsRequest, model: str, row: str, field: str, value: str, reason: str
) -> Correction:
    """Put one field right; what it said stays in the history with the reason.

    Raises:
        NotAllowed: it cannot be put right here, the value does not fit, or it says so already.
    """
    found = _found(by, request, model, row, reason)
    if not may_be_corrected(model, field):
        raise NotAllowed("This cannot be changed. Keep it, with their own words beside it.")
    before = plain(found, field)
    try:
        clean = found._meta.get_field(field).clean(value, found)
    except ValidationError as why:
        raise NotAllowed(" ".join(why.messages)) from None
    if clean == getattr(found, field):
        raise NotAllowed("It says that already.")
    setattr(found, field, clean)
    also = ["version"] if hasattr(found, "version") else []
    if also:
        found.version += 1
    found.save(update_fields=[field, *also])
    if model in _FOUND_BY:
        reindex(found if model == "people.Person" else found.person)
    made = _kept(by, request, found, field, before, plain(found, field), reason, made=True)
    _tell_everyone(by, made)
    return made


@transaction.atomic
def keep_with_statement(
    *,
    by: Actor,
    request: RightsRequest,
    model: str,
    row: str,
    field: str,
    statement: str,
    reason: str,
) -> Correction:
    """It stays as it is, with the reason; what the person says stands beside it from now on."""
    found = _found(by, request, model, row, reason)
    if field not in declared().get(model, {}):
        raise Missing
    if not statement.strip():
        raise NotAllowed("Write down what they say, in their words.")
    said = plain(found, field)
    made = _kept(by, request, found, field, said, said, reason, made=False, statement=statement)
    _tell_everyone(by, made)
    return made


@transaction.atomic
def tell_recipient(
    *, by: Actor, telling: Telling, on: date | None = None, how: str = "", cannot: str = ""
) -> None:
    """A recipient was told, or it cannot be done and why.

    Raises:
        NotAllowed: neither how nor why not, or decided already.
    """
    policies.work_on(by, telling.correction.request)
    telling = Telling.objects.select_for_update(of=("self",)).get(pk=telling.pk)
    if telling.told_on or telling.cannot:
        raise NotAllowed("This was noted already.")
    if bool(how.strip()) == bool(cannot.strip()):
        raise NotAllowed("Say how they were told, or why they cannot be.")
    if how.strip() and (on is None or on > timezone.localdate()):
        raise NotAllowed("Say on which day they were told; it cannot be after today.")
    telling.told_on, telling.told_how = (on if how.strip() else None), how.strip()
    telling.cannot, telling.by, telling.at = cannot.strip(), by.membership, timezone.now()
    telling.save()
    record(by, Did.TOLD_RECIPIENT, person=telling.correction.person_id, about=telling,
           purpose=Purpose.IG_AUDIT, told=bool(telling.told_on))  # fmt: skip


def _found(by: Actor, request: RightsRequest, model: str, row: str, reason: str) -> Any:
    policies.look_at_everything(by, request)
    if not reason.strip():
        raise NotAllowed("Say why.")
    if request.person is None:
        raise NotAllowed("No record belongs to this request: tell the hospital, whose list it is.")
    found = row_of(request.person, model, row)
    if found is None:
        raise Missing
    return type(found)._default_manager.select_for_update().get(pk=found.pk)


def _kept(
    by: Actor, request: RightsRequest, row: Any, field: str, before: str, after: str, reason: str,
    *, made: bool, statement: str = "",
) -> Correction:  # fmt: skip
    model = row._meta.label
    kept = Correction.objects.create(
        service=by.service, request=request, person=request.person, model=model, row=row.pk,
        field=field, item=item_of(model, field), made=made, before=before, after=after,
        reason=reason.strip(), statement=statement.strip(), by=by.membership,
    )  # fmt: skip
    record(by, Did.PUT_RIGHT, person=request.person_id, about=kept, purpose=Purpose.IG_AUDIT,
           field=f"{model}.{field}", made=made)  # fmt: skip
    return kept


def _tell_everyone(by: Actor, made: Correction) -> None:
    """Each recipient is written down to be told; whoever supports the person hears of it."""
    person: Person = made.person
    for one in recipients(person, made.item):
        Telling.objects.create(
            service=by.service, correction=made, organisation=one.organisation, whom=one.whom,
            through=one.through, received_on=one.received_on,
        )  # fmt: skip
    case = Case.objects.filter(person=person).select_related("lead").first()
    if case is not None and made.tellings.exists():
        announce(to=case.lead, words="Something was put right in a client's record. Somebody who "
                 "received it has to be told.",
                 link=reverse("assurance:right", args=[made.request_id]))  # fmt: skip
