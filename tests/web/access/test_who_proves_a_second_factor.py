"""Whoever signs in by an identity provider that proves counts wherever second factors count."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from openhiu.web.access.actor import Actor
from openhiu.web.access.factors import factors_of, proves
from openhiu.web.access.models import Membership, Role
from openhiu.web.assurance.evidence import live
from openhiu.web.assurance.presenters.staff_register import by_team
from openhiu.web.assurance.queries import staff_register
from openhiu.web.assurance.ready import people
from support.web import make_member, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia(settings: Any) -> Actor:
    settings.PROVIDERS_THAT_PROVE = frozenset({"cis2"})
    settings.PROVIDERS_THAT_RESIST_PHISHING = frozenset({"cards"})
    return make_member(make_service(), Role.SUPERVISOR)


def known_to(provider: str, who: Actor) -> None:
    SocialAccount.objects.create(user=who.user, provider=provider, uid="nhs-1")


def proved(who: Actor) -> bool:
    found = Membership.objects.filter(proves(), pk=who.membership.pk)
    assert found.exists() == bool(factors_of([who.user.pk]))
    return bool(found.exists())


@pytest.mark.parametrize(("provider", "proves_it"), [
    ("cis2", True), ("cards", True), ("lax", False),
])  # fmt: skip
def test_an_account_with_a_provider_counts_where_the_provider_proves(
    nia: Actor, provider: str, proves_it: bool
) -> None:
    assert not proved(nia)
    known_to(provider, nia)
    assert proved(nia) is proves_it


def test_what_is_kept_here_counts_and_recovery_codes_do_not(nia: Actor) -> None:
    Authenticator.objects.create(user=nia.user, type="recovery_codes", data={})
    assert not proved(nia)
    Authenticator.objects.create(user=nia.user, type="totp", data={})
    known_to("cis2", nia)
    assert factors_of([nia.user.pk]) == {nia.user.pk: ["provider", "totp"]}


def test_readiness_evidence_and_the_register_agree(nia: Actor) -> None:
    assert "1 account without" in people.second_factor(nia.service).evidence
    known_to("cis2", nia)
    assert people.second_factor(nia.service).good
    accounts = live.tables(nia.service_id, timezone.localdate())[0]
    assert [row[1:3] for row in accounts.rows] == [(1, 1)]
    ((_, rows),) = by_team(staff_register.lines(nia), nia)
    cell = dict(rows[0].cells)["Second factor"]
    assert (cell.tag, cell.words) == (("In use", "green"), "their organisation's sign-in")
