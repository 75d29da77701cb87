"""The caseload as the early-warning rules see it: a service comes in; its clients with what the
data and the record know of them go out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from openhiu.monitor.signals import Event, Watched
from openhiu.web.casework.models import Case
from openhiu.web.design.words import as_day
from openhiu.web.monitoring import caseload
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.models import Activity, Coverage, Feed
from openhiu.web.monitoring.queries.activity import latest_feed, local
from openhiu.web.monitoring.queries.health import health
from openhiu.web.people.models import Person


@dataclass(frozen=True)
class Picture:
    """Everything the rules are asked with, at one moment.

    `clients` has each client's case and how the rules see them, by the case's key as text.
    """

    clients: dict[str, tuple[Case, Watched]]
    data_until: dict[str, datetime | None]
    data_since: date | None
    unhealthy: frozenset[str]

    @property
    def watched(self) -> list[Watched]:
        """The clients alone."""
        return [seen for _, seen in self.clients.values()]

    @property
    def asked_with(self) -> dict[str, Any]:
        """The keywords of openhiu.monitor.signals.raise_signals."""
        return {
            "data_until": self.data_until,
            "data_since": self.data_since,
            "unhealthy": self.unhealthy,
        }


def picture(by: By) -> Picture:
    """All clients who are alive and take part, in a fixed number of queries."""
    clients = caseload.clients(by)
    found = _events(by, clients)
    known = _known(by)
    feed = latest_feed(by)
    return Picture(
        clients={
            str(case.pk): (case, _seen(case, found[person], person in known))
            for person, case in clients.items()
        },
        data_until=_until(feed),
        data_since=feed.since if feed else None,
        unhealthy=frozenset(
            name for fault in health(by) for name in (fault.site_code or fault.dataset,)
        ),
    )


def _seen(case: Case, events: Iterable[Event], known: bool) -> Watched:
    return Watched(
        ref=str(case.pk),
        phase=case.phase,
        supported_since=as_day(case.opened_at),
        last_contact_on=as_day(case.last_reached_at) if case.last_reached_at else None,
        events=tuple(events),
        known=known,
        phase_since=as_day(case.phase_since),
        rhythm_days=case.rhythm_days,
    )


def _events(by: By, clients: Mapping[UUID, Case]) -> dict[UUID, list[Event]]:
    """The activity of each client, whichever of their records it is kept under."""
    stands_for: dict[Any, UUID] = {person: person for person in clients}
    absorbed = Person.objects.filter(service=by.service_id, merged_into__in=list(clients))
    stands_for |= dict(absorbed.values_list("pk", "merged_into"))
    rows = Activity.objects.filter(service=by.service_id, person__in=list(stands_for))
    found: dict[UUID, list[Event]] = defaultdict(list)
    for row in rows.values_list(
        "person", "kind", "began_at", "ended_at", "site_code", "by_ambulance", "admitted",
        "complaint", "outcome", "source_ref",
    ):  # fmt: skip
        person, *told, ref = row
        found[stands_for[person]].append(Event._make([*told, None, ref]))
    return found


def _known(by: By) -> set[UUID]:
    rows = Coverage.objects.filter(service=by.service_id, standing=Coverage.Standing.FOUND)
    return set(rows.values_list("person", flat=True))


def _until(feed: Feed | None) -> dict[str, datetime | None]:
    return {name: local(text) for name, text in feed.cut_offs.items()} if feed else {}


def tomorrow(today: date) -> date:
    """The first day that does not count yet, where everything known by now counts."""
    return today + timedelta(days=1)
