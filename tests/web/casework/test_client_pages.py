"""The client's pages: quick for anyone, read-only for a look, gone for a stranger."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actions.breaking_glass import break_glass
from openhiu.web.access.actor import Actor
from openhiu.web.access.models import AuditEntry, BreakGlass, Role
from openhiu.web.access.sealed import update_each
from openhiu.web.casework import actions
from openhiu.web.casework.models import Case, Consent, Contact, Plan
from openhiu.web.monitoring.models import Activity, Feed
from openhiu.web.people.models import Person, Phone
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_agreement, make_case, share_with

pytestmark = pytest.mark.django_db
TABS = ("client", "plan", "consent", "seen", "history")
MOST_QUERIES = 40


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


def page_of(client: Client, name: str, case: Case) -> Any:
    return client.get(reverse(f"casework:{name}", args=[case.pk]))


def _years_of_work(lead: Actor, case: Case) -> None:
    now = timezone.now()
    Contact.objects.bulk_create([
        Contact(service=lead.service, case=case, how="phone", reached="yes", by=lead.membership,
                at=now - timedelta(days=days), what_mattered=f"Talk {days}")
        for days in range(200)
    ])  # fmt: skip
    today = timezone.localdate()
    feed = Feed.objects.create(
        service=lead.service, data_cut_off=now, content_hash="0", rows=500, since=today, as_of=today
    )
    Activity.objects.bulk_create([
        Activity(service=lead.service, person=case.person, feed=feed, kind="attendance",
                 source_ref=str(number), began_at=now - timedelta(days=number))
        for number in range(500)
    ])  # fmt: skip
    for number in range(10):
        actions.add_goal(by=lead, case=case, words=f"Goal {number}", first_step="Begin")


@pytest.mark.parametrize("name", TABS)
def test_a_long_record_costs_no_more_queries_than_a_new_one(
    lead: Actor, client: Client, name: str, django_assert_max_num_queries: Any
) -> None:
    new, long = make_case(lead), make_case(lead)
    _years_of_work(lead, long)
    sign_in(client, lead)
    page_of(client, name, new)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        assert page_of(client, name, new).status_code == 200
    with django_assert_max_num_queries(MOST_QUERIES) as many:
        assert page_of(client, name, long).status_code == 200
    assert len(many) - len(few) <= 2


def test_the_overview_says_at_once_who_where_when_and_what(lead: Actor, client: Client) -> None:
    case = make_case(lead, preferred_name="Bobby")
    update_each(Plan.objects.filter(case=case), what_matters="My dog.\nAnd more.")
    Case.objects.filter(pk=case.pk).update(last_contact_at=timezone.now() - timedelta(days=12))
    sign_in(client, lead)
    text = page_of(client, "client", case).content.decode()
    for said in ("Bobby", "Working together", "12 days ago", "in 7 days", "My dog.", "every week"):
        assert said in text
    assert "And more." not in text
    assert case.person.family_name not in text.split("</title>")[0]


def test_what_needs_an_eye_is_said_in_words(lead: Actor, client: Client) -> None:
    case = make_case(lead)
    today = timezone.localdate()
    Case.objects.filter(pk=case.pk).update(next_contact_on=today - timedelta(days=3))
    Consent.objects.filter(person=case.person).update(review_on=today - timedelta(days=1))
    actions.raise_concern(by=lead, words="Not eating", person=case.person, urgent=True)
    sign_in(client, lead)
    text = page_of(client, "client", case).content.decode()
    for said in (
        "Urgent: a worry raised today",
        "Contact was planned 3 days ago",
        "Asking again about “take part” was due yesterday",
    ):
        assert said in text


def test_a_move_that_is_not_allowed_is_a_disabled_button_with_the_reason(
    lead: Actor, client: Client
) -> None:
    case = make_case(lead)
    sign_in(client, lead)
    text = page_of(client, "client", case).content.decode()
    assert 'aria-describedby="why-picked_up_again"' in text
    assert "From “Working together” the next step is" in text
    refused = client.get(reverse("casework:move", args=[case.pk, "picked_up_again"]))
    assert refused.status_code == 403
    assert "From “Working together” the next step is" in refused.content.decode()


def test_every_form_of_a_move_works(lead: Actor, client: Client) -> None:
    case = make_case(lead)
    sign_in(client, lead)
    for to, more in (
        ("walking_backwards", {"rhythm_days": "21"}),
        ("at_a_distance", {}),
        ("picked_up_again", {}),
    ):
        url = reverse("casework:move", args=[case.pk, to])
        assert client.get(url).status_code == 200
        assert client.post(url, {"reason": "It is time.", **more}).status_code == 302
        case.refresh_from_db()
        assert case.phase == to
    assert (
        client.post(reverse("casework:rhythm", args=[case.pk]), {"days": "10"}).status_code == 302
    )
    case.refresh_from_db()
    assert case.rhythm_days == 10


def test_coming_back_after_asking_us_to_stop_asks_for_a_new_yes(
    lead: Actor, client: Client
) -> None:
    case = make_case(lead)
    actions.move(by=lead, case=case, to="at_a_distance", reason="Steady.")
    actions.withdraw(by=lead, consent=Consent.objects.get(person=case.person))
    sign_in(client, lead)
    url = reverse("casework:move", args=[case.pk, "picked_up_again"])
    assert 'name="given"' in client.get(url).content.decode()
    day = timezone.localdate()
    sent = {
        "reason": "Rang us", "given": "yes", "route": "spoken", "capacity": "presumed",
        "evidence": "Yes please", "told": "All of it", "answered_on": day.isoformat(),
    }  # fmt: skip
    assert client.post(url, sent).status_code == 302
    case.refresh_from_db()
    assert case.phase == "picked_up_again"


def test_withdrawing_takes_two_presses(lead: Actor, client: Client) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service)
    share_with(lead, case, agreement, ["name"])
    sign_in(client, lead)
    consent = Consent.objects.get(person=case.person, kind="share")
    first = reverse("casework:withdraw", args=[consent.pk])
    assert first in page_of(client, "consent", case).content.decode()
    assert client.get(first).status_code == 200
    assert client.post(first, {"note": ""}).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_at
    assert "sees nothing" not in page_of(client, "consent", case).content.decode()


def test_recording_an_answer_and_sharing_from_the_page(lead: Actor, client: Client) -> None:
    case, agreement = make_case(lead), make_agreement(lead.service, items=["name", "goals"])
    sign_in(client, lead)
    answer = reverse("casework:answer_share", args=[case.pk, agreement.pk])
    assert client.get(answer).status_code == 200
    sent = {
        "given": "yes", "items": ["name"], "route": "spoken", "capacity": "presumed",
        "evidence": "Fine by me", "told": "All", "answered_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert client.post(answer, sent).status_code == 302
    share = reverse("casework:share", args=[case.pk, agreement.pk])
    page = client.get(share).content.decode()
    assert 'value="name"' in page and 'value="goals"' not in page
    assert client.post(share, {"items": ["goals"], "note": ""}).status_code == 200
    assert client.post(share, {"items": ["name"], "note": "Hello"}).status_code == 302
    text = page_of(client, "consent", case).content.decode()
    assert "They see: name and what to call them." in text


@pytest.mark.parametrize("name", TABS)
def test_a_colleague_gets_nothing_but_the_question_why(
    lead: Actor, client: Client, name: str
) -> None:
    case = make_case(lead)
    sign_in(client, make_member(lead.service))
    page = page_of(client, name, case)
    if name == "client":
        assert page.headers["Location"] == reverse("casework:open_outside", args=[case.pk])
        asked = client.get(page.headers["Location"]).content.decode()
        assert case.person.family_name not in asked and case.person.given_name not in asked
    else:
        assert page.status_code == 404


def test_a_reason_opens_the_record_to_read_for_four_hours(lead: Actor, client: Client) -> None:
    case = make_case(lead)
    colleague = make_member(lead.service)
    sign_in(client, colleague)
    there = reverse("casework:open_outside", args=[case.pk])
    assert client.post(there, {"reason": "short", "sure": "on"}).status_code == 200
    assert not BreakGlass.objects.exists()
    sent = {"reason": "Covering while Ada is ill", "sure": "on", "tie": "none"}
    assert client.post(there, sent).status_code == 302
    page = page_of(client, "client", case)
    text = page.content.decode()
    assert "reading someone else" in text
    assert reverse("casework:move", args=[case.pk, "walking_backwards"]) not in text
    assert reverse("casework:change_words", args=[case.pk]) not in text
    for name in ("change_words", "note_reasons", "add_goal", "answer_take_part"):
        assert client.post(reverse(f"casework:{name}", args=[case.pk]), {}).status_code == 404
    glass = BreakGlass.objects.get()
    later = glass.expires_at + timedelta(seconds=1)
    session = client.session
    session["last_used"] = session["began"] = later.timestamp()
    session.save()
    with patch("django.utils.timezone.now", lambda: later):
        assert page_of(client, "plan", case).status_code == 404


def test_an_opening_found_unjustified_is_over(lead: Actor, client: Client) -> None:
    case = make_case(lead)
    colleague = make_member(lead.service)
    break_glass(by=colleague, person_id=case.person_id, reason="Curious about a neighbour")
    BreakGlass.objects.update(justified=False)
    sign_in(client, colleague)
    assert page_of(client, "plan", case).status_code == 404


def test_a_client_of_another_service_does_not_exist(client: Client) -> None:
    other = make_member(make_service())
    case = make_case(other)
    sign_in(client, make_member(make_service()))
    for name in (*TABS, "open_outside"):
        page = page_of(client, name, case)
        assert page.status_code == 404
    for to in ("walking_backwards", "picked_up_again"):
        assert client.get(reverse("casework:move", args=[case.pk, to])).status_code == 404


def test_cover_and_supervisor_see_their_team(client: Client) -> None:
    service = make_service()
    north, south = make_team(service), make_team(service, "South")
    case = make_case(make_member(service, team=north))
    for role, team, status in (
        (Role.COVER, north, 200),
        (Role.SUPERVISOR, north, 200),
        (Role.SUPERVISOR, None, 200),
        (Role.COVER, south, 302),
        (Role.SUPERVISOR, south, 302),
        (Role.SAFEGUARDING, None, 302),
        (Role.ANALYST, None, 403),
    ):
        sign_in(client, make_member(service, role, team=team))
        assert page_of(client, "client", case).status_code == status, (role, team)


def test_each_look_is_recorded_and_shown_to_who_supports_them(lead: Actor, client: Client) -> None:
    case = make_case(lead)
    boss = make_member(lead.service, Role.SUPERVISOR, name="Bea Boss")
    sign_in(client, boss)
    page_of(client, "plan", case)
    assert AuditEntry.objects.get(did="looked", user=boss.user).person_id == case.person_id
    sign_in(client, lead)
    assert "Bea Boss" in page_of(client, "seen", case).content.decode()


def test_one_record_taken_along_holds_everything_and_is_recorded(
    lead: Actor, client: Client
) -> None:
    case = make_case(lead, address="1 Made-up Lane")
    actions.change_plan(by=lead, case=case, version=1, what_matters="The dog")
    sign_in(client, lead)
    url = reverse("casework:export", args=[case.pk])
    assert client.get(url).status_code == 200
    assert not AuditEntry.objects.filter(did="exported").exists()
    page = client.post(url, {"kind": "page"}).content.decode()
    assert "The dog" in page and "1 Made-up Lane" in page
    kept = json.loads(client.post(url, {"kind": "file"}).content)
    assert kept["Plan"][0]["What matters"] == "The dog"
    assert AuditEntry.objects.filter(did="exported").count() == 2
    sign_in(client, make_member(lead.service, Role.SUPERVISOR))
    assert client.post(url, {"kind": "file"}).status_code == 403


def test_a_restricted_person_s_record_leaves_without_a_place(lead: Actor, client: Client) -> None:
    case = make_case(lead, address="1 Made-up Lane", gp_practice="Elm Surgery")
    Phone.objects.create(service=lead.service, person=case.person, number="07700 900123")
    Person.objects.filter(pk=case.person_id).update(restricted=True)
    sign_in(client, lead)
    text = client.post(
        reverse("casework:export", args=[case.pk]), {"kind": "file"}
    ).content.decode()
    assert "Made-up" not in text and "Elm" not in text and "900123" not in text


def test_reviews_due_are_listed(lead: Actor, client: Client) -> None:
    case = make_case(lead)
    Consent.objects.update(review_on=timezone.localdate())
    sign_in(client, lead)
    text = client.get(reverse("casework:reviews")).content.decode()
    assert reverse("casework:consent", args=[case.pk]) in text and "Overdue" in text
