"""The national data opt-out as the service sees it, and trace answers on their way in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.tables.opt_out import RULES, VALID_DAYS
from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.forms.optout import TraceForm
from openhiu.web.assurance.queries import optout as queries
from openhiu.web.people import actions
from openhiu.web.people.trace_file import COLUMNS, MOST_BYTES, TraceNotUsable


@allow(Permission.SEE_IDENTITY)
@require_GET
def show_opt_outs(request: HttpRequest) -> HttpResponse:
    """When the opt-out applies and why, and whether the newest lists show that it was applied."""
    actor = actor_of(request)
    record(actor, Did.LISTED, page="opt-outs", purpose=Purpose.IG_AUDIT)
    told = {
        "rules": RULES,
        "lists": queries.lists_and_opt_outs(actor),
        "days": VALID_DAYS,
    }
    return render(request, "assurance/optout/opt_outs.html", told)


@allow(Permission.APPLY_OPT_OUT)
@require_http_methods(["GET", "POST"])
def bring_trace(request: HttpRequest) -> HttpResponse:
    """Bring a file of trace answers; every fault is shown, and nothing half is kept."""
    actor = actor_of(request)

    def save(said: dict[str, Any]) -> str:
        try:
            if said["file"].size > MOST_BYTES:
                raise TraceNotUsable("The file is larger than a file of trace answers can be.")
            actions.take_in_reply(by=actor, data=said["file"].read())
        except TraceNotUsable as refused:
            raise NotAllowed(" ".join(refused.faults)) from None
        return reverse("assurance:trace")

    page = Page(
        title="Bring trace answers",
        back="/",
        submit="Take the answers in",
        done="The answers were taken in.",
        template="assurance/optout/trace.html",
        extra={"columns": COLUMNS, "replies": queries.replies(actor)[:10]},
    )
    return ask(request, TraceForm, page, save)
