"""The analyst's side: the caseload file leaves, the feed arrives or is made on the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission
from openhiu.web.access.proof import proved_again
from openhiu.web.design import words
from openhiu.web.monitoring import actions, presenters, queries, rerun
from openhiu.web.monitoring.faults import NotUsable
from openhiu.web.monitoring.forms import DeliverForm, RunForm
from openhiu.web.monitoring.reading import read_delivery
from openhiu.web.monitoring.unpacking import unpack
from openhiu.web.monitoring.watched import tomorrow

SHOWN = 12
NO_STORE = "No activity store is set for this service. Upload the feed instead."


def _actor(request: HttpRequest) -> Actor:
    return request.actor


@allow(Permission.DELIVER_ACTIVITY)
@require_GET
def feeds(request: HttpRequest) -> HttpResponse:
    """What was delivered, how fresh it is, and what to do next."""
    actor = _actor(request)
    fresh = queries.freshness(actor)
    told = {
        "feeds": queries.feeds(actor)[:SHOWN],
        "up_to_when": presenters.up_to_when(fresh),
        "warnings": presenters.warnings(fresh),
        "has_store": bool(actor.service.store),
        "as_of": tomorrow(words.today()),
    }
    return render(request, "monitoring/feeds.html", told)


@allow(Permission.DELIVER_ACTIVITY)
@proved_again
@require_http_methods(["GET", "POST"])
def take_caseload(request: HttpRequest) -> HttpResponse:
    """Hand over the caseload file to someone who proved who they are a moment ago."""
    if request.method != "POST":  # back from proving it
        messages.info(request, "Thank you. Now download the caseload file.")
        return redirect("monitoring:feeds")
    text = actions.hand_over_caseload(by=_actor(request))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="caseload.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@allow(Permission.DELIVER_ACTIVITY)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take in what `hiu monitor` wrote."""
    sent = request.method == "POST"
    form = DeliverForm(request.POST, request.FILES) if sent else DeliverForm()

    def files() -> tuple[Mapping[str, bytes], str]:
        return unpack(form.cleaned_data["feed"]), "uploaded"

    return _deliver(request, form, "monitoring/upload.html", files)


@allow(Permission.DELIVER_ACTIVITY)
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest) -> HttpResponse:
    """Make the feed on the service's own store and take it in."""
    actor = _actor(request)
    if not actor.service.store:
        messages.info(request, NO_STORE)
        return redirect("monitoring:feeds")
    sent = request.method == "POST"
    form = RunForm(request.POST) if sent else RunForm(initial={"as_of": tomorrow(words.today())})

    def files() -> tuple[Mapping[str, bytes], str]:
        caseload = actions.hand_over_caseload(by=actor)
        as_of = form.cleaned_data["as_of"]
        return rerun.run(actor.service.store, caseload, as_of), "run"

    return _deliver(request, form, "monitoring/run.html", files)


def _deliver(
    request: HttpRequest, form: Any, template: str,
    files: Callable[[], tuple[Mapping[str, bytes], str]],
) -> HttpResponse:  # fmt: skip
    """Ask, read, store; what is wrong stands above the form and nothing is stored."""
    before = repeated(request)
    if before:
        return before
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                found, way = files()
                feed = actions.receive(
                    by=_actor(request), delivery=read_delivery(found), way=way,
                    although_older=form.cleaned_data["although_older"],
                )  # fmt: skip
        except NotUsable as why:
            record(_actor(request), Did.UPLOADED, result="not usable", what="activity feed",
                   faults=len(why.faults))  # fmt: skip
            for fault in why.faults:
                form.add_error(None, fault.sentence)
        else:
            messages.success(request, presenters.received(feed))
            return led_to(request, reverse("monitoring:feeds"))
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, "now": timezone.now()}, status=status)
