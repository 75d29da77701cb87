"""A report is made, read by a second person, published or set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.quarter import in_words
from openhiu.web.reporting import actions, policies, presenters, queries, standing
from openhiu.web.reporting.actions.making import STEPS
from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.forms import CallBackForm, MakeForm, ReviewForm, SetAsideForm
from openhiu.web.reporting.models import Making, Report
from openhiu.web.reporting.place import place_of
from openhiu.web.reporting.views.serving import actor_of, altered


@allow(Permission.MAKE_REPORT)
@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Say which quarter, and see what will go in."""
    actor, offered = actor_of(request), queries.quarters()
    if first := repeated(request):
        return first
    sent = request.method == "POST"
    form = MakeForm(request.POST if sent else None, quarters=offered,
                    initial={"quarter": offered[0]})  # fmt: skip
    if sent and form.is_valid():
        try:
            making = actions.ask_for_report(by=actor, quarter=form.cleaned_data["quarter"])
            return led_to(request, reverse("reporting:progress", args=[making.pk]))
        except NotAllowed as why:
            form.add_error(None, str(why))
    evaluation, running = queries.latest_evaluation(actor), queries.running(actor)
    record(actor, Did.LOOKED, purpose=Purpose.SERVICE_MANAGEMENT, page="make a report")
    told = {
        "form": form,
        "why_not": policies.why_not_make(actor, evaluation, running),
        "running": running,
        "evaluation": evaluation,
        "place": place_of(actor.service),
        "made_before": presenters.made_before(queries.reports(actor), offered),
    }
    return render(request, "reporting/make.html", told, status=422 if form.errors else 200)


@allow(Permission.MAKE_REPORT)
@require_GET
def progress(request: HttpRequest, making_id: UUID) -> HttpResponse:
    """How far it is; a finished one leads to the draft."""
    making = queries.making_or_missing(actor_of(request), making_id)
    if making.state == Making.State.DONE and making.report_id:
        return redirect("reporting:report", report_id=making.report_id)
    told = {"making": making, "steps": presenters.steps(making, STEPS),
            "name": in_words(making.quarter)}  # fmt: skip
    return render(request, "reporting/progress.html", told)


@allow(Permission.PUBLISH_REPORT)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A second person says that they have read it whole."""

    def save(report: Report, form: Any) -> str:
        actions.review(by=actor_of(request), report=report, note=form.cleaned_data["note"])
        return "Thank you. It can be published now."

    return _decide(request, report_id, "review", ReviewForm, save, standing.why_not_review)


@allow(Permission.PUBLISH_REPORT)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Publish it."""

    def save(report: Report, _form: Any) -> str:
        actions.publish(by=actor_of(request), report=report)
        return "Published. Commissioners can read it now."

    return _decide(request, report_id, "publish", None, save, standing.why_not_publish)


@allow(Permission.PUBLISH_REPORT)
@require_http_methods(["GET", "POST"])
def call_back(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Stop handing out a published report."""

    def save(report: Report, form: Any) -> str:
        actions.call_back(by=actor_of(request), report=report, note=form.cleaned_data["note"])
        return "Called back. Readers are told to delete their copies."

    return _decide(request, report_id, "call_back", CallBackForm, save,
                   policies.why_not_call_back)  # fmt: skip


@allow(Permission.MAKE_REPORT)
@require_http_methods(["GET", "POST"])
def set_aside(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Put a draft away."""

    def save(report: Report, form: Any) -> str:
        actions.set_aside(by=actor_of(request), report=report, note=form.cleaned_data["note"])
        return "Set aside. It stays here, and nobody reads it as a report."

    return _decide(request, report_id, "set_aside", SetAsideForm, save,
                   policies.why_not_set_aside)  # fmt: skip


def _decide(
    request: HttpRequest, report_id: UUID, what: str, form_of: Callable[..., Any] | None,
    save: Callable[[Report, Any], str], why_not: Callable[..., str],
) -> HttpResponse:  # fmt: skip
    """Ask once more, then do it; a refusal is a page with its reason."""
    actor = actor_of(request)
    report = queries.report_or_missing(actor, report_id)
    here = reverse("reporting:report", args=[report.pk])
    if first := repeated(request):
        return first
    policies.must(why_not(actor, report))
    sent = request.method == "POST"
    form = form_of(request.POST if sent else None) if form_of else None
    if sent and (form is None or form.is_valid()):
        try:
            messages.success(request, save(report, form))
        except Altered as why:
            return altered(request, why, report)
        return led_to(request, here)
    told = {**presenters.question(what, report), "form": form, "cancel": here, "report": report}
    status = 422 if form is not None and form.errors else 200
    return render(request, "design/confirm.html", told, status=status)
