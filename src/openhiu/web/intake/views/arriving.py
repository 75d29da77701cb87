"""Lists on their way in: uploaded, looked through, released, sent back or withdrawn."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access import lawful
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission, may
from openhiu.web.intake import actions, policies, rerun
from openhiu.web.intake.forms import ReasonForm, ReleaseForm
from openhiu.web.intake.models import ReceivedList
from openhiu.web.intake.presenters import lists as words
from openhiu.web.intake.queries import lists
from openhiu.web.intake.reading.faults import Fault, NotUsable
from openhiu.web.intake.views.asking_page import actor_of, ask

Mode = ReceivedList.LegalMode


@allow(Permission.CHECK_LIST)
@require_GET
def received(request: HttpRequest) -> HttpResponse:
    """Every list that came, newest first: which wait, and what became of the others."""
    actor = actor_of(request)
    found = lists.received_lists(actor).order_by("-uploaded_at")[:100]
    told = {
        "lists": [(one, words.colour(one)) for one in found],
        "may_upload": may(actor.role, Permission.UPLOAD_LIST),
        "may_release": may(actor.role, Permission.RELEASE_LIST),
        "reruns": lists.reruns(actor)[:5] if may(actor.role, Permission.UPLOAD_LIST) else [],
        "why_no_rerun": rerun.why_not(actor),
        "consent_first": Mode.CONSENT_FIRST,
    }
    return render(request, "intake/received.html", told)


@allow(Permission.UPLOAD_LIST)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Upload the folder of `hiu identify`; every fault is shown, and nothing half is kept."""
    faults: tuple[Fault, ...] = ()
    if request.method == "POST":
        if first := repeated(request):
            return first
        try:
            found = actions.receive_upload(
                by=actor_of(request), uploads=request.FILES.getlist("files")
            )
        except NotUsable as refusal:
            faults = refusal.faults
            record(actor_of(request), Did.UPLOADED, result="refused", faults=len(faults))
        else:
            messages.success(request, "The list has arrived. A second person now looks at it.")
            return led_to(request, reverse("intake:review", args=[found.pk]))
    told = {
        "faults": faults,
        "hospitals": lists.hospitals(actor_of(request)).values(),
        "why_not": policies.why_not_upload(actor_of(request)),
    }
    return render(request, "intake/upload.html", told, status=422 if faults else 200)


@allow(Permission.CHECK_LIST)
@require_GET
def review(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """What came, in counts and words; nobody's name."""
    actor = actor_of(request)
    found = lists.received_or_missing(actor, list_id)
    record(actor, Did.LOOKED, about=found)
    names = lists.hospitals(actor)
    others = sorted(
        {hospital.organisation.name for hospital in lists.hospitals_of_others(actor, found)}
    )
    told = {
        "received": found,
        "colour": words.colour(found),
        "places": words.places(actor, found, names),
        "bars": words.bars(found),
        "fairness": words.fairness(found),
        "others": others,
        "why_not_decide": policies.why_not_decide(actor, found),
        "why_not_withdraw": policies.why_not_withdraw(actor, found),
        "may_decide": may(actor.role, Permission.RELEASE_LIST),
        "may_ask": may(actor.role, Permission.ASK_FIRST) and not policies.why_not_ask(found),
        "closed": policies.why_closed(found) if found.state == "released" else "",
        "closes_on": policies.closes_on(found) if found.state == "released" else None,
        "stale": words.freshness(found),
    }
    return render(request, "intake/review.html", told)


@allow(Permission.RELEASE_LIST)
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Release a list under its legal ground."""
    actor = actor_of(request)
    found = lists.received_or_missing(actor, list_id)
    there = reverse("intake:review", args=[found.pk])

    def save(form: Any) -> str:
        actions.release(by=actor, received=found, **form.cleaned_data)
        return there

    gateways = policies.gateways_for(found)
    return ask(
        request,
        "intake/release.html",
        partial(ReleaseForm, gateways=gateways),
        save,
        context={"received": found, "back_url": there, "why_not": _why_none(found, gateways)},
        done="The list is released. The leads can see it now.",
    )


def _why_none(received: ReceivedList, gateways: list[Any]) -> str:
    if gateways:
        return ""
    sender = received.uploaded_by.organisation_id
    return lawful.why_not_cross(received.service, sender, lawful.LIST)


@allow(Permission.RELEASE_LIST)
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Send a list back to the analyst, with a reason."""
    actor = actor_of(request)
    found = lists.received_or_missing(actor, list_id)
    there = reverse("intake:review", args=[found.pk])

    def save(form: Any) -> str:
        actions.send_back(by=actor, received=found, reason=form.cleaned_data["reason"])
        return there

    return ask(
        request,
        "intake/reason.html",
        ReasonForm,
        save,
        context={
            "title": "Send this list back",
            "note": "The analyst is told. Who is on the list is emptied here at once; "
            "the counts stay.",
            "submit": "Send it back",
            "back_url": there,
        },
        draft=f"send-back:{found.pk}",
        done="The list was sent back.",
    )


@allow(Permission.RELEASE_LIST)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Withdraw a released list."""
    actor = actor_of(request)
    found = lists.received_or_missing(actor, list_id)
    there = reverse("intake:review", args=[found.pk])

    def save(form: Any) -> str:
        actions.withdraw(by=actor, received=found, reason=form.cleaned_data["reason"])
        return there

    return ask(
        request,
        "intake/reason.html",
        ReasonForm,
        save,
        context={
            "title": "Withdraw this list",
            "note": "Leads stop seeing it at once, and who was not chosen is emptied. People "
            "chosen from it stay with their lead: talk about them together.",
            "submit": "Withdraw the list",
            "variant": "warning",
            "back_url": there,
        },
        draft=f"withdraw:{found.pk}",
        done="The list was withdrawn.",
    )
