"""Keeping what is wrong with the data: each fault is told once when it begins and when it ends."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from openhiu.web.access.audit import Did
from openhiu.web.access.models import Announcement, Service
from openhiu.web.monitoring.clock import Clock, note
from openhiu.web.monitoring.feed_health import Fault, by_key, faults
from openhiu.web.monitoring.locking import one_at_a_time
from openhiu.web.monitoring.models import FeedFault
from openhiu.web.monitoring.queries.health import health
from openhiu.web.monitoring.telling import tell_of_faults


@transaction.atomic
def look_at_health(service: Service) -> int:
    """Look at a service's data now: at a delivery and by the clock; how many faults stand."""
    by = Clock(service)
    one_at_a_time(by.service_id)
    kept, now = by_key(health(by)), {fault.key: fault for fault in faults(by)}
    begun = [_begin(by, fault) for key, fault in now.items() if key not in kept]
    for key, row in kept.items():
        if key in now and row.words != now[key].words:
            _said_now(row)
            row.words, row.since = now[key].words, now[key].since
            row.save(update_fields=["words", "since"])
    ended = [row for key, row in kept.items() if key not in now]
    for row in ended:
        _said_now(row)
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        note(by, Did.CHANGED, about=row, what="data fault", ended=True, kind=row.kind)
    tell_of_faults(service, begun, len(ended))
    return len(now)


def _said_now(fault: FeedFault) -> None:
    """Words about a fault that is over, or has other words now, wait no longer for anybody."""
    told = Announcement.objects.filter(
        service=fault.service_id, words__startswith=fault.words, seen_at=None
    )
    told.update(seen_at=timezone.now())


def _begin(by: Clock, fault: Fault) -> FeedFault:
    made: FeedFault = FeedFault.objects.create(
        service=by.service, kind=fault.kind, dataset=fault.dataset, site_code=fault.site_code,
        words=fault.words, since=fault.since,
    )  # fmt: skip
    note(by, Did.ADDED, about=made, what="data fault", kind=fault.kind)
    return made
