"""Who belongs here: inviting, roles, ending, disabling, and a link for a new password."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openhiu.web.access import actions, policies, queries
from openhiu.web.access.forms import Invite
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission
from openhiu.web.access.proof import proved_again

LINK = "one_time_link"


@allow(Permission.MANAGE_USERS)
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """Everyone with a role in the service, and who is invited."""
    actor = request.actor
    return render(
        request,
        "access/members.html",
        {
            "members": queries.members(actor),
            "ended": queries.members(actor, ended=True),
            "invitations": queries.invitations(actor),
            "by_two": policies.BY_TWO,
            "link": request.session.pop(LINK, ""),
        },
    )


@allow(Permission.MANAGE_USERS)
@require_http_methods(["GET", "HEAD", "POST"])
@proved_again
def invite(request: HttpRequest) -> HttpResponse:
    """Invite someone; the link is shown once on the next page."""
    actor = request.actor
    if again := repeated(request):
        return again
    form = Invite(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            invited = actions.invite(by=actor, **form.cleaned_data)
        except NotAllowed as why:
            form.add_error("role", str(why))
        else:
            return _show_once(request, invited.token)
    return render(request, "access/invite.html", {"form": form})


@allow(Permission.MANAGE_USERS)
@require_safe
def member(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """One person's role, and what can be done about it."""
    found = queries.member_or_missing(request.actor, membership_id)
    return render(request, "access/member.html", {"member": found})


@allow(Permission.MANAGE_USERS)
@require_POST
@proved_again
def end_role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End a role now."""
    actor = request.actor
    found = queries.member_or_missing(actor, membership_id)
    actions.end_membership(by=actor, membership=found)
    return _done(request, "The role has ended")


@allow(Permission.MANAGE_USERS)
@require_POST
@proved_again
def disable(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Close an account and end its sessions, or open it again."""
    actor = request.actor
    found = queries.member_or_missing(actor, membership_id)
    if found.user.is_active:
        actions.disable(by=actor, user=found.user)
        return _done(request, "The account is closed and signed out")
    actions.enable(by=actor, user=found.user)
    return _done(request, "The account is open again")


@allow(Permission.MANAGE_USERS)
@require_POST
@proved_again
def new_password(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A one-hour link with which someone chooses a new password."""
    actor = request.actor
    found = queries.member_or_missing(actor, membership_id)
    return _show_once(request, actions.link_for_new_password(by=actor, membership=found).token)


@allow(Permission.MANAGE_USERS)
@require_POST
@proved_again
def approve(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Agree as a second administrator."""
    actor = request.actor
    actions.approve(by=actor, invitation=queries.invitation_or_missing(actor, invitation_id))
    return _done(request, "The invitation is approved")


@allow(Permission.MANAGE_USERS)
@require_POST
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Make an invitation worthless."""
    actor = request.actor
    found = queries.invitation_or_missing(actor, invitation_id)
    actions.withdraw_invitation(by=actor, invitation=found)
    return _done(request, "The invitation was withdrawn")


def _show_once(request: HttpRequest, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("access:join", args=[token]))
    request.session[LINK] = link
    return led_to(request, reverse("access:members"))


def _done(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("access:members"))
