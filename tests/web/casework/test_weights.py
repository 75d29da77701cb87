"""How heavy a caseload is: by the table, by the lead's own word, against their own post."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.gate import NotAllowed
from openhiu.web.access.models import AuditEntry, Role
from openhiu.web.casework import caseload, weights
from openhiu.web.casework.actions.weight import set_weight
from openhiu.web.casework.models import Case, CaseWeight
from openhiu.web.team.actions.hours import set_pattern
from support.web import make_member, make_service, sign_in
from support.web_casework import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Actor:
    return make_member(make_service(), Role.LEAD, name="Ada Lead")


def a_client(lead: Actor, *, weeks: int, rhythm: int, phase: str = "working_together") -> Case:
    """A client for so many weeks, in touch every so many days."""
    case = make_case(lead)
    opened = timezone.now() - timedelta(weeks=weeks)
    Case.objects.filter(pk=case.pk).update(opened_at=opened, rhythm_days=rhythm, phase=phase)
    case.refresh_from_db()
    return case


@pytest.mark.parametrize(
    ("weeks", "rhythm", "phase", "weight"),
    [
        (1, 7, "working_together", "1.5"),  # new
        (5, 7, "working_together", "1"),
        (5, 3, "picked_up_again", "1"),
        (5, 14, "walking_backwards", "0.5"),
        (5, 21, "walking_backwards", "0.25"),
        (5, 42, "walking_backwards", "0.1"),
        (5, 90, "at_a_distance", "0.1"),
        (1, 90, "at_a_distance", "0.1"),
    ],
)
def test_a_client_weighs_what_the_table_says(
    lead: Actor, weeks: int, rhythm: int, phase: str, weight: str
) -> None:
    case = a_client(lead, weeks=weeks, rhythm=rhythm, phase=phase)
    assert weights.weigh(case, None, signal=False).weight == Decimal(weight)


def test_an_open_early_warning_weighs_more(lead: Actor, monkeypatch: Any) -> None:
    case = a_client(lead, weeks=5, rhythm=90, phase="at_a_distance")
    monkeypatch.setattr(weights, "OPEN_SIGNALS", [lambda keys: keys])
    (one,) = caseload.standing(lead).load.clients
    assert one.case == case
    assert one.weight == Decimal("0.6")  # 0.1 and 0.5 more
    assert "an early warning is open" in one.why


def test_the_lead_s_own_word_counts_with_its_reason(lead: Actor) -> None:
    heavy, light = (a_client(lead, weeks=5, rhythm=7) for _ in range(2))
    set_weight(by=lead, case=heavy, said="heavy", reason="Moving house")
    set_weight(by=lead, case=light, said="light", reason="Steady for months")
    found = caseload.standing(lead).load
    # 1 x 1.5 and 1 x 0.5: together 2 of the 15 a whole post has room for.
    assert [one.weight for one in found.clients] == [Decimal("1.5"), Decimal("0.5")]
    assert (found.value, found.room, found.words) == (
        Decimal(2), Decimal(15), "Room for about 13 more seen every week.",
    )  # fmt: skip
    assert "Moving house" in found.clients[0].why
    set_weight(by=lead, case=heavy, said="usual")
    assert caseload.standing(lead).load.value == Decimal("1.5")
    assert CaseWeight.objects.count() == 3  # earlier words stay


def test_a_weight_needs_a_reason_and_ones_own_client(lead: Actor) -> None:
    case = a_client(lead, weeks=5, rhythm=7)
    with pytest.raises(NotAllowed, match="Say why"):
        set_weight(by=lead, case=case, said="heavy")
    with pytest.raises(NotAllowed, match="Choose lighter"):
        set_weight(by=lead, case=case, said="dreadful", reason="x")
    peer = make_member(lead.service, Role.LEAD)
    with pytest.raises(NotAllowed, match="someone else"):
        set_weight(by=peer, case=case, said="heavy", reason="x")


def test_the_audit_never_holds_the_reason(lead: Actor) -> None:
    case = a_client(lead, weeks=5, rhythm=7)
    set_weight(by=lead, case=case, said="heavy", reason="Her son is in prison")
    assert not AuditEntry.objects.filter(detail__icontains="prison").exists()


def test_a_part_post_has_part_of_the_limits_and_of_the_room(lead: Actor) -> None:
    week = [None, *[["09:00", "17:00"]] * 3, None, None, None]
    set_pattern(by=lead, member=lead.membership, from_day=timezone.localdate(), week=week,
                wte=Decimal("0.6"))  # fmt: skip
    found = caseload.standing(lead)
    # 15, 12 to 15 and 50 of a whole post: 9, 7.2 to 9, and 30.
    assert (found.new.allowed, found.together.low, found.together.allowed, found.open.allowed) == (
        9, 7, 9, 30,
    )  # fmt: skip
    assert found.load.room == 9


def test_more_than_the_post_has_room_for_says_what_to_do(lead: Actor) -> None:
    service = lead.service
    service.together_high, service.together_low = 1, 1
    service.save()
    for _ in range(2):
        a_client(lead, weeks=5, rhythm=7)
    found = caseload.standing(lead).load
    assert found.over
    assert found.words.startswith("1.0 more than your post has room for. Talk with your supervisor")


def test_the_page_explains_every_weight(client: Client, lead: Actor) -> None:
    a_client(lead, weeks=5, rhythm=7)
    page = sign_in(client, lead).get(reverse("casework:caseload")).content.decode()
    for words, weight in weights.table():
        assert words in page
        assert weight in page


def test_loads_take_as_many_queries_for_one_as_for_many(
    lead: Actor, django_assert_num_queries: Any
) -> None:
    leads = [lead, *(make_member(lead.service, Role.LEAD) for _ in range(3))]
    for one in leads:
        a_client(one, weeks=5, rhythm=7)
    before = list(weights.OPEN_SIGNALS)
    weights.OPEN_SIGNALS.clear()
    try:
        with django_assert_num_queries(2):
            weights.loads([(one.membership, 15) for one in leads])
    finally:
        weights.OPEN_SIGNALS.extend(before)
