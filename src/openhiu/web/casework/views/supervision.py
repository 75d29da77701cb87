"""Supervision: the team's standing, one lead's clients, silent ones, notes, and limits passed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import caseload, lifecycle
from openhiu.web.casework.actions import supervision as saying
from openhiu.web.casework.forms import work as forms
from openhiu.web.casework.presenters import active_list as words
from openhiu.web.casework.queries import active_list as listed
from openhiu.web.casework.queries import contacts as written
from openhiu.web.casework.queries import supervision as found
from openhiu.web.casework.queries.active_list import Filters
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.casework.views.client import frame, read


@allow(Permission.SUPERVISE)
@require_GET
def show_team(request: HttpRequest) -> HttpResponse:
    """Everyone's standing by name, limits that wait, and who has been silent."""
    actor = actor_of(request)
    team = found.team(actor)
    told = {
        "team": team,
        "over": found.over_unnoticed(actor, team),
        "limits": found.limits_waiting(actor),
        "quarter": caseload.quarter_words(),
        "days": found.SILENT_DAYS,
    }
    return render(request, "casework/team.html", told)


@allow(Permission.SUPERVISE)
@require_GET
def show_lead(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """One lead's clients, to go through together."""
    actor = actor_of(request)
    lead = found.lead_or_missing(actor, membership_id)
    cases = listed.active(actor, Filters(lead=str(lead.pk)))
    page = Paginator(cases, listed.PER_PAGE).get_page(request.GET.get("page"))
    looked = found.last_looked(list(page.object_list))
    page.object_list = [(words.row(case), looked.get(case.pk)) for case in page.object_list]
    record(actor, Did.LISTED, page="a lead's clients", rows=len(page.object_list))
    standing = caseload.standing(lead)
    told = {
        "lead": lead,
        "standing": standing,
        "load": standing.load,
        "page": page,
        "limits": found.limits_of(actor, lead),
    }
    return render(request, "casework/lead.html", told)


@allow(Permission.SUPERVISE)
@require_GET
def show_silent(request: HttpRequest) -> HttpResponse:
    """Clients of whom nothing was written down for 14 days."""
    actor = actor_of(request)
    rows = [
        {"case": case, "phase": lifecycle.PHASES[case.phase].label}
        for case in found.silent(actor)[:200]
    ]
    record(actor, Did.LISTED, page="silent", rows=len(rows))
    return render(request, "casework/silent.html", {"rows": rows, "days": found.SILENT_DAYS})


@allow(Permission.OPEN_CLIENT)
@require_GET
def supervision_notes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What supervision wrote about a client."""
    actor, reading = actor_of(request), read(request, case_id, "supervision")
    notes = list(found.notes_of(reading.case)[:100])
    told = {
        "notes": notes,
        "can_note": not reading.read_only and may(actor.role, Permission.SUPERVISE),
        "mine": reading.case.lead_id == actor.membership.pk,
        "unread": sum(note.seen_at is None for note in notes),
    }
    framed = frame(request, reading, "supervision")
    return render(request, "casework/supervision_notes.html", framed | told)


@allow(Permission.WRITE_CLIENT)
@require_POST
def notes_read(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The lead has read what supervision wrote."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    back = reverse("casework:supervision_notes", args=[case.pk])
    return press(request, lambda: saying.notes_seen(by=actor, case=case), back, "Marked as read.")


@allow(Permission.SUPERVISE)
@require_http_methods(["GET", "POST"])
def write_note(request: HttpRequest, case_id: UUID, contact_id: UUID | None = None) -> HttpResponse:
    """A word to the lead about a client or one contact."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    contact = written.contact_or_missing(case, contact_id) if contact_id else None
    back = "casework:contacts" if contact else "casework:supervision_notes"
    page = Page(
        title="Write a note for the lead",
        caption=case.person.full_name,
        note=f"{case.lead.user.name} is told and reads it. It stays with the record.",
        back=reverse(back, args=[case.pk]),
        draft=f"note:{contact.pk if contact else case.pk}",
        submit="Send the note",
        done="The note is sent.",
    )
    return ask(
        request,
        forms.NoteForm,
        page,
        lambda said: saying.note(by=actor, case=case, contact=contact, **said),
        initial={"kind": "thanks" if contact else "thought"},
    )


@allow(Permission.SUPERVISE)
@require_POST
def thank(request: HttpRequest, case_id: UUID, contact_id: UUID) -> HttpResponse:
    """Thank you, in one press, about one contact."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    contact = written.contact_or_missing(case, contact_id)
    return press(
        request,
        lambda: saying.note(by=actor, case=case, kind="thanks", contact=contact),
        reverse("casework:contacts", args=[case.pk]),
        "Your thanks are sent.",
    )


@allow(Permission.SUPERVISE)
@require_http_methods(["GET", "POST"])
def answer_limit(request: HttpRequest, passed_id: UUID) -> HttpResponse:
    """A word on a limit that was passed."""
    actor = actor_of(request)
    passed = found.limit_or_missing(actor, passed_id)
    if passed.seen_at:
        raise NotAllowed("This was answered already.")
    extra: dict[str, Any] = {"passed": passed, "standing": caseload.standing(passed.lead)}
    page = Page(
        title="A limit was passed",
        caption=passed.lead.user.name,
        back=reverse("casework:team"),
        submit="Send the answer",
        done="The answer is sent.",
        template="casework/answer_limit.html",
        extra=extra,
    )
    return ask(
        request,
        forms.AnswerForm,
        page,
        lambda said: saying.answer_limit(by=actor, passed=passed, answer=said["reply"]),
    )
