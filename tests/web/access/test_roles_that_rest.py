"""A role that nobody confirmed for 90 days rests after the days of grace, until somebody does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from openhiu.web.access import actions, resting
from openhiu.web.access.actor import Actor
from openhiu.web.access.announce import unseen
from openhiu.web.access.models import AuditEntry, Membership, Role, Service
from openhiu.web.access.row_security import set_service
from openhiu.web.assurance.ready import people
from openhiu.web.casework.actions.safeguarding import reviewers
from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 11, 10, tzinfo=UTC)
HOME = "/"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(BEGIN, tick=False) as moved:
        yield moved


@pytest.fixture
def nia(clock: Any) -> Actor:
    return make_member(make_service(), Role.LEAD, name="Nia Evans")


@pytest.fixture
def bea(nia: Actor) -> Actor:
    return make_member(nia.service, Role.SUPERVISOR, name="Bea Boss")


def after(clock: Any, days: float) -> None:
    clock.move_to(BEGIN + timedelta(days=days))


def opens(actor: Actor) -> bool:
    answer = sign_in(Client(), actor).get(HOME)
    return bool(answer.status_code == 200)


def told(actor: Actor) -> list[str]:
    call_command("remind_assurance", verbosity=0)
    set_service(actor.service_id)
    return [one.words for one in unseen(actor)]


def test_ninety_days_and_the_days_of_grace_it_goes_on_and_then_rests(
    nia: Actor, bea: Actor, clock: Any
) -> None:
    after(clock, 103.9)
    assert opens(nia)
    after(clock, 104)  # 90 and 14
    assert not opens(nia)


def test_the_days_of_grace_are_the_services_own(nia: Actor, bea: Actor, clock: Any) -> None:
    Service.objects.filter(pk=nia.service_id).update(attest_grace_days=0)
    after(clock, 90)
    assert not opens(nia)


def test_who_comes_with_a_role_that_rests_reads_who_can_restore_it(
    client: Client, nia: Actor, bea: Actor, clock: Any
) -> None:
    after(clock, 105)
    answer = sign_in(client, nia).get(HOME)
    assert answer.url == reverse("access:choose_role")
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "Your role rests" in page.content.decode()
    assert "Bea Boss can confirm it" in page.content.decode()
    client.get(answer.url)
    set_service(nia.service_id)
    refused = AuditEntry.objects.filter(user=nia.user, result="refused")
    assert [row.detail for row in refused] == [{"reason": "role rests"}]  # once a session


def test_it_cannot_be_taken_by_choosing_it(
    client: Client, nia: Actor, bea: Actor, clock: Any
) -> None:
    after(clock, 105)
    sign_in(client, nia)
    client.post(reverse("access:choose_role"), {"role": str(nia.membership.pk)})
    assert client.get(HOME).url == reverse("access:choose_role")


def test_a_session_that_is_open_ends_with_the_role(
    client: Client, nia: Actor, bea: Actor, clock: Any
) -> None:
    after(clock, 103.999)
    sign_in(client, nia)
    assert client.get(HOME).status_code == 200
    clock.shift(300)
    assert client.get(HOME).status_code == 302


def test_a_confirmation_restores_it_at_once(nia: Actor, bea: Actor, clock: Any) -> None:
    after(clock, 105)
    actions.attest(by=bea, membership=Membership.objects.get(pk=nia.membership.pk))
    assert opens(nia)


def test_the_last_supervisor_and_administrator_go_on(nia: Actor, bea: Actor, clock: Any) -> None:
    admin = make_member(nia.service, Role.ADMIN)
    ivo = make_member(nia.service, Role.AUDITOR)
    after(clock, 400)
    assert opens(bea)
    assert opens(admin)
    assert not opens(ivo)  # the supervisor can restore them


def test_of_two_supervisors_the_one_confirmed_last_goes_on(
    nia: Actor, bea: Actor, clock: Any
) -> None:
    after(clock, 10)
    second = make_member(nia.service, Role.SUPERVISOR, name="Second Boss")
    after(clock, 400)
    assert opens(second)
    assert not opens(bea)


def test_where_nobody_supervises_information_governance_goes_on(nia: Actor, clock: Any) -> None:
    ivo = make_member(nia.service, Role.AUDITOR)
    after(clock, 400)
    assert opens(ivo)


def test_who_left_keeps_nobody_out(nia: Actor, bea: Actor, clock: Any) -> None:
    """A supervisor whose account is closed is not the last one."""
    after(clock, 10)
    gone = make_member(nia.service, Role.SUPERVISOR)
    gone.user.is_active = False
    gone.user.save()
    after(clock, 400)
    assert opens(bea)


def test_another_role_that_was_confirmed_goes_on(nia: Actor, bea: Actor, clock: Any) -> None:
    after(clock, 60)
    cover = make_member(nia.service, Role.COVER, user=nia.user)
    after(clock, 120)
    assert opens(cover)
    assert [one.pk for one in resting.awake([nia.membership, cover.membership])] == [
        cover.membership.pk
    ]


def test_both_sides_are_told_before_it_rests(nia: Actor, bea: Actor, clock: Any) -> None:
    after(clock, 76)
    assert "A role has to be confirmed in 14 days." in told(bea)
    assert not any("confirmed" in words for words in told(nia))
    after(clock, 97)
    assert "Your role rests unless it is confirmed in 7 days." in told(nia)
    after(clock, 103)
    assert "Your role rests unless it is confirmed tomorrow." in told(nia)


def test_the_access_check_says_what_rests_and_what_is_due(
    client: Client, nia: Actor, bea: Actor, clock: Any
) -> None:
    after(clock, 95)
    page = sign_in(client, bea).get(reverse("access:attestations")).content.decode()
    assert "It rests from 23 February 2027" in page  # 11 November and 104 days
    after(clock, 105)
    page = sign_in(Client(), bea).get(reverse("access:attestations")).content.decode()
    assert "cannot go on until somebody confirms it" in page


def test_a_role_that_rests_still_keeps_somebody_safe_and_sees_nothing_else(
    client: Client, nia: Actor, bea: Actor, clock: Any
) -> None:
    after(clock, 105)
    sign_in(client, nia)
    worried = reverse("casework:worried")
    assert worried in client.get(reverse("access:choose_role")).content.decode()
    page = client.get(worried).content.decode()
    assert "Keep this record" in page and reverse("people:search") not in page
    sent = client.post(worried, {
        "about_whom": "A neighbour", "who_is_at_risk": "Her children", "told_whom": "Police",
        "what_was_shared": "Where they are", "why_now": "He is on his way",
    })  # fmt: skip
    assert sent.status_code == 302
    assert client.get(sent.url).status_code == 200
    assert "needs your review" in " ".join(one.words for one in unseen(bea))
    assert client.get(reverse("casework:safety_list")).url == reverse("access:choose_role")
    assert client.get(HOME).url == reverse("access:choose_role")


def test_a_partner_whose_role_rests_still_raises_a_concern(
    client: Client, bea: Actor, clock: Any
) -> None:
    partner = make_member(bea.service, Role.PARTNER)
    after(clock, 105)
    page = sign_in(client, partner).get(reverse("casework:worried"))
    assert page.status_code == 200 and "Send it" in page.content.decode()


def test_whoever_rests_is_neither_told_nor_counted_while_others_are_awake(
    nia: Actor, bea: Actor, clock: Any
) -> None:
    set_service(bea.service_id)
    after(clock, 10)
    awake = make_member(nia.service, Role.SUPERVISOR)
    after(clock, 105)
    found = Membership.objects.filter(service=nia.service, role=Role.SUPERVISOR)
    assert [one.pk for one in reviewers(nia.service_id)] == [awake.membership.pk]
    assert list(resting.at_work(found)) == [awake.membership]
    assert not people.cover(nia.service).good
    alone = Membership.objects.filter(pk=nia.membership.pk)
    assert not resting.at_work(alone) and list(resting.to_tell(alone)) == [nia.membership]
