"""What the activity feed tells casework: when a client last came to A&E."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import policies
from openhiu.web.casework.models import Case


def note_attendances(*, by: Actor, latest: Mapping[UUID, datetime | None]) -> int:
    """Keep each case's latest attendance, for the active list; returns how many changed.

    The version stays: nobody typed this, and nobody's open form becomes stale by it. The feed
    itself is in the audit.
    """
    policies.must_hold(by, Permission.DELIVER_ACTIVITY)
    return keep_latest(by.service_id, latest)


def keep_latest(service_id: UUID, latest: Mapping[UUID, datetime | None]) -> int:
    """The same where the clock acts and nobody has to be asked."""
    changed = [
        case
        for case in Case.objects.filter(service=service_id, pk__in=list(latest))
        if case.last_attendance_at != latest[case.pk]
    ]
    for case in changed:
        case.last_attendance_at = latest[case.pk]
    Case.objects.bulk_update(changed, ["last_attendance_at"], batch_size=500)
    return len(changed)


def note_attendance(*, by: Actor, case_id: UUID, at: datetime | None) -> int:
    """The same for one case."""
    return note_attendances(by=by, latest={case_id: at})
