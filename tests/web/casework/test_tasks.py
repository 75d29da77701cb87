"""Tasks are few and owned, and they end: done, let go with a reason, or handed on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Role
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Task
from openhiu.web.casework.queries.tasks import mine, visible
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def case(lead: Actor) -> Case:
    return make_case(lead, given_name="Robin", family_name="Finch")


def test_tasks_come_by_day_and_those_without_a_day_last(lead: Actor, case: Case) -> None:
    today = timezone.localdate()
    actions.add_task(by=lead, words="Some time")
    actions.add_task(by=lead, words="Later", case=case, due_on=today + timedelta(days=3))
    actions.add_task(by=lead, words="Now", due_on=today)
    assert [task.words for task in mine(lead)] == ["Now", "Later", "Some time"]


def test_a_task_has_words(lead: Actor) -> None:
    with pytest.raises(NotAllowed, match="Say what you will do"):
        actions.add_task(by=lead, words="  ")


def test_done_twice_is_done_once(lead: Actor) -> None:
    task = actions.add_task(by=lead, words="Ring back")
    first = actions.finish_task(by=lead, task=task).done_at
    assert first is not None
    assert actions.finish_task(by=lead, task=task).done_at == first
    assert actions.let_go(by=lead, task=task, reason="Too late").let_go_reason == ""
    with pytest.raises(NotAllowed, match="has ended"):
        actions.move_task(by=lead, task=task, due_on=timezone.localdate())


def test_letting_go_needs_a_reason_and_ends_it(lead: Actor) -> None:
    task = actions.add_task(by=lead, words="Ring back")
    with pytest.raises(NotAllowed, match="Say why"):
        actions.let_go(by=lead, task=task, reason="")
    actions.let_go(by=lead, task=task, reason="They rang us")
    assert not mine(lead).exists()


def test_a_task_is_handed_to_who_can_open_its_client_and_they_are_told(
    lead: Actor, case: Case
) -> None:
    task = actions.add_task(by=lead, words="Ring back", case=case)
    cover = make_member(lead.service, Role.COVER, team=lead.team)
    peer = make_member(lead.service, Role.LEAD, team=lead.team)
    outsider = make_member(lead.service, Role.COVER, team=make_team(lead.service, "South"))
    with pytest.raises(NotAllowed, match="could not open the task"):
        actions.hand_task(by=lead, task=task, to=peer.membership)
    with pytest.raises(NotAllowed, match="someone of your team"):
        actions.hand_task(by=lead, task=task, to=outsider.membership)
    actions.hand_task(by=lead, task=task, to=cover.membership)
    assert [one.words for one in mine(cover)] == ["Ring back"]
    assert [told.words for told in unseen(cover)] == ["A colleague gave you a task."]


def test_nobody_touches_anothers_task(lead: Actor, case: Case) -> None:
    peer = make_member(lead.service, Role.LEAD, team=lead.team)
    about, own = (
        actions.add_task(by=lead, words="Ring back", case=case),
        actions.add_task(by=lead, words="Book training"),
    )
    assert not visible(peer).exists()
    for task in (about, own):
        with pytest.raises(NotAllowed, match="someone else's task"):
            actions.finish_task(by=peer, task=task)
    foreign = make_member(make_service(), Role.LEAD, open_rows=False)
    with pytest.raises(Missing):
        actions.finish_task(by=foreign, task=own)


def test_a_task_about_a_client_handed_to_someone_else_is_seen_no_more(
    lead: Actor, case: Case
) -> None:
    actions.add_task(by=lead, words="Ring back", case=case)
    peer = make_member(lead.service, Role.LEAD, team=lead.team)
    Case.objects.filter(pk=case.pk).update(lead=peer.membership)
    assert not visible(lead).exists()


def test_done_in_one_press_and_back_where_one_was(client: Client, lead: Actor, case: Case) -> None:
    task = actions.add_task(by=lead, words="Ring back", case=case)
    sign_in(client, lead)
    there, sent = reverse("casework:finish_task", args=[task.pk]), {"posted": str(uuid4())}
    answer = client.post(there, sent | {"from": "mine"})
    assert answer.url == reverse("casework:my_tasks")
    assert client.post(there, sent).url == answer.url
    assert client.get(there).status_code == 405
    assert Task.objects.get().done_at is not None


def test_a_task_is_added_and_moved_on_its_pages(client: Client, lead: Actor, case: Case) -> None:
    sign_in(client, lead)
    client.post(
        reverse("casework:add_client_task", args=[case.pk]),
        {"words": "Send the address", "posted": str(uuid4())},
    )
    task = Task.objects.get()
    assert (task.case_id, task.owner_id) == (case.pk, lead.membership.pk)
    day = timezone.localdate() + timedelta(days=2)
    client.post(
        reverse("casework:move_task", args=[task.pk]),
        {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year},
    )
    task.refresh_from_db()
    assert task.due_on == day


def test_my_tasks_take_a_fixed_number_of_queries(
    client: Client, lead: Actor, case: Case, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        actions.add_task(by=lead, words=f"Task {number}", case=case)
    sign_in(client, lead)
    client.get("/tasks/")
    with django_assert_max_num_queries(16):
        assert "Task 29" in client.get("/tasks/").content.decode()
