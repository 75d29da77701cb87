"""Who answers at night and at weekends: for every role, to print, and for anyone at all."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.actor import Actor
from openhiu.web.access.asking import actor_of
from openhiu.web.access.gate import allow, public
from openhiu.web.access.permissions import Permission
from openhiu.web.directory import night, queries


def _told(actor: Actor, area: str) -> dict[str, Any]:
    return {
        "groups": night.by_time(night.out_of_hours(actor.service, area)),
        "area": area,
        "areas": queries.areas(actor),
        "our_hours": night.our_hours(actor.service),
        "not_a_crisis_service": night.NOT_A_CRISIS_SERVICE,
    }


@allow(Permission.USE_ACCOUNT)
@require_GET
def show_out_of_hours(request: HttpRequest) -> HttpResponse:
    """Who answers when we do not, in one area or everywhere."""
    told = _told(actor_of(request), request.GET.get("area", "").strip()[:60])
    return render(request, "directory/out_of_hours.html", told)


@allow(Permission.USE_ACCOUNT)
@require_GET
def print_out_of_hours(request: HttpRequest) -> HttpResponse:
    """The same as one card to print and hand over."""
    told = _told(actor_of(request), request.GET.get("area", "").strip()[:60])
    return render(request, "directory/out_of_hours_card.html", told)


@public("Numbers that answer all over England, for anyone who needs help now; no rows are read.")
@require_GET
def show_numbers(request: HttpRequest) -> HttpResponse:
    """National numbers only, without signing in."""
    told = {
        "groups": night.by_time(night.national()),
        "our_hours": night.USUAL_HOURS,
        "not_a_crisis_service": night.NOT_A_CRISIS_SERVICE,
        "anyone": True,
    }
    return render(request, "directory/out_of_hours.html", told)
