"""Looking at what others may do and did: confirming access, reviewing openings, the audit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openhiu.web.access import actions, policies, queries, resting
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.forms import AuditFilter, Review
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission

PAGE = 50


@allow(Permission.ATTEST_ACCESS)
@require_safe
def attestations(request: HttpRequest) -> HttpResponse:
    """Whose access has to be confirmed, and which invitations wait for a second person."""
    actor = request.actor
    waiting = queries.invitations(actor).filter(approved_by=None, role__in=policies.BY_TWO)
    return render(
        request,
        "access/attestations.html",
        {
            "due": queries.to_attest(actor),
            "waiting": waiting,
            "kept": resting.kept_awake(actor.service_id),
            "rests": resting.rests,
            "rests_from": resting.rests_from,
            "grace": actor.service.attest_grace_days,
            "everyone": queries.members(actor).exclude(user=actor.user),
        },
    )


@allow(Permission.ATTEST_ACCESS)
@require_POST
def attest(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Confirm that someone's access is still right."""
    actor = request.actor
    actions.attest(by=actor, membership=queries.member_or_missing(actor, membership_id))
    messages.success(request, "Confirmed for 90 days")
    return HttpResponseRedirect(reverse("access:attestations"))


@allow(Permission.ATTEST_ACCESS)
@require_POST
def agree(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Agree, as the second person, to an invitation."""
    actor = request.actor
    actions.approve(by=actor, invitation=queries.invitation_or_missing(actor, invitation_id))
    messages.success(request, "The invitation is approved")
    return HttpResponseRedirect(reverse("access:attestations"))


@allow(Permission.REVIEW_BREAK_GLASS)
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """Records opened outside someone's own that nobody has reviewed."""
    actor = request.actor
    return render(request, "access/openings.html", {"openings": queries.openings(actor)})


@allow(Permission.REVIEW_BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, opening_id: UUID) -> HttpResponse:
    """One such opening: the reason, and whether it was right."""
    actor = request.actor
    if again := repeated(request):
        return again
    found = queries.opening_or_missing(actor, opening_id)
    form = Review(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_opening(by=actor, opening=found, **form.cleaned_data)
        except NotAllowed as why:
            form.add_error("justified", str(why))
        else:
            messages.success(request, "Reviewed")
            return led_to(request, reverse("access:openings"))
    return render(request, "access/opening.html", {"form": form, "opening": found})


@allow(Permission.READ_AUDIT)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """What was done, narrowed by reference, user, act and days."""
    actor = request.actor
    form = AuditFilter(request.GET or None, actor=actor)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    user = asked.pop("user", None)
    found = queries.audit(
        actor,
        user_id=user.pk if user else None,
        person_id=asked.pop("person", None),
        **asked,
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    record(actor, Did.LISTED, purpose=Purpose.IG_AUDIT, list="audit", page=page.number)
    return render(request, "access/audit.html", {"form": form, "page": page})
