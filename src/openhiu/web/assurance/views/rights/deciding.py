"""A request is decided and answered; a record is held; recipients are told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.forms import rights as forms
from openhiu.web.assurance.models import ProcessingHold, RightsRequest
from openhiu.web.assurance.queries import rights as queries
from openhiu.web.assurance.views.rights.asking import step

DECIDE = Permission.DECIDE_RIGHT
_METHODS = ["GET", "POST"]


@allow(DECIDE)
@require_http_methods(_METHODS)
def decide(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Decide, with the reasons the person is told."""
    found = queries.request_or_missing(actor_of(request), request_id)
    weighs = found.kind == RightsRequest.Kind.OBJECTION
    form = forms.ObjectionDecideForm if weighs else forms.DecideForm
    return step(request, request_id, form, "Decide", actions.decide)


@allow(DECIDE)
@require_http_methods(_METHODS)
def extend(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Two more months."""
    return step(request, request_id, forms.ExtendForm, "Take two more months", actions.extend)


@allow(DECIDE)
@require_http_methods(_METHODS)
def reply(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The person was told."""
    return step(request, request_id, forms.ReplyForm, "They were told", actions.reply,
                note="They were told the decision, its reasons, and that they can complain to us "
                "and to the Information Commissioner.")  # fmt: skip


@allow(DECIDE)
@require_POST
def close(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Nothing more follows from it."""
    actor = actor_of(request)
    found = queries.request_or_missing(actor, request_id)
    there = reverse("assurance:right", args=[found.pk])
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() else 0
    return press(
        request, lambda: actions.close(by=actor, request=found, version=version), there, "Closed."
    )


@allow(DECIDE)
@require_http_methods(_METHODS)
def hold(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Stop using the record for now."""
    return step(request, request_id, forms.HoldForm, "Stop using the record for now",
                actions.hold_processing, variant="warning", submit="Stop using it",
                done="The record is kept and not used.",
                note="It is kept. It is not shared or counted, and nobody is in touch with them, "
                "until this is lifted. Keeping someone safe goes on.")  # fmt: skip


@allow(DECIDE)
@require_http_methods(_METHODS)
def lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Use the record again."""
    actor = actor_of(request)
    found = ProcessingHold.objects.filter(service=actor.service_id, pk=hold_id).first()
    if found is None:
        raise Missing
    there = (
        reverse("assurance:right", args=[found.request_id])
        if found.request_id
        else reverse("assurance:rights")
    )
    page = Page(title="Use the record again", back=there, submit="Use it again",
                done="The record may be used again.")  # fmt: skip
    return ask(request, forms.LiftForm, page,
               lambda said: actions.lift_hold(by=actor, hold=found, **said),
               initial={"told_on": timezone.localdate()})  # fmt: skip


@allow(Permission.ASK_RIGHT)
@require_http_methods(_METHODS)
def tell(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """A recipient of what was put right was told, or why that cannot be."""
    actor = actor_of(request)
    found = queries.telling_or_missing(actor, telling_id)
    page = Page(title="Tell who received it", caption=found.whom,
                back=reverse("assurance:right", args=[found.correction.request_id]))  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        told = said["outcome"] == "told"
        actions.tell_recipient(
            by=actor, telling=found, on=said["on"] if told else None,
            how=said["how"] if told else "", cannot="" if told else said["cannot"],
        )  # fmt: skip

    return ask(request, forms.TellForm, page, save, initial={"on": timezone.localdate()})
