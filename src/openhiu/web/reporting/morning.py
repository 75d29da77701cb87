"""What the morning page hangs up from here: a report that waits, or one that has come out."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework.home import NEEDS, OWN, Line, Section
from openhiu.web.casework.quarter import in_words
from openhiu.web.design import words
from openhiu.web.reporting import queries, standing
from openhiu.web.reporting.models import Report

_NEW: Final = timedelta(days=14)


def sections(actor: Actor) -> list[Section]:
    """For reviewers what waits for them; for commissioners the newest report."""
    if actor.is_(Role.COMMISSIONER):
        return [_for_a_commissioner(actor)]
    if not may(actor.role, Permission.PUBLISH_REPORT):
        return []
    waiting = tuple(_to_decide(report) for report in standing.to_decide(actor)) + tuple(
        _waiting(report)
        for report in queries.in_hand(actor)
        if not (standing.why_not_review(actor, report) and standing.why_not_publish(actor, report))
    )
    if not waiting:
        return []
    if actor.is_(Role.SUPERVISOR):
        return [Section(NEEDS, waiting)]
    return [Section(OWN, waiting, title="Reports to decide on")]


def _to_decide(report: Report) -> Line:
    return Line(
        f"The report for {in_words(report.quarter)}",
        reverse("reporting:report", args=[report.pk]),
        standing.DECIDE,
        tag=("To call back", "red"),
    )


def _waiting(report: Report) -> Line:
    read = report.state == Report.State.REVIEWED
    return Line(
        f"The report for {in_words(report.quarter)}",
        reverse("reporting:report", args=[report.pk]),
        f"Made by {report.made_by.user.name}; " + (
            "read, and ready to publish" if read else "a second person reads it before it goes out"
        ),
        tag=("To publish" if read else "To read", "blue"),
    )  # fmt: skip


def _for_a_commissioner(actor: Actor) -> Section:
    newest = queries.published(actor).first()
    lines = () if newest is None else (_newest(newest),)
    return Section(
        OWN, lines, title="Quarterly reports", more=("All reports", reverse("reporting:library")),
        why_empty="No report has been published yet.",
    )  # fmt: skip


def _newest(report: Report) -> Line:
    fresh = report.decided_at is not None and timezone.now() - report.decided_at < _NEW
    return Line(
        in_words(report.quarter),
        reverse("reporting:report", args=[report.pk]),
        f"Published {words.day(report.decided_at)}",
        tag=("New", "blue") if fresh else ("", ""),
    )
