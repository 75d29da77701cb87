"""What may be known of casework from before consent: who is supported, and how a yes is given.

Keys of people come in; phase and lead go out. Nothing of anyone's record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.casework.lifecycle import AT_A_DISTANCE
from openhiu.web.casework.models import Case, Consent

# How someone who decides for themselves can say yes; a best-interests decision is made elsewhere.
ROUTES: Final = tuple(
    choice for choice in Consent.Route.choices if choice[0] != Consent.Route.BEST_INTERESTS
)
CAPACITIES: Final = tuple(
    choice for choice in Consent.Capacity.choices if choice[0] != Consent.Capacity.LACKS
)


@dataclass(frozen=True)
class Supported:
    """That someone is supported: their case, by whom, and whether from a distance."""

    case: UUID
    lead: UUID
    lead_name: str
    at_a_distance: bool


def supported(actor: Actor, people: Iterable[UUID]) -> dict[UUID, Supported]:
    """Who of these people the actor's service supports already; one query."""
    found = Case.objects.filter(service=actor.service_id, person__in=list(people)).values_list(
        "person_id", "pk", "lead_id", "lead__user__name", "phase"
    )
    return {
        person: Supported(case, lead, name, phase == AT_A_DISTANCE.key)
        for person, case, lead, name, phase in found
    }
