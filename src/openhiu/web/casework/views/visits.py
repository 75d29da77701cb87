"""Lone visits: one's own page of them, planning, one tap out and back, and who looks out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, Purpose, record
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Role
from openhiu.web.access.permissions import Permission
from openhiu.web.casework.actions import visits as doing
from openhiu.web.casework.forms import visits as forms
from openhiu.web.casework.models import Case, Visit
from openhiu.web.casework.presenters import visits as words
from openhiu.web.casework.queries import visits as found
from openhiu.web.casework.queries.cases import case_or_missing
from openhiu.web.casework.views.asking import Page, actor_of, ask, press
from openhiu.web.casework.views.client import frame, read
from openhiu.web.design.words import today
from openhiu.web.people.presenters import before_you_call
from openhiu.web.team.queries.care import settings_of
from openhiu.web.team.queries.staff import colleagues, managers_of


@allow(Permission.OPEN_CLIENT)
@require_GET
def client_visits(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A client's visits, planned and made."""
    reading = read(request, case_id, "visits")
    now = timezone.now()
    told = {
        "visits": [(one, words.state(one, now)) for one in found.of_case(reading.case)[:100]],
        "aid": words.AN_AID,
    }
    return render(request, "casework/client_visits.html", frame(request, reading, "visits") | told)


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def plan_client_visit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Plan a visit to a client: what is known stands above."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    card = before_you_call(actor, case.person)
    record(actor, Did.LOOKED, person=case.person_id, about=case, page="plan a visit")
    page = Page(
        title="Plan a visit", caption=case.person.full_name, submit="Plan the visit",
        back=reverse("casework:visits", args=[case.pk]), done="The visit is planned.",
        template="casework/plan_visit.html", extra={"card": card, "aid": words.AN_AID},
    )  # fmt: skip
    return ask(
        request, forms.ClientVisitForm, page,
        lambda said: _planned(actor, case, said), initial={"where": _address(case)},
        colleagues=colleagues(actor), case=case, notices=bool(card.notices),
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def plan_visit(request: HttpRequest) -> HttpResponse:
    """Plan a visit to somebody who is not a client."""
    actor = actor_of(request)
    page = Page(
        title="Plan a visit", submit="Plan the visit", back=reverse("casework:my_visits"),
        done="The visit is planned.", template="casework/plan_visit.html",
        extra={"aid": words.AN_AID},
    )  # fmt: skip
    return ask(
        request, forms.VisitForm, page, lambda said: _planned(actor, None, said),
        colleagues=colleagues(actor),
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_GET
def my_visits(request: HttpRequest) -> HttpResponse:
    """One's own visits to come, and those one looks out for."""
    actor = actor_of(request)
    now, first = timezone.now(), found.bounds(today())[0]
    mine = found.own(actor).filter(cancelled_at=None)
    coming = mine.filter(starts_at__gte=first) | mine.filter(back_at=None)
    watched = found.watched_of_day(actor, today())
    if actor.is_(Role.SUPERVISOR):
        watched = found.of_team(actor, today()).exclude(visitor__user=actor.user)
    shown = [(one, found.told(actor, one, now), words.state(one, now)) for one in coming]
    told = {
        "mine": shown,
        "watched": [(one, words.state(one, now)) for one in watched],
        "aid": words.AN_AID,
        "span": words.span,
    }
    record(actor, Did.LISTED, page="visits", rows=len(shown))
    return render(request, "casework/my_visits.html", told)


@allow(Permission.OWN_WORK)
@require_GET
def day_sheet(request: HttpRequest) -> HttpResponse:
    """Today's visits on paper, for a day on which this cannot be reached: one's own in full."""
    actor = actor_of(request)
    now, day = timezone.now(), today()
    mine = [found.told(actor, one, now) for one in found.own_of_day(actor, day)]
    watched = found.watched_of_day(actor, day)
    if actor.is_(Role.SUPERVISOR):
        watched = found.of_team(actor, day).exclude(visitor__user=actor.user)
    record(actor, Did.PRINTED, page="visits", rows=len(mine))
    for one in mine:
        if one.visit.case_id:
            record(actor, Did.PRINTED, person=one.visit.case.person_id, about=one.visit)
    settings = settings_of(actor.service)
    told = {
        "mine": mine, "watched": watched, "steps": words.STEPS, "settings": settings,
        "managers": managers_of(actor.membership), "span": words.span, "aid": words.AN_AID,
    }  # fmt: skip
    return render(request, "casework/day_sheet.html", told)


@allow(Permission.OWN_WORK)
@require_GET
def show_visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit: large buttons for who makes it; what to know and do for who looks out."""
    actor = actor_of(request)
    visit = found.visit_or_missing(actor, visit_id)
    seen = found.told(actor, visit)
    _look(actor, visit, seen)
    settings = settings_of(actor.service)
    told = {
        "visit": visit, "seen": seen, "state": words.state(visit, timezone.now()),
        "span": words.span(visit), "aid": words.AN_AID, "steps": words.STEPS,
        "settings": settings, "more": doing.MORE, "managers": managers_of(visit.visitor),
        "known": _notices(actor, visit) if seen.own and not visit.ended else [],
    }  # fmt: skip
    return render(request, "casework/visit.html", told)


@allow(Permission.OWN_WORK)
@require_POST
def set_out(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One tap: I am setting out."""
    actor, visit = _of(request, visit_id)
    return press(request, lambda: doing.set_out(by=actor, visit=visit), _page(visit),
                 "Go well. Press “I am back” when you are out again.")  # fmt: skip


@allow(Permission.OWN_WORK)
@require_POST
def come_back(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One tap: I am back."""
    actor, visit = _of(request, visit_id)
    return press(request, lambda: doing.come_back(by=actor, visit=visit), _page(visit),
                 "Good that you are back.")  # fmt: skip


@allow(Permission.OWN_WORK)
@require_POST
def stay_longer(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One tap: 15 or 30 minutes more."""
    actor, visit = _of(request, visit_id)
    asked = request.POST.get("minutes", "")
    minutes = int(asked) if asked.isascii() and asked.isdigit() else 0
    return press(
        request, lambda: doing.stay_longer(by=actor, visit=visit, minutes=minutes), _page(visit),
        f"You are expected {minutes} minutes later.",
    )  # fmt: skip


@allow(Permission.OWN_WORK)
@require_POST
def cancel(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """It does not take place."""
    actor, visit = _of(request, visit_id)
    return press(request, lambda: doing.cancel_visit(by=actor, visit=visit), _page(visit),
                 "The visit is cancelled, and your buddy knows.")  # fmt: skip


@allow(Permission.OWN_WORK)
@require_http_methods(["GET", "POST"])
def say_safe(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Whoever looks out knows that the visitor is safe."""
    actor, visit = _of(request, visit_id)
    page = Page(title="They are safe", caption=visit.visitor.user.name, back=_page(visit),
                submit="They are safe", done="Everyone who was told knows now.")  # fmt: skip
    return ask(
        request, forms.SafeForm, page,
        lambda said: doing.come_back(by=actor, visit=visit, **said) and None,
    )  # fmt: skip


def _of(request: HttpRequest, visit_id: UUID) -> tuple[Actor, Visit]:
    actor = actor_of(request)
    return actor, found.visit_or_missing(actor, visit_id)


def _planned(actor: Actor, case: Case | None, said: dict[str, Any]) -> str:
    visit = doing.plan_visit(by=actor, case=case, **forms.said_of(said))
    return _page(visit)


def _look(actor: Actor, visit: Visit, seen: found.Told) -> None:
    """A look at a person is recorded: for others as soon as where or who is shown to them."""
    if visit.case is None or not (seen.own or seen.where):
        return
    purpose = None if seen.own else Purpose.SAFEGUARDING
    record(actor, Did.LOOKED, person=visit.case.person_id, about=visit, purpose=purpose,
           page="visit")  # fmt: skip


def _notices(actor: Actor, visit: Visit) -> list[Any]:
    return before_you_call(actor, visit.case.person).notices if visit.case else []


def _address(case: Case) -> str:
    person = case.person
    if person.restricted:
        return ""
    return "\n".join(part for part in (person.address, person.postcode) if part)


def _page(visit: Visit) -> str:
    return reverse("casework:visit", args=[visit.pk])


def finished_or_none(actor: Actor, case: Case, visit_id: str) -> Visit | None:
    """One's own finished visit to a client, named in the address of the contact log."""
    try:
        wanted = UUID(visit_id)
    except ValueError:
        return None
    return found.to_record(actor).filter(pk=wanted, case=case).first()
