"""Worried about someone: four sentences in an emergency, reasons within a day, another's review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, NotAllowed, allow, even_resting
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies
from openhiu.web.casework.actions import safeguarding as keeping
from openhiu.web.casework.forms import safeguarding as forms
from openhiu.web.casework.models import Concern, SharedWithoutConsent
from openhiu.web.casework.presenters.following import following_of
from openhiu.web.casework.presenters.shared import name_in
from openhiu.web.casework.queries import cases, client
from openhiu.web.casework.queries.following import to_look_at
from openhiu.web.casework.queries.worried import person_meant
from openhiu.web.casework.sharing import visible_items
from openhiu.web.casework.views.asking import Page, actor_of, ask
from openhiu.web.directory import night
from openhiu.web.people.models import Person

NOW = "If someone is in danger now, call 999 first. You can write this down afterwards."


@even_resting
@allow(Permission.USE_ACCOUNT)
@require_http_methods(["GET", "POST"])
def worried(request: HttpRequest) -> HttpResponse:
    """From any page: what to do, and the short form that this role may send."""
    actor = actor_of(request)
    if may(actor.role, Permission.SHARE_WITHOUT_CONSENT):
        return _share(request, None)
    if may(actor.role, Permission.RAISE_CONCERN):
        return _concern(request)
    return render(request, "casework/worried.html", {"page": None, "form": None, **_help(actor)})


@allow(Permission.SHARE_WITHOUT_CONSENT)
@require_http_methods(["GET", "POST"])
def worried_about(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """From a client's page, whoever's client it is: the person is known already."""
    case = cases.outside(actor_of(request), case_id)
    if case is None:
        raise Missing
    own = cases.cases(actor_of(request)).filter(pk=case.pk).exists()
    return _share(request, case.person, reverse("casework:client", args=[case.pk]) if own else "")


def _share(request: HttpRequest, person: Person | None, client_page: str = "") -> HttpResponse:
    """The short form; from the page of a client of their own it says whom it is about."""
    actor = actor_of(request)

    def save(said: dict[str, Any]) -> str:
        typed = said.pop("about_whom", "")
        meant = person or person_meant(actor, typed)
        kept = keeping.share_to_keep_safe(by=actor, person=meant, about_whom=typed, **said)
        return reverse("casework:safety_record", args=[kept.pk])

    page = Page(
        title="Worried about someone?",
        note=NOW,
        caption=f"About {person.full_name}" if person and client_page else "",
        back=client_page or "/",
        draft=f"worried:{person.pk if person else ''}",
        submit="Keep this record",
        done="Kept. Add your reasons within 24 hours.",
        template="casework/worried.html",
        extra=_help(actor),
    )
    return ask(request, forms.KnownWorriedForm if person else forms.WorriedForm, page, save)


def _concern(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = Page(
        title="Worried about someone?",
        note=NOW,
        back="/",
        draft="concern:",
        submit="Send it",
        done="Thank you. The people who need to know have it.",
        template="casework/worried.html",
        extra=_help(actor),
    )
    return ask(
        request, forms.ConcernForm, page, lambda said: keeping.raise_concern(by=actor, **said)
    )


def _help(actor: Actor) -> dict[str, Any]:
    """Whom to turn to: the service's own out-of-hours words, and its safeguarding leads."""
    leads = [one.user.name for one in keeping.reviewers(actor.service_id)
             if one.role == "safeguarding"]  # fmt: skip
    return {"out_of_hours": night.told(actor.service), "safeguarding_leads": leads}


@allow(Permission.SHARE_WITHOUT_CONSENT)
@require_GET
def list_mine(request: HttpRequest) -> HttpResponse:
    """What was shared to keep someone safe, and worries raised: what is due stands first."""
    return _list(request)


@allow(Permission.REVIEW_SHARED_WITHOUT_CONSENT)
@require_GET
def list_to_review(request: HttpRequest) -> HttpResponse:
    """The same for whoever reviews: the whole service's."""
    return _list(request)


def _list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = list(client.safety_records(actor)[:200])
    record(actor, Did.LISTED, page="kept safe", rows=len(rows), purpose=Purpose.SAFEGUARDING)
    told = {
        "due": [row for row in rows if row.reasons_at is None and row.reviewed_at is None],
        "waiting": [row for row in rows if row.reasons_at and row.reviewed_at is None],
        "reviewed": [row for row in rows if row.reviewed_at],
        "concerns": list(client.concerns(actor).filter(answered_at=None)[:200]),
        "open": list(to_look_at(actor)[:200]),
        "today": timezone.localdate(),
        "now": timezone.now(),
        "reviews": policies.may_review(actor),
    }
    return render(request, "casework/safety_list.html", told)


