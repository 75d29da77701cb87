"""Which clients someone may see: an actor comes in, only their cases go out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import BreakGlass
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case


@dataclass(frozen=True)
class Reading:
    """A case that may be read; `glass` is set when only a reason typed today lets them."""

    case: Case
    glass: BreakGlass | None = None

    @property
    def read_only(self) -> bool:
        """True when nothing may be written."""
        return self.glass is not None


def cases(actor: Actor) -> QuerySet[Case]:
    """Every case that is theirs to work with (policies.scope), with person and lead."""
    every = Case.objects.filter(service=actor.service_id, person__merged_into=None)
    return every.filter(policies.scope(actor)).select_related("person", "lead__user")


def case_or_missing(actor: Actor, case_id: Any) -> Case:
    """One of their own cases; anything else answers as if it did not exist."""
    case = cases(actor).select_related("plan", "team").filter(pk=case_id).first()
    if case is None:
        raise Missing
    return case


def glass_for(actor: Actor, person_id: UUID) -> BreakGlass | None:
    """The unexpired reason this member gave for opening this person's record, if any."""
    found: BreakGlass | None = (
        BreakGlass.objects.filter(
            service=actor.service_id,
            membership=actor.membership,
            person_id=person_id,
            expires_at__gt=timezone.now(),
        )
        .exclude(justified=False)
        .order_by("-expires_at")
        .first()
    )
    return found


def readable_or_missing(actor: Actor, case_id: Any) -> Reading:
    """One case to read: their own, or one they gave a reason for; else it does not exist."""
    own = cases(actor).select_related("plan", "team").filter(pk=case_id).first()
    if own:
        return Reading(own)
    other = outside(actor, case_id)
    glass = glass_for(actor, other.person_id) if other else None
    if other is None or glass is None:
        raise Missing
    return Reading(other, glass)


def outside(actor: Actor, case_id: Any) -> Case | None:
    """A case of the same service that is not theirs, for asking the reason only."""
    return (
        Case.objects.filter(service=actor.service_id, person__merged_into=None, pk=case_id)
        .select_related("person", "lead__user", "plan", "team")
        .first()
    )


def case_of(actor: Actor, person_id: Any) -> Case | None:
    """The case of a person, when it is theirs to open."""
    return cases(actor).filter(person=person_id).first()
