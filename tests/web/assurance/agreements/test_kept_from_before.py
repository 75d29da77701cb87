"""What was kept before agreements and gateways were tied here holds for some days, and is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhiu.web.access import lawful, upgraded
from openhiu.web.access.models import Role
from openhiu.web.design.words import day as in_words
from openhiu.web.intake import policies
from openhiu.web.intake.models import ReceivedList
from support.web import make_member, make_service, sign_in
from support.web_casework import make_agreement
from support.web_intake import make_place, released

pytestmark = pytest.mark.django_db


def until() -> Any:
    found = upgraded.old_holds_until()
    assert found is not None
    return found


def after() -> Any:
    days = (until() - timezone.localdate()).days + 1
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_a_list_released_without_a_gateway_closes_thirty_days_after_the_upgrade() -> None:
    place = make_place()
    received = released(place)
    ReceivedList.objects.filter(pk=received.pk).update(gateway=None)
    received.refresh_from_db()
    assert policies.why_closed(received) == ""
    there = reverse("intake:hospital_list", args=[place.hospital.pk])
    page = sign_in(Client(), place.lead).get(there)
    assert f"It closes after {in_words(until())}" in page.content.decode()
    with after():
        assert "under no legal gateway" in policies.why_closed(received)


def test_an_agreement_never_signed_here_ends_with_those_days(monkeypatch: Any) -> None:
    boss = make_member(make_service(), Role.SUPERVISOR)
    old = make_agreement(boss.service, state="standing", agreed_by=None, signed_on=None)
    assert lawful.in_force(old) and old in lawful.agreements_in_force(boss.service_id)
    page = sign_in(Client(), boss).get(reverse("assurance:agreement", args=[old.pk]))
    assert in_words(until()) in page.content.decode()
    later = until() + timedelta(days=1)
    assert "not agreed here by" in lawful.why_not_in_force(old, later)
    assert old not in lawful.agreements_in_force(boss.service_id, later)
    monkeypatch.setattr(upgraded, "old_holds_until", lambda: None)
    assert not lawful.in_force(old), "where the upgrade is not on record nothing old holds"
