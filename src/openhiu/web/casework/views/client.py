"""A client's own pages: overview, who has seen it, history, one export, and opening another's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.actions.breaking_glass import break_glass
from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import Missing, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.access.proof import proved_again
from openhiu.web.access.queries import looks_at
from openhiu.web.casework import receiving
from openhiu.web.casework.covering import covering_words
from openhiu.web.casework.forms.safeguarding import GlassForm
from openhiu.web.casework.models import SharedWithoutConsent
from openhiu.web.casework.presenters import client as words
from openhiu.web.casework.presenters import export, history
from openhiu.web.casework.queries import cases, client
from openhiu.web.casework.queries import consent as answers
from openhiu.web.casework.queries.sharing import shares
from openhiu.web.casework.views.asking import Page, actor_of, ask
from openhiu.web.people import held
from openhiu.web.people.beside import beside, received
from openhiu.web.people.presenters import Card, before_you_call


def frame(request: HttpRequest, reading: cases.Reading, tab: str) -> dict[str, Any]:
    """What casework/client_layout.html needs: the case, its tabs, the banner of a look."""
    actor, case = actor_of(request), reading.case
    return {
        "case": case,
        "person": case.person,
        "tab": tab,
        "tabs": words.client_tabs(case),
        "tabs_in_sight": words.IN_SIGHT,
        "phase": words.phase(case),
        "held": held.WHY if held.is_held(case.person) else "",
        "beside": beside(case.person),
        "reading": reading,
        "covering": "" if reading.read_only else covering_words(actor, case),
        "can_write": not reading.read_only and may(actor.role, Permission.WRITE_CLIENT),
    }


def read(request: HttpRequest, case_id: UUID, page: str) -> cases.Reading:
    """A case to be read, and the look recorded."""
    actor = actor_of(request)
    reading = cases.readable_or_missing(actor, case_id)
    purpose = Purpose.SAFEGUARDING if reading.read_only else None
    record(actor, Did.LOOKED, person=reading.case.person_id, about=reading.case,
           purpose=purpose, page=page)  # fmt: skip
    return reading


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_client(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The overview; someone else's client leads to the page that asks why."""
    actor = actor_of(request)
    try:
        reading = read(request, case_id, "overview")
    except Missing:
        other = cases.outside(actor, case_id)
        if other is None or not may(actor.role, Permission.BREAK_GLASS):
            raise
        return redirect("casework:open_outside", case_id=case_id)
    seen = client.overview(actor, reading.case)
    told = {
        "seen": seen,
        "card": _card(actor, reading),
        "worries": words.worries(seen),
        "needs": [words.need(need) for need in seen.needs],
        "matters": words.one_line(seen.plan.what_matters),
        "record_url": words.found("casework:record_contact", reading.case),
        "rhythm": words.rhythm(reading.case),
        "ways": [] if reading.read_only else words.ways(actor, reading.case),
        # One tap, while the room is there and they take part; else the page that asks.
        "pick_up_url": ""
        if seen.why_not_contact
        else words.found("monitoring:pick_up", reading.case),
    }
    return render(request, "casework/client.html", frame(request, reading, "overview") | told)


def _card(actor: Actor, reading: cases.Reading) -> Card:
    """How to be in touch safely; nothing to change for a look outside one's own."""
    card = before_you_call(actor, reading.case.person)
    return replace(card, edit=card.edit and not reading.read_only)


@allow(Permission.BREAK_GLASS)
@proved_again
@require_http_methods(["GET", "POST"])
def open_outside(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask why someone opens a client who is not theirs; then they may read for some hours."""
    actor = actor_of(request)
    case = cases.outside(actor, case_id)
    if case is None:
        raise Missing
    there = reverse("casework:client", args=[case_id])
    if cases.cases(actor).filter(pk=case_id).exists():
        return redirect(there)
    page = Page(
        title="This client is supported by someone else",
        note="You can read the record for four hours. The look is shown to whoever supports "
        "them, and someone reviews it.",
        back="/",
        then=there,
        submit="Open the record",
        variant="warning",
        done="You can read this record for four hours.",
    )
    return ask(
        request,
        GlassForm,
        page,
        lambda said: break_glass(
            by=actor, person_id=case.person_id, reason=said["reason"], tie=said["tie"]
        ),
    )


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_seen(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who has looked at this person's record, and who received some of it."""
    reading = read(request, case_id, "seen")
    person = reading.case.person
    told = {
        "looks": looks_at(actor_of(request), person.pk)[:200],
        "shares": shares(person)[:100],
        "received": receiving.received(actor_of(request), person),
        "without": SharedWithoutConsent.objects.filter(
            service=person.service_id, person=person
        ).order_by("-at"),
        "also_received": received(person),
        "rights_url": words.rights_url(actor_of(request), person),
    }
    return render(request, "casework/seen.html", frame(request, reading, "seen") | told)


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_history(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Phases and changes of the plan, newest first, in plain words."""
    reading = read(request, case_id, "history")
    told = {"lines": history.lines(reading.case, client.phase_changes(reading.case))}
    return render(request, "casework/history.html", frame(request, reading, "history") | told)


@allow(Permission.EXPORT_CLIENT)
@proved_again
@require_http_methods(["GET", "POST"])
def export_client(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One client's record to take along: a page to print, or a file; proved again before."""
    actor = actor_of(request)
    case = cases.case_or_missing(actor, case_id)
    if request.method != "POST":
        return render(request, "casework/export.html", {"case": case, "person": case.person})
    kind = "file" if request.POST.get("kind") == "file" else "page"
    kept = export.record_of(case)
    record(actor, Did.EXPORTED, person=case.person_id, about=case, kind=kind)
    if kind == "page":
        return render(request, "casework/export_page.html", {"case": case, "kept": kept})
    answer = JsonResponse(kept, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="record-{case.pk}.json"'
    return answer


@allow(Permission.RECORD_CONSENT)
@require_GET
def show_reviews(request: HttpRequest) -> HttpResponse:
    """Whose consent is due to be asked again, soonest first."""
    actor = actor_of(request)
    mine = {case.person_id: case for case in cases.cases(actor)}
    rows = [(answer, mine[answer.person_id]) for answer in answers.due(actor, mine)]
    record(actor, Did.LISTED, page="consent reviews", rows=len(rows))
    return render(request, "casework/reviews.html", {"rows": rows})
