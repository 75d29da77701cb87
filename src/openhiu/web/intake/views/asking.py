"""Consent first: the hospital's page of people to ask, and what each answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission
from openhiu.web.intake import actions, policies
from openhiu.web.intake.forms import AskedForm
from openhiu.web.intake.queries import lists
from openhiu.web.intake.queries.known import known_dead
from openhiu.web.intake.views.asking_page import actor_of, ask


@allow(Permission.ASK_FIRST)
@require_GET
def people_to_ask(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Everyone on a consent-first list, by name, for the hospital that treats them to ask."""
    actor = actor_of(request)
    found = lists.received_or_missing(actor, list_id)
    policies.must(policies.why_not_ask(found))
    rows = lists.to_ask(actor, found)
    record(actor, Did.LISTED, about=found, rows=len(rows), to_ask=True)
    answered = sum(1 for row in rows if row.asked_answer)
    asked = sum(1 for row in rows if row.asked_on)
    told = {
        "received": found,
        "rows": rows,
        "dead": known_dead(actor, rows),
        "asked": asked,
        "answered": answered,
        "yes": sum(1 for row in rows if row.asked_answer == "yes"),
        "answers": {"yes": "Yes", "no": "No", "not_now": "Not now"},
    }
    return render(request, "intake/people_to_ask.html", told)


@allow(Permission.ASK_FIRST)
@require_http_methods(["GET", "POST"])
def record_answer(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Write down that someone was asked, and what they said."""
    actor = actor_of(request)
    row = lists.row_to_ask(actor, row_id)
    if row is None:
        raise Missing
    there = reverse("intake:people_to_ask", args=[row.received_id])

    def save(form: Any) -> str:
        said = form.cleaned_data
        if said["answer"]:
            actions.record_answer(by=actor, row=row, answer=said["answer"],
                                  asked_on=said["asked_on"])  # fmt: skip
        else:
            actions.record_asked(by=actor, row=row, asked_on=said["asked_on"])
        return there

    return ask(
        request,
        "intake/record_answer.html",
        AskedForm,
        save,
        context={"row": row, "back_url": there},
        done="Recorded.",
        initial={"asked_on": row.asked_on or timezone.localdate(), "answer": row.asked_answer},
    )
