"""The active list: who is on it and why, filters that say nothing personal, few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.models import Role, SavedView
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Consent
from openhiu.web.casework.queries.active_list import SIGNALS, Filters, active, counts
from openhiu.web.people.models import Notice, Person
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_agreement, make_case, share_with

pytestmark = pytest.mark.django_db
LIST = "/clients/"


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


def put(case: Case, **facts: Any) -> Case:
    Case.objects.filter(pk=case.pk).update(**facts)
    return case


def names(actor: Actor, **filters: str) -> list[str]:
    return [case.person.given_name for case in active(actor, Filters.read(filters))]


def signals(actor: Actor, case: Case) -> set[str]:
    (found,) = active(actor, Filters()).filter(pk=case.pk)
    return {key for key in SIGNALS if getattr(found, key)}


def test_a_quiet_client_has_no_signal(lead: Actor) -> None:
    assert signals(lead, make_case(lead)) == set()


def test_each_signal_has_its_reason(lead: Actor) -> None:
    today, now = timezone.localdate(), timezone.now()
    late = put(make_case(lead), next_contact_on=today - timedelta(days=1))
    unplanned = put(make_case(lead), next_contact_on=None)
    attended = put(make_case(lead), last_reached_at=now - timedelta(days=2), last_attendance_at=now)
    tried = put(
        make_case(lead), last_contact_at=now, last_attendance_at=now - timedelta(days=1)
    )  # a voicemail is no talk
    calm = put(make_case(lead), last_reached_at=now, last_attendance_at=now - timedelta(days=2))
    review = make_case(lead)
    Consent.objects.filter(person=review.person).update(review_on=today + timedelta(days=28))
    later = make_case(lead)
    Consent.objects.filter(person=later.person).update(review_on=today + timedelta(days=29))
    noted = make_case(lead)
    notice(lead, noted)
    due_today = put(make_case(lead), next_contact_on=today)
    assert signals(lead, late) == {"overdue"}
    assert signals(lead, unplanned) == {"unplanned"}
    assert signals(lead, attended) == {"attended"}
    assert signals(lead, tried) == {"attended"}
    assert signals(lead, calm) == set()
    assert signals(lead, review) == {"review"}
    assert signals(lead, later) == set()
    assert signals(lead, noted) == {"notice"}
    assert signals(lead, due_today) == set()


def notice(lead: Actor, case: Case, **facts: Any) -> Notice:
    today = timezone.localdate()
    return Notice.objects.create(
        **{
            "service": lead.service, "person": case.person, "kind": "risk", "words": "A dog",
            "source": "Their sister", "review_on": today, "ends_on": today,
            "proposed_by": lead.membership, "agreed_at": timezone.now(), **facts,
        }
    )  # fmt: skip


def test_a_notice_that_nobody_agreed_or_that_has_ended_is_no_signal(lead: Actor) -> None:
    case = make_case(lead)
    notice(lead, case, agreed_at=None)
    notice(lead, case, ended_at=timezone.now())
    notice(lead, case, ends_on=timezone.localdate() - timedelta(days=1))
    assert signals(lead, case) == set()


def test_an_answer_given_again_is_reviewed_by_its_newest_date(lead: Actor) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    soon = timezone.localdate() + timedelta(days=5)
    shares = Consent.objects.filter(person=case.person, kind="share")
    shares.update(review_on=soon, recorded_at=timezone.now() - timedelta(days=100))
    assert signals(lead, case) == {"review"}
    share_with(lead, case, agreement, ["name"])
    assert signals(lead, case) == set()


def test_nobody_vanishes_who_died_or_asked_us_to_stop(lead: Actor) -> None:
    stays = make_case(lead, given_name="Stays")
    died, stopped = make_case(lead, given_name="Died"), make_case(lead, given_name="Stopped")
    Person.objects.filter(pk=died.person_id).update(died="formal")
    actions.withdraw(by=lead, consent=Consent.objects.get(person=stopped.person), note="")
    assert names(lead) == [stays.person.given_name]
    assert names(lead, phase="died") == ["Died"]
    assert names(lead, phase="stopped") == ["Stopped"]
    found = counts(lead)
    assert (found["working_together"], found["died"], found["stopped"]) == (1, 1, 1)


def test_it_is_sorted_as_asked_and_the_unplanned_come_first(lead: Actor) -> None:
    today = timezone.localdate()
    for name, days in (("Bea", 3), ("Ari", 5), ("Cem", None)):
        day = None if days is None else today + timedelta(days=days)
        put(make_case(lead, given_name=name), next_contact_on=day)
    assert names(lead) == ["Cem", "Bea", "Ari"]
    assert names(lead, sort="name") == ["Ari", "Bea", "Cem"]
    assert names(lead, sort="-name") == ["Cem", "Bea", "Ari"]
    assert names(lead, sort="-next") == ["Ari", "Bea", "Cem"]


def test_what_is_not_a_filter_is_left_out() -> None:
    read = Filters.read({"phase": "Robin", "signal": "x'--", "lead": "Finch", "sort": "password"})
    assert read == Filters()
    assert read.kept() == {}


def test_a_lead_sees_their_own_a_cover_and_a_supervisor_the_teams(lead: Actor) -> None:
    make_case(lead, given_name="Mine")
    colleague = make_member(lead.service, Role.LEAD, team=lead.team)
    make_case(colleague, given_name="Theirs")
    elsewhere = make_member(lead.service, Role.LEAD, team=make_team(lead.service, "South"))
    make_case(elsewhere, given_name="Elsewhere")
    cover = make_member(lead.service, Role.COVER, team=lead.team)
    supervisor = make_member(lead.service, Role.SUPERVISOR, team=lead.team)
    assert names(lead) == ["Mine"]
    assert sorted(names(cover)) == sorted(names(supervisor)) == ["Mine", "Theirs"]
    assert names(supervisor, lead=str(colleague.membership.pk)) == ["Theirs"]


def test_fifty_rows_take_a_fixed_number_of_queries(
    client: Client, lead: Actor, django_assert_max_num_queries: Any
) -> None:
    people = Person.objects.bulk_create(
        Person(service=lead.service, given_name=f"P{n}", family_name="Many") for n in range(55)
    )
    Case.objects.bulk_create(
        Case(
            service=lead.service, person=person, lead=lead.membership, team=lead.team,
            quarter="2026-Q4", next_contact_on=timezone.localdate(),
        )
        for person in people
    )  # fmt: skip
    Consent.objects.bulk_create(
        Consent(
            service=lead.service, person=person, kind="take_part", given=True, route="spoken",
            evidence="Yes", answered_on=timezone.localdate(),
            review_on=timezone.localdate() + timedelta(days=200), recorded_by=lead.membership,
        )
        for person in people
    )  # fmt: skip
    sign_in(client, lead)
    client.get(LIST)
    with django_assert_max_num_queries(18):
        page = client.get(LIST).content.decode()
    assert page.count('scope="row"') == 50
    assert "Showing 1 to 50 of 55 people" in page


def test_filters_stay_in_the_links_of_the_page(client: Client, lead: Actor) -> None:
    put(make_case(lead), next_contact_on=None)
    sign_in(client, lead)
    page = client.get(LIST, {"signal": "unplanned", "sort": "name"}).content.decode()
    assert "?signal=unplanned&amp;sort=-name" in page
    assert "?signal=unplanned&amp;sort=name&amp;phase=working_together" in page


def test_a_view_is_kept_found_again_and_removed(client: Client, lead: Actor) -> None:
    put(make_case(lead), next_contact_on=None)
    sign_in(client, lead)
    keep = reverse("casework:keep_list") + "?signal=unplanned"
    client.post(keep, {"name": "To plan"})
    view = SavedView.objects.get()
    assert view.filters == {"signal": "unplanned"}
    assert ">To plan</a>" in client.get(LIST).content.decode()
    other = make_member(lead.service, Role.LEAD, team=lead.team)
    sign_in(client, other)
    client.post(reverse("casework:forget_list", args=[view.pk]))
    assert SavedView.objects.filter(pk=view.pk).exists()
    assert "To plan" not in client.get(LIST).content.decode()
    sign_in(client, lead)
    client.post(reverse("casework:forget_list", args=[view.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({}, "Nobody has agreed to take part yet"),
        ({"phase": "at_a_distance"}, "Nobody has agreed to take part yet"),
    ],
)
def test_an_empty_list_says_why(
    client: Client, lead: Actor, query: dict[str, str], why: str
) -> None:
    sign_in(client, lead)
    assert why in client.get(LIST, query).content.decode()


def test_a_filter_that_finds_nobody_says_so(client: Client, lead: Actor) -> None:
    make_case(lead)
    sign_in(client, lead)
    assert (
        "Nobody is in “Open at a distance” now"
        in client.get(LIST, {"phase": "at_a_distance"}).content.decode()
    )
    assert "That is good news" in client.get(LIST, {"signal": "overdue"}).content.decode()


def test_the_list_holds_no_name_in_an_address(client: Client, lead: Actor) -> None:
    import re

    make_case(lead, given_name="Robin", family_name="Finch")
    sign_in(client, lead)
    page = client.get(LIST).content.decode()
    assert "Finch" in page
    assert not any("Finch" in link for link in re.findall(r'(?:href|action)="([^"]*)"', page))


@pytest.mark.parametrize("lead_key", ["abc", "-" * 36, "0" * 36, "z" * 36])
def test_a_lead_that_is_no_key_is_left_out(client: Client, lead: Actor, lead_key: str) -> None:
    sign_in(client, lead)
    assert client.get(LIST, {"lead": lead_key}).status_code == 200
