"""Joining by invitation: the link, the name, the password; then the second factor."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from openhiu.web.access import session
from openhiu.web.access.actions import accept, accept_signed_in
from openhiu.web.access.actions.invitations import known_to, open_invitation, waiting
from openhiu.web.access.forms import Join
from openhiu.web.access.gate import NotAllowed, public
from openhiu.web.access.models import Invitation, User

KEPT = "invitation"  # under this name the session holds the token


@public("an invited person has no account yet; the link is the proof, once")
@require_safe
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Follow an invitation: the token leaves the address bar at once."""
    if request.method == "GET":
        request.session[KEPT] = token
    return HttpResponseRedirect(reverse("access:joining"))


@public("an invited person has no account yet; the token in their session is the proof, once")
@require_http_methods(["GET", "HEAD", "POST"])
def joining(request: HttpRequest) -> HttpResponse:
    """Choose a password, then sign in and protect the account; or take a further role."""
    token = request.session.get(KEPT, "")
    invitation = open_invitation(token)
    if invitation is None:
        return render(request, "access/no_invitation.html", status=404)
    if waiting(invitation):
        return render(request, "access/waiting.html", {"invitation": invitation})
    known = known_to(invitation)
    if known and invitation.role:
        return _further_role(request, invitation, known)
    form = Join(request.POST or None, invited=invitation.email, known=known)
    if request.method == "POST" and form.is_valid():
        return _joined(request, token, form)
    told = {"form": form, "invitation": invitation, "known": known}
    return render(request, "access/join.html", told)


def _joined(request: HttpRequest, token: str, form: Join) -> HttpResponse:
    typed = form.cleaned_data
    try:
        accept(
            token=token,
            name=typed.get("name", ""),
            password=typed["password"],
            email=typed.get("email", ""),
        )
    except NotAllowed:
        return render(request, "access/no_invitation.html", status=404)
    logout(request)
    messages.success(request, "Your password is set. Sign in with it now.")
    return HttpResponseRedirect(reverse("account_login"))


def _further_role(request: HttpRequest, invitation: Invitation, known: User) -> HttpResponse:
    """Someone who has an account signs in with it first, and keeps its password."""
    if request.user != known or not session.proved(request):
        token = request.session[KEPT]
        logout(request)
        request.session[KEPT] = token
        back = reverse("access:joining")
        messages.info(request, "You have an account here. Sign in to take up your new role.")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")
    if request.method != "POST":
        return render(request, "access/further_role.html", {"invitation": invitation})
    try:
        accept_signed_in(token=request.session.pop(KEPT), user=known)
    except NotAllowed as why:
        return render(request, "design/403.html", {"why": str(why)}, status=403)
    request.session.pop(session.MEMBERSHIP, None)
    messages.success(request, "The role is yours")
    return HttpResponseRedirect(reverse("access:choose_role"))
