"""A request is found, noted, and its clock is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.assurance.actions import rights as actions
from openhiu.web.assurance.forms import rights as forms
from openhiu.web.assurance.models import RightsRequest, Telling
from openhiu.web.assurance.policies.rights import note, sees_all
from openhiu.web.assurance.presenters import rights as words
from openhiu.web.assurance.queries import rights as queries
from openhiu.web.people.models import Person

ASK = Permission.ASK_RIGHT
_METHODS = ["GET", "POST"]


@allow(ASK)
@require_GET
def list_rights(request: HttpRequest) -> HttpResponse:
    """Open requests by the day they are due, then those answered: references, no names."""
    actor = actor_of(request)
    rows = list(queries.requests(actor))
    today = timezone.localdate()
    open_rows = sorted(
        (one for one in rows if not one.closed_at),
        key=lambda one: (bool(one.replied_on), queries.clock_of(one).due(today)),
    )
    record(actor, Did.LISTED, purpose=Purpose.IG_AUDIT, page="rights", rows=len(rows))
    told = {
        "open": [(one, words.standing(one)) for one in open_rows],
        "closed": [one for one in rows if one.closed_at][:50],
        "may_find": sees_all(actor),
    }
    return render(request, "assurance/rights/list.html", told)


@allow(ASK)
@require_http_methods(_METHODS)
def find_person(request: HttpRequest) -> HttpResponse:
    """Whose record it is. What is typed stays out of the address."""
    actor = actor_of(request)
    form = forms.FindForm(request.POST or None)
    told: dict[str, Any] = {"form": form, "found": None}
    if request.method == "POST" and form.is_valid():
        found = queries.people_like(actor, **form.cleaned_data) if sees_all(actor) else []
        record(actor, Did.SEARCHED, purpose=Purpose.IG_AUDIT, page="rights", found=len(found))
        told["found"] = found
        told["listed"] = queries.listed_like(actor, form.cleaned_data["nhs_number"])
    return render(request, "assurance/rights/find.html", told)


@allow(ASK)
@require_http_methods(_METHODS)
def note_about(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Note what somebody asks about their record."""
    actor = actor_of(request)
    person = Person.objects.filter(service=actor.service_id, pk=person_id).first()
    if person is None:
        raise Missing
    note(actor, person)
    return _note(request, person, forms.NoteForm)


@allow(ASK)
@require_http_methods(_METHODS)
def note_nobody(request: HttpRequest) -> HttpResponse:
    """Note a request where no record was found: the search is answered too."""
    return _note(request, None, forms.NoteAboutNobodyForm)


def _note(request: HttpRequest, person: Person | None, form: Any) -> HttpResponse:
    actor = actor_of(request)
    page = Page(
        title="Note what they ask", caption=person.full_name if person else "",
        back=reverse("assurance:rights"), draft=f"right:{person.pk if person else 'nobody'}",
        submit="Note it", done="Noted. The clock runs from the day it came.",
        note="Anybody can ask in any form, of any of us; they need not say why.",
    )  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        made = actions.note_request(by=actor, person=person, **said)
        return reverse("assurance:right", args=[made.pk])

    initial = {"received_on": timezone.localdate(), "asked_by": "person"}
    return ask(request, form, page, save, initial=initial)


@allow(ASK)
@require_GET
def show_right(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: what was asked, its clock, what is done next, the copy, who is told."""
    actor = actor_of(request)
    found = queries.request_or_missing(actor, request_id)
    record(actor, Did.LOOKED, person=found.person_id, about=found, purpose=Purpose.IG_AUDIT,
           page="request")  # fmt: skip
    told = {
        "right": found,
        "standing": words.standing(found),
        "about": words.about(found),
        "who_asks": words.who_asks(found),
        "clock": words.clock_rows(found),
        "steps": words.steps(actor, found),
        "pack": words.pack_words(actor, queries.latest_pack(found)),
        "hold": queries.standing_hold(found.person) if found.person else None,
        "corrections": found.corrections.select_related("by__user").order_by("-at"),
        "tellings": Telling.objects.filter(correction__request=found).order_by("received_on", "pk"),
        "consent_url": words.consent_url(actor, found),
        "may_decide": may(actor.role, Permission.DECIDE_RIGHT),
    }
    return render(request, "assurance/rights/one.html", told)


@allow(Permission.DECIDE_RIGHT)
@require_POST
def take_on(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """See to a request oneself."""
    actor = actor_of(request)
    found = queries.request_or_missing(actor, request_id)
    there = reverse("assurance:right", args=[found.pk])
    return press(request, lambda: actions.take_on(by=actor, request=found), there, "It is yours.")


def step(
    request: HttpRequest,
    request_id: UUID,
    form: Any,
    title: str,
    act: Callable[..., Any],
    **more: Any,
) -> HttpResponse:
    """One form that moves a request on; its fields are what the action takes."""
    actor = actor_of(request)
    found: RightsRequest = queries.request_or_missing(actor, request_id)
    page = Page(
        title=title, caption=found.reference, back=reverse("assurance:right", args=[found.pk]),
        draft=f"{act.__name__}:{found.pk}",
        version=lambda: queries.request_or_missing(actor, request_id).version, **more,
    )  # fmt: skip
    today = timezone.localdate()
    initial: dict[str, Any] = dict.fromkeys(("on", "asked_on", "answered_on", "told_on"), today)
    initial["version"] = found.version

    def save(said: dict[str, Any]) -> None:
        if "version" in said:  # a page that says none counts as an old one
            said["version"] = said["version"] or 0
        act(by=actor, request=found, **said)

    return ask(request, form, page, save, initial=initial)


@allow(ASK)
@require_http_methods(_METHODS)
def ask_identity(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """They were asked to show who they are."""

    def act(*, on: Any, **rest: Any) -> None:
        actions.ask_identity(asked_on=on, **rest)

    return step(request, request_id, forms.DayForm, "They were asked to show who they are", act,
                note="Ask only where there is a real doubt. The month begins when they "
                "answer.")  # fmt: skip


@allow(ASK)
@require_http_methods(_METHODS)
def confirm_identity(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """It is certain who asks."""
    return step(request, request_id, forms.IdentityForm, "Who asks", actions.confirm_identity)


@allow(ASK)
@require_http_methods(_METHODS)
def ask_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """They were asked what they mean."""
    return step(request, request_id, forms.AskBackForm, "Ask them what they mean",
                actions.ask_clarification,
                note="The clock stands still until they answer.")  # fmt: skip


@allow(ASK)
@require_http_methods(_METHODS)
def answered(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """They said what they mean."""
    return step(request, request_id, forms.AnswerForm, "What they answered",
                actions.answer_clarification)  # fmt: skip


@allow(ASK)
@require_http_methods(_METHODS)
def acknowledge(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """They were told that their complaint has come."""
    return step(request, request_id, forms.DayForm, "They were told that it has come",
                actions.acknowledge)  # fmt: skip
