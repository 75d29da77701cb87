"""Which role this session acts under: chosen once, when someone holds several."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from openhiu.web.access import resting, session
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import own_account
from openhiu.web.access.row_security import set_service


@own_account("a role has to be chosen before one can act")
@require_http_methods(["GET", "POST"])
def choose_role(request: HttpRequest) -> HttpResponse:
    """Choose the role to act under; someone without any, or whose role rests, is told whom to
    ask.
    """
    held = session.held_by(request.user)
    mine = resting.awake(held)
    if request.method == "POST":
        chosen = next((one for one in mine if str(one.pk) == request.POST.get("role")), None)
        if chosen:
            return _take(request, Actor(user=request.user, membership=chosen))
    rest = [(one, resting.who_can_restore(one)) for one in held if one not in mine]
    for one, _ in rest if session.proved(request) else ():
        _note_that_it_rests(request, Actor(user=request.user, membership=one))
    return render(request, "access/choose_role.html", {"memberships": mine, "resting": rest})


def _note_that_it_rests(request: HttpRequest, actor: Actor) -> None:
    """In the audit once a session: somebody came with a role that nobody confirmed."""
    key = f"rests:{actor.membership.pk}"
    if not request.session.get(key):
        request.session[key] = True
        with transaction.atomic():
            set_service(actor.service_id)
            record(actor, Did.TRIED, about=actor.membership, result="refused", reason="role rests")


def _take(request: HttpRequest, actor: Actor) -> HttpResponse:
    request.session.cycle_key()
    request.session[session.MEMBERSHIP] = str(actor.membership.pk)
    set_service(actor.service_id)
    record(actor, Did.TOOK_ROLE)
    return HttpResponseRedirect("/")
