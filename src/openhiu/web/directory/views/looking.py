"""Finding a service, its own page and history, the list to verify, and taking it all out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.tables.delivery import write_csv
from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.directory import counts, exports, history, needs, presenters, queries
from openhiu.web.directory.queries import Sought
from openhiu.web.directory.words import OFFERS, VERIFIED_DAYS

_PAGE = 25


@allow(Permission.SEE_DIRECTORY)
@require_GET
def show_services(request: HttpRequest) -> HttpResponse:
    """Services of the area, narrowed down by what somebody looks for."""
    actor = actor_of(request)
    sought = _sought(request)
    page = Paginator(queries.services(actor, sought), _PAGE).get_page(request.GET.get("page"))
    told = {
        "sought": sought,
        "page": page,
        "cards": presenters.cards(list(page.object_list)),
        "needs": needs.choices(),
        "offers": list(OFFERS.items()),
        "areas": queries.areas(actor),
        "to_verify": queries.to_verify(actor).count(),
        "narrowed": sought != Sought(),
    }
    return render(request, "directory/services.html", told)


def _sought(request: HttpRequest) -> Sought:
    asked = request.GET
    return Sought(
        words=asked.get("words", "").strip()[:100],
        need=asked.get("need", "") if asked.get("need") in dict(needs.choices()) else "",
        area=asked.get("area", "").strip()[:60],
        offers=tuple(key for key in asked.getlist("offers") if key in OFFERS),
        open_now=asked.get("open") == "yes",
        room=asked.get("room") == "yes",
        ended=asked.get("ended") == "yes",
    )


@allow(Permission.SEE_DIRECTORY)
@require_GET
def show_service(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """One service: everything there is to know before somebody is sent there."""
    actor = actor_of(request)
    row = queries.listing_or_missing(actor, listing_id)
    told = {"card": presenters.card(row), "row": row, "counts": counts.of(actor, row)}
    return render(request, "directory/service.html", told)


@allow(Permission.SEE_DIRECTORY)
@require_GET
def show_history(request: HttpRequest, listing_id: UUID) -> HttpResponse:
    """What changed about a service, when and by whom."""
    row = queries.listing_or_missing(actor_of(request), listing_id)
    told = {"row": row, "versions": history.versions(row)}
    return render(request, "directory/history.html", told)


@allow(Permission.CHANGE_DIRECTORY)
@require_GET
def show_to_verify(request: HttpRequest) -> HttpResponse:
    """Services that nobody verified for long, the longest first."""
    found = queries.to_verify(actor_of(request))
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "cards": presenters.cards(list(page.object_list)), "days": VERIFIED_DAYS}
    return render(request, "directory/to_verify.html", told)


@allow(Permission.CHANGE_DIRECTORY)
@require_GET
def export_open_referral(request: HttpRequest) -> HttpResponse:
    """The whole directory as Open Referral UK JSON."""
    actor = actor_of(request)
    whole = exports.open_referral(actor)
    record(actor, Did.EXPORTED, what="directory", rows=whole["total_items"])
    return _attached(JsonResponse(whole, json_dumps_params={"indent": 1}), "directory.json")


@allow(Permission.CHANGE_DIRECTORY)
@require_GET
def export_csv(request: HttpRequest) -> HttpResponse:
    """Running services as a table, one row a service."""
    actor = actor_of(request)
    rows = exports.table(actor)
    record(actor, Did.EXPORTED, what="directory", rows=len(rows))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "directory.csv"
        write_csv(path, list(exports.COLUMNS), rows)
        answer = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    return _attached(answer, "directory.csv")


def _attached(answer: Any, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    found: HttpResponse = answer
    return found
