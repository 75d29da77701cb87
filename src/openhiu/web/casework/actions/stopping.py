"""What ends when someone says stop, or dies: shares and planned work; the record stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.sealed import update_each
from openhiu.web.casework.actions.visits import cancel_planned
from openhiu.web.casework.models import Case, Share, Task
from openhiu.web.people.models import Person

# What rooms above end in the same moment: who asked us to stop is not called a minute longer.
AFTER_STOP: Final[list[Callable[[Actor, Any], None]]] = []


def stop_shares(
    by: Actor, person: Person, organisation_id: UUID | None = None, purpose: str = ""
) -> int:
    """End the live shares of a person, all or those with one organisation for one purpose."""
    live = Share.objects.select_for_update().filter(
        service=by.service_id, person=person, stopped_at=None
    )
    if organisation_id:
        live = live.filter(organisation=organisation_id, purpose=purpose)
    ended = list(live)
    for share in ended:
        share.stopped_at = timezone.now()
        share.save(update_fields=["stopped_at"])
        record(by, Did.STOPPED_SHARING, person=person, about=share)
    return len(ended)


def stop_work(by: Actor, person: Any, reason: str) -> None:
    """No next contact, and open tasks about the person are let go with the reason."""
    for case in Case.objects.select_for_update().filter(service=by.service_id, person=person):
        case.next_contact_on = None
        case.version += 1
        case.save(update_fields=["next_contact_on", "version"])
        tasks = Task.objects.filter(case=case, done_at=None, let_go_reason="")
        let_go = update_each(tasks, done_at=timezone.now(), let_go_reason=reason)
        visits = cancel_planned(by, case, reason)
        record(
            by, Did.CHANGED, person=person, about=case, tasks_let_go=let_go, visits_cancelled=visits
        )
    for end in AFTER_STOP:
        end(by, person)