@even_resting
@allow(Permission.USE_ACCOUNT)
@require_GET
def show_record(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """One sharing, with its reasons and review."""
    actor = actor_of(request)
    kept = _record_or_missing(request, record_id)
    record(actor, Did.LOOKED, person=kept.person_id, about=kept, purpose=Purpose.SAFEGUARDING)
    told = {
        "kept": kept,
        "mine": kept.by.user_id == actor.user.pk,
        "follow": following_of(actor, kept),
        "gateway": dict(forms.GATEWAYS).get(kept.gateway, ""),
        "why_not_review": keeping.why_not_review(actor, kept),
        "reviews": policies.may_review(actor),
        "overdue": kept.reasons_at is None and kept.reasons_due_at <= timezone.now(),
    }
    return render(request, "casework/safety_record.html", told)


def _record_or_missing(request: HttpRequest, record_id: UUID) -> SharedWithoutConsent:
    """One that this actor may read; somebody whose role rests reads what they wrote themselves."""
    actor = actor_of(request)
    rows = client.safety_records(actor)
    rows = rows.filter(by__user=actor.user) if getattr(request, "rests", False) else rows
    found: SharedWithoutConsent | None = rows.filter(pk=record_id).first()
    if found is None:
        raise Missing
    return found


def _record_page(kept: SharedWithoutConsent, title: str, **more: Any) -> Page:
    return Page(
        title=title,
        back=reverse("casework:safety_record", args=[kept.pk]),
        draft=f"{title.split()[0].lower()}:{kept.pk}",
        **more,
    )


@even_resting
@allow(Permission.SHARE_WITHOUT_CONSENT)
@require_http_methods(["GET", "POST"])
def give_reasons(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """The full reasons, by whoever shared."""
    actor = actor_of(request)
    kept = _record_or_missing(request, record_id)
    if kept.by.user_id != actor.user.pk:
        raise NotAllowed("The person who shared this writes the reasons.")
    names = list(forms.GatewayForm.base_fields)
    return ask(
        request,
        forms.GatewayForm,
        _record_page(kept, "Reasons for sharing"),
        lambda said: keeping.give_reasons(by=actor, shared=kept, **said),
        initial={name: getattr(kept, name) for name in names},
    )


@allow(Permission.REVIEW_SHARED_WITHOUT_CONSENT)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Another person looks at it; afterwards nothing can be changed."""
    actor = actor_of(request)
    kept = _record_or_missing(request, record_id)
    why = keeping.why_not_review(actor, kept)
    if why:
        raise NotAllowed(why)
    page = _record_page(kept, "Review of sharing", note="After this nobody can change the record.")
    return ask(
        request,
        forms.ReviewForm,
        page,
        lambda said: keeping.review(by=actor, shared=kept, words=said["words"]),
    )


@allow(Permission.RAISE_CONCERN)
@require_http_methods(["GET", "POST"])
def show_concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One worry; whoever knows the person answers it, whoever raised it reads the answer."""
    actor = actor_of(request)
    concern: Concern | None = client.concerns(actor).filter(pk=concern_id).first()
    if concern is None:
        raise Missing
    record(actor, Did.LOOKED, person=concern.person_id, about=concern, purpose=Purpose.SAFEGUARDING)
    raised = concern.by.user_id == actor.user.pk
    page = Page(
        title="A worry was raised",
        back=reverse("casework:concern", args=[concern.pk]),
        draft="" if raised else f"answer:{concern.pk}",
        submit="Send the answer",
        done="Answered. Whoever raised it has been told.",
        template="casework/concern.html",
        extra={
            "concern": concern,
            "about": _about(actor, concern),
            "follow": None if actor.role == Role.PARTNER else following_of(actor, concern),
            "can_answer": not raised and concern.answered_at is None,
        },
    )
    if request.method == "POST" and raised:
        raise NotAllowed("Someone else answers the worry you raised.")
    return ask(
        request,
        forms.AnswerConcernForm,
        page,
        lambda said: keeping.answer_concern(by=actor, concern=concern, **said),
    )


def _about(actor: Actor, concern: Concern) -> str:
    """Who a worry is about; a partner reads a name only where it is shared with them."""
    if concern.person is None:
        return concern.about_whom or "Nobody named"
    if actor.role == Role.PARTNER:
        return name_in(concern.person, visible_items(actor, concern.person))
    return str(concern.person.full_name)
