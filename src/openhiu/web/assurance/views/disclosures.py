"""The register of disclosures to police, courts and like bodies, and openings to review."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions import disclosures as actions
from openhiu.web.assurance.forms.disclosures import DisclosureForm, ReviewDisclosureForm
from openhiu.web.assurance.policies import disclosures as policies
from openhiu.web.assurance.queries import disclosures as queries
from openhiu.web.assurance.queries import openings
from openhiu.web.casework.queries.worried import person_meant

NEVER = (
    "Police and courts have no account here and receive nothing regularly. Each request is decided "
    "by itself. If someone is in danger now, use “Worried about someone?” instead."
)


@allow(Permission.NOTE_DISCLOSURE)
@require_GET
def list_disclosures(request: HttpRequest) -> HttpResponse:
    """Every request and what was decided, what waits for review first."""
    actor = actor_of(request)
    rows = list(queries.disclosures(actor)[:200])
    record(actor, Did.LISTED, page="disclosures", rows=len(rows), purpose=Purpose.IG_AUDIT)
    told = {
        "waiting": [one for one in rows if one.reviewed_at is None],
        "reviewed": [one for one in rows if one.reviewed_at],
        "months": queries.months(actor),
        "today": timezone.localdate(),
        "never": NEVER,
    }
    return render(request, "assurance/disclosures/list.html", told)


@allow(Permission.NOTE_DISCLOSURE)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Write down one request and what was decided on it."""
    actor = actor_of(request)

    def save(said: dict[str, Any]) -> str:
        meant = person_meant(actor, said["about_whom"])
        kept = actions.note_disclosure(by=actor, person=meant, **said)
        return actions.link_to(kept)

    page = Page(
        title="A request from police, a court or another authority",
        note=NEVER,
        back=reverse("assurance:disclosures"),
        draft="disclosure:new",
        submit="Keep this record",
        done="Kept. Someone else reviews it within 5 working days.",
    )
    return ask(request, DisclosureForm, page, save)


@allow(Permission.NOTE_DISCLOSURE)
@require_GET
def show(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One request, what was decided, and its review."""
    actor = actor_of(request)
    found = queries.disclosure_or_missing(actor, disclosure_id)
    record(actor, Did.LOOKED, person=found.person_id, about=found, purpose=Purpose.IG_AUDIT)
    told = {
        "one": found,
        "reviews": may(actor.role, Permission.REVIEW_DISCLOSURE),
        "why_not_review": policies.why_not_review(actor, found),
        "overdue": found.reviewed_at is None and found.review_by < timezone.localdate(),
    }
    return render(request, "assurance/disclosures/show.html", told)


@allow(Permission.REVIEW_DISCLOSURE)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """Another person looks at it; afterwards nothing can be changed."""
    actor = actor_of(request)
    found = queries.disclosure_or_missing(actor, disclosure_id)
    if why := policies.why_not_review(actor, found):
        raise NotAllowed(why)
    page = Page(
        title="Review of a disclosure",
        note="After this nobody can change the record.",
        back=actions.link_to(found),
        draft=f"disclosure:{found.pk}",
        done="Reviewed.",
    )
    return ask(
        request, ReviewDisclosureForm, page,
        lambda said: actions.review_disclosure(
            by=actor, disclosure=found, right=said["right"], words=said["words"]
        ),
    )  # fmt: skip


@allow(Permission.NOTE_DISCLOSURE)
@require_GET
def show_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """One month in numbers for the Caldicott Guardian, to print; nobody is named."""
    actor = actor_of(request)
    try:
        first = date(year, month, 1)
    except ValueError:
        raise Missing from None
    record(actor, Did.LOOKED, page="disclosures of a month", purpose=Purpose.IG_AUDIT)
    told = {"month": queries.month_of(actor, first), "service": actor.service}
    return render(request, "assurance/disclosures/month.html", told)


@allow(Permission.REVIEW_BREAK_GLASS)
@require_GET
def show_openings(request: HttpRequest) -> HttpResponse:
    """Openings to review with their days, and what patterns openings and looks make."""
    actor = actor_of(request)
    record(actor, Did.LISTED, page="openings and patterns", purpose=Purpose.IG_AUDIT)
    told = {
        "waiting": openings.waiting(actor),
        "patterns": openings.patterns(actor),
        "days": openings.LOOKED_BACK.days,
    }
    return render(request, "assurance/disclosures/openings.html", told)
