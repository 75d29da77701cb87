"""Records that may be one person twice: possible pairs, proposing, deciding, parting again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission
from openhiu.web.people import actions, duplicates, forms, policies, presenters, queries
from openhiu.web.people.actions.joining import impossible
from openhiu.web.people.models import Merge, Person
from openhiu.web.people.views.asking import Page, actor_of, ask, press

PER_PAGE = 25


@allow(Permission.PROPOSE_MERGE)
@require_GET
def possible(request: HttpRequest) -> HttpResponse:
    """Pairs that look like one person."""
    actor = actor_of(request)
    page = Paginator(duplicates.pairs(actor), PER_PAGE).get_page(request.GET.get("page"))
    record(actor, Did.LISTED, found=page.paginator.count)
    return render(request, "people/possible.html", {"page": page})


@allow(Permission.PROPOSE_MERGE)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, kept_id: UUID, absorbed_id: UUID) -> HttpResponse:
    """Two records side by side, and the proposal to join them."""
    actor = actor_of(request)
    kept, absorbed = duplicates.pair_or_missing(actor, kept_id, absorbed_id)
    page = _propose_page(actor, kept, absorbed)

    def save(values: dict[str, Any]) -> None:
        actions.propose_merge(by=actor, kept=kept, absorbed=absorbed, reason=values["reason"])

    if request.method == "GET":
        _looked_at(actor, kept, absorbed)
    return ask(request, forms.SureForm, page, save)


@allow(Permission.PROPOSE_MERGE)
@require_http_methods(["GET", "POST"])
def apart(request: HttpRequest, one_id: UUID, other_id: UUID) -> HttpResponse:
    """Say that two records that look alike are two people."""
    actor = actor_of(request)
    one, other = duplicates.pair_or_missing(actor, one_id, other_id)
    page = Page(
        "These are two people",
        reverse("people:possible"),
        note="They are not proposed again.",
        done="They stay two people.",
    )
    return ask(
        request,
        forms.ReasonForm,
        page,
        lambda values: actions.keep_apart(by=actor, one=one, other=other, **values),
    )


@allow(Permission.APPROVE_MERGE)
@require_GET
def merges(request: HttpRequest) -> HttpResponse:
    """Proposals to join records, and what became of them."""
    page = Paginator(queries.merges(actor_of(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/merges.html", {"page": page})


@allow(Permission.APPROVE_MERGE)
@require_GET
def merge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """One proposal, with both records side by side."""
    actor = actor_of(request)
    row = queries.merge_or_missing(actor, merge_id)
    _looked_at(actor, row.kept, row.absorbed)
    told = {
        "merge": row,
        "facts": presenters.side_by_side(row.kept, row.absorbed, identity_only=False),
        "against": impossible(row.kept, row.absorbed) if row.decided_at is None else [],
        "refused": _why_not(actor, row),
    }
    return render(request, "people/merge.html", told)


@allow(Permission.APPROVE_MERGE)
@require_POST
def decide(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Join them, or leave them two."""
    actor = actor_of(request)
    row = queries.merge_or_missing(actor, merge_id)
    yes = request.POST.get("answer") == "join"
    return press(
        request,
        lambda: actions.decide_merge(by=actor, merge=row, approved=yes),
        reverse("people:merge", args=[row.pk]),
        "The records are joined." if yes else "The records stay apart.",
    )


@allow(Permission.APPROVE_MERGE)
@require_POST
def undo(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Part joined records again."""
    actor = actor_of(request)
    row = queries.merge_or_missing(actor, merge_id)
    return press(
        request,
        lambda: actions.undo_merge(by=actor, merge=row),
        reverse("people:merge", args=[row.pk]),
        "The records are two again, each with what it had.",
    )


def _propose_page(actor: Actor, kept: Person, absorbed: Person) -> Page:
    analyst = actor.is_(Role.ANALYST)
    return Page(
        "Are these one person?",
        reverse("people:possible"),
        submit="Propose joining them",
        done="The proposal is sent. A supervisor decides.",
        template="people/propose.html",
        extra={
            "kept": kept,
            "absorbed": absorbed,
            "facts": presenters.side_by_side(kept, absorbed, identity_only=analyst),
            "against": impossible(kept, absorbed),
        },
    )


def _looked_at(actor: Actor, *people: Person) -> None:
    for person in people:
        record(actor, Did.LOOKED, person=person)


def _why_not(actor: Actor, row: Merge) -> str:
    try:
        policies.decide_merge(actor, row)
    except NotAllowed as why:
        return str(why)
    return ""
