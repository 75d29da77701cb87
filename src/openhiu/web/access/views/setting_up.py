"""The second factor before anything else: what someone still has to set up or prove."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openhiu.web.access import session
from openhiu.web.access.gate import own_account


@own_account("nobody sees anything else before a second factor is set up", proved=False)
@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up or prove a second factor: a passkey where the role asks for one."""
    needs_passkey = any(one.role in session.NEED_PASSKEY for one in session.held_by(request.user))
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if not session.proved(request) and kinds:
        return HttpResponseRedirect(reverse("mfa_reauthenticate"))
    return render(
        request,
        "access/set_up.html",
        {"needs_passkey": needs_passkey, "has_passkey": session.PASSKEY in kinds},
    )
