"""Words, colours and places for this room's pages, one file a topic."""

from openhiu.web.monitoring.presenters.activity import (
    KINDS,
    NEVER_NAMED,
    STALE,
    Line,
    counted,
    counts,
    first_day,
    late,
    lines,
    months_before,
    received,
    story,
    summary,
    up_to_when,
    warnings,
    why_nothing,
)

__all__ = [
    "KINDS",
    "NEVER_NAMED",
    "STALE",
    "Line",
    "counted",
    "counts",
    "first_day",
    "late",
    "lines",
    "months_before",
    "received",
    "story",
    "summary",
    "up_to_when",
    "warnings",
    "why_nothing",
]
