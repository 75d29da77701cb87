"""Cover from the record: what the cover needs to know, what happened meanwhile, who has no lead."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.presenters import covering as words
from openhiu.web.casework.queries import covering as found
from openhiu.web.casework.views.asking import actor_of


@allow(Permission.SEE_CASELOAD)
@require_GET
def cover_note(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """For each client of a colleague who goes away: what matters now, and what is promised."""
    actor = actor_of(request)
    away = found.readable_leave(actor, leave_id)
    noted = found.note(actor, away.leave)
    for one in noted:
        record(actor, Did.LOOKED, person=one.case.person_id, about=one.case, page="cover note")
    told = {
        "leave": away.leave,
        "away": away,
        "days": words.days(away.leave),
        "first": [words.noted(one) for one in noted if one.pressing],
        "routine": [words.noted(one) for one in noted if one.asks and not one.pressing],
        "steady": [words.noted(one) for one in noted if not one.asks],
    }
    return render(request, "casework/cover_note.html", told)


@allow(Permission.SEE_CASELOAD)
@require_GET
def while_away(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """What happened with one's clients while one was away."""
    actor = actor_of(request)
    away = found.readable_leave(actor, leave_id)
    if not away.mine:
        raise Missing
    clients = found.meanwhile(actor, away.leave)
    record(actor, Did.LISTED, page="while away", rows=len(clients))
    told = {"leave": away.leave, "days": words.days(away.leave), "clients": clients}
    return render(request, "casework/while_away.html", told)


@allow(Permission.SUPERVISE)
@require_GET
def without_lead(request: HttpRequest) -> HttpResponse:
    """Clients whose lead has left, by that lead's name, to be handed to somebody."""
    actor = actor_of(request)
    clients = list(found.without_lead(actor)[:200])
    record(actor, Did.LISTED, page="without lead", rows=len(clients))
    return render(request, "casework/without_lead.html", {"groups": words.by_lead(clients)})
