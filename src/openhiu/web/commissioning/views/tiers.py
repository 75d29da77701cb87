"""Tiers: what the hospital counted, delivered by its analyst and read by whoever commissions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.errors import InputNotUsable
from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission, may
from openhiu.web.commissioning import actions, presenters, queries
from openhiu.web.commissioning.forms import DeliverForm
from openhiu.web.commissioning.models import Tiers
from openhiu.web.reporting.faults import Altered, NotUsable
from openhiu.web.reporting.unpacking import unpack
from openhiu.web.reporting.views import serving


@allow(Permission.SEE_AREA)
@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """The tiers in force, or what has to happen before there are any."""
    actor = actor_of(request)
    tiers = queries.latest_tiers(actor)
    if tiers is None:
        told = {"may_deliver": may(actor.role, Permission.DELIVER_TIERS)}
        return render(request, "commissioning/no_tiers.html", told)
    return _page(request, tiers)


@allow(Permission.SEE_AREA)
@require_GET
def one(request: HttpRequest, tiers_id: UUID) -> HttpResponse:
    """What some delivery told."""
    return _page(request, queries.tiers_or_missing(actor_of(request), tiers_id))


@allow(Permission.SEE_AREA)
@require_GET
def earlier(request: HttpRequest) -> HttpResponse:
    """Every delivery, the one in force first."""
    actor = actor_of(request)
    record(actor, Did.LISTED, purpose=Purpose.COMMISSIONING, page="tiers delivered")
    told = {"deliveries": list(queries.deliveries(actor)),
            "may_deliver": may(actor.role, Permission.DELIVER_TIERS)}  # fmt: skip
    return render(request, "commissioning/deliveries.html", told)


@allow(Permission.DELIVER_TIERS)
@require_http_methods(["GET", "POST"])
def deliver(request: HttpRequest) -> HttpResponse:
    """Take in what `hiu report tiers` wrote; what is wrong stands above the form."""
    if before := repeated(request):
        return before
    sent = request.method == "POST"
    form = DeliverForm(request.POST, request.FILES) if sent else DeliverForm()
    if sent and form.is_valid():
        try:
            tiers = actions.receive_tiers(
                by=actor_of(request), files=unpack(form.cleaned_data["tiers"]),
                although_older=form.cleaned_data["although_older"],
            )  # fmt: skip
        except NotUsable as why:
            record(actor_of(request), Did.UPLOADED, purpose=Purpose.COMMISSIONING,
                   result="not usable", what="tiers", faults=len(why.sentences))  # fmt: skip
            for sentence in why.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, presenters.received(tiers))
            return led_to(request, reverse("commissioning:tiers"))
    return render(request, "commissioning/deliver.html", {"form": form},
                  status=422 if form.errors else 200)  # fmt: skip


def _page(request: HttpRequest, tiers: Tiers) -> HttpResponse:
    actor = actor_of(request)
    try:
        page = presenters.tiers_page(queries.told_by(tiers), request.GET.get("unit", ""))
    except Altered as why:
        return serving.altered(request, why, tiers)
    except InputNotUsable:
        return render(request, "commissioning/unreadable.html", {"tiers": tiers})
    record(actor, Did.LOOKED, about=tiers, purpose=Purpose.COMMISSIONING, page="tiers")
    newest = queries.latest_tiers(actor)
    told = {
        "tiers": tiers, "page": page, "in_force": newest is not None and newest.pk == tiers.pk,
        "may_deliver": may(actor.role, Permission.DELIVER_TIERS),
    }  # fmt: skip
    return render(request, "commissioning/tiers.html", told)
