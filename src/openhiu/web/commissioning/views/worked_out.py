"""Staffing and reach: worked out in a process of their own, read here with their pictures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.errors import InputNotUsable
from openhiu.web.access.asking import actor_of
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.commissioning import presenters, queries
from openhiu.web.commissioning.making.documents import KINDS
from openhiu.web.commissioning.models import Document
from openhiu.web.reporting.faults import Altered
from openhiu.web.reporting.views import serving


@allow(Permission.SEE_AREA)
@require_GET
def staffing(request: HttpRequest) -> HttpResponse:
    """What to expect with so many leads."""
    return _page(request, "staffing", _staffing)


@allow(Permission.SEE_AREA)
@require_GET
def reach(request: HttpRequest) -> HttpResponse:
    """Which hospitals have a service, and for whom."""
    return _page(request, "reach", _everything)


@allow(Permission.SEE_AREA)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The area on one page: how far the case is, and what to do next."""
    actor = actor_of(request)
    area = queries.latest_area(actor)
    record(actor, Did.LOOKED, about=area, purpose=Purpose.COMMISSIONING, page="area")
    return render(request, "commissioning/overview.html", presenters.overview(actor))


def _page(request: HttpRequest, what: str, told_by: Any) -> HttpResponse:
    actor = actor_of(request)
    document = queries.kept_documents(actor, what).first()
    told = presenters.worked_out(actor, KINDS[what], document)
    if document is not None:
        try:
            told |= told_by(request, document)
        except Altered as why:
            return serving.altered(request, why, document)
        except InputNotUsable:
            told["unreadable"] = True
    record(actor, Did.LOOKED, about=document, purpose=Purpose.COMMISSIONING, page=what)
    return render(request, f"commissioning/{what}.html", told)


def _staffing(request: HttpRequest, document: Document) -> dict[str, Any]:
    page = presenters.staffing_page(
        queries.told_of(document), request.GET.get("place", ""), request.GET.get("leads", "")
    )
    pieces = presenters.pieces(queries.page_of(document), only=("figure",))
    return {"page": page, "pieces": pieces}


def _everything(_request: HttpRequest, document: Document) -> dict[str, Any]:
    return {"pieces": presenters.pieces(queries.page_of(document))}
