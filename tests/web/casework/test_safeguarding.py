"""Keeping people safe: never blocked, always recorded, reasons in a day, reviewed by another."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Announcement, AuditEntry, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.casework import actions
from openhiu.web.casework.forms.safeguarding import KnownWorriedForm, WorriedForm
from openhiu.web.casework.models import Consent, FollowUp, SharedWithoutConsent
from openhiu.web.casework.queries.worried import person_meant
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case, make_person

pytestmark = pytest.mark.django_db
FOUR = {
    "who_is_at_risk": "Her children",
    "told_whom": "Social care duty desk",
    "what_was_shared": "Where they are tonight",
    "why_now": "He is on his way there",
}
REASONS = {
    "gateway": "child",
    "capacity_view": "Not doubted",
    "consent_sought": "No: it would have warned him",
    "person_told": "Told her afterwards",
}


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service())


def test_the_emergency_path_asks_four_things_and_no_more() -> None:
    assert [name for name, field in WorriedForm.base_fields.items() if field.required] == list(FOUR)
    assert list(KnownWorriedForm.base_fields) == list(FOUR)


@pytest.mark.parametrize("role", [Role.LEAD, Role.COVER, Role.SUPERVISOR, Role.SAFEGUARDING])
def test_nothing_stands_in_the_way(lead: Actor, role: Role) -> None:
    case = make_case(lead)
    actions.withdraw(by=lead, consent=Consent.objects.get(person=case.person))
    someone = make_member(lead.service, role)
    kept = actions.share_to_keep_safe(by=someone, person=case.person, **FOUR)
    assert kept.reasons_due_at - kept.at < timedelta(hours=24, seconds=5)
    entry = AuditEntry.objects.get(did="shared without consent")
    assert (entry.purpose, entry.person_id) == ("safeguarding", case.person_id)
    assert "Her children" not in str(entry.detail)


def test_who_has_no_record_can_be_kept_safe_too(lead: Actor) -> None:
    kept = actions.share_to_keep_safe(by=lead, about_whom="The neighbour at 3", **FOUR)
    assert (kept.person, kept.about_whom) == (None, "The neighbour at 3")


def test_a_person_of_another_service_cannot_be_named(lead: Actor) -> None:
    other = make_member(make_service())
    person = make_person(other.service)
    with pytest.raises(Missing):
        actions.share_to_keep_safe(by=lead, person=person, **FOUR)


def test_reviewers_are_told_at_once_and_again_when_reasons_are_overdue(lead: Actor) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    safe = make_member(lead.service, Role.SAFEGUARDING)
    kept = actions.share_to_keep_safe(by=lead, **FOUR)
    told = Announcement.objects.values_list("to", flat=True)
    assert set(told) == {boss.membership.pk, safe.membership.pk}
    assert actions.escalate(lead.service) == 0
    with patch("django.utils.timezone.now", lambda: kept.reasons_due_at):
        assert actions.escalate(lead.service) == 1
        assert actions.escalate(lead.service) == 0
    assert Announcement.objects.filter(words__contains="overdue").count() == 2


def test_the_hourly_command_tells_once(lead: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    kept = actions.share_to_keep_safe(by=lead, **FOUR)
    for said in ("1 overdue", "0 overdue"):
        with patch("django.utils.timezone.now", lambda: kept.reasons_due_at):
            call_command("tell_overdue")
        assert capsys.readouterr().out.strip() == said
    set_service(lead.service.pk)
    assert Announcement.objects.filter(to=boss.membership, words__contains="overdue").count() == 1


def test_reasons_in_time_are_not_escalated(lead: Actor) -> None:
    kept = actions.share_to_keep_safe(by=lead, **FOUR)
    actions.give_reasons(by=lead, shared=kept, **REASONS)
    with patch("django.utils.timezone.now", lambda: kept.reasons_due_at):
        assert actions.escalate(lead.service) == 0


def test_whoever_shared_writes_the_reasons_and_another_reviews(lead: Actor) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    kept = actions.share_to_keep_safe(by=lead, **FOUR)
    with pytest.raises(NotAllowed, match="not written yet"):
        actions.review(by=boss, shared=kept, words="Right.")
    with pytest.raises(NotAllowed, match="who shared this writes"):
        actions.give_reasons(by=boss, shared=kept, **REASONS)
    actions.give_reasons(by=lead, shared=kept, **REASONS)
    with pytest.raises(NotAllowed):
        actions.review(by=lead, shared=kept, words="Right.")
    done = actions.review(by=boss, shared=kept, words="Right.")
    assert (done.reviewed_by, done.review) == (boss.membership, "Right.")


def test_nobody_reviews_their_own_even_under_another_role(lead: Actor) -> None:
    kept = actions.share_to_keep_safe(by=lead, **FOUR)
    actions.give_reasons(by=lead, shared=kept, **REASONS)
    same = make_member(lead.service, Role.SAFEGUARDING, user=lead.user)
    with pytest.raises(NotAllowed, match="Someone else reviews"):
        actions.review(by=same, shared=kept, words="Right.")


def test_after_the_review_not_even_the_database_changes_it(lead: Actor) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    kept = actions.share_to_keep_safe(by=lead, **FOUR)
    actions.give_reasons(by=lead, shared=kept, **REASONS)
    actions.review(by=boss, shared=kept, words="Right.")
    with pytest.raises(NotAllowed, match="no longer be changed"):
        actions.give_reasons(by=lead, shared=kept, **REASONS)
    rows = SharedWithoutConsent.objects.filter(pk=kept.pk)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        rows.update(emergency=False)
    FollowUp.objects.all().delete()  # what follows it would stand in the way before the database
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        rows.delete()


def test_the_person_meant_is_found_by_number_or_full_name_or_not_guessed(lead: Actor) -> None:
    one = make_person(lead.service, given_name="Ana", family_name="Bell", nhs_number="9990000018")
    make_person(lead.service, given_name="Jo", family_name="Ash")
    make_person(lead.service, given_name="Jo", family_name="Ash")
    assert person_meant(lead, "999 000 0018") == one
    assert person_meant(lead, "ana bell") == one
    assert person_meant(lead, "Jo Ash") is None
    assert person_meant(lead, "Bell") is None


@pytest.mark.parametrize("role", list(Role))
def test_every_role_finds_help_behind_the_link_on_every_page(
    lead: Actor, client: Client, role: Role
) -> None:
    sign_in(client, make_member(lead.service, role))
    page = client.get(reverse("casework:worried"))
    assert page.status_code == 200
    assert "999" in page.content.decode()


def test_from_the_page_to_the_record_in_one_form(lead: Actor, client: Client) -> None:
    person = make_person(lead.service, given_name="Ana", family_name="Bell")
    sign_in(client, lead)
    sent = client.post(reverse("casework:worried"), {**FOUR, "about_whom": "Ana Bell"})
    kept = SharedWithoutConsent.objects.get()
    assert sent.headers["Location"] == reverse("casework:safety_record", args=[kept.pk])
    assert kept.person == person
    missing = client.post(reverse("casework:worried"), {**FOUR, "why_now": ""})
    assert missing.status_code == 200
    assert "There is a problem" in missing.content.decode()


def test_a_colleague_s_client_can_be_kept_safe_from_their_address(
    lead: Actor, client: Client
) -> None:
    case = make_case(lead)
    sign_in(client, make_member(lead.service))
    url = reverse("casework:worried_about", args=[case.pk])
    assert client.post(url, FOUR).status_code == 302
    assert SharedWithoutConsent.objects.get().person == case.person


def test_a_lead_reads_their_own_records_only_and_reviewers_all(lead: Actor, client: Client) -> None:
    kept = actions.share_to_keep_safe(by=lead, **FOUR)
    url = reverse("casework:safety_record", args=[kept.pk])
    for role, status in (
        (Role.LEAD, 404),
        (Role.SUPERVISOR, 200),
        (Role.AUDITOR, 200),
        (Role.PARTNER, 404),
    ):
        sign_in(client, make_member(lead.service, role))
        assert client.get(url).status_code == status, role
