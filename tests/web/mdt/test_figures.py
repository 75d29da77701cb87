"""How a team does: months on the list as seed 004 reports them, and engagement by organisation."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role
from openhiu.web.mdt import actions, figures
from openhiu.web.mdt.models import Action, Group, Listing
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case
from support.web_mdt import make_group, make_meeting, make_shared, make_slot, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


def on_the_list(lead: Actor, group: Group, began: date, off: date | None) -> None:
    """A row as it stands after someone was taken on, and perhaps off, at ten in the morning."""
    at = _morning(began)
    Listing.objects.create(
        service=lead.service, group=group, case=make_case(lead), decided_at=at, proposed_at=at,
        state="off" if off else "listed", off_at=_morning(off) if off else None,
    )  # fmt: skip


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def test_months_on_the_list_are_told_as_the_shortest_the_longest_and_the_mean(lead: Actor) -> None:
    group = make_group(lead)
    # 2, 12 and 1 months: 61, 365 and 30 days; a month is 30.4375 days.
    on_the_list(lead, group, date(2025, 1, 1), date(2025, 3, 3))  # 61 / 30.4375 = 2.004
    on_the_list(lead, group, date(2025, 1, 1), date(2026, 1, 1))  # 365 / 30.4375 = 11.99
    on_the_list(lead, group, date(2025, 6, 1), date(2025, 7, 1))  # 30 / 30.4375 = 0.986
    told = figures.stay(group, every=True)
    assert (told.shortest, told.longest, told.mean) == (1.0, 12.0, 5.0)  # (2 + 12 + 1) / 3


def test_those_still_on_the_list_are_told_apart_from_those_who_came_off(lead: Actor) -> None:
    group = make_group(lead)
    on_the_list(lead, group, date(2026, 1, 1), date(2026, 3, 3))
    on_the_list(lead, group, date(2025, 11, 11), None)  # a year to the day: 365 days
    told = figures.stay(group, every=True)
    assert (told.came_off, told.still_on) == (1, 1)
    assert (told.longest, told.longest_on) == (2.0, 12.0)


def test_of_few_people_only_a_supervisor_reads_months(lead: Actor) -> None:
    group = make_group(lead)
    for _ in range(7):
        on_the_list(lead, group, date(2026, 1, 1), date(2026, 3, 3))
    assert figures.stay(group, every=False).hidden
    assert figures.stay(group, every=False).mean is None
    assert figures.stay(group, every=True).mean == 2.0
    on_the_list(lead, group, date(2026, 1, 1), date(2026, 3, 3))
    assert figures.stay(group, every=False).mean == 2.0


def test_months_so_far_of_those_on_the_list_are_told_as_well(lead: Actor, client: Client) -> None:
    group = make_group(lead)
    # It is 11 November 2026: 365, 61 and 30 days ago, 12, 2 and 1 months of 30.4375 days.
    for began in (date(2025, 11, 11), date(2026, 9, 11), date(2026, 10, 12)):
        on_the_list(lead, group, began, None)
    told = figures.stay(group, every=True)
    assert (told.shortest_on, told.mean_on, told.longest_on) == (1.0, 5.0, 12.0)
    assert told.hidden is False
    page = reverse("mdt:figures", args=[group.pk])
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    assert "5.0" in sign_in(client, supervisor).get(page).content.decode()
    chair = sign_in(client, lead).get(page).content.decode()
    assert "so far" in chair
    assert "5.0" not in chair
    assert "12.0" not in chair


def test_few_on_the_list_do_not_hide_the_many_who_came_off(lead: Actor) -> None:
    group = make_group(lead)
    for _ in range(8):
        on_the_list(lead, group, date(2026, 1, 1), date(2026, 3, 3))
    on_the_list(lead, group, date(2026, 1, 1), None)
    told = figures.stay(group, every=False)
    assert (told.hidden, told.mean) == (False, 2.0)
    assert (told.hidden_on, told.mean_on, told.shortest_on, told.longest_on) == (
        True, None, None, None,
    )  # fmt: skip


def test_proposed_people_who_were_never_taken_on_do_not_count(lead: Actor) -> None:
    group = make_group(lead)
    row = actions.propose(by=lead, group=group, case=make_case(lead), reason="A worry")
    actions.not_now(by=lead, listing=row, words="Not now")
    told = figures.stay(group, every=True)
    assert (told.came_off, told.still_on) == (0, 0)


def held(lead: Actor, group: Group, came: dict[Any, str]) -> None:
    """A meeting that was held, with these answers."""
    meeting = make_meeting(lead, group, timezone.now())
    actions.move(by=lead, meeting=meeting, to="agenda_closed")
    for actor, answer in came.items():
        actions.answer_for(by=lead, meeting=meeting, member=seat_of(group, actor), answer=answer,
                           instead="Jo, nurse" if answer == "sent" else "")  # fmt: skip
    actions.move(by=lead, meeting=meeting, to="held")


def test_an_organisation_was_there_when_anybody_of_it_was(lead: Actor) -> None:
    _, partner, agreement = make_shared(lead)
    second = make_member(lead.service, Role.PARTNER, organisation=agreement.organisation)
    group = make_group(lead, partner, second)
    held(lead, group, {partner: "apologies", second: "present"})
    held(lead, group, {partner: "sent", second: "absent"})
    held(lead, group, {partner: "apologies"})
    rows = {row.name: row for row in figures.by_organisation(group)}
    there = rows[agreement.organisation.name]
    assert (there.there, there.meetings) == (2, 3)


def test_actions_are_counted_by_organisation_done_in_time_and_overdue(lead: Actor) -> None:
    case, partner, agreement = make_shared(lead)
    group = make_group(lead, partner)
    made = [
        actions.give_action(by=lead, group=group, case=case, words=str(uuid4()),
                            owner=partner.membership, due_on=timezone.localdate())
        for _ in range(4)
    ]  # fmt: skip
    actions.finish_action(by=partner, action=made[0])
    Action.objects.filter(pk=made[1].pk).update(due_on=timezone.localdate() - timedelta(days=1))
    actions.finish_action(by=partner, action=made[1])
    Action.objects.filter(pk=made[2].pk).update(due_on=timezone.localdate() - timedelta(days=1))
    (row,) = (
        one for one in figures.by_organisation(group) if one.name == agreement.organisation.name
    )
    # Four given; two done, one of them a day late; one open past its day.
    assert (row.given, row.done, row.in_time, row.overdue) == (4, 2, 1, 1)


def test_the_chair_and_supervisors_read_them_and_nobody_else(lead: Actor, client: Client) -> None:
    case, partner, _ = make_shared(lead)
    group = make_group(lead, partner)
    make_slot(lead, group, case)
    held(lead, group, {partner: "present"})
    supervisor = make_member(lead.service, Role.SUPERVISOR)
    for who, status in ((lead, 200), (supervisor, 200), (partner, 403)):
        page = sign_in(client, who).get(reverse("mdt:figures", args=[group.pk]))
        assert page.status_code == status
    text = client.get(reverse("mdt:group", args=[group.pk])).content.decode()
    assert "How the team does" not in text
