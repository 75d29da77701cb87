"""The privacy notice for everybody, without an account and without anybody's data."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from openhiu.web.access.gate import public
from openhiu.web.access.models import Service
from openhiu.web.assurance.actions.inventory import drawn
from openhiu.web.assurance.inventory import notice
from openhiu.web.assurance.queries import inventory as queries


@public("Anybody may read how their data are used before they say yes to anything.")
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The notice where there is one service; their names where there are several."""
    services = queries.services_with_notices()
    if len(services) == 1:
        return redirect("privacy:notice", service_id=services[0].pk)
    return render(request, "assurance/inventory/services.html", {"services": services})


@public("Anybody may read how their data are used before they say yes to anything.")
@require_GET
def show(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """The newest published notice; before the first, the proposal."""
    service = _service(service_id)
    last = queries.published(service, queries.NOTICE).first()
    blocks: list[dict[str, Any]] = last.blocks if last else drawn(service, "notice")
    return _page(request, service, blocks, last)


@public("Anybody may read what a notice said before.")
@require_GET
def show_earlier(request: HttpRequest, service_id: UUID, version_id: UUID) -> HttpResponse:
    """A notice as it was published then."""
    service = _service(service_id)
    found = queries.published(service, queries.NOTICE).filter(pk=version_id).first()
    if found is None:
        raise Http404
    return _page(request, service, found.blocks, found)


def _service(service_id: UUID) -> Service:
    found = queries.service_for_public(service_id)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, service: Service, blocks: Any, version: Any) -> HttpResponse:
    told = {
        "service": service,
        "title": notice.TITLE,
        "blocks": blocks,
        "version": version,
        "versions": list(queries.published(service, queries.NOTICE)),
    }
    return render(request, "assurance/inventory/privacy.html", told)
