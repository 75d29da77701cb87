"""One's own caseload against the limits, the end of the day, and handing clients over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openhiu.web.access.actor import Actor
from openhiu.web.access.audit import Did, record
from openhiu.web.access.gate import allow
from openhiu.web.access.models import Membership
from openhiu.web.access.permissions import Permission
from openhiu.web.casework import caseload, weights
from openhiu.web.casework.actions.handover import hand_over, take_back
from openhiu.web.casework.actions.weight import set_weight
from openhiu.web.casework.forms import work as forms
from openhiu.web.casework.presenters import caseload as words
from openhiu.web.casework.queries import contacts as written
from openhiu.web.casework.queries import supervision as found
from openhiu.web.casework.queries.cases import case_or_missing, cases
from openhiu.web.casework.queries.covering import former_lead_or_missing
from openhiu.web.casework.queries.covering import without_lead as former_leads
from openhiu.web.casework.queries.standing import DIED, with_standing
from openhiu.web.casework.queries.team import workers
from openhiu.web.casework.views.asking import Page, actor_of, ask, press


@allow(Permission.WRITE_CLIENT)
@require_GET
def show_caseload(request: HttpRequest) -> HttpResponse:
    """How full one's hands are, and the limits passed with what the supervisor said."""
    actor = actor_of(request)
    standing = caseload.standing(actor)
    load = standing.load
    record(actor, Did.LISTED, page="caseload", rows=len(load.clients))
    told = {
        "standing": standing,
        "load": load,
        "table": weights.table(),
        "quarter": caseload.quarter_words(),
        "limits": found.limits_of(actor, actor.membership),
    }
    return render(request, "casework/caseload.html", told)


@allow(Permission.WRITE_CLIENT)
@require_http_methods(["GET", "POST"])
def say_weight(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """How much of one's time a client takes: lighter, as usual, heavier."""
    actor = actor_of(request)
    case = case_or_missing(actor, case_id)
    mark = weights.mark_of(actor, case)
    page = Page(
        title="How much of your time do they take?",
        caption=case.person.full_name,
        note="Weights only say how full your hands are. They say nothing about the person, are "
        "shared with nobody outside the team, and change nothing for them.",
        back=reverse("casework:caseload"),
        done="Your caseload counts them so from now on.",
    )
    return ask(
        request,
        forms.WeightForm,
        page,
        lambda said: set_weight(by=actor, case=case, **said),
        initial={"said": mark.said, "reason": mark.reason} if mark else {"said": "usual"},
    )


@allow(Permission.WRITE_CLIENT)
@require_GET
def end_of_day(request: HttpRequest) -> HttpResponse:
    """Who one spoke with today and what is next, from what was written down."""
    actor = actor_of(request)
    today = timezone.localdate()
    contacts = list(written.on_day(actor, today))
    record(actor, Did.LISTED, page="end of day", rows=len(contacts))
    told = {"day": today, **words.day(contacts), **words.ahead(actor)}
    return render(request, "casework/end_of_day.html", told)


@allow(Permission.WRITE_CLIENT)
@require_GET
def handover_card(request: HttpRequest) -> HttpResponse:
    """What one took on and gave away, with what to know about each client taken on."""
    actor = actor_of(request)
    taken = list(found.taken_on(actor)[:100])
    last = written.last_of_each([each.case for each in taken])
    record(actor, Did.LISTED, page="handover", rows=len(taken))
    told = {
        "taken": [words.taken(each, last.get(each.case_id)) for each in taken],
        "given": words.given(found.handed_over(actor), actor),
    }
    return render(request, "casework/handover_card.html", told)


@allow(Permission.SEE_CASELOAD)
@require_http_methods(["GET", "POST"])
def hand_over_own(request: HttpRequest) -> HttpResponse:
    """One's own clients to a colleague."""
    actor = actor_of(request)
    return _hand_over(request, actor, actor.membership, reverse("casework:handover_card"))


@allow(Permission.SUPERVISE)
@require_http_methods(["GET", "POST"])
def hand_over_for(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A lead's clients to a colleague, when the lead cannot do it."""
    actor = actor_of(request)
    left = former_leads(actor).filter(lead=membership_id).exists()
    if left:
        lead = former_lead_or_missing(actor, membership_id)
        return _hand_over(request, actor, lead, reverse("casework:without_lead"))
    lead = found.lead_or_missing(actor, membership_id)
    return _hand_over(request, actor, lead, reverse("casework:lead", args=[lead.pk]))


@allow(Permission.WRITE_CLIENT)
@require_POST
def take_back_all(request: HttpRequest) -> HttpResponse:
    """Everything that was handed over until the same day between the same two, in one press."""
    actor = actor_of(request)
    wanted = set(request.POST.getlist("handover"))
    chosen = [each for each in found.handed_over(actor) if str(each.batch) in wanted]
    return press(
        request,
        lambda: take_back(by=actor, handovers=chosen),
        reverse("casework:handover_card"),
        "They are back where they were.",
    )


def _hand_over(request: HttpRequest, actor: Actor, lead: Membership, back: str) -> HttpResponse:
    theirs = with_standing(cases(actor)).filter(lead=lead).exclude(stands=DIED)
    page = Page(
        title="Hand clients over",
        caption=lead.user.name,
        note="From that moment your colleague sees them and can write, and the lead who hands "
        "them over cannot. Open tasks go along. Both are told.",
        back=back,
        submit="Hand over",
        variant="warning",
        done="The clients are handed over, and your colleague knows.",
    )

    def save(said: dict[str, Any]) -> None:
        hand_over(
            by=actor,
            from_lead=lead,
            to_lead=said["to"],
            case_ids=[case.pk for case in (theirs if said["which"] == "all" else said["clients"])],
            reason=said["reason"],
            until=None if said["for_good"] else said["until"],
        )

    return ask(
        request,
        forms.HandOverForm,
        page,
        save,
        colleagues=workers(actor).exclude(pk=lead.pk),
        clients=theirs.order_by("person__given_name", "person__family_name"),
    )
