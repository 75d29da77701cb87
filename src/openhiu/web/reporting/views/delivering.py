"""The analyst's side: an evaluation arrives, and what arrived before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission
from openhiu.web.reporting import actions, presenters, queries
from openhiu.web.reporting.faults import NotUsable
from openhiu.web.reporting.forms import DeliverForm
from openhiu.web.reporting.unpacking import unpack
from openhiu.web.reporting.views.serving import actor_of

SHOWN = 12


@allow(Permission.DELIVER_EVALUATION)
@require_GET
def delivered(request: HttpRequest) -> HttpResponse:
    """What was delivered, and what to do next."""
    actor = actor_of(request)
    rows = list(queries.evaluations(actor)[:SHOWN])
    told = {"evaluations": rows, "names": queries.hospitals(actor)}
    return render(request, "reporting/delivered.html", told)


@allow(Permission.DELIVER_EVALUATION)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take in what `hiu evaluate` wrote; what is wrong stands above the form."""
    before = repeated(request)
    if before:
        return before
    sent = request.method == "POST"
    form = DeliverForm(request.POST, request.FILES) if sent else DeliverForm()
    if sent and form.is_valid():
        try:
            evaluation = _receive(request, form)
        except NotUsable as why:
            record(actor_of(request), Did.UPLOADED, purpose=Purpose.EVALUATION,
                   result="not usable", what="evaluation", faults=len(why.sentences))  # fmt: skip
            for sentence in why.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, presenters.received(evaluation))
            return led_to(request, reverse("reporting:outcomes"))
    return render(request, "reporting/upload.html", {"form": form},
                  status=422 if form.errors else 200)  # fmt: skip


def _receive(request: HttpRequest, form: Any) -> Any:
    return actions.receive_evaluation(
        by=actor_of(request),
        files=unpack(form.cleaned_data["evaluation"]),
        although_older=form.cleaned_data["although_older"],
    )
