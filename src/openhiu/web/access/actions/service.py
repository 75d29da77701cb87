"""What the supervisor sets for the service: its limits and times."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from openhiu.web.access import policies
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import Service
from openhiu.web.access.permissions import Permission

MAY_SET: Final = (
    "new_each_quarter", "together_low", "together_high", "open_at_most", "purge_after_days",
    "consent_review_months", "out_of_hours", "attest_grace_days",
)  # fmt: skip


# These are asked for on a page of the team's room, which knows what a working week is.
WEEKS: Final = ("opening", "closed_days", "pause_before_leave", "steady_weeks")


@transaction.atomic
def change_settings(*, by: Actor, version: int, **values: Any) -> Service:
    """Set some of the service's limits and times; the audit names which.

    Raises:
        Stale: someone else saved since `version` was read.
    """
    policies.needs(by, Permission.SETTINGS)
    service = Service.objects.select_for_update().get(pk=by.service_id)
    if set(values) - set(MAY_SET) - set(WEEKS):
        raise NotAllowed("Only limits and times can be set here.")
    changed = [name for name in values if getattr(service, name) != values[name]]
    if service.version != version:
        raise Stale([
            (str(Service._meta.get_field(name).verbose_name), str(getattr(service, name)),
             str(values[name])) for name in changed
        ])  # fmt: skip
    if values.get("together_low", 0) > values.get("together_high", service.together_high):
        raise NotAllowed("The lower number of people cannot be above the higher.")
    for name in changed:
        setattr(service, name, values[name])
    service.version += 1
    service.save()
    record(by, Did.CHANGED, about=service, fields=changed)
    return service
