"""What helped last time: a case comes in; what its plan, its last return and its last answered
signal say goes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q

from openhiu.web.access.actor import Actor
from openhiu.web.casework import lifecycle as phases
from openhiu.web.casework.models import Case, Contact, NetworkMember, PhaseChange
from openhiu.web.monitoring import lifecycle
from openhiu.web.monitoring.models import Signal

AFTERWARDS: Final = timedelta(days=42)
_MOST: Final = 3


@dataclass(frozen=True)
class Helped:
    """What is known; each part may be missing."""

    what_helps: str
    what_harms: str
    people_to_call: str
    picked_up: PhaseChange | None
    contacts: list[Contact]
    answered: Signal | None
    network: list[NetworkMember]


def what_helped(actor: Actor, case: Case, but: Signal | None = None) -> Helped:
    """Four queries, whatever the length of the record; `but` is the signal that asks."""
    plan = case.plan
    last = _last_return(actor, case, but)
    return Helped(
        what_helps=plan.what_helps.strip(),
        what_harms=plan.what_harms.strip(),
        people_to_call=plan.people_to_call.strip(),
        picked_up=last,
        contacts=_contacts_after(actor, case, last),
        answered=_last_answered(actor, case, but),
        network=list(
            NetworkMember.objects.filter(
                service=actor.service_id, case=case, ended_on=None, may_contact="yes"
            ).order_by("kind", "name")[:_MOST]
        ),
    )


def _last_return(actor: Actor, case: Case, but: Signal | None) -> PhaseChange | None:
    """The last time it got hard before this: not the pick-up of this very moment."""
    rows = PhaseChange.objects.filter(
        service=actor.service_id, case=case, to_phase=phases.PICKED_UP_AGAIN.key
    )
    if case.phase == phases.PICKED_UP_AGAIN.key:
        rows = rows.filter(at__lt=case.phase_since)
    if but is not None and but.happened_at:
        rows = rows.filter(at__lt=but.happened_at)
    found: PhaseChange | None = rows.order_by("-at").first()
    return found


def _contacts_after(actor: Actor, case: Case, last: PhaseChange | None) -> list[Contact]:
    """The first contacts after that return of which something was written down."""
    if last is None:
        return []
    said = ~Q(what_mattered="") | ~Q(next_step="")
    rows = Contact.objects.filter(
        said, service=actor.service_id, case=case, error_at=None, reached=Contact.Reached.YES,
        at__gte=last.at, at__lt=last.at + AFTERWARDS,
    )  # fmt: skip
    return list(rows.order_by("at")[:_MOST])


def _last_answered(actor: Actor, case: Case, but: Signal | None) -> Signal | None:
    rows: Any = Signal.objects.filter(
        service=actor.service_id, case=case, state=lifecycle.ACKNOWLEDGED.key
    )
    if case.phase == phases.PICKED_UP_AGAIN.key and but is None:
        rows = rows.filter(ended_at__lt=case.phase_since)  # not what was answered by picking up
    rows = rows.exclude(pk=but.pk) if but else rows
    found: Signal | None = rows.select_related("answered_by__user").order_by("-ended_at").first()
    return found
