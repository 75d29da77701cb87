"""Days of the year that are hard for a client: a case comes in, its rows go out in their order."""

from __future__ import annotations

from openhiu.web.access.actor import Actor
from openhiu.web.casework.models import Case
from openhiu.web.monitoring.models import Anniversary


def hard_days(actor: Actor, case: Case) -> list[Anniversary]:
    """Those that still hold, from January on."""
    rows = Anniversary.objects.filter(service=actor.service_id, case=case, ended_at=None)
    return list(rows.select_related("added_by__user").order_by("month", "day", "added_at"))
