"""What one organisation's lists said of somebody: keys of a record come in; what that hospital
calls them goes out, and nothing that only another hospital's list said.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from openhiu.web.intake.models import Approach, Listed


@dataclass(frozen=True)
class ListedBy:
    """Whether they were on a list of that organisation, and the numbers it used.

    `references` say whose key each is: a site, or ALL. `numbers` are NHS numbers; None where the
    rows were emptied since and nobody can say any more.
    """

    known: bool
    references: set[tuple[str, str]]
    numbers: set[str] | None


def listed_by(service_id: UUID, organisation_id: UUID, people: Collection[UUID]) -> ListedBy:
    """Rows of that organisation's lists about these keys, those that were emptied too."""
    chosen = Approach.objects.filter(service=service_id, person__in=people)
    rows = Listed.objects.filter(
        Q(person__in=people) | Q(pk__in=chosen.values("listed")),
        service=service_id, received__uploaded_by__organisation=organisation_id,
    )  # fmt: skip
    said = list(rows.values_list("list_id", "person_ref", "nhs_number", "purged_at"))
    emptied = any(purged for *_, purged in said)
    return ListedBy(
        known=bool(said),
        references={(issuer, reference) for issuer, reference, *_ in said if reference},
        numbers=None if emptied else {number for *_, number, _ in said if number},
    )
