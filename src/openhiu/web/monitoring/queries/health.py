"""What is wrong with the data now: a service comes in; sentences for every page that stands on
them go out.
"""

from __future__ import annotations

from openhiu.web.access.actor import Actor
from openhiu.web.access.permissions import Permission, may
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.models import FeedFault

# Those whose pages stand on what the hospital sends.
_READERS = (
    Permission.SEE_CASELOAD, Permission.OPEN_CLIENT, Permission.DELIVER_ACTIVITY,
    Permission.UPLOAD_LIST, Permission.SEE_OUTCOMES, Permission.SEE_GAPS, Permission.ATTEND_MDT,
)  # fmt: skip
MEANING = "What is missing here is not known: it does not mean that nobody came."


def health(by: By) -> list[FeedFault]:
    """Every fault that stands now, the oldest first; one query."""
    rows = FeedFault.objects.filter(service=by.service_id, ended_at=None)
    return list(rows.order_by("began_at", "dataset", "site_code"))


def notices(actor: Actor) -> list[str]:
    """The sentences for a page's banner; none for roles that see nothing of the data."""
    if not any(may(actor.role, permission) for permission in _READERS):
        return []
    found = [fault.words for fault in health(actor)]
    return [*found, MEANING] if found else []
