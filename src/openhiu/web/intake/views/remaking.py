"""The analyst asks for a list from the service's own store, and sees how far it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.intake import rerun
from openhiu.web.intake.forms import RerunForm
from openhiu.web.intake.models import Rerun
from openhiu.web.intake.queries import lists
from openhiu.web.intake.views.asking_page import actor_of, ask


@allow(Permission.UPLOAD_LIST)
@require_http_methods(["GET", "POST"])
def remake(request: HttpRequest) -> HttpResponse:
    """Ask for a list of a day, by one of the definitions."""
    actor = actor_of(request)

    def make(data: Any = None, **more: Any) -> RerunForm:
        return RerunForm(data, presets=list(rerun.PRESETS), **more)

    def save(form: Any) -> str:
        asked = rerun.ask_for(by=actor, **form.cleaned_data)
        return reverse("intake:progress", args=[asked.pk])

    return ask(
        request,
        "intake/remake.html",
        make,
        save,
        context={"why_not": rerun.why_not(actor)},
        initial={"as_of": timezone.localdate().replace(day=1), "preset": "spec-top-250"},
    )


@allow(Permission.UPLOAD_LIST)
@require_GET
def progress(request: HttpRequest, rerun_id: UUID) -> HttpResponse:
    """How far it is; a finished one leads to its review."""
    actor = actor_of(request)
    found = rerun.as_it_stands(lists.rerun_or_missing(actor, rerun_id))
    if found.state == Rerun.State.DONE and found.received_id:
        return redirect("intake:review", list_id=found.received_id)
    return render(request, "intake/progress.html", {"rerun": found})
