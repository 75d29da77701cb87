"""What the morning page hangs up from here: news of one's own clients, data that are too old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.home import NEEDS, OLD, OVERNIGHT, OWN, SIGNALS, Line, Section
from openhiu.web.casework.models import Case
from openhiu.web.design import words
from openhiu.web.monitoring import lifecycle, presenters, queries
from openhiu.web.monitoring.models import FeedFault
from openhiu.web.monitoring.presenters.signals import OfClient, by_client, level_tag
from openhiu.web.monitoring.rhythm import expected

_MONDAY: Final = 0
_ORDER: Final = ("attendance", "admission", "ambulance", "call_111")


def since_yesterday() -> datetime:
    """The beginning of the last working day: on a Monday the weekend's news belong to it too."""
    today = words.today()
    back = 3 if today.weekday() == _MONDAY else 2 if today.weekday() == _MONDAY + 6 else 1
    return datetime.combine(today - timedelta(days=back), time(), words.LONDON)


def sections(actor: Actor) -> list[Section]:
    """News for whoever walks alongside someone; how fresh the data are for whoever delivers."""
    if actor.is_(Role.LEAD, Role.COVER):
        return [*_old(actor), *_waiting(actor), *_of_a_lead(actor)]
    if actor.is_(Role.SUPERVISOR):
        return [*_old(actor), *_waiting(actor)]
    if may(actor.role, Permission.DELIVER_ACTIVITY):
        return [_of_an_analyst(actor)]
    return []


def _waiting(actor: Actor) -> list[Section]:
    """Early warnings that are the actor's to answer, the most pressing first."""
    rows = by_client(row for row in queries.open_signals(actor) if row.mine)
    return [Section(SIGNALS, tuple(_signal(actor, row) for row in rows))] if rows else []


def _signal(actor: Actor, row: OfClient) -> Line:
    signal, case = row.first.signal, row.case
    of_another = case.lead_id != actor.membership.pk
    whose = f" Lead: {case.lead.user.name}." if of_another else ""
    escalated = signal.state != lifecycle.RAISED.key
    waits = f" {lifecycle.STATES[signal.state].label}." if escalated else ""
    more = "".join(f" Also: {words.initial_lower(one.rule.label)}." for one in row.others)
    return Line(
        f"{case.person.called}: {words.initial_lower(row.headline)}",
        reverse("monitoring:signal", args=[signal.pk]),
        f"{signal.why}{more}{waits}{whose}",
        signal.raised_at,
        level_tag(signal.level),
        ("Answer", reverse("monitoring:signal", args=[signal.pk]) + "#what-was-done"),
        overdue=escalated,
        instead_of=reverse("casework:client", args=[case.pk]),
    )


def _of_a_lead(actor: Actor) -> list[Section]:
    news = [_news(case, told) for case, told in queries.arrived_since(actor, since_yesterday())]
    return [Section(OVERNIGHT, tuple(news))] if news else []


def _old(actor: Actor) -> list[Section]:
    """Data older than they usually are, until the page's banner says that they are late."""
    more = expected(actor)
    if more is None or any(fault.kind == FeedFault.Kind.LATE for fault in queries.health(actor)):
        return []
    fresh = queries.freshness(actor)
    if not (fresh.is_stale or more.is_older_than_usual):
        return []
    usual = f"Newer ones were due on {words.day(more.due)}." if more.is_older_than_usual else ""
    detail = " ".join(part for part in (usual, presenters.STALE) if part)
    line = Line(presenters.up_to_when(fresh), reverse("casework:active_list"), detail)
    return [Section(OLD, (line,))]


def _news(case: Case, told: Sequence[dict[str, Any]]) -> Line:
    kinds = [event["kind"] for event in told]
    parts = [presenters.counted(kind, kinds.count(kind)) for kind in _ORDER if kind in kinds]
    newest = told[0]["began_at"]
    return Line(
        f"{case.person.called}: {', '.join(parts)}",
        reverse("monitoring:activity", args=[case.pk]),
        f"The latest on {words.moment(newest)}",
        newest,
        ("New", "blue"),
    )


def _of_an_analyst(actor: Actor) -> Section:
    fresh = queries.freshness(actor)
    url = reverse("monitoring:feeds")
    line = Line(presenters.up_to_when(fresh), url, " ".join(presenters.warnings(fresh)))
    if fresh.is_stale:
        return Section(NEEDS, (Line("Deliver the activity feed", url, line.text),))
    return Section(OWN, (line,), title="Activity feed", more=("Deliver activity", url))
