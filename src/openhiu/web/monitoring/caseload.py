"""Who the analyst's store is asked about: clients who take part; their references and identifiers,
and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from openhiu.tables.handover import NHS_ISSUER
from openhiu.web.access import lawful
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did
from openhiu.web.access.models import AuditEntry
from openhiu.web.casework.models import Case
from openhiu.web.casework.queries.consent import not_taking_part
from openhiu.web.monitoring.clock import By
from openhiu.web.people.held import held
from openhiu.web.people.models import Identifier, Person

Row = tuple[str, str, str]
# What the audit calls the file; each entry names one person, and the organisation that took it.
FILE: Final = "caseload file"
_TAKEN: Final = Did.EXPORTED


def clients(actor: By) -> dict[UUID, Case]:
    """The open cases of people who take part and are alive, by person.

    Whoever's record is kept and not used for now is not asked about.
    """
    found = {
        case.person_id: case
        for case in Case.objects.filter(
            service=actor.service_id, person__merged_into=None, person__died=""
        )
        .filter(person__died_on=None)
        .select_related("person", "lead__user")
    }
    for person in not_taking_part(actor.service_id, found) | held(actor.service_id, found):
        del found[person]
    return found


def brought_by(actor: Actor) -> Iterable[UUID]:
    """Clients of whom the actor's organisation brings activity, while something covers that; also
    those who died: a trace may take it back.
    """
    if lawful.why_not_cross(actor.service, actor.organisation.pk, lawful.ACTIVITY):
        return set()
    found = set(Case.objects.filter(service=actor.service_id).values_list("person_id", flat=True))
    return found - not_taking_part(actor.service_id, found)


def was_told(actor: Actor, people: Collection[UUID]) -> bool:
    """Whether a caseload file that named one of these went to the actor's organisation."""
    return AuditEntry.objects.filter(
        service=actor.service_id, person_id__in=people, organisation=actor.organisation.pk,
        did=_TAKEN, result="done", detail__what=FILE,
    ).exists()  # fmt: skip


def rows(actor: By, people: Iterable[UUID]) -> list[Row]:
    """Reference, issuer and identifier for each way the store may know these people.

    Numbers of records that were merged into theirs, and numbers they had before, count too: what
    happened under them happened to the same person.
    """
    stands_for = {person: person for person in people}
    absorbed = Person.objects.filter(service=actor.service_id, merged_into__in=list(stands_for))
    stands_for |= dict(absorbed.values_list("pk", "merged_into"))
    found = {
        (str(stands_for[pk]), NHS_ISSUER, number)
        for pk, number in Person.objects.filter(pk__in=stands_for)
        .exclude(contact_held="number")  # in doubt: it may be another person's
        .values_list("pk", "nhs_number")
        if number
    }
    others = Identifier.objects.filter(service=actor.service_id, person__in=stands_for)
    found |= {
        (str(stands_for[person]), issuer, value)
        for person, issuer, value in others.values_list("person", "issuer", "value")
    }
    return sorted(found)
