"""How often newer data come to a service: its deliveries and what was agreed come in; the day they
were expected goes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from openhiu.monitor.health import usual_gap
from openhiu.web.design import words
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.models import Feed
from openhiu.web.monitoring.queries.activity import stale_after
from openhiu.web.monitoring.queries.rules import rules_in_force
from openhiu.web.team.hours import add_workdays, is_workday, next_workday

_LOOKED_BACK: Final = timedelta(days=400)
_LATEST: Final = 14  # deliveries that tell whether any comes at a weekend


@dataclass(frozen=True)
class Expected:
    """When something newer came last, up to when it knew, when more was due, when it is late."""

    came: date
    known_until: datetime | None
    due: date
    late: date

    @property
    def is_older_than_usual(self) -> bool:
        """The day on which newer data were due has gone by without them."""
        return words.today() > self.due


def expected(by: By) -> Expected | None:
    """When newer data are due: as agreed, or as often as they came so far (the median of the last
    six gaps, at most as long as data may be old at all). None: no feed has ever come.
    """
    news = _news(by)
    if not news:
        return None
    came, until = news[-1]
    agreed = getattr(rules_in_force(by), "feed_every_days", None)
    if agreed:
        due = came + timedelta(days=agreed)
        return Expected(came, until, due, add_workdays(by.service, due, 1))
    days = [day for day, _ in news]
    due = came + timedelta(days=min(usual_gap(days) or stale_after().days, stale_after().days))
    # Of a feed that comes on working days nothing is due on a Sunday.
    if all(is_workday(by.service, day) for day in days[-_LATEST:]):
        due = due if is_workday(by.service, due) else next_workday(by.service, due)
    return Expected(came, until, due, add_workdays(by.service, due, 1))


def _news(by: By) -> list[tuple[date, datetime | None]]:
    """The days on which something newer than ever before came, and up to when it knew; where
    nothing ever was newer, the first delivery alone.
    """
    rows = Feed.objects.filter(
        service=by.service_id, received_at__gte=timezone.now() - _LOOKED_BACK
    ).order_by("received_at")
    found: list[tuple[date, datetime | None]] = []
    newest: datetime | None = None
    for at, until in rows.values_list("received_at", "data_cut_off"):
        if not found or (until and (newest is None or until > newest)):
            found.append((words.as_day(at), until))
            newest = until or newest
    return found
