"""Opening a record outside one's own: a reason, four hours, the supervisor told, a review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import actions, announce, queries
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, BreakGlass, Role
from openhiu.web.access.permissions import ROLE_MAY, Permission
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
WHY = "Their lead is away and they rang in distress."


@pytest.fixture
def lead() -> Any:
    return make_member(make_service(), Role.LEAD)


def test_a_reason_opens_the_record_for_four_hours(lead: Any) -> None:
    person, start = uuid4(), timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        assert not queries.has_broken_glass(lead, person)
        actions.break_glass(by=lead, person_id=person, reason=WHY)
        assert queries.has_broken_glass(lead, person)
        clock.move_to(start + timedelta(hours=3, minutes=59, seconds=59))
        assert queries.has_broken_glass(lead, person)
        clock.move_to(start + timedelta(hours=4))
        assert not queries.has_broken_glass(lead, person)


def test_it_opens_that_record_for_that_person_only(lead: Any) -> None:
    person = uuid4()
    actions.break_glass(by=lead, person_id=person, reason=WHY)
    assert not queries.has_broken_glass(lead, uuid4())
    assert not queries.has_broken_glass(make_member(lead.service, Role.LEAD), person)
    assert list(queries.opened_by_glass(lead).values_list("person_id", flat=True)) == [person]


@pytest.mark.parametrize("reason", ["", "   ", "need it", "\n\t "])
def test_no_reason_opens_nothing(lead: Any, reason: str) -> None:
    with pytest.raises(NotAllowed, match="Say in a sentence"):
        actions.break_glass(by=lead, person_id=uuid4(), reason=reason)
    assert not BreakGlass.objects.exists()


def test_the_supervisors_are_told_in_the_same_transaction(lead: Any) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    elsewhere = make_member(make_service(), Role.SUPERVISOR, open_rows=False)
    person = uuid4()
    actions.break_glass(by=lead, person_id=person, reason=WHY)
    (told,) = announce.unseen(boss)
    assert str(person) not in told.words + told.link
    assert not announce.unseen(elsewhere).exists()


def test_the_audit_holds_the_reference_and_not_the_reason(lead: Any) -> None:
    person = uuid4()
    actions.break_glass(by=lead, person_id=person, reason=WHY)
    entry = AuditEntry.objects.get(did="opened a record outside their own")
    assert entry.person_id == person
    assert "distress" not in str(entry.detail)
    assert entry in queries.looks_at(lead, person)


def test_opening_it_again_makes_it_no_longer(lead: Any) -> None:
    person = uuid4()
    first = actions.break_glass(by=lead, person_id=person, reason=WHY)
    second = actions.break_glass(by=lead, person_id=person, reason=WHY)
    assert first.pk == second.pk
    assert BreakGlass.objects.count() == 1


@pytest.mark.parametrize("role", [r for r in Role if Permission.BREAK_GLASS not in ROLE_MAY[r]])
def test_other_roles_cannot(lead: Any, role: Role) -> None:
    with pytest.raises(NotAllowed):
        actions.break_glass(by=make_member(lead.service, role), person_id=uuid4(), reason=WHY)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SUPERVISOR])
def test_it_is_reviewed_by_someone_else(client: Client, lead: Any, role: Role) -> None:
    opening = actions.break_glass(by=lead, person_id=uuid4(), reason=WHY)
    reviewer = make_member(lead.service, role)
    sign_in(client, reviewer)
    assert str(opening.person_id).encode() in client.get(reverse("access:openings")).content
    assert b"rang in distress" in client.get(reverse("access:opening", args=[opening.pk])).content
    done = client.post(
        reverse("access:opening", args=[opening.pk]), {"justified": "yes", "note": "They were away"}
    )
    assert done.url == reverse("access:openings")
    opening.refresh_from_db()
    assert (opening.justified, opening.reviewed_by) == (True, reviewer.membership)
    assert b"Nothing waits for review" in client.get(reverse("access:openings")).content
    assert "justified" in announce.unseen(lead).get().words


def test_nobody_reviews_their_own(lead: Any) -> None:
    boss = make_member(lead.service, Role.SUPERVISOR)
    opening = actions.break_glass(by=boss, person_id=uuid4(), reason=WHY)
    with pytest.raises(NotAllowed, match="Someone else"):
        actions.review_opening(by=boss, opening=opening, justified=True, note="")


def test_a_review_is_final(lead: Any) -> None:
    opening = actions.break_glass(by=lead, person_id=uuid4(), reason=WHY)
    auditor = make_member(lead.service, Role.AUDITOR)
    actions.review_opening(by=auditor, opening=opening, justified=False, note="Out of curiosity")
    with pytest.raises(NotAllowed, match="reviewed already"):
        actions.review_opening(by=auditor, opening=opening, justified=True, note="")
