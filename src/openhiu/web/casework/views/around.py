"""People around a client: the picture with what is open beside it, and the picture to show them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.connecting import NOT_FOUND, OPEN, STATES
from openhiu.web.casework.presenters.around import around
from openhiu.web.casework.queries import client
from openhiu.web.casework.queries.connections import connections
from openhiu.web.casework.sharing import ITEMS
from openhiu.web.casework.views.asking import actor_of
from openhiu.web.casework.views.client import frame, read


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_around(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The circle of support, and every connection with where it stands."""
    reading = read(request, case_id, "around")
    case = reading.case
    linked = connections(actor_of(request), case)
    members = client.network(case, now=False)
    told = {
        "around": around(case, members, linked, to_client=False),
        "members": members,
        "connections": linked,
        "states": STATES,
        "open": OPEN,
        "not_found": NOT_FOUND,
        "items": {key: item.label for key, item in ITEMS.items()},
    }
    return render(request, "casework/around.html", frame(request, reading, "around") | told)


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_to_client(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The picture alone, to turn the screen round or to print."""
    reading = read(request, case_id, "around_show")
    case = reading.case
    linked = connections(actor_of(request), case)
    told = {
        "case": case,
        "around": around(case, client.network(case), linked, to_client=True),
    }
    return render(request, "casework/around_show.html", told)
