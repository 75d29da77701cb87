"""Police and courts: no account, no standing share, no sanction; one request, one decision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import Missing, NotAllowed
from openhiu.web.access.models import Agreement, Announcement, AuditEntry, Organisation, Role
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.actions import disclosures as actions
from openhiu.web.assurance.models import Disclosure
from openhiu.web.assurance.queries import disclosures as queries
from openhiu.web.assurance.reminders import due_for
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


def facts(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "body": "police", "organisation": "Northtown Police", "asker": "DC Example",
        "reference": "NT/2026/1", "asked_on": today, "purpose": "A robbery is being investigated",
        "asked_for": "Everything since January", "basis": "order",
        "basis_words": "Production order of Northtown Crown Court, 3 October",
        "least": "Dates of two visits", "answer": "part", "given": "Two dates", "how": "mail",
        "why": "The order names dates", "consent_sought": "No, the order forbids it",
        "told": False, "person_told": "The order forbids it until the trial", "adviser": "",
        "trained_on": today - timedelta(days=30), **changes,
    }  # fmt: skip


@pytest.fixture
def safe() -> Actor:
    return make_member(make_service(), Role.SAFEGUARDING)


@pytest.fixture
def guardian(safe: Actor) -> Actor:
    return make_member(safe.service, Role.AUDITOR)


def test_police_and_courts_have_no_role_and_no_kind_of_organisation_that_shares() -> None:
    for words in (*Role.values, *Role.labels, *Organisation.Kind.values):
        assert not {"police", "court", "probation", "prison"} & set(words.lower().split("_"))


def test_nothing_has_room_for_a_sanction() -> None:
    names = {field.name for field in Disclosure._meta.get_fields()}
    for banned in ("sanction", "consequence", "contract", "charge", "behaviour", "warning"):
        assert not [name for name in names if banned in name]


def test_a_disclosure_makes_no_standing_share(safe: Actor) -> None:
    actions.note_disclosure(by=safe, about_whom="x", **facts())
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"basis": "none", "basis_words": ""}, "Without a basis"),
        ({"basis_words": " "}, "which order"),
        ({"least": ""}, "the least"),
        ({"given": ""}, "the least"),
        ({"how": ""}, "the least"),
        ({"trained_on": date(2020, 1, 1)}, "trained"),
        ({"trained_on": timezone.localdate() + timedelta(days=1)}, "trained"),
        ({"answer": "not_given"}, "nothing is named"),
    ],
)
def test_nothing_is_given_without_a_basis_the_least_and_a_trained_person(
    safe: Actor, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(NotAllowed, match=words):
        actions.note_disclosure(by=safe, about_whom="x", **facts(**changes))
    assert not Disclosure.objects.exists()


def test_a_no_needs_no_basis_and_is_written_down(safe: Actor) -> None:
    kept = actions.note_disclosure(
        by=safe, about_whom="x",
        **facts(basis="none", basis_words="", answer="not_given", given="", least="",
                trained_on=date(2020, 1, 1)),
    )  # fmt: skip
    assert (kept.given_at, kept.how) == (None, "")
    assert AuditEntry.objects.get(about="assurance.disclosure").result == "refused"


def test_the_database_itself_gives_nothing_without_a_basis(safe: Actor) -> None:
    kept = actions.note_disclosure(by=safe, about_whom="x", **facts())
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=kept.pk).update(basis="none")


@pytest.mark.parametrize("role", [Role.LEAD, Role.COVER, Role.PARTNER, Role.ANALYST,
                                  Role.COMMISSIONER, Role.ADMIN])  # fmt: skip
def test_only_those_who_may_decide(safe: Actor, role: Role) -> None:
    with pytest.raises(NotAllowed):
        actions.note_disclosure(by=make_member(safe.service, role), about_whom="x", **facts())


def test_someone_else_reviews_once_and_then_nobody_changes_it(safe: Actor, guardian: Actor) -> None:
    own = actions.note_disclosure(by=guardian, about_whom="x", **facts())
    with pytest.raises(NotAllowed, match="Someone else"):
        actions.review_disclosure(by=guardian, disclosure=own, right=True, words="Good")
    kept = actions.note_disclosure(by=safe, about_whom="x", **facts())
    assert Announcement.objects.filter(to=guardian.membership).exists()
    with pytest.raises(NotAllowed):
        actions.review_disclosure(by=safe, disclosure=kept, right=True, words="Good")
    actions.review_disclosure(by=guardian, disclosure=kept, right=False, words="Too much")
    with pytest.raises(NotAllowed, match="can no longer be changed"):
        actions.review_disclosure(by=guardian, disclosure=kept, right=True, words="Good")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Disclosure.objects.filter(pk=kept.pk).update(found_right=True)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Disclosure.objects.filter(pk=kept.pk).delete()


def test_the_review_is_due_after_five_working_days_and_comes_as_a_reminder(
    safe: Actor, guardian: Actor, time_machine: Any
) -> None:
    # Thursday 1 October 2026; five working days on is Thursday 8 October.
    time_machine.move_to("2026-10-01T10:00:00+01:00", tick=False)
    kept = actions.note_disclosure(by=safe, about_whom="x", **facts())
    assert kept.review_by == date(2026, 10, 8)
    (due,) = [one for one in due_for(guardian) if one.key.startswith("disclosure:")]
    assert due.on == date(2026, 10, 8)
    assert "x" not in due.words.split()
    assert not [one for one in due_for(safe) if one.key.startswith("disclosure:")]


def test_another_service_s_person_cannot_be_named(safe: Actor) -> None:
    other = make_member(make_service())
    case = make_case(other)
    set_service(safe.service_id)
    with pytest.raises(Missing):
        actions.note_disclosure(by=safe, person=case.person, **facts())


def test_a_month_is_counted_for_the_guardian_and_names_nobody(safe: Actor, client: Client) -> None:
    first = timezone.localdate().replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    actions.note_disclosure(by=safe, about_whom="Canary Person", **facts())
    actions.note_disclosure(by=safe, about_whom="Canary Person", **facts(body="court", told=True))
    actions.note_disclosure(
        by=safe, about_whom="Canary Person",
        **facts(basis="none", basis_words="", answer="not_given", given="", least=""),
    )  # fmt: skip
    month = queries.month_of(safe, first)
    assert (month.asked, month.not_told, month.waiting, month.overdue) == (3, 1, 3, 0)
    assert month.bodies == [("Police", 2), ("A court or tribunal", 1)]
    assert queries.month_of(safe, before).asked == 0
    sign_in(client, safe)
    answer = client.get(reverse("assurance:disclosures_month", args=[first.year, first.month]))
    assert answer.status_code == 200, answer.headers
    page = answer.content.decode()
    assert f"{first:%B %Y}" in page
    assert "Canary" not in page
    assert (
        client.get(reverse("assurance:disclosures_month", args=[first.year, 13])).status_code == 404
    )


def test_it_stands_on_the_client_s_own_page_with_whether_they_know(client: Client) -> None:
    lead = make_member(make_service())
    case = make_case(lead)
    safe = make_member(lead.service, Role.SAFEGUARDING)
    actions.note_disclosure(by=safe, person=case.person, **facts())
    actions.note_disclosure(
        by=safe, person=case.person,
        **facts(basis="none", answer="not_given", given="", organisation="Asked In Vain"),
    )  # fmt: skip
    sign_in(client, lead)
    page = client.get(reverse("casework:seen", args=[case.pk])).content.decode()
    assert "Northtown Police" in page
    assert "The client has not been told." in page
    assert "Asked In Vain" not in page


def test_the_page_keeps_what_was_typed_when_something_is_missing(
    safe: Actor, client: Client
) -> None:
    sign_in(client, safe)
    url = reverse("assurance:note_disclosure")
    said = {**facts(basis="none"), "about_whom": "x", "told": "no"}
    page = client.post(url, said).content.decode()
    assert "Without a basis in law nothing is given" in page
    assert "A robbery is being investigated" in page
    done = client.post(url, {**said, "basis": "order"})
    assert done.status_code == 302, done.content.decode()
    assert client.get(done.url).status_code == 200
