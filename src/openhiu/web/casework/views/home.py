"""The morning page at `/`, a different one for each role, and putting a quiet word aside."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from openhiu.web.access import data_notices
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import Joined, joined, put_aside, unseen
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Role
from openhiu.web.access.navigation import items_for
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import caseload, home
from openhiu.web.casework.presenters.home import GREETINGS
from openhiu.web.casework.queries import supervision
from openhiu.web.casework.views.asking import actor_of, press

MOST_LINES = 12


@allow(Permission.USE_ACCOUNT)
@require_GET
def show_home(request: HttpRequest) -> HttpResponse:
    """What this member's day begins with."""
    actor = actor_of(request)
    board = home.gather(actor)
    told = {"board": board, "most": MOST_LINES, "announced": _announced(actor, board)}
    if actor.is_(Role.LEAD, Role.COVER):
        record(actor, Did.LISTED, page="home", rows=len(board.calls))
        return render(request, "casework/home.html", told | _lead(actor))
    if actor.is_(Role.SUPERVISOR):
        return render(request, "casework/home_supervisor.html", told | _supervisor(actor))
    more = {"greeting": GREETINGS[actor.role], "places": items_for(actor)}
    return render(request, "casework/home_other.html", told | more)


@allow(Permission.USE_ACCOUNT)
@require_POST
def put_word_aside(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """Put a quiet word aside: it has been read."""
    actor = actor_of(request)
    return press(
        request,
        lambda: put_aside(actor, announcement_id),
        reverse("casework:home"),
        "Put aside.",
    )


def _announced(actor: Actor, board: home.Board) -> list[Joined]:
    """Quiet words, but for those that a line or the page's banner says already; the same words
    once.
    """
    said, above = board.addresses, tuple(data_notices.gather(actor))
    return joined(
        told for told in unseen(actor) if told.link not in said and not told.words.startswith(above)
    )[:20]


def _lead(actor: Actor) -> dict[str, Any]:
    return {
        "standing": caseload.standing(actor),
        "quarter": caseload.quarter_words(),
        "may_take_copy": may(actor.role, Permission.EXPORT_CLIENT),
    }


def _supervisor(actor: Actor) -> dict[str, Any]:
    return {"team": supervision.team(actor), "quarter": caseload.quarter_words()}
