"""Contacts: the one-minute log, the contacts tab, correcting one's own, and marking an error."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed, allow
from openhiu.web.access.permissions import Permission, may
from openhiu.web.casework import policies
from openhiu.web.casework.actions import contacts as writing
from openhiu.web.casework.actions.visits import visit_recorded
from openhiu.web.casework.forms import contacts as forms
from openhiu.web.casework.models import Case, Contact, Visit
from openhiu.web.casework.presenters import contacts as words
from openhiu.web.casework.queries import contacts as found
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask
from openhiu.web.casework.views.client import frame, read
from openhiu.web.casework.views.visits import finished_or_none
from openhiu.web.people.safety import contact_rules

PER_PAGE = 25


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_contacts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything written down about being in touch, newest first, tries included."""
    actor, reading = actor_of(request), read(request, case_id, "contacts")
    case = reading.case
    framed = frame(request, reading, "contacts")
    page = Paginator(found.contacts_of(case), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [
        words.shown(actor, case, each, writes=framed["can_write"]) for each in page.object_list
    ]
    told = {
        "page": page,
        "tallies": words.tallies_words(found.tallies(case)),
        "can_note": not reading.read_only and may(actor.role, Permission.SUPERVISE),
    }
    return render(request, "casework/contacts.html", framed | told)


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def record_contact(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The one-minute log."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    page = Page(
        title="Log a contact",
        caption=case.person.full_name,
        back=reverse("casework:client", args=[case.pk]),
        then=reverse("casework:contacts", args=[case.pk]),
        draft=f"contact:{case.pk}",
        done="The contact is saved.",
        template="casework/contact_form.html",
        extra=_around(case),
    )
    visit = finished_or_none(actor, case, request.GET.get("visit", ""))
    return ask(
        request,
        forms.ContactForm,
        page,
        lambda said: _save(actor, case, said, visit),
        initial=forms.after_visit(visit) if visit else None,
        case=case,
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def correct_contact(request: HttpRequest, case_id: UUID, contact_id: UUID) -> HttpResponse:
    """Put right a contact one wrote oneself; what stood there stays in its history."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    contact = found.contact_or_missing(case, contact_id)
    if contact.by_id != actor.membership.pk:
        raise NotAllowed("Only the person who wrote this can correct it.")
    page = Page(
        title="Correct this contact",
        caption=case.person.full_name,
        back=reverse("casework:contacts", args=[case.pk]),
        draft=f"correct:{contact.pk}:{contact.version}",
        done="The correction is saved. What stood there before is kept in its history.",
        template="casework/contact_form.html",
        extra={"correcting": True, **_around(case)},
        version=lambda: _version(contact),
    )
    return ask(
        request,
        forms.CorrectionForm,
        page,
        lambda said: writing.correct_contact(
            by=actor, contact=contact, version=said["version"] or 0, **forms.said_of(said)
        ),
        initial=forms.initial_of(contact),
        case=case,
    )


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def mark_in_error(request: HttpRequest, case_id: UUID, contact_id: UUID) -> HttpResponse:
    """Mark a contact as entered in error; it stays to be read and counts no more."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    contact = found.contact_or_missing(case, contact_id)
    page = Page(
        title="Mark as entered in error",
        caption=case.person.full_name,
        note="It stays on the record, marked with your reason, and is not counted.",
        back=reverse("casework:contacts", args=[case.pk]),
        submit="Mark as entered in error",
        variant="warning",
        done="Marked as entered in error.",
    )
    return ask(
        request,
        forms.ErrorForm,
        page,
        lambda said: writing.mark_in_error(by=actor, contact=contact, reason=said["reason"]),
    )


@allow(Permission.OPEN_CLIENT)
@require_GET
def show_contact_history(request: HttpRequest, case_id: UUID, contact_id: UUID) -> HttpResponse:
    """What stood in a contact before each correction."""
    reading = read(request, case_id, "contact history")
    contact = found.contact_or_missing(reading.case, contact_id)
    told = {
        "contact": contact,
        "title": words.title_of(contact),
        "earlier": [(words.title_of(each), each) for each in found.earlier(contact)],
    }
    framed = frame(request, reading, "contacts")
    return render(request, "casework/contact_history.html", framed | told)


def _save(actor: Actor, case: Case, said: dict[str, Any], visit: Visit | None) -> None:
    next_contact = forms.next_of(case, said)
    contact = writing.record_contact(
        by=actor,
        case=case,
        next_contact=next_contact,
        task=said["next_step"] if said["task"] else "",
        task_due=next_contact if isinstance(next_contact, date) else None,
        **forms.said_of(said),
    )
    if visit is not None:
        visit_recorded(by=actor, visit=visit, contact=contact)


def _around(case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "person": case.person,
        "rules": contact_rules(case.person),
        "why_not": policies.why_not_contact(case),
    }


def _version(contact: Contact) -> int:
    return int(Contact.objects.values_list("version", flat=True).get(pk=contact.pk))
