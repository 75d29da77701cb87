"""People being reached: the list, one person with the first-call card, tries, and when next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Stale, allow
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission, may
from openhiu.web.intake import actions, policies
from openhiu.web.intake.forms import AttemptForm, NextTryForm, WhyForm
from openhiu.web.intake.models import Approach
from openhiu.web.intake.presenters import calling
from openhiu.web.intake.queries import approaches as reaching
from openhiu.web.intake.queries import pace
from openhiu.web.intake.views.asking_page import actor_of, ask
from openhiu.web.intake.views.choosing import PlainForm, form_for
from openhiu.web.people.presenters import before_you_call


@allow(Permission.SEE_LIST)
@require_GET
def approaches(request: HttpRequest) -> HttpResponse:
    """Everyone being reached, whose turn it is first, and who may be asked again."""
    actor = actor_of(request)
    today = timezone.localdate()
    found = list(reaching.open_approaches(actor))
    record(actor, Did.LISTED, rows=len(found), approaches=True)
    told = {
        "rows": [calling.line(one, today) for one in found],
        "again": reaching.ask_again_due(actor, today),
        "theirs_only": actor.role == Role.LEAD,
        "may_choose": may(actor.role, Permission.CHOOSE),
    }
    return render(request, "intake/approaches.html", told)


@allow(Permission.SEE_LIST)
@require_GET
def ended(request: HttpRequest) -> HttpResponse:
    """Approaches that have ended, newest first, and how."""
    actor = actor_of(request)
    found = reaching.approaches(actor).exclude(ended_at=None).order_by("-ended_at")[:200]
    record(actor, Did.LISTED, rows=len(found), ended=True)
    return render(request, "intake/ended.html", {"rows": found})


@allow(Permission.SEE_LIST)
@require_GET
def approach(request: HttpRequest, approach_id: UUID) -> HttpResponse:
    """One person being reached: how to call safely, words that open, what was tried, what next."""
    actor = actor_of(request)
    found = reaching.approach_or_missing(actor, approach_id)
    record(actor, Did.LOOKED, person=found.person_id, about=found)
    tries = list(reaching.attempts(found))
    told = {
        "approach": found,
        "person": found.person,
        "tries": tries,
        "words": calling.card(actor, found),
        "card": before_you_call(actor, found.person),
        "may_write": may(actor.role, Permission.WRITE_CLIENT) and not found.ended_at,
        "may_again": calling.may_ask_again(actor, found),
        "outcomes": calling.outcomes(found, len(tries)),
        "too_few": policies.why_not_reached_enough(found) if not found.ended_at else "",
    }
    return render(request, "intake/approach.html", told)


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def record_attempt(request: HttpRequest, approach_id: UUID) -> HttpResponse:
    """Write down one try at reaching someone."""
    actor = actor_of(request)
    found = reaching.approach_or_missing(actor, approach_id)
    card = calling.card(actor, found)
    there = reverse("intake:approach", args=[found.pk])

    def make(data: Any = None, **more: Any) -> AttemptForm:
        return AttemptForm(data, has_plan=card.has_plan or found.neutral_only, **more)

    def save(form: Any) -> str:
        actions.record_attempt(by=actor, approach=found, **form.cleaned_data)
        return there

    return ask(
        request,
        "intake/record_attempt.html",
        make,
        save,
        context={"approach": found, "person": found.person, "words": card, "back_url": there},
        draft=f"attempt:{found.pk}:{found.tries}",
        done="Saved. Every try counts as work.",
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def next_try(request: HttpRequest, approach_id: UUID) -> HttpResponse:
    """Say when to try again."""
    actor = actor_of(request)
    found = reaching.approach_or_missing(actor, approach_id)
    there = reverse("intake:approach", args=[found.pk])

    def save(form: Any) -> str:
        actions.plan_next_try(by=actor, approach=found, on=form.cleaned_data["next_try_on"])
        return there

    return ask(
        request,
        "intake/reason.html",
        NextTryForm,
        save,
        context={"title": "Plan the next try", "submit": "Save", "back_url": there},
        done="Saved.",
        initial={"next_try_on": found.next_try_on},
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def change_reason(request: HttpRequest, approach_id: UUID) -> HttpResponse:
    """Write anew why this person; a stale save shows both texts."""
    actor = actor_of(request)
    found = reaching.approach_or_missing(actor, approach_id)
    there = reverse("intake:approach", args=[found.pk])

    def save(form: Any) -> str:
        said = form.cleaned_data
        actions.change_reason(
            by=actor, approach=found, reason=said["reason"], version=said["version"] or 0
        )
        return there

    try:
        return ask(
            request,
            "intake/reason.html",
            WhyForm,
            save,
            context={"title": "Why this person?", "submit": "Save", "back_url": there},
            draft=f"why:{found.pk}:{found.version}",
            done="Saved.",
            initial={"reason": found.reason, "version": found.version},
        )
    except Stale as stale:
        return _both(request, found, stale, there)


def _both(request: HttpRequest, found: Approach, stale: Stale, there: str) -> HttpResponse:
    """Both texts side by side; the form holds what was typed and saves over the newer one."""
    data = request.POST.copy()
    data["version"] = str(found.version)
    fields = [{"label": label, "theirs": theirs, "yours": yours}
              for label, theirs, yours in stale.fields]  # fmt: skip
    told = {"fields": fields, "form": WhyForm(data), "cancel": there}
    return render(request, "design/stale.html", told, status=409)


@allow(Permission.CHOOSE)
@require_http_methods(["GET", "POST"])
def ask_again(request: HttpRequest, approach_id: UUID) -> HttpResponse:
    """Begin anew with someone who said not now, or could not be reached."""
    actor = actor_of(request)
    found = reaching.approach_or_missing(actor, approach_id)
    room = pace.room(actor, 1)
    asked = room.needs_reason(steady=actor.service.steady_weeks)

    def save(form: Any) -> str:
        again = actions.approach_again(
            by=actor,
            approach=found,
            over_limit_reason=form.cleaned_data.get("over_limit_reason", ""),
        )
        return reverse("intake:approach", args=[again.pk])

    return ask(
        request,
        "intake/reason.html",
        form_for(room) if asked else PlainForm,
        save,
        context={
            "title": f"Ask {found.person.called} again",
            "note": room.paused or room.heavy or room.ahead,
            "submit": "Ask again",
            "back_url": reverse("intake:approach", args=[found.pk]),
        },
        done="A new approach has begun.",
    )
