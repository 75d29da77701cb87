"""Rows of lists that name somebody by the hospital's key alone: emptied with the record.

A hospital's key is somebody's at that hospital only: lists of others that say the same key are
about somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from openhiu.tables.handover import ALL_SITES
from openhiu.web.access.models import Hospital
from openhiu.web.intake.actions.purging import EMPTY
from openhiu.web.intake.models import Change, Listed


class Reference(NamedTuple):
    """A hospital's key of somebody: the site it is of, or ALL of the organisation that listed."""

    issuer: str
    value: str
    sender: UUID | None = None


def references_of(service_id: UUID, people: Collection[UUID]) -> set[Reference]:
    """The hospitals' keys of these people, as lists told them."""
    rows = Listed.objects.filter(service=service_id, person__in=people).exclude(person_ref="")
    told = rows.values_list("list_id", "person_ref", "received__uploaded_by__organisation")
    return {Reference(*one) for one in told}


def empty_elsewhere(
    *, service_id: UUID, references: Collection[Reference], numbers: Collection[str]
) -> int:
    """Empty rows of other lists, and changes between lists, that name them; how many."""
    now = timezone.now()
    by_key = _by_key(service_id, references)
    rows = Listed.objects.filter(service=service_id, purged_at=None).filter(
        by_key | Q(nhs_number__in=set(numbers) - {""})
    )
    emptied = Listed.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        **EMPTY, why="", first_arrival=None, last_arrival=None, age=None, purged_at=now
    )
    left = Change.objects.filter(by_key, service=service_id).values_list("pk", flat=True)
    changes = Change.objects.filter(pk__in=list(left))
    return int(emptied) + int(changes.update(person_ref="", reason="", purged_at=now))


def _by_key(service_id: UUID, references: Iterable[Reference]) -> Q:
    """Rows of the hospital, or of the organisation it belongs to, that say its key."""
    found = Hospital.objects.filter(service=service_id).values_list("site_code", "organisation")
    hospitals = dict(found)
    wanted = Q(pk__in=[])
    for issuer, value, sender in references:
        owner = sender if issuer == ALL_SITES else hospitals.get(issuer)
        sites = {site for site, one in hospitals.items() if owner and one == owner}
        places = Q(list_id__in={*sites, issuer} - {ALL_SITES})
        if owner:
            places |= Q(list_id=ALL_SITES, received__uploaded_by__organisation=owner)
        wanted |= places & Q(person_ref=value)
    return wanted
