"""The session's clock and its end: how long it lasts, stay, lock, sign out."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_POST, require_safe

from openhiu.web.access import session
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import own_account, public
from openhiu.web.access.row_security import set_service

# What a browser forgets at signing out. Cookies go too: the answer sets none.
FORGET = '"cache", "cookies", "storage"'


@public("says only how long the asker's own session lasts; nought for anyone else")
@require_GET
def session_state(request: HttpRequest) -> HttpResponse:
    """Seconds until this session locks. Asking does not make it last longer."""
    known = request.user.is_authenticated and not session.over(request)
    return JsonResponse({"remaining": session.remaining(request) if known else 0})


session_state.leaves_clock = True  # type: ignore[attr-defined]


@own_account("keeps one's own session open", proved=False)
@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: for a script the seconds left, for a form the page it stood on."""
    session.touch(request, at_once=True)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"remaining": session.remaining(request)})
    return HttpResponseRedirect(_safe(request.POST.get("next", "")) or "/")


@public("ends the asker's own session, if there is one")
@require_safe
def lock(request: HttpRequest) -> HttpResponse:
    """Lock: end the session and lead to the sign-in page, which leads back here."""
    where = _safe(request.GET.get("next", "")) or "/"
    if request.method == "GET":
        logout(request)
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': where})}")


@own_account("ends one's own session", proved=False)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and let the browser forget everything it kept."""
    actor = request.actor
    if actor:
        set_service(actor.service_id)
        record(actor, Did.SIGNED_OUT)
    logout(request)
    return HttpResponseRedirect(reverse("access:signed_out"), headers={"Clear-Site-Data": FORGET})


@public("tells someone that they have signed out")
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """You have signed out."""
    return render(request, "access/signed_out.html")


def _safe(where: str) -> str:
    good = where.startswith("/") and url_has_allowed_host_and_scheme(where, allowed_hosts=None)
    return where if good else ""
