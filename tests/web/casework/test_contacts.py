"""Writing down contacts: the plan that follows, what may not be, correcting, and nothing lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.drafts import draft_for, keep_draft
from openhiu.web.access.gate import NotAllowed, Stale
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import actions
from openhiu.web.casework.actions.contacts import LEAVE, AgainstPlan
from openhiu.web.casework.models import Case, Contact, Task
from openhiu.web.casework.queries.contacts import earlier, tallies
from openhiu.web.people.models import ContactSafety, Person, Phone
from support.web import make_member, make_service, make_team, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db
# A Wednesday, so that a rhythm of whole weeks falls on Wednesdays; ahead of any real clock.
NOW = datetime(2031, 1, 8, 10, 0, tzinfo=UTC)
TODAY = date(2031, 1, 8)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lead() -> Actor:
    service = make_service()
    return make_member(service, Role.LEAD, name="Ada Lead", team=make_team(service))


@pytest.fixture
def case(lead: Actor) -> Case:
    case = make_case(lead, given_name="Robin", family_name="Finch")
    Phone.objects.create(service=lead.service, person=case.person, number="07700 900001")
    plan(lead, case, voicemail="yes", text="yes")
    return case


def plan(lead: Actor, case: Case, **wishes: str) -> None:
    ContactSafety.objects.update_or_create(
        person=case.person,
        defaults={
            "service": lead.service,
            "reviewed_on": TODAY,
            "reviewed_by": lead.membership,
            **wishes,
        },
    )


def log(lead: Actor, case: Case, **said: Any) -> Contact:
    words = {"who": "client", "how": "phone", "reached": "yes", **said}
    return actions.record_contact(by=lead, case=case, **words)


def posted(**said: Any) -> dict[str, Any]:
    return {
        "who": "client", "how": "phone", "reached": "yes", "began_by": "us",
        "next_contact": "rhythm", "posted": str(uuid4()), **said,
    }  # fmt: skip


def test_a_contact_plans_the_next_by_the_rhythm(lead: Actor, case: Case) -> None:
    log(lead, case)
    case.refresh_from_db()
    assert case.rhythm_days == 7
    assert case.next_contact_on == TODAY + timedelta(days=7)
    assert case.last_contact_at == case.last_reached_at == NOW


def test_a_try_is_work_and_does_not_count_as_having_spoken(lead: Actor, case: Case) -> None:
    log(lead, case, reached="no_answer")
    log(lead, case, reached="no_answer")
    log(lead, case)
    log(lead, case, who="professional")
    assert tallies(case) == {"all": 4, "spoke": 1, "tried": 2}
    Contact.objects.filter(reached="yes").delete()
    log(lead, case, reached="no_answer")
    case.refresh_from_db()
    assert case.last_contact_at == NOW
    assert case.last_reached_at is None


def walk(lead: Actor, case: Case) -> Case:
    actions.step_back(by=lead, case=case, reason="Steady for a month.")
    Case.objects.filter(pk=case.pk).update(next_contact_on=TODAY)
    return Case.objects.get(pk=case.pk)


def test_walking_backwards_a_kept_contact_stretches_the_next(lead: Actor, case: Case) -> None:
    case = walk(lead, case)
    log(lead, case)
    case.refresh_from_db()
    # 14 days stretch to 21.
    assert (case.rhythm_days, case.next_contact_on) == (21, TODAY + timedelta(days=21))


@pytest.mark.parametrize(
    "said",
    [
        {"reached": "no_answer"},
        {"who": "professional", "next_contact": TODAY + timedelta(days=14)},
        {"next_contact": TODAY + timedelta(days=1)},
    ],
)
def test_walking_backwards_nothing_else_stretches_it(
    lead: Actor, case: Case, said: dict[str, Any]
) -> None:
    case = walk(lead, case)
    log(lead, case, **said)
    case.refresh_from_db()
    assert case.rhythm_days == 14


def test_a_call_long_before_its_day_does_not_stretch(lead: Actor, case: Case) -> None:
    case = walk(lead, case)
    Case.objects.filter(pk=case.pk).update(next_contact_on=TODAY + timedelta(days=4))
    log(lead, case, began_by="them")
    case.refresh_from_db()
    assert case.rhythm_days == 14
    assert case.next_contact_on == TODAY + timedelta(days=14)


def test_the_planned_day_can_stay(lead: Actor, case: Case) -> None:
    planned = Case.objects.get(pk=case.pk).next_contact_on
    log(lead, case, who="network", next_contact=LEAVE)
    case.refresh_from_db()
    assert case.next_contact_on == planned


def test_a_day_at_the_weekend_becomes_monday(lead: Actor, case: Case) -> None:
    actions.set_rhythm(by=lead, case=case, days=3)
    log(lead, case)
    case.refresh_from_db()
    # Three days after Wednesday 8 January is Saturday 11; Monday is 13.
    assert case.next_contact_on == date(2031, 1, 13)


def test_a_next_step_can_become_a_task_on_the_next_day(lead: Actor, case: Case) -> None:
    log(lead, case, next_step="Ring housing", task="Ring housing")
    task = Task.objects.get(case=case)
    assert (task.words, task.owner_id, task.due_on) == (
        "Ring housing", lead.membership.pk, TODAY + timedelta(days=7),
    )  # fmt: skip


def test_nobody_writes_on_someone_elses_client(lead: Actor, case: Case) -> None:
    other = make_member(lead.service, Role.LEAD, team=lead.team)
    with pytest.raises(NotAllowed, match="supported by someone else"):
        log(other, case)
    supervisor = make_member(lead.service, Role.SUPERVISOR, team=lead.team)
    with pytest.raises(NotAllowed, match="Your role here cannot"):
        log(supervisor, case)
    assert not Contact.objects.exists()


def test_the_dead_are_not_called_but_the_family_may_be_spoken_with(lead: Actor, case: Case) -> None:
    Person.objects.filter(pk=case.person_id).update(died="formal", died_on=date(2030, 12, 20))
    with pytest.raises(NotAllowed, match="has died"):
        log(lead, case)
    log(lead, Case.objects.get(pk=case.pk), who="network", who_words="Her sister")
    log(lead, Case.objects.get(pk=case.pk), at=datetime(2030, 12, 10, 9, 0, tzinfo=UTC))
    case.refresh_from_db()
    assert case.next_contact_on is None
    assert Contact.objects.count() == 2


def test_who_asked_us_to_stop_is_left_alone_but_their_own_call_is_written_down(
    lead: Actor, case: Case
) -> None:
    from openhiu.web.casework.models import Consent

    consent = Consent.objects.get(person=case.person)
    actions.withdraw(by=lead, consent=consent, note="Please stop.")
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(NotAllowed, match="asked us to stop"):
        log(lead, case)
    log(lead, case, began_by="them", what_mattered="Wants to come back.")
    log(lead, case, at=NOW - timedelta(days=1))
    case.refresh_from_db()
    assert case.next_contact_on is None


def test_a_voicemail_against_the_plan_needs_a_reason(lead: Actor, case: Case) -> None:
    plan(lead, case, voicemail="no")
    with pytest.raises(AgainstPlan, match="The contact-safety plan says no"):
        log(lead, case, reached="voicemail")
    made = log(lead, case, reached="voicemail", against_plan_reason="She was in danger.")
    assert made.against_plan_reason == "She was in danger."
    # A reason is kept only where it was needed.
    assert log(lead, case, against_plan_reason="No need").against_plan_reason == ""


def test_a_contact_is_never_in_the_future(lead: Actor, case: Case) -> None:
    with pytest.raises(NotAllowed, match="future"):
        log(lead, case, at=NOW + timedelta(hours=1))


def test_correcting_keeps_what_stood_there(lead: Actor, case: Case) -> None:
    contact = log(lead, case, what_mattered="The dog")
    corrected = actions.correct_contact(
        by=lead, contact=contact, version=1, who="client", how="visit", reached="yes",
        what_mattered="The cat",
    )  # fmt: skip
    assert (corrected.version, corrected.what_mattered, corrected.at) == (2, "The cat", NOW)
    assert [row.what_mattered for row in earlier(corrected)] == ["The dog"]


def test_a_correction_can_take_back_that_they_were_reached(lead: Actor, case: Case) -> None:
    contact = log(lead, case)
    actions.correct_contact(
        by=lead, contact=contact, version=1, who="client", how="phone", reached="no_answer"
    )
    case.refresh_from_db()
    assert case.last_reached_at is None


def test_a_stale_correction_overwrites_nothing_and_shows_both(lead: Actor, case: Case) -> None:
    contact = log(lead, case, what_mattered="One")
    said = {"who": "client", "how": "phone", "reached": "yes"}
    actions.correct_contact(by=lead, contact=contact, version=1, **said, what_mattered="Two")
    with pytest.raises(Stale) as stale:
        actions.correct_contact(by=lead, contact=contact, version=1, **said, what_mattered="Three")
    assert stale.value.fields == [("What mattered", "Two", "Three")]
    contact.refresh_from_db()
    assert contact.what_mattered == "Two"


def test_only_its_writer_corrects_a_contact(lead: Actor, case: Case) -> None:
    contact = log(lead, case)
    cover = make_member(lead.service, Role.COVER, team=lead.team)
    with pytest.raises(NotAllowed, match="Only the person who wrote this"):
        actions.correct_contact(
            by=cover, contact=contact, version=1, who="client", how="phone", reached="yes"
        )


def test_what_was_entered_in_error_stays_and_counts_no_more(lead: Actor, case: Case) -> None:
    contact = log(lead, case)
    with pytest.raises(NotAllowed, match="Say what is wrong"):
        actions.mark_in_error(by=lead, contact=contact, reason=" ")
    actions.mark_in_error(by=lead, contact=contact, reason="Wrong client")
    case.refresh_from_db()
    assert case.last_contact_at is None
    assert tallies(case) == {"all": 0, "spoke": 0, "tried": 0}
    assert Contact.objects.get(pk=contact.pk).error_reason == "Wrong client"
    with pytest.raises(NotAllowed, match="Write it down anew"):
        actions.correct_contact(
            by=lead, contact=contact, version=2, who="client", how="phone", reached="yes"
        )


def test_saving_on_the_phone_says_so_and_forgets_the_draft(
    client: Client, lead: Actor, case: Case
) -> None:
    key = f"contact:{case.pk}"
    keep_draft(lead.membership, key, {"what_mattered": ["The c"]})
    sign_in(client, lead)
    there = reverse("casework:record_contact", args=[case.pk])
    assert "The c" in client.get(there).content.decode()
    answer = client.post(there, posted(what_mattered="The cat is back"), follow=True)
    page = answer.content.decode()
    assert "The contact is saved." in page
    assert "The cat is back" in page
    assert draft_for(lead, key) is None


def test_pressing_save_twice_writes_one_contact(client: Client, lead: Actor, case: Case) -> None:
    sign_in(client, lead)
    there, sent = reverse("casework:record_contact", args=[case.pk]), posted()
    first, second = client.post(there, sent), client.post(there, sent)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Contact.objects.count() == 1


def test_a_refused_contact_keeps_every_word_on_the_page(
    client: Client, lead: Actor, case: Case
) -> None:
    plan(lead, case, voicemail="no")
    sign_in(client, lead)
    there = reverse("casework:record_contact", args=[case.pk])
    sent = posted(reached="voicemail", what_mattered="A long story", next_step="Try at noon")
    page = client.post(there, sent).content.decode()
    assert "The contact-safety plan says no" in page
    assert "A long story" in page
    assert "Try at noon" in page
    assert not Contact.objects.exists()
    client.post(there, posted(reached="voicemail", against_plan_reason="In danger"))
    assert Contact.objects.get().against_plan_reason == "In danger"


def test_a_stale_correction_shows_both_texts_in_the_browser(
    client: Client, lead: Actor, case: Case
) -> None:
    contact = log(lead, case, what_mattered="One")
    sign_in(client, lead)
    there = reverse("casework:correct_contact", args=[case.pk, contact.pk])
    shown = {"on_day": "8", "on_month": "1", "on_year": "2031", "clock": "10:00"}
    client.post(there, posted(version=1, what_mattered="Two", **shown))
    answer = client.post(there, posted(version=1, what_mattered="Three", **shown))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Two" in page
    assert "Three" in page
    # Saving again is a decision and carries the version that was seen.
    client.post(there, posted(version=2, what_mattered="Two and three", **shown))
    contact.refresh_from_db()
    assert (contact.what_mattered, contact.at) == ("Two and three", NOW)


def test_a_day_and_a_time_can_be_said(client: Client, lead: Actor, case: Case) -> None:
    sign_in(client, lead)
    sent = posted(on_day="7", on_month="1", on_year="2031", clock="2.30pm", next_contact="day",
                  next_on_day="22", next_on_month="1", next_on_year="2031")  # fmt: skip
    client.post(reverse("casework:record_contact", args=[case.pk]), sent)
    assert Contact.objects.get().at == datetime(2031, 1, 7, 14, 30, tzinfo=UTC)
    case.refresh_from_db()
    assert case.next_contact_on == date(2031, 1, 22)


def test_two_hundred_contacts_are_shown_in_pages_and_few_queries(
    client: Client, lead: Actor, case: Case, django_assert_max_num_queries: Any
) -> None:
    Contact.objects.bulk_create(
        Contact(
            service=lead.service, case=case, how="phone", reached="yes", by=lead.membership,
            at=NOW - timedelta(hours=hours), what_mattered=f"Story {hours}",
        )
        for hours in range(200)
    )  # fmt: skip
    sign_in(client, lead)
    there = reverse("casework:contacts", args=[case.pk])
    client.get(there)
    with django_assert_max_num_queries(22):
        page = client.get(there).content.decode()
    assert "Showing 1 to 25 of 200 contacts" in page
    assert "Story 24" in page
    assert "Story 25" not in page


def test_looking_at_contacts_is_written_into_the_audit(
    client: Client, lead: Actor, case: Case
) -> None:
    sign_in(client, lead)
    client.get(reverse("casework:contacts", args=[case.pk]))
    assert AuditEntry.objects.filter(did="looked", person_id=case.person_id).exists()


def test_time_zone_is_that_of_london(lead: Actor, case: Case) -> None:
    # 23:30 in London in summer is 22:30 UTC: the contact is on that day, not the next.
    contact = log(lead, case, at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    assert timezone.localtime(contact.at).date() == date(2026, 7, 1)
