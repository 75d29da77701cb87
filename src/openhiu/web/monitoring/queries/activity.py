"""Scoped reads: who asks comes in; feeds, how fresh they are, and a client's activity go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from openhiu.tables.handover import ACTIVITY_KINDS
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Hospital
from openhiu.web.casework.models import Case, Contact, PhaseChange
from openhiu.web.casework.queries.cases import cases
from openhiu.web.design.words import LONDON
from openhiu.web.monitoring.clock import By
from openhiu.web.monitoring.models import Activity, Coverage, Feed
from openhiu.web.people.queries import identities


@dataclass(frozen=True)
class Freshness:
    """Up to when activity is known. `cut_off` None: no feed has ever told of A&E.

    `silent` names hospitals whose own data stopped earlier, with their newest moment or None.
    `missing` are the kinds of which there are no data at all.
    """

    feed: Feed | None
    cut_off: datetime | None
    is_stale: bool
    silent: tuple[tuple[str, datetime | None], ...] = ()
    missing: tuple[str, ...] = ()


def stale_after() -> timedelta:
    """How old the newest attendance may be before every page says so."""
    return timedelta(days=settings.ACTIVITY_STALE_DAYS)


def feeds(actor: By) -> QuerySet[Feed]:
    """Every delivery to the service, newest first."""
    every = Feed.objects.filter(service=actor.service_id).select_related("received_by__user")
    return every.order_by("-received_at")


def latest_feed(actor: By) -> Feed | None:
    """The feed in force."""
    return feeds(actor).first()


def hospitals(actor: By) -> dict[str, str]:
    """Names of the service's hospitals by site code."""
    rows = Hospital.objects.filter(service=actor.service_id)
    return dict(rows.values_list("site_code", "name"))


def freshness(actor: Actor, named: dict[str, str] | None = None) -> Freshness:
    """How fresh activity is for this service now; at most two queries."""
    feed = latest_feed(actor)
    if feed is None:
        return Freshness(None, None, is_stale=True)
    limit = timezone.now() - stale_after()
    cut_off = feed.data_cut_off
    known = {code: local(text) for code, text in feed.site_cut_offs.items()}
    names = hospitals(actor) if named is None else named
    silent = [
        (name, known.get(code))
        for code, name in sorted(names.items(), key=lambda pair: pair[1])
        if (at := known.get(code)) is None or at < limit
    ]
    missing = tuple(
        kind for kind, dataset in ACTIVITY_KINDS.items() if feed.cut_offs.get(dataset) is None
    )
    is_stale = cut_off is None or cut_off < limit
    # When everything is old the one banner says it; naming every hospital would add nothing.
    return Freshness(feed, cut_off, is_stale, () if is_stale else tuple(silent), missing)


def local(text: str | None) -> datetime | None:
    """A moment of a manifest: local time as recorded."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON) if text else None


def coverage(actor: Actor, case: Case) -> Coverage | None:
    """What the newest feed that named this client could say; None: no feed has named them yet."""
    found: Coverage | None = (
        Coverage.objects.filter(service=actor.service_id, person=case.person_id)
        .select_related("feed")
        .first()
    )
    return found


def events(actor: Actor, case: Case, since: datetime) -> list[dict[str, Any]]:
    """A client's activity that was under way since a moment, oldest first.

    Under every key their record was ever kept by, named one by one: an "or" across two tables
    would have the database read everyone's activity.
    """
    rows = Activity.objects.filter(service=actor.service_id, person__in=identities(case.person))
    under_way = Q(began_at__gte=since) | Q(ended_at__gte=since)
    return list(
        rows.filter(under_way).order_by("began_at").values(
            "kind", "began_at", "ended_at", "site_code", "by_ambulance", "admitted", "complaint",
            "outcome",
        )
    )  # fmt: skip


def contacts(actor: Actor, case: Case, since: datetime) -> list[dict[str, Any]]:
    """When contact was made or tried, and how; never what was said. One query."""
    rows = Contact.objects.filter(service=actor.service_id, case=case, at__gte=since, error_at=None)
    return list(rows.order_by("at").values("at", "how", "reached", "who"))


def phases(actor: Actor, case: Case) -> list[tuple[str, datetime]]:
    """Each phase the case entered, in order, and when."""
    rows = PhaseChange.objects.filter(service=actor.service_id, case=case).order_by("at")
    return list(rows.values_list("to_phase", "at")) or [(case.phase, case.opened_at)]


def arrived_since(actor: Actor, since: datetime) -> list[tuple[Case, list[dict[str, Any]]]]:
    """What newly arrived feeds told of the actor's own clients: two queries.

    Newest client first; the events of each, newest first. Events older than 14 days before the
    feed came are a correction or a first delivery, not news.
    """
    mine = {case.person_id: case for case in cases(actor)}
    rows = (
        Activity.objects.filter(
            service=actor.service_id, person__in=list(mine), feed__received_at__gte=since,
            began_at__gte=since - timedelta(days=14),
        )
        .order_by("-began_at")
        .values("person_id", "kind", "began_at", "site_code", "admitted", "outcome")
    )  # fmt: skip
    told: dict[Any, list[dict[str, Any]]] = {}
    for row in rows[:500]:
        told.setdefault(row["person_id"], []).append(row)
    return [(mine[person], news) for person, news in told.items()]
