"""The library of reports: each as it was published, byte for byte, with who reads it recorded."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.reporting import policies, presenters, queries, standing
from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.models import Report
from openhiu.web.reporting.views import serving
from openhiu.web.reporting.views.serving import actor_of


@allow(Permission.READ_REPORTS)
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Every report the reader may know of, newest quarter first."""
    actor = actor_of(request)
    told = {
        "published": presenters.shelf(actor, queries.published(actor)),
        "in_hand": presenters.waiting(queries.in_hand(actor)),
        "may_make": may(actor.role, Permission.MAKE_REPORT),
        "called_back": presenters.named(queries.called_back(actor)),
        "running": queries.running(actor) if may(actor.role, Permission.MAKE_REPORT) else None,
    }
    record(actor, Did.LISTED, purpose=_purpose(actor), page="reports")
    return render(request, "reporting/library.html", told)


@allow(Permission.READ_REPORTS)
@require_GET
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report: what can be read and downloaded, who made and who published it."""
    actor = actor_of(request)
    found = queries.report_or_missing(actor, report_id)
    record(actor, Did.LOOKED, about=found, purpose=_purpose(actor), quarter=found.quarter)
    why_not = standing.why_not_shown(actor, found)
    files = [] if why_not else presenters.files(found)
    told = {
        "report": found,
        "files": [file for file in files if not file.is_picture],
        "pictures": [file for file in files if file.is_picture],
        "newer": queries.newer_edition(actor, found),
        "sees_drafts": policies.sees_drafts(actor),
        "decisions": presenters.decisions(actor, found),
        "page": presenters.report_page(found),
        "why_not": why_not,
        "to_decide": standing.DECIDE if found in standing.to_decide(actor) else "",
        "may_make": may(actor.role, Permission.MAKE_REPORT),
    }
    return render(request, "reporting/report.html", told)


@allow(Permission.READ_REPORTS)
@require_GET
def read(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The report's own web page."""
    found = queries.report_or_missing(actor_of(request), report_id)
    name = presenters.web_page_of(found)
    if name is None:
        raise Missing
    return _file(request, found, name, on_screen=True)


@allow(Permission.READ_REPORTS)
@require_GET
def file(request: HttpRequest, report_id: UUID, name: str) -> HttpResponse:
    """One file of a report, to be saved."""
    found = queries.report_or_missing(actor_of(request), report_id)
    return _file(request, found, name, on_screen=False)


def _file(request: HttpRequest, report: Report, name: str, *, on_screen: bool) -> HttpResponse:
    actor = actor_of(request)
    policies.must(standing.why_not_shown(actor, report))
    try:
        data = queries.report_file(report, name)
    except Altered as why:
        return serving.altered(request, why, report)
    digest = next(each["sha256"] for each in report.files if each["name"] == name)
    record(
        actor, Did.LOOKED if on_screen else Did.EXPORTED, about=report, purpose=_purpose(actor),
        what="quarterly report", file=name, quarter=report.quarter, sha256=digest,
    )  # fmt: skip
    if on_screen:
        return serving.read_on_screen(data)
    return serving.download(data, presenters.download_name(report, name))


def _purpose(actor: Actor) -> Purpose:
    commissioner = actor.is_(Role.COMMISSIONER)
    return Purpose.COMMISSIONING if commissioner else Purpose.SERVICE_MANAGEMENT
