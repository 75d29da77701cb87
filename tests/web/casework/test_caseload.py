"""How full someone's hands are: counted by hand here, passed only with a reason, no ranking."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import actions, caseload
from openhiu.web.casework.caseload import NEW, OPEN, TOGETHER, LimitReached, standing, take_on
from openhiu.web.casework.models import Case, Consent, LimitPassed
from openhiu.web.casework.quarter import quarter_of
from openhiu.web.people.models import Person
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    service = make_service(new_each_quarter=3, together_low=1, together_high=2, open_at_most=4)
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def supervisor(lead: Actor) -> Actor:
    return make_member(lead.service, Role.SUPERVISOR, name="Sue Visor", team=lead.team)


def in_phase(lead: Actor, phase: str, quarter: str = "2020-Q1") -> Case:
    case = make_case(lead)
    Case.objects.filter(pk=case.pk).update(phase=phase, quarter=quarter)
    return case


def test_three_counts_against_three_limits(lead: Actor) -> None:
    in_phase(lead, "working_together", quarter_of())
    in_phase(lead, "picked_up_again")
    in_phase(lead, "walking_backwards")
    in_phase(lead, "at_a_distance")
    found = standing(lead)
    # New: 1 of 3. Together: working together 1 and picked up again 1. Open: all four.
    assert [(meter.value, meter.allowed) for meter in found.meters] == [(1, 3), (2, 2), (4, 4)]
    assert [meter.words for meter in found.meters] == [
        "The load is full: one more needs a reason",  # 3 x 1.5 (new) and 0.1 weigh 4.6 of 2
        "Full: one more needs a reason",
        "Full: one more needs a reason",
    ]


def test_who_died_or_asked_us_to_stop_is_no_load_but_was_new(lead: Actor) -> None:
    died, stopped = (in_phase(lead, "working_together", quarter_of()) for _ in range(2))
    Person.objects.filter(pk=died.person_id).update(died="informal")
    actions.withdraw(by=lead, consent=Consent.objects.get(person=stopped.person), note="")
    found = standing(lead)
    assert (found.new.value, found.together.value, found.open.value) == (2, 0, 0)


def test_another_leads_clients_are_not_counted(lead: Actor) -> None:
    other = make_member(lead.service, Role.LEAD, team=lead.team)
    in_phase(other, "working_together")
    assert standing(lead).open.value == 0
    assert standing(other.membership).open.value == 1


def test_rooms_above_may_count_people_chosen_and_not_yet_asked(
    lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caseload, "ALSO_NEW", [lambda leads, quarter: {lead.membership.pk: 2}])
    in_phase(lead, "working_together", quarter_of())
    assert standing(lead).new.value == 3


def test_one_more_fits_while_there_is_room(lead: Actor) -> None:
    assert take_on(by=lead, lead=lead.membership) == []
    assert not LimitPassed.objects.exists()


def test_one_more_than_the_limit_needs_a_reason_and_the_supervisors_are_told(
    lead: Actor, supervisor: Actor
) -> None:
    for _ in range(4):
        in_phase(lead, "at_a_distance")
    with pytest.raises(LimitReached, match=r"everyone open \(4 of 4\)") as reached:
        take_on(by=lead, lead=lead.membership, limits=[OPEN])
    assert [meter.limit for meter in reached.value.meters] == [OPEN]
    (passed,) = take_on(by=lead, lead=lead.membership, limits=[OPEN], reason="Her brother asked.")
    assert (passed.value, passed.allowed, passed.reason) == (5, 4, "Her brother asked.")
    assert [told.words for told in unseen(supervisor)] == [
        "A caseload limit was passed: everyone open, 5 of 4."
    ]
    assert AuditEntry.objects.filter(did="passed a limit", about_id=passed.pk).exists()


def test_only_the_limits_that_one_more_counts_against_are_asked(lead: Actor) -> None:
    in_phase(lead, "working_together")
    in_phase(lead, "working_together")
    assert take_on(by=lead, lead=lead.membership, limits=[NEW]) == []
    with pytest.raises(LimitReached):
        take_on(by=lead, lead=lead.membership, limits=[TOGETHER])


def test_a_lead_of_another_service_is_not_there(lead: Actor) -> None:
    foreign = make_member(make_service(), Role.LEAD, open_rows=False)
    with pytest.raises(Missing):
        take_on(by=lead, lead=foreign.membership)
    with pytest.raises(Missing):
        caseload.pass_limit(
            by=lead, lead=foreign.membership, limit=OPEN, value=5, allowed=4, reason="x"
        )


def test_a_supervisor_answers_once_and_whoever_passed_it_reads_it(
    client: Client, lead: Actor, supervisor: Actor
) -> None:
    passed = caseload.pass_limit(
        by=lead, lead=lead.membership, limit=OPEN, value=5, allowed=4, reason="Her brother asked."
    )
    sign_in(client, supervisor)
    there = reverse("casework:answer_limit", args=[passed.pk])
    assert "Her brother asked." in client.get(there).content.decode()
    client.post(there, {"reply": "Right. Let us talk on Monday."})
    passed.refresh_from_db()
    assert passed.answer == "Right. Let us talk on Monday."
    assert passed.seen_by_id == supervisor.membership.pk
    assert not unseen(supervisor).exists()
    assert client.get(there).status_code == 403
    sign_in(client, lead)
    assert "Let us talk on Monday" in client.get(reverse("casework:caseload")).content.decode()
    assert "Your supervisor answered" in client.get("/").content.decode()


def test_nobody_answers_their_own_act(lead: Actor) -> None:
    both = make_member(lead.service, Role.SUPERVISOR, user=lead.user, team=lead.team)
    passed = caseload.pass_limit(
        by=lead, lead=lead.membership, limit=OPEN, value=5, allowed=4, reason="x"
    )
    with pytest.raises(NotAllowed, match="passed this limit yourself"):
        actions.answer_limit(by=both, passed=passed, answer="Fine")


def test_the_team_stands_in_the_order_of_names_and_in_few_queries(
    client: Client, lead: Actor, supervisor: Actor, django_assert_max_num_queries: Any
) -> None:
    for name in ("Zoe", "Abel", "Mia"):
        in_phase(make_member(lead.service, Role.LEAD, name=name, team=lead.team), "at_a_distance")
    for _ in range(4):
        in_phase(lead, "working_together")
    sign_in(client, supervisor)
    client.get("/")
    with django_assert_max_num_queries(20):
        page = client.get(reverse("casework:team")).content.decode()
    page = page.split("The team</h2>")[1]
    order = [page.index(name) for name in ("Abel", "Ada Lead", "Mia", "Zoe")]
    assert order == sorted(order)


def test_the_meter_says_in_words_what_it_shows(client: Client, lead: Actor) -> None:
    for _ in range(3):
        in_phase(lead, "working_together")
    sign_in(client, lead)
    page = client.get("/").content.decode()
    assert "3 of 2, 1 over" in page
    assert "1 over the limit of 2" in page
    assert "<meter" in page
