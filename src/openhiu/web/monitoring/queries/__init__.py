"""Scoped reads of this room, one file a topic: who asks comes in, rows go out."""

from openhiu.web.monitoring.queries.activity import (
    Freshness,
    arrived_since,
    contacts,
    coverage,
    events,
    feeds,
    freshness,
    hospitals,
    latest_feed,
    local,
    phases,
    stale_after,
)
from openhiu.web.monitoring.queries.dates import hard_days
from openhiu.web.monitoring.queries.health import health
from openhiu.web.monitoring.queries.rules import rules_in_force
from openhiu.web.monitoring.queries.signals import (
    SignalRow,
    also_waiting,
    open_signals,
    readable_signal,
    signal_or_missing,
    signals_of,
    unanswered,
)

__all__ = [
    "Freshness",
    "SignalRow",
    "also_waiting",
    "arrived_since",
    "contacts",
    "coverage",
    "events",
    "feeds",
    "freshness",
    "hard_days",
    "health",
    "hospitals",
    "latest_feed",
    "local",
    "open_signals",
    "phases",
    "readable_signal",
    "rules_in_force",
    "signal_or_missing",
    "signals_of",
    "stale_after",
    "unanswered",
]
