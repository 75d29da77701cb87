"""One's own account: ways to sign in, recovery codes, sessions, and what one did."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openhiu.web.access import actions, announce, queries, session
from openhiu.web.access.gate import allow, own_account
from openhiu.web.access.models import User
from openhiu.web.access.permissions import Permission
from openhiu.web.access.proof import proved_again
from openhiu.web.access.sign_in import recovery

SHOWN = 50


@allow(Permission.USE_ACCOUNT)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    actor = request.actor
    factors = Authenticator.objects.filter(user=actor.user).order_by("created_at")
    return render(
        request,
        "access/account.html",
        {
            "passkeys": [one for one in factors if one.type == session.PASSKEY],
            "app": next((one for one in factors if one.type == "totp"), None),
            "codes_left": recovery.left(actor.user),
            "acts": queries.own_acts(actor)[:SHOWN],
            "told": announce.unseen(actor),
        },
    )


@own_account("recovery codes stand in for a lost second factor")
@require_http_methods(["GET", "HEAD", "POST"])
@proved_again
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many codes are left; new ones are shown once, in the answer to asking for them."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the gate let nobody else through
    codes = recovery.fresh_codes(user) if request.method == "POST" else []
    if codes:
        recovery.note_fresh(request)
    return render(
        request, "access/recovery_codes.html", {"codes": codes, "left": recovery.left(user)}
    )


@allow(Permission.USE_ACCOUNT)
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all one's sessions, this one included."""
    actions.end_own_sessions(by=request.actor)
    return HttpResponseRedirect(reverse("access:lock"))


@allow(Permission.USE_ACCOUNT)
@require_POST
def put_aside(request: HttpRequest, announcement_id: object) -> HttpResponse:
    """Note that one has seen something one was told."""
    announce.put_aside(request.actor, announcement_id)
    messages.success(request, "Put aside")
    return HttpResponseRedirect(reverse("access:account"))
