"""Samples of the daily work, for the matrix: contacts, tasks, limits, leads, saved views, words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Announcement, Role, SavedView
from openhiu.web.casework import actions
from openhiu.web.casework.caseload import OPEN
from openhiu.web.casework.models import Case, Contact, Task
from support.samples import (
    DECEASED,
    OTHER_SERVICE,
    OTHER_TEAM,
    OWN,
    RESTRICTED,
    SAME_TEAM,
    STEPPED_BACK,
    WITHDRAWN,
    Situation,
    sample,
)
from support.web import make_member, make_team
from support.web_casework import make_case

# These show or write about one client, so that they are asked for in all eight situations.
ABOUT_A_CLIENT = (
    "contacts", "record_contact", "client_tasks", "add_client_task", "outcomes", "record_outcome",
    "record_wellbeing", "supervision_notes", "notes_read", "write_note",
)  # fmt: skip
ABOUT_A_CONTACT = (
    "correct_contact", "contact_error", "contact_history", "thank", "note_on_contact",
)  # fmt: skip
ABOUT_A_TASK = ("finish_task", "move_task", "let_task_go", "hand_task")


@sample(*(f"casework:{name}" for name in ABOUT_A_CLIENT), about_people=True)
def client(situation: Situation) -> dict[str, Any]:
    return {"case_id": case_in(situation).pk}


@sample(*(f"casework:{name}" for name in ABOUT_A_CONTACT), about_people=True)
def contact(situation: Situation) -> dict[str, Any]:
    case = case_in(situation)
    made = Contact.objects.create(
        service=situation.service, case=case, how="phone", reached="yes", by=case.lead
    )
    return {"case_id": case.pk, "contact_id": made.pk}


@sample(*(f"casework:{name}" for name in ABOUT_A_TASK), about_people=True)
def task(situation: Situation) -> dict[str, Any]:
    case = case_in(situation)
    made = Task.objects.create(
        service=situation.service, case=case, owner=case.lead, words="Ring back", made_by=case.lead
    )
    return {"task_id": made.pk}


@sample("casework:lead", "casework:hand_over_for")
def lead(situation: Situation) -> dict[str, Any]:
    return {"membership_id": lead_for(situation).membership.pk}


@sample("casework:answer_limit")
def limit(situation: Situation) -> dict[str, Any]:
    whose = lead_for(situation)
    passed = actions.pass_limit(
        by=whose, lead=whose.membership, limit=OPEN, value=51, allowed=50, reason="They asked."
    )
    return {"passed_id": passed.pk}


@sample("casework:forget_list")
def saved_view(situation: Situation) -> dict[str, Any]:
    whose = situation.actor.user if situation.name == OWN else lead_for(situation).user
    made = SavedView.objects.create(
        service=situation.service, user=whose, page="active_list", name=uuid4().hex[:8]
    )
    return {"view_id": made.pk}


@sample("casework:put_aside")
def told(situation: Situation) -> dict[str, Any]:
    to = situation.actor if situation.name == OWN else lead_for(situation)
    made = Announcement.objects.create(
        service=situation.service, to=to.membership, words="Something changed."
    )
    return {"announcement_id": made.pk}


def lead_for(situation: Situation) -> Actor:
    """A lead of the service and, in one's own service, of the asker's team."""
    same = situation.actor.service_id == situation.service.pk
    return make_member(situation.service, Role.LEAD, team=situation.actor.team if same else None)


def case_in(situation: Situation) -> Case:
    """A client who stands to the asker as the situation says."""
    case = make_case(_lead_of(situation))
    person = case.person
    if situation.name == WITHDRAWN:
        case.refresh_from_db()
        person_consents(case).update(withdrawn_at=timezone.now() - timedelta(hours=1))
    elif situation.name == STEPPED_BACK:
        Case.objects.filter(pk=case.pk).update(phase="at_a_distance", rhythm_days=90)
    elif situation.name == RESTRICTED:
        type(person).objects.filter(pk=person.pk).update(restricted=True)
    elif situation.name == DECEASED:
        type(person).objects.filter(pk=person.pk).update(died="formal", died_on=date(2026, 1, 2))
    return case


def person_consents(case: Case) -> Any:
    """The answers to "take part" of a case's person."""
    from openhiu.web.casework.models import Consent

    return Consent.objects.filter(person=case.person, kind=Consent.Kind.TAKE_PART)


def _lead_of(situation: Situation) -> Actor:
    """Who supports the client: the asker where it is theirs and they can, else somebody else."""
    if situation.name == OTHER_SERVICE:
        return make_member(situation.service, Role.LEAD)
    if situation.name == OTHER_TEAM:
        return make_member(
            situation.service, Role.LEAD, team=make_team(situation.service, f"T{uuid4().hex[:4]}")
        )
    mine = situation.name != SAME_TEAM and situation.actor.role == Role.LEAD
    return situation.actor if mine else lead_for(situation)


@sample("casework:weight", about_people=True)
def weight(situation: Situation) -> dict[str, Any]:
    return {"case_id": case_in(situation).pk}
