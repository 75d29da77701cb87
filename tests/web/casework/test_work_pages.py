"""Every page of the daily work opens for those whose it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.casework import actions
from openhiu.web.casework.caseload import OPEN, pass_limit
from openhiu.web.casework.models import Case, Contact, Task
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def supervisor(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sue Visor", team=lead.team)


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Robin", family_name="Finch")


def spoken(lead: Actor, case: Case, **said: Any) -> Contact:
    return actions.record_contact(
        by=lead, case=case, **{"who": "client", "how": "phone", "reached": "yes", **said}
    )


def test_the_pages_of_a_lead(client: Client, lead: Actor, supervisor: Actor, case: Case) -> None:
    contact = spoken(lead, case, what_mattered="The cat is back.", next_step="Ring housing")
    actions.correct_contact(
        by=lead, contact=contact, version=1, who="client", how="visit", reached="yes"
    )
    task = actions.add_task(by=lead, words="Ring housing", case=case, due_on=timezone.localdate())
    actions.note(by=supervisor, case=case, kind="thanks", contact=contact)
    actions.record_outcome(
        by=lead, case=case, category="group", happened_on=timezone.localdate(), words="Choir"
    )
    actions.record_wellbeing(
        by=lead, case=case, asked_on=timezone.localdate(), answers={"happy": 6}
    )
    sign_in(client, lead)
    for name, args in [
        ("home", []), ("active_list", []), ("my_tasks", []), ("caseload", []), ("end_of_day", []),
        ("handover_card", []), ("hand_over", []), ("keep_list", []),
        ("contacts", [case.pk]), ("record_contact", [case.pk]), ("client_tasks", [case.pk]),
        ("add_client_task", [case.pk]), ("outcomes", [case.pk]), ("record_outcome", [case.pk]),
        ("record_wellbeing", [case.pk]), ("supervision_notes", [case.pk]),
        ("correct_contact", [case.pk, contact.pk]), ("contact_error", [case.pk, contact.pk]),
        ("contact_history", [case.pk, contact.pk]), ("move_task", [task.pk]),
        ("let_task_go", [task.pk]), ("hand_task", [task.pk]),
    ]:  # fmt: skip
        answer = client.get(reverse(f"casework:{name}", args=args))
        assert answer.status_code == 200, name
        assert "Finch" not in answer.content.decode().split("</title>")[0], name


def test_the_pages_of_a_supervisor(
    client: Client, lead: Actor, supervisor: Actor, case: Case
) -> None:
    contact = spoken(lead, case)
    passed = pass_limit(
        by=lead, lead=lead.membership, limit=OPEN, value=51, allowed=50, reason="Her brother asked"
    )
    sign_in(client, supervisor)
    for name, args in [
        ("home", []), ("team", []), ("silent", []), ("active_list", []),
        ("lead", [lead.membership.pk]), ("hand_over_for", [lead.membership.pk]),
        ("answer_limit", [passed.pk]), ("contacts", [case.pk]), ("write_note", [case.pk]),
        ("note_on_contact", [case.pk, contact.pk]), ("supervision_notes", [case.pk]),
    ]:  # fmt: skip
        answer = client.get(reverse(f"casework:{name}", args=args))
        assert answer.status_code == 200, name


@pytest.mark.parametrize(
    "role",
    [
        Role.PARTNER, Role.ANALYST, Role.COMMISSIONER, Role.AUDITOR, Role.ADMIN,
        Role.SAFEGUARDING, Role.COVER,
    ],
)  # fmt: skip
def test_everyone_has_a_home_and_sees_nobodys_name_there_who_may_not(
    client: Client, lead: Actor, case: Case, role: Role
) -> None:
    Case.objects.filter(pk=case.pk).update(next_contact_on=timezone.localdate())
    sign_in(client, make_member(lead.service, role, name="Someone Else"))
    answer = client.get(reverse("casework:home"))
    assert answer.status_code == 200
    assert "Finch" not in answer.content.decode()


def test_a_draft_and_a_task_are_on_the_morning_page(
    client: Client, lead: Actor, case: Case
) -> None:
    from openhiu.web.access.drafts import keep_draft

    keep_draft(lead.membership, f"contact:{case.pk}", {"what_mattered": ["The cat"]})
    actions.add_task(
        by=lead, words="Ring the council", due_on=timezone.localdate() - timedelta(days=1)
    )
    sign_in(client, lead)
    page = client.get(reverse("casework:home")).content.decode()
    assert "An unfinished contact, Robin" in page
    assert "Ring the council" in page
    assert Task.objects.count() == 1
