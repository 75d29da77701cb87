"""Samples of intake: lists on their way, rows, approaches and lists being made."""

from __future__ import annotations

from datetime import date
from typing import Any

from openhiu.web.access.models import Hospital, Organisation, Role
from openhiu.web.access.sealed import update_each
from openhiu.web.intake import actions
from openhiu.web.intake.actions.receiving import propose
from openhiu.web.intake.models import Listed, ReceivedList, Rerun
from openhiu.web.people.models import Person
from support.samples import (
    DECEASED,
    OTHER_SERVICE,
    OTHER_TEAM,
    RESTRICTED,
    SAME_TEAM,
    STEPPED_BACK,
    WITHDRAWN,
    Situation,
    sample,
)
from support.web import make_member, make_organisation, make_team
from support.web_intake import SITE, Folder, Place, let_go, listing_of
from support.web_lawful import make_gateway


def place_in(situation: Situation) -> Place:
    """The situation's service with one hospital, an analyst, a supervisor and a lead."""
    service = situation.service
    own = situation.actor if situation.name != OTHER_SERVICE else None
    trust = own.organisation if own else make_organisation(kind=Organisation.Kind.HOSPITAL)
    hospital = Hospital.objects.create(
        service=service, organisation=trust, site_code=SITE, name="Kestrel General"
    )
    make_gateway(service, trust)
    lead = own if own and own.role == Role.LEAD else make_member(service, Role.LEAD)
    return Place(
        service=service,
        trust=trust,
        hospital=hospital,
        analyst=make_member(service, Role.ANALYST, organisation=trust),
        supervisor=make_member(service, Role.SUPERVISOR),
        lead=lead,
    )


def proposed_in(situation: Situation) -> tuple[Place, ReceivedList]:
    place = place_in(situation)
    return place, propose(by=place.analyst, listing=listing_of(Folder()))


def released_in(situation: Situation, mode: str = "direct_care") -> tuple[Place, ReceivedList]:
    place, received = proposed_in(situation)
    return place, let_go(place, received, mode)


@sample("intake:hospital_list")
def hospital(situation: Situation) -> dict[str, Any]:
    place, _ = released_in(situation)
    return {"hospital_id": place.hospital.pk}


@sample("intake:review", "intake:release", "intake:send_back")
def waiting(situation: Situation) -> dict[str, Any]:
    return {"list_id": proposed_in(situation)[1].pk}


@sample("intake:withdraw")
def open_list(situation: Situation) -> dict[str, Any]:
    return {"list_id": released_in(situation)[1].pk}


@sample("intake:people_to_ask")
def to_ask(situation: Situation) -> dict[str, Any]:
    return {"list_id": released_in(situation, "consent_first")[1].pk}


@sample("intake:record_answer")
def row_to_ask(situation: Situation) -> dict[str, Any]:
    _, received = released_in(situation, "consent_first")
    return {"row_id": Listed.objects.filter(received=received).earliest("rank").pk}


@sample("intake:listed", "intake:bring_back", "intake:add_suggested")
def listed(situation: Situation) -> dict[str, Any]:
    _, received = released_in(situation)
    return {"row_id": Listed.objects.filter(received=received).earliest("rank").pk}


@sample("intake:progress")
def being_made(situation: Situation) -> dict[str, Any]:
    place = place_in(situation)
    made = Rerun.objects.create(
        service=situation.service,
        asked_by=place.analyst.membership,
        as_of=date(2026, 4, 1),
        preset="tiers",
    )
    return {"rerun_id": made.pk}


@sample(
    "intake:approach",
    "intake:record_attempt",
    "intake:next_try",
    "intake:change_reason",
    "intake:ask_again",
    "intake:outcome_yes",
    "intake:outcome_not_now",
    "intake:outcome_no",
    "intake:outcome_not_reached",
    "intake:outcome_not_right",
    "intake:not_counted",
    about_people=True,
)
def approach(situation: Situation) -> dict[str, Any] | None:
    if situation.name in (WITHDRAWN, STEPPED_BACK):
        return None  # there is no consent yet to withdraw, nor anything to step back from
    place, received = released_in(situation)
    if situation.name in (SAME_TEAM, OTHER_TEAM):
        team = situation.actor.team if situation.name == SAME_TEAM else make_team(place.service)
        place.lead = make_member(place.service, Role.LEAD, team=team)
    rows = list(Listed.objects.select_related("received").filter(received=received)[:1])
    (made,) = actions.choose(by=place.lead, rows=rows)
    facts = {DECEASED: {"died": "informal"}, RESTRICTED: {"restricted": True}}
    update_each(
        Person.objects.filter(pk=made.person_id), **facts.get(situation.name, {"version": 1})
    )
    return {"approach_id": made.pk}
