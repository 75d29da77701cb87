"""Scoped reads: who asks comes in; evaluations, reports and their proved files go out."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing
from openhiu.web.access.models import Hospital
from openhiu.web.casework.quarter import days_of, quarter_of
from openhiu.web.reporting import policies
from openhiu.web.reporting.keeping import kept
from openhiu.web.reporting.models import Evaluation, Making, Report, ReportWords
from openhiu.web.reporting.reading import MANIFEST, RESULT

GIVE_UP_AFTER: Final = timedelta(minutes=15)
STOPPED: Final = "It stopped before it was finished. Nothing was stored; ask for it again."
OFFERED: Final = 5  # quarters that a report can be made for


def hospitals(actor: Actor) -> dict[str, str]:
    """Names of the service's hospitals by site code."""
    rows = Hospital.objects.filter(service=actor.service_id)
    return dict(rows.values_list("site_code", "name"))


def evaluations(actor: Actor) -> QuerySet[Evaluation]:
    """Every evaluation of the service, newest received first."""
    rows = Evaluation.objects.filter(service=actor.service_id)
    return rows.select_related("received_by__user").order_by("-received_at")


def latest_evaluation(actor: Actor) -> Evaluation | None:
    """The one in force."""
    return evaluations(actor).first()


def evaluation_or_missing(actor: Actor, evaluation_id: UUID) -> Evaluation:
    """One of them, whichever is in force."""
    return _one(evaluations(actor).filter(pk=evaluation_id))


def result_of(evaluation: Evaluation) -> dict[str, Any]:
    """What an evaluation says, proved against its hash.

    Raises:
        Altered: it is not what was received.
    """
    found: dict[str, Any] = json.loads(evaluation_file(evaluation, RESULT))
    return found


def manifest_of(evaluation: Evaluation) -> dict[str, Any]:
    """What the evaluation says of its own files, proved against its hash.

    Raises:
        Altered: it is not what was received.
    """
    found: dict[str, Any] = json.loads(evaluation_file(evaluation, MANIFEST))
    return found


def evaluation_file(evaluation: Evaluation, name: str) -> bytes:
    """One file of an evaluation, proved.

    Raises:
        Missing: it has no such file.
        Altered: it is not what was received.
    """
    if name not in evaluation.files:
        raise Missing
    return kept(evaluation.service_id, evaluation.files[name], name)


def reports(actor: Actor) -> QuerySet[Report]:
    """The reports the actor may know of: published ones; drafts for who makes or reviews them."""
    rows = Report.objects.filter(service=actor.service_id).select_related(
        "made_by__user", "reviewed_by__user", "decided_by__user", "evaluation"
    )
    if not policies.sees_drafts(actor):
        rows = rows.filter(state=Report.State.PUBLISHED)
    return rows.order_by("-quarter", "-edition")


def published(actor: Actor) -> QuerySet[Report]:
    """Published reports, newest quarter first."""
    return reports(actor).filter(state=Report.State.PUBLISHED)


def called_back(actor: Actor) -> list[tuple[str, datetime]]:
    """Quarters whose report was called back, and when: for readers nothing more."""
    rows = Report.objects.filter(service=actor.service_id, state=Report.State.CALLED_BACK)
    return list(rows.order_by("-called_back_at").values_list("quarter", "called_back_at"))


def in_hand(actor: Actor) -> QuerySet[Report]:
    """Drafts and reviewed reports that wait for somebody."""
    # Of those the actor may know of: for a reader these are none.
    waiting = (Report.State.DRAFT, Report.State.REVIEWED)
    return reports(actor).filter(state__in=waiting)


def report_or_missing(actor: Actor, report_id: UUID) -> Report:
    """One of those the actor may know of."""
    return _one(reports(actor).filter(pk=report_id))


def newer_edition(actor: Actor, report: Report) -> Report | None:
    """The published report that has taken this one's place, if any."""
    same = published(actor).filter(quarter=report.quarter, edition__gt=report.edition)
    return same.first()


def report_file(report: Report, name: str) -> bytes:
    """One file of a report, proved.

    Raises:
        Missing: it has no such file.
        Altered: it is not what was made.
    """
    found = next((file for file in report.files if file["name"] == name), None)
    if found is None:
        raise Missing
    return kept(report.service_id, found["sha256"], name)


def went_out(service_id: UUID) -> QuerySet[Report]:
    """Every report readers were given, those called back too, newest quarter first."""
    seen = (Report.State.PUBLISHED, Report.State.CALLED_BACK)
    rows = Report.objects.filter(service=service_id, state__in=seen)
    return rows.order_by("-quarter", "-edition")


def nearest(service_id: UUID, quarter: str) -> Report | None:
    """The report readers had that is nearest to a quarter, an edition of the same or a later one
    too: nobody is told of by comparing the two.
    """
    # Of two as near as each other it is the later.
    return min(
        went_out(service_id),
        key=lambda report: abs(_number(report.quarter) - _number(quarter)),
        default=None,
    )


def _number(quarter: str) -> int:
    year, _, number = quarter.partition("-Q")
    return int(year) * 4 + int(number)


def quarters() -> list[str]:
    """The quarters that are over, newest first."""
    found, day = [], days_of(quarter_of())[0]
    for _ in range(OFFERED):
        found.append(quarter_of(day - timedelta(days=1)))
        day = days_of(found[-1])[0]
    return found


def making_or_missing(actor: Actor, making_id: UUID) -> Making:
    """One request for a report."""
    rows = Making.objects.filter(service=actor.service_id, pk=making_id)
    return as_it_stands(_one(rows.select_related("report", "asked_by__user")))


def running(actor: Actor) -> Making | None:
    """The report that is being made now, if any."""
    recent = timezone.now() - GIVE_UP_AFTER
    rows = Making.objects.filter(service=actor.service_id, state=Making.State.RUNNING)
    return rows.filter(asked_at__gte=recent).first()


def as_it_stands(making: Making) -> Making:
    """A request as people should see it: one begun too long ago has stopped. Nothing is saved."""
    old = timezone.now() - making.asked_at > GIVE_UP_AFTER
    if making.state == Making.State.RUNNING and old:
        making.state, making.message = Making.State.FAILED, STOPPED
    return making


def words(service_id: UUID) -> ReportWords | None:
    """What the service itself says in its reports, where it says anything."""
    found: ReportWords | None = ReportWords.objects.filter(service=service_id).first()
    return found


def _one(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise Missing
    return found
