"""What was noted in words is tied to the record of whom it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.models import RightsRequest
from openhiu.web.assurance.policies.rights import CLOSED
from openhiu.web.assurance.queries.rights import people_like
from openhiu.web.assurance.queries.untied import KINDS, Untied, untied_or_missing
from openhiu.web.casework.policies import must_hold
from openhiu.web.people.models import Person


@transaction.atomic
def tie(
    *, by: Actor, kind: str, row_id: Any, nhs_number: str = "", family_name: str = "",
    born: date | None = None,
) -> None:  # fmt: skip
    """Tie it to the one record with this NHS number, or this last name and date of birth.

    Raises:
        Missing: it is not there, or belongs to a record already.
        NotAllowed: not the role, reviewed or closed already, or not one record but none or several.
    """
    must_hold(by, Permission.DECIDE_RIGHT)
    found = _locked(untied_or_missing(by, kind, row_id))
    if found.fixed:
        raise NotAllowed("It was reviewed, so it cannot be changed any more.")
    if found.closed:
        raise NotAllowed(CLOSED)
    people = people_like(by, nhs_number=nhs_number, family_name=family_name, born=born)
    if len(people) != 1:
        raise NotAllowed(
            "Several records are like that: use the NHS number." if people
            else "No record was found. Only an exact answer counts."
        )  # fmt: skip
    _put(found.row, people[0])
    record(by, Did.CHANGED, person=people[0], about=found.row, purpose=Purpose.IG_AUDIT,
           what="tied to a record")  # fmt: skip


def _locked(found: Untied) -> Untied:
    """The same, and nobody else ties or reviews it meanwhile. Raises Missing: somebody has."""
    rows = KINDS[found.kind][0].objects.select_for_update(of=("self",))
    row = rows.filter(pk=found.row.pk, service=found.row.service_id, person=None).first()
    if row is None:
        raise Missing
    return replace(found, row=row)


def _put(row: Any, person: Person) -> None:
    values: dict[str, Any] = {"person": person}
    if isinstance(row, RightsRequest):
        # Who asks was certain before anybody said whose record that is: it is confirmed anew.
        values |= {"identity_how": "", "identity_confirmed_on": None, "identity_by": None,
                   "version": row.version + 1}  # fmt: skip
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
