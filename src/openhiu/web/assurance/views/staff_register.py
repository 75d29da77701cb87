"""The register of staff on one page a team, and noting a professional registration."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.asking import Page, actor_of, ask, press
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import allow
from openhiu.web.access.permissions import Permission
from openhiu.web.assurance.actions import registrations as acts
from openhiu.web.assurance.forms.registers import RegistrationForm
from openhiu.web.assurance.presenters.staff_register import by_team
from openhiu.web.assurance.queries import staff_register as queries


@allow(Permission.SEE_STAFF_REGISTER)
@require_GET
def show_staff(request: HttpRequest) -> HttpResponse:
    """Everybody, team by team: what is in date, due and overdue, in words and colours."""
    actor = actor_of(request)
    found = queries.lines(actor)
    record(actor, Did.LISTED, page="staff register", rows=len(found),
           purpose=Purpose.SERVICE_MANAGEMENT)  # fmt: skip
    told = {"teams": by_team(found, actor)}
    return render(request, "assurance/registers/staff.html", told)


@allow(Permission.SEE_STAFF_REGISTER)
@require_http_methods(["GET", "POST"])
def note_registration(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """That somebody's entry in a professional register was seen."""
    actor = actor_of(request)
    member = queries.member_or_missing(actor, membership_id)
    page = Page(
        title="Note a professional registration", caption=member.user.name,
        back=reverse("assurance:staff_register"), done="The registration is noted.",
        note="Look at the public register yourself. Only its dates and four figures are kept.",
    )  # fmt: skip
    return ask(
        request, RegistrationForm, page,
        lambda said: acts.note_registration(by=actor, member=member, **said) and None,
    )  # fmt: skip


@allow(Permission.SEE_STAFF_REGISTER)
@require_POST
def take_back(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Noted in error: it stays, and counts no more."""
    actor = actor_of(request)
    row = queries.registration_or_missing(actor, registration_id)
    return press(
        request, lambda: acts.take_back(by=actor, row=row), reverse("assurance:staff_register"),
        "It counts no more.",
    )  # fmt: skip
