"""Copies of an agreed plan, and the plan as a partner reads it: given out, printed, asked back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.once import led_to, repeated
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.presenters.shared import name_in
from openhiu.web.casework.sharing import visible
from openhiu.web.mdt import actions
from openhiu.web.mdt.forms import plans as forms
from openhiu.web.mdt.queries import plans as found
from openhiu.web.mdt.telling import expiry_words, version_words, who_words
from openhiu.web.mdt.views.plans import organisations, tab_of

ATTEND, SHARED = Permission.ATTEND_MDT, Permission.SEE_SHARED


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def give_copy(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Register a copy for an organisation that may have the plan, and print it."""
    actor = actor_of(request)
    plan = found.plan_or_missing(actor, plan_id)
    page = Page(title="Give out a copy", caption=plan.case.person.full_name,
                back=tab_of(plan.case_id), submit="Register and print",
                note="Only organisations that may have the plan now. The copy carries a reference: "
                "when the plan changes they are asked to destroy it.",
                done="Registered. Print it now.")  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        copy = actions.give_copy(by=actor, plan=plan, **said)
        return reverse("mdt:print_copy", args=[copy.pk])

    return ask(request, forms.CopyForm, page, save, organisations=organisations(actor))


@allow(SHARED)
@require_GET
def show_shared_plans(request: HttpRequest) -> HttpResponse:
    """A partner's list: plans in force that their organisation may have."""
    actor = actor_of(request)
    rows = found.shared_plans(actor)
    seen = visible(actor.organisation, [row.case.person for row in rows])
    record(actor, Did.LISTED, page="agreed plans", rows=len(rows))
    told = {
        "rows": [
            {"plan": row, "name": name_in(row.case.person, seen[row.case.person_id])}
            for row in rows
        ],
        "expiry": expiry_words, "version_words": version_words,
    }  # fmt: skip
    return render(request, "mdt/shared_plans.html", told)


@allow(SHARED)
@require_GET
def show_shared_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The plan in force of one person, and nothing older."""
    actor = actor_of(request)
    plan = found.shared_plan_or_missing(actor, case_id)
    person = plan.case.person
    record(actor, Did.LOOKED, person=person.pk, about=plan, page="agreed plan")
    told = {
        "plan": plan,
        "name": name_in(person, visible(actor.organisation, [person])[person.pk]),
        "rows": found.rows_of(plan, actor.organisation),
        "expiry": expiry_words, "version_words": version_words, "who_words": who_words,
    }  # fmt: skip
    return render(request, "mdt/shared_plan.html", told)


@allow(SHARED)
@require_POST
def take_copy(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A partner takes a copy for their own organisation: it is registered, then printed."""
    actor = actor_of(request)
    first = repeated(request)
    if first:
        return first
    plan = found.shared_plan_or_missing(actor, case_id)
    copy = actions.give_copy(by=actor, plan=plan, organisation=actor.organisation,
                             to_whom=actor.user.name)  # fmt: skip
    return led_to(request, reverse("mdt:print_copy", args=[copy.pk]))


@allow(ATTEND)
@require_GET
def print_copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """A registered copy, to print, with version, last day and reference; nothing once it is old."""
    actor = actor_of(request)
    copy = found.copy_or_missing(actor, copy_id)
    (held,) = found.held([copy])
    if held.why or copy.confirmed_at:
        return render(request, "mdt/copy_gone.html", {"copy": copy, "why": held.why})
    plan, person = copy.plan, copy.plan.case.person
    record(actor, Did.PRINTED, person=person.pk, about=copy, page="agreed plan")
    items = visible(copy.organisation, [person])[person.pk]
    told = {
        "copy": copy,
        "plan": plan,
        "name": name_in(person, items),
        "rows": found.rows_of(plan, copy.organisation),
        "version_words": version_words, "who_words": who_words,
    }  # fmt: skip
    return render(request, "mdt/copy.html", told)


@allow(ATTEND)
@require_GET
def show_copies(request: HttpRequest) -> HttpResponse:
    """Copies that have to be destroyed or replaced, and that nobody has confirmed."""
    actor = actor_of(request)
    back = found.copies_back(actor)
    record(actor, Did.LISTED, page="copies of plans", rows=len(back))
    told = {"copies_back": back, "partner": actor.role == "partner"}
    return render(request, "mdt/copies.html", told)


@allow(ATTEND)
@require_http_methods(["GET", "POST"])
def confirm_copy(request: HttpRequest, copy_id: UUID) -> HttpResponse:
    """What became of a copy."""
    actor = actor_of(request)
    copy = found.copy_or_missing(actor, copy_id)
    page = Page(title=f"Copy {copy.reference}", back=reverse("mdt:copies"), submit="Confirm",
                note="The reference stands on every page of the copy.",
                done="Thank you. It is off the list.")  # fmt: skip

    def save(said: dict[str, Any]) -> None:
        actions.confirm_copy(by=actor, copy=copy, how=said["how"], words=said["words"] or "")

    return ask(request, forms.ConfirmForm, page, save)
