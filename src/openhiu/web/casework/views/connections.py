"""Connecting a client with a service: choosing one, saying how, and what is heard of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import actions, needs
from openhiu.web.casework.forms.connections import ConnectForm, ConnectOtherForm, NewsForm
from openhiu.web.casework.models import Case, Connection
from openhiu.web.casework.queries import client
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.queries.connections import passable
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.design.words import today
from openhiu.web.directory import presenters, queries
from openhiu.web.directory.models import Listing
from openhiu.web.directory.needs import choices as known_needs

WRITE = Permission.WRITE_CLIENT
_SHOWN = 25


@allow(WRITE)
@require_GET
def choose_service(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Services that may help with this client's reasons; none of it says whose they are."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    reasons = [one.category for one in _reasons(case)]
    asked = request.GET
    sought = queries.Sought(
        words=asked.get("words", "").strip()[:100],
        need=asked.get("need", reasons[0] if len(reasons) == 1 else ""),
        area=asked.get("area", "").strip()[:60],
        open_now=asked.get("open") == "yes",
    )
    found = queries.services(actor, sought)
    told = {
        "case": case,
        "person": case.person,
        "sought": sought,
        "needs": known_needs(),
        "areas": queries.areas(actor),
        "cards": presenters.cards(found[:_SHOWN]),
        "more": max(0, len(found) - _SHOWN),
        "reasons": [needs.label(one.category, one.words) for one in _reasons(case)],
    }
    return render(request, "casework/connect.html", told)


def _reasons(case: Case) -> list[Any]:
    return list(case.needs.filter(met_on=None, taken_away_on=None).order_by("noted_at"))


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def connect_to(request: HttpRequest, case_id: UUID, listing_id: UUID) -> HttpResponse:
    """A client and a service of the directory are brought together."""
    actor = actor_of(request)
    listing = queries.listing_or_missing(actor, listing_id)
    case = case_or_missing(actor, case_id)
    return _connect(request, case, ConnectForm, listing)


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def connect_other(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A client and a service that is not in the directory."""
    case = case_or_missing(actor_of(request), case_id)
    return _connect(request, case, ConnectOtherForm, None)


def _connect(request: HttpRequest, case: Case, kind: Any, listing: Listing | None) -> HttpResponse:
    actor = actor_of(request)
    allowed = passable(case.person)
    if listing is not None and listing.partner_id:
        allowed = [one for one in allowed if one[0].organisation_id == listing.partner_id]
    reasons = _reasons(case)
    shaped = kind(reasons=reasons, passable=allowed)

    def save(said: dict[str, Any]) -> None:
        actions.connect(by=actor, case=case, listing=listing, **shaped.told(said))

    page = Page(
        title=f"Connect with {listing.name}" if listing else "Connect with another service",
        caption=case.person.full_name,
        note=""
        if allowed
        else "Nothing about them may be passed on now: there is no agreement, "
        "or they were not asked. They can get in touch themselves, or you call together.",
        back=reverse("casework:around", args=[case.pk]),
        draft=f"connect:{case.pk}:{listing.pk if listing else 'other'}",
        done="Written down. You will be reminded to ask how it went.",
    )
    initial = {"made_on": today(), "state": "asked"}
    return ask(request, kind, page, save, initial=initial, reasons=reasons, passable=allowed)


@allow(WRITE)
@require_http_methods(["GET", "POST"])
def connection_news(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """What was heard of a connection."""
    actor = actor_of(request)
    held: Connection = client.row_of(actor, Connection, connection_id)

    def save(said: dict[str, Any]) -> None:
        version = said.pop("version") or 0
        actions.hear_of_connection(by=actor, connection=held, version=version, **said)

    page = Page(
        title=held.name,
        caption=held.case.person.full_name,
        back=reverse("casework:around", args=[held.case_id]),
        draft=f"connection:{held.pk}:{held.version}",
        version=lambda: Connection.objects.get(pk=held.pk).version,
    )
    initial = {"state": held.state, "expected_on": held.expected_on, "version": held.version}
    return ask(request, NewsForm, page, save, initial=initial)


@allow(WRITE)
@require_POST
def note_missing(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """Say that it was needed and could not be found."""
    actor = actor_of(request)
    held: Connection = client.row_of(actor, Connection, connection_id)
    return press(
        request,
        lambda: actions.note_missing(by=actor, connection=held),
        reverse("casework:around", args=[held.case_id]),
        "Recorded as a service that was needed and could not be found.",
    )
